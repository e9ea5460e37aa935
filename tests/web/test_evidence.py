"""Pages of documents: forms, refusals, downloads, pictures, who sees what, and bodies too large."""

import http.client
import re
import socket
from contextlib import suppress

import pytest
from waitress import wasyncore  # type: ignore[import-untyped]
from waitress.server import create_server  # type: ignore[import-untyped]

from evalsvc.domain.access import SERVICE
from evalsvc.files.kinds import MEGABYTE
from evalsvc.store import documents
from tests.browsing import Page, Visitor
from tests.files import made
from tests.live import Serve
from tests.statements import counted
from tests.web.small_house import House, send_file

UNIT, OTHER = "so-noi-vu", "so-y-te"
PNG = b"\x89PNG\r\n\x1a\n"
ADD = "Thêm A1"
IN_THE_KERNEL = 12 * MEGABYTE
"""What a line of this machine swallows before anybody reads it."""

JSON = {"Accept": "application/json"}


def at(house: House, *rest: str, unit: str = UNIT) -> str:
    return "/".join([f"/unit/sheets/{house.sheet(unit)}/lines/A1/evidence", *rest])


def document_of(house: House, unit: str = UNIT, code: str = "A1") -> int:
    with house.office.reading(SERVICE) as doing:
        return documents.of_assessment(doing.store, house.sheet(unit))[code][0].document.id


def token_of(visitor: Visitor, house: House) -> str:
    """What scripts send with every deed."""
    page = visitor.get(at(house))
    found = re.search(rb'data-csrf="([^"]+)"', page.body)
    assert found
    return found[1].decode()


def headers(visitor: Visitor, house: House) -> dict[str, str]:
    return {**JSON, "X-CSRF": token_of(visitor, house)}


def add(house: House, who: str = "editor", **answers: object) -> Page:
    visitor = house.visitor_of(who)
    visitor.get(at(house))
    status = answers.pop("status", 200)
    return visitor.submit(ADD, answers, status=status)  # type: ignore[arg-type]


def test_a_document_without_a_file_stands_on_the_line(house: House) -> None:
    page = add(
        house,
        **{"Số, ký hiệu": "12/QĐ-SNV", "Ngày ban hành": "2/9/2026", "Trang cần xem": "tr. 3–5"},
    )

    assert "12/QĐ-SNV, 02/09/2026, tr. 3–5" in page.text


def test_a_file_comes_with_the_form(house: House) -> None:
    page = add(house, **{"Số, ký hiệu": "12/QĐ", "Tệp": ("qd.pdf", made.pdf())})

    assert "12/QĐ PDF" in page.text


def test_a_link_is_shown_and_never_fetched(house: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as inner:
        inner.settimeout(0.2)
        address = f"http://127.0.0.1:{inner.getsockname()[1]}/latest/meta-data/"
        add(house, **{"Tên tài liệu, trích yếu": "Trang tin", "Hoặc đường dẫn": address})
        visitor = house.visitor_of("editor")
        page = visitor.get(f"/evidence/{document_of(house)}/")

        link = next(each for each in page.document.all("a") if each["href"] == address)
        assert "noopener" in link["rel"]
        with pytest.raises(TimeoutError):
            inner.accept()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "cần có số hiệu hoặc tên"),
        ({"Số, ký hiệu": "1/BC", "Ngày ban hành": "31/2/2026"}, "31/2/2026"),
        ({"Số, ký hiệu": "1/BC", "Hoặc đường dẫn": "javascript:alert(1)"}, "javascript:alert(1)"),
        ({"Tệp": ("a.pdf", b"<html><script>alert(1)</script>")}, "trang web"),
        ({"Tệp": ("a.pdf", b"")}, "trống"),
        ({"Tệp": ("a.docx", made.package({"a": bytes(50_000_000)}))}, "Word"),
    ],
)
def test_what_is_refused_is_told_and_stays_in_the_form(
    house: House, answers: dict[str, object], said: str
) -> None:
    page = add(house, **answers, status=422)

    assert said in page.text
    form = page.form(ADD)
    assert form.value("Số, ký hiệu") == answers.get("Số, ký hiệu", "")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ('a"; filename="evil.exe', "a_; filename=_evil.exe.pdf"),
        ("Quyết định\r\nX-Evil: 1.pdf", "Quyết định"),
        ("CON.pdf", "_CON.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "_img src=x onerror=alert(1)_.pdf"),
    ],
)
def test_hostile_names_become_harmless(house: House, name: str, shown: str) -> None:
    send_file(house, UNIT, "A1", name, made.pdf(), number="1/BC")

    answer = house.visitor_of("editor").get(f"/evidence/{document_of(house)}/file")

    told = answer.headers["Content-Disposition"]
    assert told.startswith("attachment; ")
    assert "X-Evil" not in answer.headers
    page = house.visitor_of("editor").get(f"/evidence/{document_of(house)}/")
    assert shown in page.text
    assert b"<img src=x" not in page.body


def test_a_file_is_only_given_out_to_be_saved(house: House) -> None:
    send_file(house, UNIT, "A1", "Kế hoạch.pdf", made.pdf(), number="1/KH")

    answer = house.visitor_of("editor").get(f"/evidence/{document_of(house)}/file")

    assert answer.body == made.pdf()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert (
        "filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch.pdf" in (answer.headers["Content-Disposition"])
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_pages_are_pictures_of_the_server(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(2), number="1/KH")
    visitor, id_ = house.visitor_of("editor"), document_of(house)

    answer = visitor.get(f"/evidence/{id_}/pages/2.png")

    assert answer.body.startswith(PNG)
    assert answer.headers["Cache-Control"].startswith("private")
    visitor.get(f"/evidence/{id_}/pages/3.png", status=404)
    visitor.get(f"/evidence/{id_}/pages/0.png", status=404)
    visitor.get(f"/evidence/{id_}/?page=3", status=404)


def test_reviewers_see_documents_once_the_sheet_is_handed_in(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH")
    paths = [f"/evidence/{document_of(house)}/{rest}" for rest in ("", "file", "pages/1.png")]
    for path in paths:
        house.visitor_of("evaluator").get(path, status=404)
    house.fill(UNIT)
    house.submit(UNIT)

    for path in paths:
        house.visitor_of("evaluator").get(path)
        house.visitor_of("leader").get(path)


@pytest.mark.parametrize(
    ("who", "at_line"),
    [
        ("editor", "/unit/sheets/{id}/groups/A"),
        ("evaluator", "/review/sheets/{id}/groups/A"),
        ("leader", "/lead/sheets/{id}/lines/A1"),
    ],
)
def test_a_document_leads_back_to_its_line(house: House, who: str, at_line: str) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH")
    house.fill(UNIT)
    house.submit(UNIT)
    visitor, path = house.visitor_of(who), f"/evidence/{document_of(house)}/"
    assert "Phiếu của Sở Nội vụ, năm 2026" in visitor.get(path).text

    page = visitor.click("Dòng A1")

    assert page.address.startswith(at_line.format(id=house.sheet()))


def test_a_document_names_every_line_that_shows_it(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH")
    visitor, path = house.visitor_of("editor"), f"/evidence/{document_of(house)}/"
    with counted(house.office.database.engine) as on_one_line:
        visitor.get(path)
    visitor.get(f"/unit/sheets/{house.sheet()}/lines/A2/evidence")
    visitor.submit("Dùng ở đây 1/KH")

    with counted(house.office.database.engine) as on_two_lines:
        page = visitor.get(path)

    assert len(on_two_lines) == len(on_one_line)
    assert "Kèm theo dòng A2 (Phiếu của Sở Nội vụ, năm 2026); A1 (" in page.text


def test_a_document_that_was_taken_off_leads_to_the_desk_of_its_unit(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH")
    visitor, path = house.visitor_of("editor"), f"/evidence/{document_of(house)}/"
    page = visitor.get(at(house))
    take_off = next(each for each in page.forms if each.element["action"].endswith("/remove"))
    visitor.submit(take_off)

    crumb = visitor.get(path).document.all("ol")[0]

    assert [each["href"] for each in crumb.all("a")] == ["/unit/"]


def test_other_units_never_see_them(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH")
    house.fill(UNIT)
    house.submit(UNIT)
    for who in ("y-te-editor", "xa-head", "admin"):
        house.visitor_of(who).get(f"/evidence/{document_of(house)}/file", status=404)


def test_the_same_file_of_another_unit_is_pointed_out(house: House) -> None:
    for unit in (UNIT, OTHER):
        send_file(house, unit, "A1", "a.pdf", made.pdf(), number="1/KH")
        house.fill(unit)
        house.submit(unit)

    page = house.visitor_of("evaluator").get(f"/review/sheets/{house.sheet()}/groups/A?line=A1")

    assert "Cùng tệp với: Sở Y tế, dòng A1" in page.text
    page = house.visitor_of("editor").get(f"/unit/sheets/{house.sheet()}/groups/A")
    assert "Sở Y tế" not in page.text


def test_rows_of_a_criterion_lead_to_their_documents(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH")
    for unit in (UNIT, OTHER):
        house.fill(unit)
        house.submit(unit)
    table = f"/review/rounds/NAM-2026/criteria/A1?row={house.sheet(OTHER)}"

    page = house.visitor_of("evaluator").get(table)

    assert "1 tài liệu" in page.text


def test_the_printed_sheet_names_documents(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH", pages="tr. 3")

    page = house.visitor_of("editor").get(f"/unit/sheets/{house.sheet()}/print")

    assert "1/KH, tr. 3" in page.text


def test_required_evidence_that_is_missing_is_shown(house: House) -> None:
    house.answer_on(house.sheet(), ("A1", "yes", ""), house.actor("head"))
    visitor = house.visitor_of("editor")
    assert "Thiếu tài liệu kiểm chứng" in visitor.get(f"/unit/sheets/{house.sheet()}/groups/A").text
    wanted = "Thêm tài liệu cho A1, hoặc ghi chú vì sao không có"
    assert wanted in visitor.get("unit.home").text

    add(house, **{"Số, ký hiệu": "12/QĐ"})

    page = visitor.get(f"/unit/sheets/{house.sheet()}/groups/A")
    assert "Thiếu tài liệu kiểm chứng" not in page.text
    assert wanted not in visitor.get("unit.home").text


def test_a_document_is_changed_and_taken_off(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH")
    visitor = house.visitor_of("editor")
    page = visitor.get(at(house))
    change = next(each for each in page.forms if each.element["action"].endswith("/replace"))
    page = visitor.submit(change, {"Số, ký hiệu": "2/KH"})
    assert "2/KH PDF" in page.text

    take_off = next(each for each in page.forms if each.element["action"].endswith("/remove"))
    page = visitor.submit(take_off)

    assert "Chưa có tài liệu nào" in page.text


def test_two_tabs_change_one_document_and_the_second_is_told(house: House) -> None:
    send_file(house, UNIT, "A1", "a.pdf", made.pdf(), number="1/KH")
    first, second = house.visitor_of("editor"), house.visitor_of("second")
    forms = [
        next(each for each in page.forms if each.element["action"].endswith("/remove"))
        for page in (first.get(at(house)), second.get(at(house)))
    ]
    first.submit(ADD, {"Số, ký hiệu": "2/KH"})

    page = second.submit(forms[1], status=409)

    assert "vừa được người khác sửa" in page.text


# Scripts


def test_a_script_sends_a_file_in_pieces(house: House) -> None:
    visitor, content = house.visitor_of("editor"), made.pdf()
    told = headers(visitor, house)
    begun = visitor.client.post(
        at(house, "uploads"), headers=told, data={"name": "a.pdf", "size": len(content)}
    ).json
    assert begun
    half = len(content) // 2
    for start, piece in ((0, content[:half]), (half, content[half:])):
        visitor.client.post(f"{begun['url']}?at={start}", headers=told, data=piece)

    assert visitor.client.get(begun["url"], headers=told).json == {
        "arrived": len(content),
        "size": len(content),
        "done": False,
    }
    form = {"upload": begun["upload"], "number": "1/KH", "seen": "0", "key": "k"}
    first = visitor.client.post(at(house), headers=told, data=form).json
    again = visitor.client.post(at(house), headers=told, data=form).json
    assert first
    assert again
    assert first["version"] == again["version"] == 1
    assert "1/KH" in first["html"]


@pytest.mark.parametrize("where", ["-1", "x", "9" * 30, "5"])
def test_a_wrong_offset_tells_where_to_go_on(house: House, where: str) -> None:
    visitor = house.visitor_of("editor")
    told = headers(visitor, house)
    begun = visitor.client.post(
        at(house, "uploads"), headers=told, data={"name": "a.pdf", "size": 100}
    ).json
    assert begun

    answer = visitor.client.post(f"{begun['url']}?at={where}", headers=told, data=b"x")

    assert (answer.status_code, (answer.json or {})["error"]) == (422, "piece-gap")


@pytest.mark.parametrize(
    ("size", "why"), [(10 * 1024 * MEGABYTE, "evidence-too-large"), (0, "file-empty")]
)
def test_a_declared_size_that_cannot_be_is_refused_at_the_file(
    house: House, size: int, why: str
) -> None:
    visitor = house.visitor_of("editor")
    told = headers(visitor, house)

    answer = visitor.client.post(
        at(house, "uploads"), headers=told, data={"name": "a.pdf", "size": size}
    )

    found = answer.json or {}
    assert (answer.status_code, found["error"], found["field"]) == (422, why, "file")


def test_a_piece_beyond_a_megabyte_is_not_read(house: House) -> None:
    visitor = house.visitor_of("editor")
    told = headers(visitor, house)
    begun = visitor.client.post(
        at(house, "uploads"), headers=told, data={"name": "a.pdf", "size": 5 * MEGABYTE}
    ).json
    assert begun

    answer = visitor.client.post(f"{begun['url']}?at=0", headers=told, data=bytes(MEGABYTE + 1))

    assert answer.status_code == 413


def test_nobody_sends_files_without_signing_in(house: House) -> None:
    visitor = Visitor(house.app)

    kind = "multipart/form-data; boundary=x"
    answer = visitor.client.post(at(house), data=bytes(2_000_000), content_type=kind)

    assert answer.status_code == 413


# A real server


@pytest.fixture
def port(house: House, serve: Serve) -> int:
    return int(serve(house.app).rpartition(":")[2])


def test_an_endless_body_is_cut_at_the_limit(house: House) -> None:
    settings = house.app.extensions["evalsvc"].settings
    sockets: dict[int, object] = {}
    server = create_server(
        house.app,
        map=sockets,
        host="127.0.0.1",
        port=0,
        max_request_body_size=settings.most_body,
    )
    line = socket.create_connection(("127.0.0.1", server.effective_port))
    line.settimeout(0)
    line.send(
        f"POST {at(house)} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    )
    piece, sent, said = b"40000\r\n" + bytes(0x40000) + b"\r\n", 0, b""
    rest = b""
    for _ in range(5_000):
        wasyncore.loop(timeout=0.01, use_poll=True, map=sockets, count=1)
        try:
            said += line.recv(4096)
        except BlockingIOError:
            rest = rest or piece
        if said:
            break
        with suppress(BlockingIOError):
            done = line.send(rest)
            sent, rest = sent + done, rest[done:]
    line.close()
    server.task_dispatcher.shutdown()
    wasyncore.close_all(sockets)

    assert said.startswith(b"HTTP/1.1 413")
    assert sent < settings.most_body + IN_THE_KERNEL


def test_a_stalled_upload_keeps_nobody_waiting(house: House, port: int) -> None:
    stalled = []
    for _ in range(8):
        line = socket.create_connection(("127.0.0.1", port))
        line.sendall(
            f"POST {at(house)} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n".encode()
        )
        line.sendall(b"x" * 100)
        stalled.append(line)

    other = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    other.request("GET", "/sign-in")

    assert other.getresponse().status == 200
    for each in (*stalled, other):
        each.close()


def test_a_change_of_what_is_gone_leads_nowhere_wrong(house: House) -> None:
    visitor = house.visitor_of("editor")
    form = visitor.get(at(house)).form(ADD)
    data = form.fill({"Ngày ban hành": "31/2/2026"}).data()

    page = visitor.post(at(house, "4711", "replace"), data=data, status=422)

    assert "31/2/2026" in page.text


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        ({}, "Số, ký hiệu"),
        ({"Số, ký hiệu": "1/BC", "Ngày ban hành": "1.12.2026"}, "Ngày ban hành"),
        ({"Số, ký hiệu": "1/BC", "Hoặc đường dẫn": "javascript:alert(1)"}, "Hoặc đường dẫn"),
        ({"Số, ký hiệu": "1/BC", "Tên tài liệu, trích yếu": "x" * 501}, "Tên tài liệu, trích yếu"),
        ({"Tệp": ("a.pdf", b"")}, "Tệp"),
    ],
)
def test_an_error_stands_at_its_field_and_in_the_summary(
    house: House, answers: dict[str, object], label: str
) -> None:
    page = add(house, **answers, status=422)

    faulty = [each for each in page.document.all("input") if each["aria-invalid"] == "true"]
    labels = {each["for"]: each.text for each in page.document.all("label")}
    assert [labels[each["id"]].startswith(label) for each in faulty] == [True]
    at_field = next(
        each for each in page.document.all("p") if each["id"] == f"{faulty[0]['id']}-error"
    )
    link = next(each for each in page.document.all("a") if each["href"] == f"#{faulty[0]['id']}")
    assert at_field.text == link.text
    assert "hằng năm" not in link.text

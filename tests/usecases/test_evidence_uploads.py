"""Files of a unit: in pieces or in one go, kept before any row says so, bounded, and swept."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.domain.errors import NotFound, Refused, Stale
from evalsvc.domain.evidence import Described
from evalsvc.files.kinds import MEGABYTE
from evalsvc.store import documents
from evalsvc.store import uploads as stored
from evalsvc.store.documents import Shown
from evalsvc.usecases import depot, evidence, uploads
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.evidence import Paper
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.uploads import Put
from evalsvc.usecases.work import Office
from tests.conftest import Copy
from tests.files import made
from tests.postgres import Prepare
from tests.usecases.together import at_once
from tests.web import small_house
from tests.web.small_house import House, as_built

PDF = made.pdf(2)
BIG = PDF + b"%" * (3 * MEGABYTE) + b"\n%%EOF\n"
REPORT = Paper(Described("15/BC"))


@pytest.fixture
def house(sqlite_copy: Copy, prepare: Prepare) -> Iterator[House]:
    with small_house.copies(sqlite_copy, prepare) as after:
        yield after(as_built)


@pytest.fixture
def lying(house: House) -> Depot:
    return depot.of_settings(house.app.extensions["evalsvc"].settings)


def begin(house: House, lying: Depot, content: bytes, name: str = "bao-cao.pdf") -> str:
    at = house.sheet(), "A1"
    return house.office.do(house.actor("editor"), uploads.begin, lying, at, name, len(content))


def send(house: House, lying: Depot, token: str, content: bytes, start: int = 0) -> int:
    at, piece = start, 1024 * 512
    while at < len(content):
        part = at, content[at : at + piece]
        at = uploads.receive(house.office, house.actor("editor"), lying, token, part)
    return at


def finish(
    house: House, lying: Depot, token: str, paper: Paper = REPORT, office: Office | None = None
) -> None:
    put = Put(house.sheet(), "A1", paper, Seen(0))
    uploads.finish(office or house.office, house.actor("editor"), lying, token, put)


def sent(house: House, lying: Depot, content: bytes, name: str = "bao-cao.pdf") -> None:
    token = begin(house, lying, content, name)
    send(house, lying, token, content)
    finish(house, lying, token)


def shown(house: House) -> list[Shown]:
    with house.office.reading(SERVICE) as doing:
        return list(documents.of_assessment(doing.store, house.sheet()).get("A1", ()))


def lying_about(lying: Depot) -> list[str]:
    """Every file that is kept or arriving."""
    shelves = lying.shelves
    return [each.name for each in (*shelves.vault.each(), *shelves.pieces.each())]


def test_a_file_in_pieces_becomes_a_document(house: House, lying: Depot) -> None:
    sent(house, lying, BIG)

    [found] = shown(house)
    document = found.document
    assert (document.name, document.kind, document.size) == ("bao-cao.pdf", "pdf", len(BIG))
    assert document.pages == 2
    assert lying.shelves.vault.path(document.sha256 or "").read_bytes() == BIG
    assert len(lying_about(lying)) == 1


def test_a_file_without_number_and_title_is_called_by_its_name(house: House, lying: Depot) -> None:
    token = begin(house, lying, PDF)
    send(house, lying, token, PDF)

    finish(house, lying, token, Paper(Described()))

    assert shown(house)[0].document.title == "bao-cao.pdf"


def test_it_goes_on_where_it_stopped(house: House, lying: Depot) -> None:
    token, editor = begin(house, lying, BIG), house.actor("editor")
    uploads.receive(house.office, editor, lying, token, (0, BIG[:1000]))
    house.clock.later(hours=23)

    _, arrived = house.office.do(editor, uploads.arrived, lying, token)
    send(house, lying, token, BIG, arrived)
    finish(house, lying, token)

    assert (arrived, shown(house)[0].document.size) == (1000, len(BIG))


def test_after_a_day_it_is_forgotten(house: House, lying: Depot) -> None:
    token = begin(house, lying, BIG)
    house.clock.later(hours=25)

    with pytest.raises(NotFound):
        house.office.do(house.actor("editor"), uploads.arrived, lying, token)


def test_a_repeated_finish_is_answered_as_the_first(house: House, lying: Depot) -> None:
    token = begin(house, lying, PDF)
    send(house, lying, token, PDF)
    finish(house, lying, token)

    finish(house, lying, token)

    assert len(shown(house)) == 1
    found, arrived = house.office.do(house.actor("editor"), uploads.arrived, lying, token)
    assert (found.document, arrived) == (shown(house)[0].document.id, len(PDF))


def test_two_finishes_at_once_make_one_document(house: House, lying: Depot) -> None:
    token = begin(house, lying, PDF)
    send(house, lying, token, PDF)

    at_once(lambda: finish(house, lying, token), lambda: finish(house, lying, token))

    assert len(shown(house)) == 1


def test_two_tabs_upload_at_once_and_both_stay(house: House, lying: Depot) -> None:
    at_once(lambda: sent(house, lying, PDF, "a.pdf"), lambda: sent(house, lying, BIG, "b.pdf"))

    assert {each.document.name for each in shown(house)} == {"a.pdf", "b.pdf"}


def test_the_file_is_kept_before_any_row_says_so(house: House, lying: Depot) -> None:
    """Another try after the row could not be written finds nothing half done."""
    token = begin(house, lying, PDF)
    send(house, lying, token, PDF)
    bad = Paper(Described("15/BC"), "x" * 101)

    with pytest.raises(Refused, match="text-too-long"):
        finish(house, lying, token, bad)

    assert lying.shelves.pieces.length(token) == len(PDF)
    finish(house, lying, token)
    assert len(shown(house)) == 1


@pytest.mark.parametrize("size", [10 * 1024 * MEGABYTE, 20 * MEGABYTE + 1])
def test_a_size_beyond_the_limit_is_refused_before_anything_is_written(
    house: House, lying: Depot, size: int
) -> None:
    at = house.sheet(), "A1"

    with pytest.raises(Refused, match="evidence-too-large"):
        house.office.do(house.actor("editor"), uploads.begin, lying, at, "a.pdf", size)

    assert lying_about(lying) == []


def test_nothing_comes_after_what_was_announced(house: House, lying: Depot) -> None:
    token = begin(house, lying, PDF)

    with pytest.raises(Refused, match="upload-too-long"):
        send(house, lying, token, PDF + b"x")


@pytest.mark.parametrize("at", [1, 5_000, 10**9])
def test_a_wrong_offset_says_where_to_go_on(house: House, lying: Depot, at: int) -> None:
    token, editor = begin(house, lying, BIG), house.actor("editor")

    with pytest.raises(Refused) as refused:
        uploads.receive(house.office, editor, lying, token, (at, b"x"))

    assert refused.value.message in ("piece-gap", "upload-too-long")
    assert lying.shelves.pieces.length(token) == 0


def test_an_unfinished_file_is_not_taken(house: House, lying: Depot) -> None:
    token = begin(house, lying, BIG)
    uploads.receive(house.office, house.actor("editor"), lying, token, (0, BIG[:10]))

    with pytest.raises(Refused) as refused:
        finish(house, lying, token)

    assert refused.value.facts == {"length": 10}


@pytest.mark.parametrize("who", ["second", "head", "y-te-editor", "evaluator"])
def test_tokens_of_others_are_not_there(house: House, lying: Depot, who: str) -> None:
    token, other = begin(house, lying, PDF), house.actor(who)

    with pytest.raises(NotFound):
        house.office.do(other, uploads.arrived, lying, token)
    with pytest.raises(NotFound):
        uploads.receive(house.office, other, lying, token, (0, PDF))


def test_a_token_serves_only_the_line_it_was_begun_for(house: House, lying: Depot) -> None:
    token = begin(house, lying, PDF)
    send(house, lying, token, PDF)
    put = Put(house.sheet(), "A2", REPORT, Seen(0))

    with pytest.raises(NotFound):
        uploads.finish(house.office, house.actor("editor"), lying, token, put)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html><script>alert(1)</script>", "file-is-page"),
        (b"MZ" + bytes(100), "file-is-program"),
        (made.encrypted_pdf(b"secret"), "file-locked"),
        (made.docx({"word/vbaProject.bin": b"x"}), "office-has-macros"),
        (made.package({"[Content_Types].xml": b"<x/>", "a": bytes(60_000_000)}), "office"),
    ],
)
def test_what_is_no_document_leaves_nothing_behind(
    house: House, lying: Depot, content: bytes, why: str
) -> None:
    token = begin(house, lying, content, "ke-hoach.pdf")
    send(house, lying, token, content)

    with pytest.raises(Refused, match=why):
        finish(house, lying, token)

    assert (lying_about(lying), shown(house)) == ([], [])


def test_the_same_file_counts_once_for_the_unit(house: House, lying: Depot) -> None:
    tight = replace(lying, quota=len(BIG) * 2 - 1)

    sent(house, tight, BIG)
    second = begin(house, tight, PDF)
    send(house, tight, second, PDF)
    finish(house, tight, second)

    assert len(shown(house)) == 2


def test_files_of_a_unit_have_a_bound(house: House, lying: Depot) -> None:
    tight = replace(lying, quota=len(BIG) + 100)
    sent(house, tight, BIG)

    with pytest.raises(Refused, match="unit-files-full"):
        begin(house, tight, PDF)


def test_unfinished_uploads_count_too(house: House, lying: Depot) -> None:
    tight = replace(lying, quota=len(BIG) + 100)
    first, second = begin(house, tight, BIG), begin(house, tight, BIG)
    send(house, tight, first, BIG)

    with pytest.raises(Refused, match="unit-files-full"):
        send(house, tight, second, BIG)

    assert lying.shelves.pieces.length(second) == 0


def under_way(house: House) -> frozenset[str]:
    with house.office.reading(SERVICE) as doing:
        return stored.pending(doing.store)


def test_an_upload_that_found_no_room_takes_none_of_it(house: House, lying: Depot) -> None:
    tight = replace(lying, quota=len(BIG) + 100)
    first, second = begin(house, tight, BIG), begin(house, tight, BIG)
    send(house, tight, first, BIG)

    with pytest.raises(Refused, match="unit-files-full"):
        send(house, tight, second, BIG)

    assert under_way(house) == {first}


def test_an_upload_that_came_too_late_for_its_line_takes_no_room(
    house: House, lying: Depot
) -> None:
    sent(house, lying, PDF)
    [was] = shown(house)
    token = begin(house, lying, BIG)
    send(house, lying, token, BIG)
    put = Put(house.sheet(), "A1", REPORT, Seen(0), was.id)

    with pytest.raises(Stale):
        uploads.finish(house.office, house.actor("editor"), lying, token, put)

    assert under_way(house) == frozenset()


def test_a_full_disk_is_told_and_leaves_no_half_of_a_file(house: House, lying: Depot) -> None:
    token = begin(house, lying, BIG)

    # Room for the database, which writes far less than the file.
    with made.no_more_than(2 * MEGABYTE), pytest.raises(Refused, match="disk-full"):
        send(house, lying, token, BIG)

    assert lying.shelves.pieces.length(token) == 0


def test_a_plain_form_goes_the_same_way(house: House, lying: Depot) -> None:
    file = "../../báo cáo\u202e\0gpj.exe", BytesIO(PDF)
    at, editor = (house.sheet(), "A1"), house.actor("editor")

    token = uploads.receive_whole(house.office, editor, lying, at, file)
    finish(house, lying, token)

    assert shown(house)[0].document.name == "báo cáogpj.exe.pdf"


# The scanner


@contextmanager
def scanner(answer: bytes) -> Iterator[str]:
    """A line on which somebody answers like clamd."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer, args=(server, answer), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"


def _answer(server: socket.socket, answer: bytes) -> None:
    line, _ = server.accept()
    with line:
        line.settimeout(5)
        said = b""
        while not said.endswith(b"\0\0\0\0"):
            said += line.recv(65536)
        line.sendall(answer)


def test_an_infected_file_is_not_kept(house: House, lying: Depot) -> None:
    token = begin(house, lying, PDF)
    send(house, lying, token, PDF)

    with (
        scanner(b"stream: Eicar-Test-Signature FOUND\0") as address,
        pytest.raises(Refused, match="file-infected"),
    ):
        finish(house, replace(lying, scanner=address), token)

    assert (lying_about(lying), shown(house)) == ([], [])


def test_a_clean_file_is_kept(house: House, lying: Depot) -> None:
    token = begin(house, lying, PDF)
    send(house, lying, token, PDF)

    with scanner(b"stream: OK\0") as address:
        finish(house, replace(lying, scanner=address), token)

    assert len(shown(house)) == 1


def test_without_an_answer_the_file_waits(house: House, lying: Depot) -> None:
    token = begin(house, lying, PDF)
    send(house, lying, token, PDF)

    with pytest.raises(Refused, match="scanner-unreachable"):
        finish(house, replace(lying, scanner="127.0.0.1:1"), token)

    finish(house, lying, token)
    assert len(shown(house)) == 1


# The sweep


def age(house: House, path: Path) -> None:
    """As if it had been written two days before."""
    old = (house.clock.at - timedelta(days=2)).timestamp()
    os.utime(path, (old, old))


def test_a_sweep_takes_what_nobody_names(house: House, lying: Depot) -> None:
    sent(house, lying, PDF)
    begin(house, lying, PDF)
    house.clock.later(days=2)
    stray = lying.shelves.pieces.path("a" * 32)
    stray.write_bytes(b"x")
    age(house, stray)
    age(house, lying.shelves.vault.path(shown(house)[0].document.sha256 or ""))

    first = uploads.sweep(house.office, lying)
    second = uploads.sweep(house.office, lying)

    assert (first.files.pieces, first.uploads) == (1, 2)
    assert (second.files.pieces, second.uploads) == (0, 0)
    assert lying_about(lying) == [shown(house)[0].document.sha256]


def test_a_sweep_spares_what_is_young_and_what_was_taken_off(house: House, lying: Depot) -> None:
    sent(house, lying, PDF)
    [old] = shown(house)
    args = house.sheet(), "A1", old.id, Seen(1)
    house.office.do(house.actor("editor"), evidence.remove, *args)
    going_on = begin(house, lying, BIG)
    uploads.receive(house.office, house.actor("editor"), lying, going_on, (0, b"%PDF-"))
    age(house, lying.shelves.vault.path(old.document.sha256 or ""))
    age(house, lying.shelves.pieces.path(going_on))

    uploads.sweep(house.office, lying)

    assert len(lying_about(lying)) == 2

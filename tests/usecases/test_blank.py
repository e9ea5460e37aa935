"""A text is taken out of the journal by law: the chain holds, the copies go, who and why stay."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from evalsvc.domain.access import SERVICE
from evalsvc.domain.errors import Forbidden, Refused, Stale
from evalsvc.domain.evidence import Described
from evalsvc.domain.history import BLANKED, GONE, written
from evalsvc.store import documents, explanations, journal, marks, rounds, sheet_lines
from evalsvc.store.copies import COPIES
from evalsvc.store.journal import Told
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import assess, blank, evaluate, evidence, explain, extensions, returns, sheets
from evalsvc.usecases.assess import Typed
from evalsvc.usecases.blank import TEXTS, Blanked
from evalsvc.usecases.evidence import Paper
from evalsvc.usecases.extensions import To
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from evalsvc.usecases.verify import Difference, Kind, verify
from evalsvc.words.histories import told
from evalsvc.words.language import language
from tests.usecases.test_rounds import reviewed
from tests.web import released
from tests.web.small_house import After, House

TEXT = "Số điện thoại của người gửi đơn: 0912 000 000"
WHY = "Công văn 12/SNV: dữ liệu cá nhân"
SHEET = "NAM-2026/so-noi-vu"


def lines(house: House) -> dict[str, LineRecord]:
    with house.office.reading(SERVICE) as doing:
        return {each.code: each for each in sheet_lines.of_assessment(doing.store, house.sheet())}


def seen(house: House, code: str) -> Seen:
    return Seen(lines(house)[code].version)


def entries(house: House, where: str = SHEET) -> list[Told]:
    with house.office.reading(SERVICE) as doing:
        return list(journal.each_of_stream(doing.store, blank.stream_of(doing, where)))


def number_of(house: House, deed: str, line: str = "", where: str = SHEET) -> int:
    """The last entry of a deed."""
    found = [each for each in entries(house, where) if each.entry.deed == deed]
    return [each.number for each in found if each.entry.line == line][-1]


def delete(house: House, number: int, where: str = SHEET) -> Blanked:
    return house.office.do(SERVICE, blank.blank, where, number, WHY)


def differences(house: House) -> list[tuple[Kind, str]]:
    found: list[Difference] = []
    with house.office.reading(SERVICE) as doing:
        verify(doing, found.append)
    return [(each.kind, each.what) for each in found]


def everything(house: House) -> str:
    """All texts of the database."""
    with house.office.database.reading() as connection:
        names = sa.inspect(connection).get_table_names()
        rows = [connection.execute(sa.text(f"SELECT * FROM {name}")).all() for name in names]  # noqa: S608 - names of tables
    return str(rows)


@pytest.fixture
def handed_in(house_after: After) -> House:
    return house_after(released.handed_in)


def adjust(house: House, code: str = "A2", reason: str = TEXT) -> int:
    house.office.do(
        house.actor("evaluator"),
        evaluate.adjust,
        *(house.sheet(), code, Found("4/7"), reason, seen(house, code)),
    )
    return number_of(house, "adjust", code)


def test_the_text_goes_and_who_when_and_why_stay(handed_in: House) -> None:
    number = adjust(handed_in)
    before = entries(handed_in)[number - 1]

    delete(handed_in, number)

    after, last = entries(handed_in)[number - 1], entries(handed_in)[-1]
    assert TEXT not in everything(handed_in)
    assert after.entry.data == BLANKED
    assert (after.entry.at, after.who, after.entry.deed, after.entry.line) == (
        *(before.entry.at, before.who, "adjust", "A2"),
    )
    assert (after.digest, after.link) == (before.digest, before.link)
    assert (last.entry.deed, last.entry.line) == ("blank", "A2")
    assert last.entry.data == {"number": number, "deed": "adjust", "reason": WHY}


def test_the_chain_still_verifies(handed_in: House) -> None:
    delete(handed_in, adjust(handed_in))

    assert differences(handed_in) == []


def test_the_points_of_the_line_are_untouched(handed_in: House) -> None:
    number, before = adjust(handed_in), lines(handed_in)["A2"]

    delete(handed_in, number)

    after = lines(handed_in)["A2"]
    assert (after.claim, after.reviewed, after.reviewed_points) == (
        *(before.claim, before.reviewed, before.reviewed_points),
    )


def test_histories_say_that_it_was_deleted_when_and_why(handed_in: House) -> None:
    number = adjust(handed_in)
    delete(handed_in, number)

    with handed_in.office.reading(SERVICE) as doing:
        found = {each.number: each.entry for each in blank.entries(doing, SHEET)}

    said = told(language(), found[number])
    assert said == f"Nội dung đã được xóa theo quy định ngày 20/11/2026. Lý do: {WHY}"


# Copies


def _note(house: House) -> tuple[int, str]:
    house.answer("so-noi-vu", "A1", "yes", TEXT)
    return number_of(house, "answer", "A1"), lines(house)["A1"].note


def test_the_note_of_a_line_goes_with_its_entry(house: House) -> None:
    number, note = _note(house)
    assert note == TEXT

    done = delete(house, number)

    assert (done.copies, lines(house)["A1"].note) == (1, GONE)


def test_a_later_note_stays(house: House) -> None:
    number, _ = _note(house)
    house.answer("so-noi-vu", "A1", "yes", "Lưu tại văn thư.")

    done = delete(house, number)

    assert (done.copies, lines(house)["A1"].note) == (0, "Lưu tại văn thư.")


def test_what_was_typed_and_cannot_be_read_goes_and_stays_unreadable(house: House) -> None:
    typed = Typed(TEXT, {"answer": [TEXT]})
    house.office.do(
        house.actor("editor"), assess.save_answer, house.sheet(), "A2", typed, seen(house, "A2")
    )

    delete(house, number_of(house, "answer", "A2"))

    assert lines(house)["A2"].draft == {"answer": [GONE]}
    assert TEXT not in everything(house)
    assert differences(house) == []


def test_a_name_in_charge_goes(house: House) -> None:
    house.office.do(house.actor("head"), assess.put_in_charge, house.sheet(), "A2", TEXT)

    delete(house, number_of(house, "put-in-charge", "A2"))

    assert lines(house)["A2"].in_charge == GONE


def test_the_reason_of_a_returned_line_goes(handed_in: House) -> None:
    until = handed_in.clock.at.replace(day=25)
    handed_in.office.do(
        handed_in.actor("evaluator"),
        returns.return_line,
        *(handed_in.sheet(), "A2", until, TEXT, seen(handed_in, "A2")),
    )

    delete(handed_in, number_of(handed_in, "return", "A2"))

    assert lines(handed_in)["A2"].returned_because == GONE


def test_the_reason_of_a_mark_goes_and_is_not_offered_again(handed_in: House) -> None:
    number = adjust(handed_in)
    adjust(handed_in, "A2", "Đếm lại")

    assert delete(handed_in, number).copies == 0

    assert delete(handed_in, number_of(handed_in, "adjust", "A2")).copies == 1
    with handed_in.office.reading(handed_in.actor("evaluator")) as doing:
        (mark,) = marks.of_assessment(doing.store, handed_in.sheet())
        offered = marks.reasons(doing.store, doing.actor, rounds_id(handed_in), "A2")
    assert (mark.reason, list(offered)) == (GONE, [])


def rounds_id(house: House) -> int:
    with house.office.reading(SERVICE) as doing:
        found = rounds.of_code(doing.store, "NAM-2026")
    assert found is not None
    return found.id


def test_a_flag_loses_its_document(handed_in: House) -> None:
    id_, lead = handed_in.sheet(), handed_in.actor("lead")
    code = flags_of(handed_in)[0]
    handed_in.office.do(lead, evaluate.raise_flag, id_, code, TEXT, date(2026, 6, 2))

    delete(handed_in, number_of(handed_in, "raise-flag"))

    with handed_in.office.reading(SERVICE) as doing:
        (flag,) = marks.flags(doing.store, id_)
    assert (flag.document, flag.code) == (GONE, code)


def flags_of(house: House) -> list[str]:
    with house.office.reading(SERVICE) as doing:
        found = sheets.seen(doing, house.sheet())
    return sorted(found.form.set.flags)


def test_what_a_unit_said_to_a_line_goes(house: House) -> None:
    contest(house)

    done = delete(house, number_of(house, "contest", "A2"))

    with house.office.reading(SERVICE) as doing:
        (reply,) = explanations.of_assessment(doing.store, house.sheet())
    assert (done.copies, reply.text) == (1, GONE)
    assert TEXT not in everything(house)


def contest(house: House) -> None:
    """The sheet is reviewed and released, and the head contests one line."""
    reviewed(house, "so-noi-vu")
    id_ = house.sheet()
    house.office.do(house.actor("lead"), explain.release, id_)
    house.office.do(house.actor("head"), explain.contest, id_, "A2", TEXT, seen(house, "A2"))


def test_the_reason_for_more_time_goes_from_every_unit(house: House) -> None:
    until = house.clock.at.replace(month=12, day=5)
    house.office.do(SERVICE, extensions.extend, "NAM-2026", until, TEXT, To(block="khoi-1"))

    done = delete(house, number_of(house, "extend-round", where="round:NAM-2026"), "round:NAM-2026")

    assert done.copies == 2
    assert TEXT not in everything(house)
    assert differences(house) == []


def test_other_entries_with_the_same_words_are_named(handed_in: House) -> None:
    first = adjust(handed_in)
    second = adjust(handed_in)

    assert delete(handed_in, first).same == (second,)


@pytest.mark.parametrize("name", COPIES)
def test_every_text_with_a_copy_is_looked_for_in_other_entries(name: str) -> None:
    assert name in TEXTS


def _shown(house: House, code: str, described: Described) -> None:
    house.office.do(
        house.actor("editor"),
        evidence.attach,
        *(house.sheet(), code, Paper(described), seen(house, code)),
    )


def test_a_document_loses_its_number_and_title_with_the_entry(house: House) -> None:
    _shown(house, "A2", Described("12/SNV", date(2026, 9, 2), "Sở Nội vụ", TEXT))

    done = delete(house, number_of(house, "attach", "A2"))

    with house.office.reading(SERVICE) as doing:
        [shown] = documents.of_assessment(doing.store, house.sheet())["A2"]
    said = shown.document
    assert (done.copies, said.number, said.title, said.issuer) == (1, GONE, GONE, "Sở Nội vụ")
    assert TEXT not in everything(house)
    assert differences(house) == []


def test_a_document_that_was_taken_off_loses_its_title_too(house: House) -> None:
    _shown(house, "A2", Described(title=TEXT))
    with house.office.reading(SERVICE) as doing:
        [shown] = documents.of_assessment(doing.store, house.sheet())["A2"]
    args = house.sheet(), "A2", shown.id, seen(house, "A2")
    house.office.do(house.actor("editor"), evidence.remove, *args)
    first, second = (number_of(house, deed, "A2") for deed in ("attach", "remove"))

    done = delete(house, first)
    delete(house, second)

    assert (done.same, TEXT in everything(house)) == ((second,), False)


def test_a_document_with_the_same_title_on_another_line_stays(house: House) -> None:
    _shown(house, "A2", Described(title=TEXT))
    _shown(house, "A3", Described(title=TEXT))

    done = delete(house, number_of(house, "attach", "A2"))

    with house.office.reading(SERVICE) as doing:
        shown = documents.of_assessment(doing.store, house.sheet())
    assert [shown[code][0].document.title for code in ("A2", "A3")] == [GONE, TEXT]
    assert done.same == (number_of(house, "attach", "A3"),)


# What cannot be done


def test_only_the_machine_room_deletes(handed_in: House) -> None:
    number = adjust(handed_in)

    for name in ("lead", "leader", "evaluator", "head"):
        with pytest.raises(Forbidden):
            handed_in.office.do(handed_in.actor(name), blank.blank, SHEET, number, WHY)


@pytest.mark.parametrize(
    ("where", "number", "reason", "refused"),
    [
        (SHEET, 1, "  ", "reason-missing"),
        (SHEET, 99, WHY, "no-such-entry"),
        ("NAM-2026/so-khac", 1, WHY, "no-such-stream"),
        ("assessment:999", 1, WHY, "no-such-stream"),
        ("units", 1, WHY, "no-such-stream"),
    ],
)
def test_what_is_not_there_is_refused(
    house: House, where: str, number: int, reason: str, refused: str
) -> None:
    house.answer("so-noi-vu", "A2", "5/7")

    with pytest.raises(Refused, match=refused):
        house.office.do(SERVICE, blank.blank, where, number, reason)


def test_an_entry_is_deleted_once_and_its_reason_never(handed_in: House) -> None:
    number = adjust(handed_in)
    delete(handed_in, number)

    with pytest.raises(Refused, match="entry-blanked-already"):
        delete(handed_in, number)
    with pytest.raises(Refused, match="blank-stays"):
        delete(handed_in, number_of(handed_in, "blank", "A2"))


def test_a_save_that_is_repeated_after_its_text_went_is_told_that_the_line_changed(
    house: House,
) -> None:
    typed, save = Typed("5/7", {"answer": ["5/7"]}, TEXT), Seen(0, "k1")
    house.office.do(house.actor("editor"), assess.save_answer, house.sheet(), "A2", typed, save)
    delete(house, number_of(house, "answer", "A2"))

    with pytest.raises(Stale):
        house.office.do(house.actor("editor"), assess.save_answer, house.sheet(), "A2", typed, save)


MARKER = written(BLANKED)


def test_the_database_blanks_nothing_that_no_entry_names(handed_in: House) -> None:
    number = adjust(handed_in)

    with (
        pytest.raises(DBAPIError, match="append-only"),
        handed_in.office.writing(SERVICE) as doing,
    ):
        journal.put_blank(doing.store, journal.assessment(handed_in.sheet()), number)


@pytest.mark.parametrize(
    "change",
    [
        f"data = '{MARKER}', deed = 'accept'",
        f"data = '{MARKER}', account_id = NULL",
        f"data = '{MARKER}', digest = link",
        f"data = '{MARKER}', number = number + 100",
        "data = '{}'",
        """data = '{"blanked":1,"reason":"x"}'""",
        "at = at",
    ],
)
def test_an_entry_that_is_named_can_be_blanked_and_nothing_else(
    handed_in: House, change: str
) -> None:
    number = adjust(handed_in)
    delete(handed_in, number)
    where = f"stream = 'assessment:{handed_in.sheet()}' AND number = {number - 1}"

    with (
        pytest.raises(DBAPIError, match="append-only"),
        handed_in.office.database.writing() as connection,
    ):
        connection.exec_driver_sql(f"UPDATE journal SET {change} WHERE {where}")  # noqa: S608


def test_a_text_blanked_by_hand_is_found(handed_in: House) -> None:
    number = adjust(handed_in)
    drop = {"sqlite": "journal_no_update", "postgresql": "journal_no_update ON journal"}

    with handed_in.office.database.writing() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER {drop[connection.dialect.name]}")
        journal.put_blank(connection, journal.assessment(handed_in.sheet()), number)

    assert differences(handed_in) == [(Kind.BLANKED, str(number))]

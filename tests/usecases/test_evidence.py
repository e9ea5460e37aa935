"""Documents on lines: added, shown again, replaced and taken off, each once and in its time."""

from dataclasses import replace
from datetime import date

import pytest

from evalsvc.domain.access import SERVICE
from evalsvc.domain.errors import Forbidden, NotFound, Refused, Stale
from evalsvc.domain.evidence import Described
from evalsvc.store import documents, journal, sheet_lines
from evalsvc.store.documents import Shown
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import (
    assess,
    evaluate,
    evidence,
    evidence_seen,
    explain,
    own_sheets,
    returns,
)
from evalsvc.usecases.evidence import Paper
from evalsvc.usecases.found import Found
from evalsvc.usecases.sheets import Seen
from evalsvc.words import histories
from evalsvc.words.language import language
from tests.usecases.together import at_once
from tests.web.small_house import ROUND_BEFORE, House

UNIT, OTHER = "so-noi-vu", "so-y-te"
DECISION = Paper(Described("12/QĐ-SNV", date(2026, 9, 2), "Sở Nội vụ", "Quyết định"), "tr. 3–5")
PLAN = Paper(Described("09/KH-SNV", date(2026, 1, 20)))


def line(house: House, code: str = "A1", unit: str = UNIT) -> LineRecord:
    with house.office.reading(SERVICE) as doing:
        lines = sheet_lines.of_assessment(doing.store, house.sheet(unit))
    return next(each for each in lines if each.code == code)


def shown(house: House, code: str = "A1", unit: str = UNIT) -> list[Shown]:
    with house.office.reading(SERVICE) as doing:
        return list(documents.of_assessment(doing.store, house.sheet(unit)).get(code, ()))


def seen(house: House, code: str = "A1", key: str = "") -> Seen:
    return Seen(line(house, code).version, key)


def attach(house: House, paper: Paper = DECISION, code: str = "A1", key: str = "") -> None:
    at = seen(house, code, key)
    house.office.do(house.actor("editor"), evidence.attach, house.sheet(), code, paper, at)


def released(house: House) -> None:
    """B1 was marked lower than it was claimed; the unit has been told."""
    house.fill(UNIT)
    attach(house, code="B1")
    house.submit(UNIT)
    id_, lead = house.sheet(), house.actor("lead")
    with house.office.reading(SERVICE) as doing:
        codes = [each.code for each in sheet_lines.of_assessment(doing.store, id_)]
    official = "63,5; 12/QĐ-UBND; 10/03/2026; 2025"
    house.office.do(lead, evaluate.enter_official, id_, "C1", official, seen(house, "C1"))
    for code in codes:
        if code in ("B1", "C2"):
            found = Found(by_hand="2")
            house.office.do(lead, evaluate.adjust, id_, code, found, "Thiếu", seen(house, code))
        elif code != "C1":
            house.office.do(lead, evaluate.accept, id_, code, seen(house, code))
    house.office.do(lead, evaluate.finish, id_)
    house.office.do(lead, explain.release, id_)


def test_a_document_stands_on_its_line_and_raises_the_version(house: House) -> None:
    before = line(house).version

    attach(house)

    [found] = shown(house)
    assert (found.document.number, found.pages, found.turn) == ("12/QĐ-SNV", "tr. 3–5", 0)
    assert (line(house).evidence, line(house).version) == (1, before + 1)


def test_the_journal_tells_of_it(house: House) -> None:
    attach(house)

    with house.office.reading(SERVICE) as doing:
        [told] = journal.of_stream(doing.store, journal.assessment(house.sheet()), "A1")
    assert histories.told(language("en"), told.entry) == "Evidence added: 12/QĐ-SNV"
    assert (told.entry.data or {})["number"] == "12/QĐ-SNV"


def test_a_repeated_save_is_answered_as_the_first(house: House) -> None:
    attach(house, key="k")

    attach(house, key="k")

    assert len(shown(house)) == 1


def test_two_clerks_add_at_the_same_time_and_both_stay(house: House) -> None:
    at, id_ = seen(house), house.sheet()

    def adds(who: str, paper: Paper) -> None:
        house.office.do(house.actor(who), evidence.attach, id_, "A1", paper, at)

    at_once(lambda: adds("editor", DECISION), lambda: adds("second", PLAN))

    assert line(house).evidence == len(shown(house)) == 2


def test_an_accept_of_what_was_on_the_screen_before_is_refused(house: House) -> None:
    house.fill(UNIT)
    house.submit(UNIT)
    id_, evaluator = house.sheet(), house.actor("evaluator")
    on_screen = seen(house)
    until = house.clock.at.replace(day=25)
    args = id_, "A1", until, "Thiếu tài liệu", on_screen
    house.office.do(house.actor("lead"), returns.return_line, *args)
    attach(house)
    house.office.do(house.actor("editor"), returns.supply, id_, "A1", seen(house))

    with pytest.raises(Stale):
        house.office.do(evaluator, evaluate.accept, id_, "A1", on_screen)


def test_a_replaced_document_makes_place_for_the_other(house: House) -> None:
    attach(house)
    [old] = shown(house)

    house.office.do(
        house.actor("editor"), evidence.replace_, house.sheet(), "A1", old.id, PLAN, seen(house)
    )

    [found] = shown(house)
    assert (found.document.number, found.document.replaces) == ("09/KH-SNV", old.document.id)


def test_what_was_taken_off_is_not_counted(house: House) -> None:
    attach(house)
    [old] = shown(house)

    house.office.do(
        house.actor("editor"), evidence.remove, house.sheet(), "A1", old.id, seen(house)
    )

    assert (shown(house), line(house).evidence) == ([], 0)


def test_taking_off_what_changed_meanwhile_is_stale(house: House) -> None:
    attach(house)
    [old] = shown(house)
    before = seen(house)
    attach(house, PLAN)

    with pytest.raises(Stale):
        house.office.do(house.actor("editor"), evidence.remove, house.sheet(), "A1", old.id, before)


def test_a_repeated_removal_is_answered_as_the_first(house: House) -> None:
    attach(house)
    [old] = shown(house)
    at = seen(house, key="k")
    args = house.sheet(), "A1", old.id, at
    house.office.do(house.actor("editor"), evidence.remove, *args)

    house.office.do(house.actor("editor"), evidence.remove, *args)

    assert line(house).version == at.version + 1


def test_a_document_is_shown_again_on_another_line(house: House) -> None:
    attach(house)
    [first] = shown(house)
    again = first.document.id, "tr. 9"

    house.office.do(
        house.actor("editor"), evidence.show_again, house.sheet(), "A2", again, seen(house, "A2")
    )

    [found] = shown(house, "A2")
    assert (found.document.id, found.pages) == (first.document.id, "tr. 9")


def test_the_same_document_does_not_stand_twice_on_a_line(house: House) -> None:
    attach(house)
    again = shown(house)[0].document.id, ""

    with pytest.raises(Refused, match="document-on-line"):
        house.office.do(
            house.actor("editor"), evidence.show_again, house.sheet(), "A1", again, seen(house)
        )


def test_a_document_of_another_unit_is_not_there(house: House) -> None:
    attach(house)
    theirs = shown(house)[0].document.id, ""
    id_ = house.sheet(OTHER)

    with pytest.raises(NotFound):
        house.office.do(house.actor("y-te-editor"), evidence.show_again, id_, "A1", theirs, Seen(0))


def test_documents_of_last_year_are_offered_this_year(house: House) -> None:
    house.clock.at = house.clock.at.replace(year=2025)
    last = house.sheet(round_code=ROUND_BEFORE)
    early = replace(PLAN, described=Described("01/BC", date(2025, 3, 1)))
    house.office.do(house.actor("editor"), evidence.attach, last, "A1", early, Seen(0))

    with house.office.reading(house.actor("editor")) as doing:
        own = own_sheets.own(doing, house.sheet())
        found = evidence_seen.of_unit(doing, own.sheet, "01/b")

    assert [each.number for each in found] == ["01/BC"]


@pytest.mark.parametrize(
    ("paper", "why"),
    [
        (Paper(Described()), "document-unnamed"),
        (Paper(Described("1/BC", date(2026, 12, 31))), "day-to-come"),
        (Paper(Described("1/BC", link="javascript:alert(1)")), "not-a-link"),
        (Paper(Described("1/BC", link="file:///etc/passwd")), "not-a-link"),
        (Paper(Described("1/BC", link="https://x y")), "not-a-link"),
        (Paper(Described("1" * 101)), "text-too-long"),
        (Paper(Described("1/BC"), "t" * 101), "text-too-long"),
    ],
)
def test_what_cannot_be_a_document_is_refused(house: House, paper: Paper, why: str) -> None:
    with pytest.raises(Refused, match=why):
        attach(house, paper)


def test_lines_that_others_give_have_no_evidence(house: House) -> None:
    with pytest.raises(Refused, match="line-not-yours"):
        attach(house, code="C2")


def test_nobody_else_adds_to_a_sheet(house: House) -> None:
    id_ = house.sheet()

    with pytest.raises(Forbidden):
        house.office.do(house.actor("evaluator"), evidence.attach, id_, "A1", PLAN, Seen(0))
    with pytest.raises(NotFound):
        house.office.do(house.actor("y-te-editor"), evidence.attach, id_, "A1", PLAN, Seen(0))


def test_nothing_is_added_once_the_sheet_is_handed_in(house: House) -> None:
    house.fill(UNIT)
    house.submit(UNIT)

    with pytest.raises(Refused, match="sheet-handed-in"):
        attach(house)


def test_required_evidence_lets_the_sheet_be_handed_in(house: House) -> None:
    house.fill(UNIT, but=["A1"])
    id_, head = house.sheet(), house.actor("head")
    house.answer_on(id_, ("A1", "yes", ""), head)

    with pytest.raises(Refused, match="sheet-not-ready"):
        house.office.do(head, assess.submit, id_, [])
    attach(house)
    house.office.do(head, assess.submit, id_, [])


def test_a_document_comes_with_an_explanation(house: House) -> None:
    released(house)

    attach(house, PLAN, "B1")

    assert [each.turn for each in shown(house, "B1")] == [0, 1]


def test_what_was_appraised_stays(house: House) -> None:
    released(house)
    [old] = shown(house, "B1")

    with pytest.raises(Refused, match="evidence-stands"):
        house.office.do(
            house.actor("editor"), evidence.remove, house.sheet(), "B1", old.id, seen(house, "B1")
        )


def test_reviewers_see_it_when_the_explanation_is_sent(house: House) -> None:
    released(house)
    attach(house, PLAN, "B1")
    found = shown(house, "B1")[1].document

    with house.office.reading(house.actor("lead")) as doing, pytest.raises(NotFound):
        evidence_seen.document(doing, found.id)
    head, id_ = house.actor("head"), house.sheet()
    house.office.do(head, explain.contest, id_, "B1", "Có kế hoạch.", seen(house, "B1"))
    with house.office.reading(house.actor("lead")) as doing:
        assert evidence_seen.document(doing, found.id).number == "09/KH-SNV"


def test_nothing_is_added_to_an_explanation_that_was_sent(house: House) -> None:
    released(house)
    head, id_ = house.actor("head"), house.sheet()
    house.office.do(head, explain.contest, id_, "B1", "Có kế hoạch.", seen(house, "B1"))

    with pytest.raises(Refused, match="line-is-contested"):
        attach(house, PLAN, "B1")

"""What is kept beside the lines of a sheet: totals of layers, progress, and what is missing."""

from decimal import Decimal
from fractions import Fraction

from evalsvc.domain.answers import UNANSWERED, ByHand, Value
from evalsvc.domain.criteria import GivenBy
from evalsvc.domain.lines import Layer
from evalsvc.domain.results import result
from evalsvc.domain.scales import Imported
from evalsvc.domain.scoring import score
from evalsvc.domain.summary import (
    Kept,
    Progress,
    added,
    gaps,
    in_force,
    progress_of,
    totals,
    totals_of,
    values_of,
)
from tests import make


def kept(
    code: str,
    claim: Value | None = None,
    *,
    faulty: bool = False,
    reviewed: Value | None = None,
    final: Value | None = None,
) -> Kept:
    return Kept(code, claim, faulty, reviewed, final)


def points(number: int) -> ByHand:
    return ByHand(Decimal(number))


FORM = make.form(make.criteria(make.line("1", 60), make.line("2", 40)))


def test_a_review_stands_over_the_claim_and_a_conclusion_over_both() -> None:
    line = kept("1", points(50), reviewed=points(40), final=points(45))

    found = [in_force(line, layer) for layer in Layer]

    assert found == [points(50), points(40), points(45)]


def test_what_was_not_marked_stands_as_claimed() -> None:
    lines = [kept("1", points(50), reviewed=points(40)), kept("2", points(30))]

    assert totals_of(FORM, lines, Layer.REVIEWED, ()).total == Decimal(70)


def test_a_refused_claim_earns_nothing() -> None:
    lines = [kept("1", make.na("full"), reviewed=UNANSWERED), kept("2", points(40))]

    assert totals_of(FORM, lines, Layer.REVIEWED, ()).total == Decimal(40)


def test_totals_say_what_the_result_of_the_same_sheet_says() -> None:
    lines = [kept("1", points(50)), kept("2", points(30))]

    found = totals(result(score(FORM, values_of(lines, Layer.CLAIMED), Layer.CLAIMED)))

    assert (found.total, found.band, found.groups) == (
        Decimal(80),
        "tot",
        (("A", Decimal(80), Decimal(100)),),
    )


def test_an_unrated_sheet_has_no_band() -> None:
    lines = [kept("1", make.na("exclude")), kept("2", points(30))]

    found = totals_of(FORM, lines, Layer.CLAIMED, ())

    assert (found.band, found.unrated) == ("", ("line:1",))


MIXED = make.form(
    make.criteria(
        make.line("1", 60),
        make.line("2", 20, given_by=GivenBy.REVIEWER),
        make.line(
            "3",
            20,
            scale=Imported(Fraction(20), Decimal(100), "PAR"),
            given_by=GivenBy.SERVICE,
        ),
    )
)


def test_progress_counts_what_each_side_has_to_do() -> None:
    lines = [kept("1", points(50)), kept("2", reviewed=points(10)), kept("3")]

    found = progress_of(MIXED.entries(), lines)

    assert (found.asked, found.answered, found.to_mark, found.marked) == (1, 1, 2, 1)


def test_an_official_result_that_came_after_hand_in_is_no_marked_line() -> None:
    found = progress_of(MIXED.entries(), [kept("1"), kept("2"), kept("3", reviewed=points(10))])

    assert (found.to_mark, found.marked) == (2, 0)


def test_what_cannot_be_read_is_not_answered() -> None:
    found = progress_of(MIXED.entries(), [kept("1", faulty=True), kept("2"), kept("3")])

    assert (found.answered, found.faulty) == (0, 1)


def test_the_progress_of_a_sheet_is_that_of_its_sections_added_up() -> None:
    found = added([Progress(1, 2, 3, 4, 5, 6, 7), Progress(10, 20, 30, 40, 50, 60, 70)])

    assert found == Progress(11, 22, 33, 44, 55, 66, 77)


def test_only_lines_of_the_unit_are_missing() -> None:
    found = gaps(MIXED, [kept("1"), kept("2"), kept("3")])

    assert [gap.entry.code for gap in found] == ["1"]


def test_silence_blocks_nothing_but_an_error_does() -> None:
    found = gaps(FORM, [kept("1"), kept("2", faulty=True)])

    assert [(gap.entry.code, gap.blocks) for gap in found] == [("1", False), ("2", True)]


def test_a_penalty_line_of_the_unit_has_to_be_answered() -> None:
    form = make.form(make.criteria(make.line("1", 100), make.penalty("P")))

    found = gaps(form, [kept("1", points(1)), kept("P")])

    assert [(gap.entry.code, gap.blocks) for gap in found] == [("P", True)]

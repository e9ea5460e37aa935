"""The demo province: sound units and rounds, answers that can be read, totals as in real life."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import get_args

import pytest

from evalsvc import resources
from evalsvc.catalog import rounds, shelf, tree, unit_tables
from evalsvc.domain.answers import NotApplicable, Stated, Value
from evalsvc.domain.assessment import Assessment, Mark, Stage
from evalsvc.domain.criteria import Criterion, GivenBy, Kind
from evalsvc.domain.forms import Entry, entry_of, form
from evalsvc.domain.outcome import Outcome, outcome
from evalsvc.domain.readings import read_value, write_value
from evalsvc.domain.rounds import Forms, Round
from evalsvc.domain.scales import Scale
from evalsvc.domain.units import Unit
from evalsvc.usecases.demo_answers import quality, value_for
from evalsvc.usecases.demo_evidence import evidence_for, issuer_sign, note
from evalsvc.usecases.demo_plan import (
    FLAGS,
    LAST_YEAR,
    NOT_HANDED_IN,
    NOW,
    THIS_YEAR,
    State,
    filled,
    flags,
    handed_in,
    looked_at,
    states,
)
from evalsvc.usecases.demo_reviews import adjustment, contest, restored
from evalsvc.usecases.demo_texts import FOLDER

YEARS = (LAST_YEAR, THIS_YEAR)
REFORM = "2025-07-01"
FIELDS = ["code", "name", "kind", "block", "parent", "tags", "order"]
FIELDS += ["from", "until", "predecessors"]


@cache
def rows() -> list[dict[str, str]]:
    with (FOLDER / "units.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        found = list(reader)
    assert reader.fieldnames == FIELDS
    return found


def standing() -> list[dict[str, str]]:
    return [row for row in rows() if not row["until"]]


def listed(text: str) -> list[str]:
    return [each for each in text.split(";") if each]


@cache
def round_of(year: int) -> Round:
    """The round file as the reader of rounds takes it: units put in, windows left out."""
    text = (FOLDER / f"round-{year}.yaml").read_text("utf-8").partition("windows:")[0]
    units = "".join(
        f'  - {{code: {row["code"]}, name: "{row["name"]}", kind: {row["kind"]}, '
        f"block: {row['block']}, tags: [{', '.join(listed(row['tags']))}]}}\n"
        for row in standing()
    )
    file = tree.read(f"round-{year}.yaml", f"{text}units:\n{units}".encode())
    return rounds.load(file, shelf.finder(FOLDER))


@dataclass(frozen=True)
class Filled:
    unit: Unit
    entry: Entry
    value: Value


@cache
def lines(year: int) -> tuple[Filled, ...]:
    """Every line of every unit, with what the demo puts on it."""
    forms = Forms(round_of(year))
    return tuple(
        Filled(unit, entry, value_for(entry, year, unit.code, quality(unit.code, year)))
        for unit in round_of(year).units
        for entry in forms.of(unit).entries()
    )


def marks(year: int) -> Iterator[tuple[str, Mark]]:
    for line in lines(year):
        unit = line.unit.code
        if found := adjustment(line.entry, line.value, unit, year):
            yield unit, Mark(line.entry.code, Stage.REVIEW, *found)
            if back := restored(line.entry, line.value, unit, year):
                yield unit, Mark(line.entry.code, Stage.EXPLAINED, *back)


@cache
def outcome_of(year: int) -> Outcome:
    """The year as if all had handed in and everything were concluded."""
    found: dict[str, Assessment] = {}
    marked = list(marks(year))
    for unit in round_of(year).units:
        own = [line for line in lines(year) if line.unit == unit]
        found[unit.code] = Assessment(
            unit.code,
            date(year, 11, 20),
            {line.entry.code: line.value for line in own},
            tuple(mark for code, mark in marked if code == unit.code),
            frozenset(Stage),
            flags(unit.code, year),
        )
    return outcome(round_of(year), found)


@cache
def shipped() -> tuple[Entry, ...]:
    """Every line of every shipped set in every column, with and without its tags."""
    return tuple(
        entry_of(line, kind.column, criteria.decimals, criteria.years.start or THIS_YEAR)
        for code in sorted(shelf.shipped())
        for criteria in [shelf.load(code)]
        for kind, line in _lines_of(criteria.kinds, tuple(criteria.criteria()))
    )


def _lines_of(
    kinds: tuple[Kind, ...], criteria: tuple[Criterion, ...]
) -> Iterator[tuple[Kind, Criterion]]:
    for kind in kinds:
        yield from ((kind, line) for line in criteria if kind.column in line.scales)


def test_the_province_has_130_units_today_of_which_98_are_communes() -> None:
    kinds = Counter(row["kind"] for row in standing())

    assert kinds == {"so": 20, "don-vi-su-nghiep": 12, "xa": 98}


def test_the_table_of_units_is_read_without_a_fault() -> None:
    found = unit_tables.read("units.csv", (FOLDER / "units.csv").read_bytes())

    assert len(found) == len(rows())


def test_codes_and_places_in_the_order_are_each_used_once() -> None:
    assert len({row["code"] for row in rows()}) == len(rows())
    assert [int(row["order"]) for row in rows()] == list(range(1, len(rows()) + 1))


def test_names_of_units_that_stand_are_each_used_once() -> None:
    assert [name for name, n in Counter(row["name"] for row in standing()).items() if n > 1] == []


def test_parents_and_predecessors_are_units_of_the_file() -> None:
    codes = {row["code"] for row in rows()}

    named = {row["parent"] for row in rows() if row["parent"]}
    named |= {code for row in rows() for code in listed(row["predecessors"])}

    assert named - codes == set()


def test_a_predecessor_ended_on_the_day_before_its_successor_began() -> None:
    by_code = {row["code"]: row for row in rows()}
    pairs = [
        (date.fromisoformat(by_code[code]["until"]), date.fromisoformat(row["from"]))
        for row in rows()
        for code in listed(row["predecessors"])
    ]

    assert pairs
    assert {(start - end).days for end, start in pairs} == {1}


def test_every_unit_that_ended_has_one_successor() -> None:
    named = Counter(code for row in rows() for code in listed(row["predecessors"]))

    assert named == {row["code"]: 1 for row in rows() if row["until"]}


def test_all_communes_of_today_began_with_the_reform() -> None:
    assert {row["from"] for row in standing() if row["kind"] == "xa"} == {REFORM}


@pytest.mark.parametrize("year", YEARS)
def test_the_form_of_every_unit_can_be_made(year: int) -> None:
    of = round_of(year)

    made = [
        form(of.sets[unit.kind], unit.kind, unit.tags, year=year, dates=of.dates)
        for unit in of.units
    ]

    assert len(made) == 130
    assert min(len(tuple(each.entries())) for each in made) > 25


@pytest.mark.parametrize("year", YEARS)
def test_every_report_of_the_year_is_due_before_the_window_closes(year: int) -> None:
    dues = [
        due.last_day(year) for line in lines(year) for due in getattr(line.entry.scale, "dues", ())
    ]

    assert max(dues) == date(year, 10, 31)


@pytest.mark.parametrize("year", YEARS)
def test_a_round_has_its_four_windows_one_after_the_other(year: int) -> None:
    root = tree.read("round", (FOLDER / f"round-{year}.yaml").read_bytes()).root
    assert isinstance(root, dict)

    windows = root["windows"]

    assert list(windows) == ["assess", "review", "explain", "decide"]
    assert all(window["opens"] < window["closes"] for window in windows.values())
    closes = [window["closes"] for window in windows.values()]
    assert closes == sorted(closes)


@pytest.mark.parametrize("year", YEARS)
def test_every_value_is_read_back_from_its_text(year: int) -> None:
    strange = [
        (line.unit.code, line.entry.code)
        for line in lines(year)
        if read_value(line.entry, write_value(line.value), year) != line.value
    ]

    assert strange == []


def test_there_is_an_answer_for_every_kind_of_scale() -> None:
    assert {type(entry.scale) for entry in shipped()} == set(get_args(Scale))


@pytest.mark.parametrize("level", [0, 35, 70, 100])
def test_a_unit_of_any_quality_answers_every_line_that_ships(level: int) -> None:
    units = [f"u-{number}" for number in range(12)]

    strange = [
        entry.code
        for entry in shipped()
        for unit in units
        for value in [value_for(entry, 2025, unit, level)]
        if read_value(entry, write_value(value), 2025) != value
    ]

    assert strange == []


@pytest.mark.parametrize("year", YEARS)
def test_about_one_of_nine_own_lines_is_adjusted(year: int) -> None:
    own = [line for line in lines(year) if line.entry.criterion.given_by is GivenBy.UNIT]
    adjusted = [mark for _, mark in marks(year) if mark.stage is Stage.REVIEW]

    assert 8 <= len(own) / len(adjusted) <= 10


@pytest.mark.parametrize("year", YEARS)
def test_an_adjustment_is_another_answer_that_can_be_read_and_has_a_reason(year: int) -> None:
    for line in lines(year):
        found = adjustment(line.entry, line.value, line.unit.code, year)
        value, reason = found or (None, "no adjustment")
        text = write_value(value) if value else ""

        assert value != line.value
        assert not text or read_value(line.entry, text, year) == value
        assert len(reason) > 10
        assert "{" not in reason


def test_what_does_not_apply_or_is_given_by_others_is_not_adjusted() -> None:
    kept = [
        line
        for line in lines(THIS_YEAR)
        if isinstance(line.value, NotApplicable)
        or line.entry.criterion.given_by is not GivenBy.UNIT
    ]

    assert kept
    assert not any(adjustment(line.entry, line.value, line.unit.code, THIS_YEAR) for line in kept)


def test_a_claim_is_restored_only_where_the_unit_contested() -> None:
    for line in lines(LAST_YEAR):
        unit = line.unit.code
        back = restored(line.entry, line.value, unit, LAST_YEAR)

        assert back is None or back[0] == line.value
        assert back is None or contest(line.entry, unit, LAST_YEAR)


@pytest.mark.parametrize("year", YEARS)
def test_totals_spread_as_in_real_life(year: int) -> None:
    found = [result.sheet.compared for result in outcome_of(year).results.values()]
    middle = sorted(found)[len(found) // 2]

    assert Decimal(50) <= min(found) <= Decimal(68)
    assert Decimal(80) <= middle <= Decimal(88)
    assert Decimal(94) <= max(found) < Decimal(99)


@pytest.mark.parametrize("year", YEARS)
def test_bands_differ_and_a_few_totals_are_equal(year: int) -> None:
    of = outcome_of(year)
    bands = Counter(r.band.code for r in of.results.values() if r.band is not None)
    blocks = [[p.rank for p in each.placings] for each in of.rankings if each.block]

    equal = sum(len(ranks) - len(set(ranks)) for ranks in blocks)

    assert {"xs", "ht-tot", "tot", "kha", "trung-binh"} <= set(bands)
    assert 2 <= equal <= 8


def test_no_quota_of_the_closed_year_waits_for_a_leader() -> None:
    assert [each.block for each in outcome_of(LAST_YEAR).quotas if each.pending] == []


def test_this_year_s_units_stand_where_the_plan_says() -> None:
    found = states([row["code"] for row in standing()], THIS_YEAR)

    assert Counter(found.values()) == {
        State.UNTOUCHED: 18,
        State.HALF: 30,
        State.NEARLY: 20,
        State.LATE: 6,
        State.SUBMITTED: 20,
        State.UNDER_REVIEW: 16,
        State.REVIEWED: 8,
        State.RELEASED: 4,
        State.CONTESTED: 3,
        State.ANSWERED: 3,
        State.CONCLUDED: 2,
    }


def test_whoever_was_raised_a_flag_has_been_reviewed() -> None:
    codes = [row["code"] for row in standing()]
    found = {year: states(codes, year) for year in YEARS}

    assert {found[year][code] for code, year in FLAGS} == {State.REVIEWED, State.CLOSED}


def test_last_year_is_closed_but_for_two_units() -> None:
    found = states([row["code"] for row in standing()], LAST_YEAR)

    assert Counter(found.values()) == {State.CLOSED: 128, State.NOT_SUBMITTED: 2}


@pytest.mark.parametrize(
    ("state", "least", "most"),
    [
        (State.UNTOUCHED, 0, 0),
        (State.HALF, 20, 75),
        (State.NEARLY, 85, 99),
        (State.LATE, 95, 100),
        (State.SUBMITTED, 95, 100),
    ],
)
def test_so_many_per_cent_of_the_own_lines_are_answered(
    state: State, least: int, most: int
) -> None:
    forms = Forms(round_of(THIS_YEAR))
    for unit in round_of(THIS_YEAR).units:
        entries = tuple(forms.of(unit).entries())
        own = [entry for entry in entries if entry.criterion.given_by is GivenBy.UNIT]

        done = filled(entries, unit.code, state)

        assert least <= 100 * len(done) // len(own) <= most


def test_a_reviewer_has_been_through_a_part_while_the_review_runs_and_through_all_after() -> None:
    forms = Forms(round_of(THIS_YEAR))
    for unit in round_of(THIS_YEAR).units:
        entries = tuple(forms.of(unit).entries())
        part = looked_at(entries, unit.code, State.UNDER_REVIEW)
        whole = looked_at(entries, unit.code, State.REVIEWED)

        assert looked_at(entries, unit.code, State.SUBMITTED) == ()
        assert 0 < len(part) < len(whole)


@pytest.mark.parametrize("state", State)
def test_a_sheet_is_handed_in_in_the_past_or_not_at_all(state: State) -> None:
    for unit in round_of(THIS_YEAR).units:
        moment = handed_in(unit.code, THIS_YEAR, state)

        assert (moment is None) == (state in NOT_HANDED_IN)
        assert moment is None or moment < NOW


def test_only_the_late_hand_in_after_the_window_closes() -> None:
    found = {state: handed_in("xa-an-ninh-tay", THIS_YEAR, state) for state in State}

    late = {state for state, moment in found.items() if moment and moment.month == 12}

    assert late == {State.LATE}


@pytest.mark.parametrize(
    ("unit", "sign"),
    [("so-noi-vu", "SNV"), ("van-phong-ubnd-tinh", "VPUBND"), ("xa-bau-sen", "UBND")],
)
def test_a_document_is_numbered_by_who_issues_it(unit: str, sign: str) -> None:
    assert issuer_sign(unit) == sign


def test_most_lines_that_ask_for_evidence_have_a_document_of_the_year() -> None:
    own = [line for line in lines(THIS_YEAR) if line.entry.criterion.given_by is GivenBy.UNIT]
    asking = [line for line in own if line.entry.criterion.evidence.text]
    found = [evidence_for(line.entry, THIS_YEAR, line.unit.code) for line in asking]
    shown = [each for each in found if each is not None]

    assert len(asking) * 2 / 5 < len(shown) < len(asking)
    assert {each.day.year for each in shown if each.day} == {THIS_YEAR}
    assert all(each.title for each in shown)


def test_no_document_is_shown_for_what_did_not_happen() -> None:
    none = [
        line
        for line in lines(THIS_YEAR)
        if isinstance(line.value, NotApplicable) or write_value(line.value) in ("0", "no")
    ]

    assert none
    assert not any(evidence_for(line.entry, THIS_YEAR, line.unit.code) for line in none)


def test_a_few_lines_have_a_remark_of_the_unit() -> None:
    notes = [note(line.entry, line.unit.code, THIS_YEAR) for line in lines(THIS_YEAR)]

    assert 0.04 < sum(map(bool, notes)) / len(notes) < 0.12


def test_the_same_line_is_answered_the_same_way_again() -> None:
    line = lines(THIS_YEAR)[40]

    again = value_for(line.entry, THIS_YEAR, line.unit.code, quality(line.unit.code, THIS_YEAR))

    assert isinstance(line.value, Stated | NotApplicable)
    assert again == line.value


def test_the_set_of_the_communes_is_beside_the_rounds_and_not_among_the_shipped() -> None:
    assert not (resources.criteria() / "ba-xa.yaml").exists()
    assert round_of(THIS_YEAR).sets["xa"].code == "BA-XA"

"""Golden rounds: what the engine computes is what the working by hand says, to the last digit."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from evalsvc.catalog import sets
from evalsvc.domain.answers import NotApplicable
from evalsvc.domain.criteria import TOO_FEW_REPLIES
from evalsvc.domain.lines import Layer, LineScore, State
from evalsvc.domain.outcome import Outcome, Ranking
from evalsvc.domain.results import Result
from evalsvc.domain.scoring import Base, BonusAdded, PenaltyTaken, ScoreSheet, Stretched
from evalsvc.usecases import from_files

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/working.txt"))
_SECTION = re.compile(r"== (.+)")
_FACT = re.compile(r"(.+?) -> (.*)")
_SUM = re.compile(r"(.+?) : .* = ([0-9]+(?:,[0-9]+)?)")


def sections(folder: Path) -> list[tuple[str, list[tuple[str, str]]]]:
    """Sections of a working with their labels: the value of a sum, or the words of a fact."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in (folder / "working.txt").read_text("utf-8").splitlines():
        if match := _SECTION.fullmatch(line.strip()):
            found.append((match[1], []))
        elif match := _FACT.fullmatch(line.strip()) or _SUM.fullmatch(line.strip()):
            found[-1][1].append((match[1], match[2]))
    return found


@cache
def outcome_of(folder: Path, layer: Layer | None) -> Outcome:
    answers = [each for each in (folder / "answers", folder / "answers.csv") if each.exists()]

    def find(name: str) -> sets.CriteriaSet:
        path = folder / name
        return sets.load(str(path), path.read_bytes())

    return from_files.ranked(folder / "round.yaml", answers, find, layer)


def sheet_cases() -> list[tuple[Path, str, str]]:
    return [
        (folder, *title.split(" "))  # type: ignore[misc]
        for folder in FOLDERS
        for title, _ in sections(folder)
        if title.split(" ")[-1] in tuple(Layer)
    ]


def line_words(line: LineScore) -> str:
    if isinstance(line.value, NotApplicable):
        reason = "too-few" if line.value.reason == TOO_FEW_REPLIES else line.value.reason
        return f"n/a {reason} {line.treatment}"
    words = {State.UNANSWERED: "unanswered", State.NOT_DUE: "not-yet-due"}
    return words.get(line.state) or comma(line.points)


def comma(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def sheet_words(result: Result) -> dict[str, str]:
    """The labels of a working, as the engine sees them."""
    sheet = result.sheet
    found = {line.entry.code: line_words(line) for line in sheet.lines}
    if result.unrated and sheet.excluded_by:
        reasons = [
            line.value.reason for line in sheet.lines if line.entry.code in sheet.excluded_by
        ]  # type: ignore[union-attr]
        return {**found, "unrated": " ".join(reasons)}
    for group in sheet.groups:
        found[f"group {group.section.group.code}"] = comma(group.counted)
    found["scale"], found["applicable"] = comma(sheet.unit_scale), comma(sheet.applicable)
    found |= step_words(sheet)
    found |= {"total": comma(sheet.total), "compared": comma(sheet.compared)}
    found["band"] = result.earned.code
    if result.fired:
        found["gates"] = " ".join(fired.gate.code for fired in result.fired)
        if result.band is not None:
            found["band after gates"] = result.band.code
    if result.unrated:
        found["unrated"] = " ".join(each.what for each in result.unrated)
    return found


def step_words(sheet: ScoreSheet) -> dict[str, str]:
    labels = {Base: "base", Stretched: "stretched", BonusAdded: "bonus", PenaltyTaken: "penalty"}
    return {labels[type(step)]: comma(step.result) for step in sheet.steps if type(step) in labels}


def normal(words: str) -> str:
    """Numbers at two decimals; the workings write some sums without them."""
    return (
        comma(Decimal(words.replace(",", ".")).quantize(Decimal("0.01")))
        if re.fullmatch(r"[0-9]+(,[0-9]+)?", words)
        else words
    )


@pytest.mark.parametrize(("folder", "unit", "layer"), sheet_cases(), ids=lambda each: named(each))
def test_a_sheet_is_what_the_working_says(folder: Path, unit: str, layer: str) -> None:
    wanted = {label: normal(words) for label, words in dict(sections(folder))[f"{unit} {layer}"]}

    result = outcome_of(folder, Layer(layer)).results[unit]

    found = {label: normal(words) for label, words in sheet_words(result).items()}
    assert found == wanted


def round_cases(first: str) -> list[tuple[Path, str]]:
    return [
        (folder, title.removeprefix(f"{first} "))
        for folder in FOLDERS
        for title, _ in sections(folder)
        if title.startswith(f"{first} ")
    ]


def facts(folder: Path, title: str) -> dict[str, str]:
    return {label: normal(words) for label, words in dict(sections(folder))[title]}


def named(case: object) -> str:
    return getattr(case, "name", str(case))


@pytest.mark.parametrize(("folder", "block"), round_cases("ranking"), ids=named)
def test_a_ranking_is_what_the_working_says(folder: Path, block: str) -> None:
    wanted = sorted(dict(sections(folder)).get(f"ranking {block}", []))
    outcome = outcome_of(folder, None)

    ranking = next(
        each for each in outcome.rankings if (each.block.code if each.block else "overall") == block
    )

    assert sorted(rows_of(outcome, ranking)) == wanted


def rows_of(outcome: Outcome, ranking: Ranking) -> list[tuple[str, str]]:
    bands = {unit: band for each in outcome.banded.values() for unit, band in each.bands.items()}
    rows = []
    for placing in ranking.placings:
        standing = placing.standing
        band = bands[standing.unit]
        titles = [each.title.code for each in outcome.titles if standing.unit in each.given]
        words = [standing.unit, comma(standing.compared), band.code if band else "?", *titles]
        rows.append((str(placing.rank), " ".join([*words, *(["late"] if standing.late else [])])))
    return [*rows, *(("apart", f"{each.unit} {each.why}") for each in ranking.apart)]


@pytest.mark.parametrize(("folder", "what"), round_cases("quota"), ids=named)
def test_a_quota_is_what_the_working_says(folder: Path, what: str) -> None:
    band, block = what.split(" ")

    found = next(
        each
        for each in outcome_of(folder, None).quotas
        if (each.quota.band, each.block or "round") == (band, block)
    )

    words = {"base": f"{found.base},00", "allowed": f"{found.allowed},00"}
    words |= {"falls": " ".join(found.fallen)} if found.fallen else {}
    words |= {"pending": " ".join(found.pending)} if found.pending else {}
    assert words == facts(folder, f"quota {what}")


@pytest.mark.parametrize(("folder", "code"), round_cases("title"), ids=named)
def test_a_title_is_what_the_working_says(folder: Path, code: str) -> None:
    found = next(each for each in outcome_of(folder, None).titles if each.title.code == code)

    words = {"lowest": f"{found.lowest},00", "highest": f"{found.highest},00"}
    words["number"] = "none" if found.number is None else f"{found.number},00"
    words |= {"given": " ".join(found.given)} if found.given else {}
    words |= {"short": f"{found.short},00"} if found.short else {}
    assert words == facts(folder, f"title {code}")


@pytest.mark.parametrize(("folder", "code"), round_cases("target"), ids=named)
def test_a_target_is_what_the_working_says(folder: Path, code: str) -> None:
    wanted = facts(folder, f"target {code}")

    found = next(each for each in outcome_of(folder, None).targets if each.target.code == code)

    words = {True: "yes", False: "no", None: "n/a"}
    assert words[found.met] == wanted["met"]
    assert found.share is None or comma(found.share) == wanted.get(
        "printed", wanted.get("share", "")
    ).removesuffix(" %")

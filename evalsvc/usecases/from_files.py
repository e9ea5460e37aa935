"""Score one unit, or rank a round, from files alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from evalsvc.catalog import answer_tables, shelf, tree
from evalsvc.catalog import rounds as round_files
from evalsvc.catalog.answers import Answers, answers, assessment
from evalsvc.catalog.faults import Fault, Faulty
from evalsvc.domain.assessment import Assessment, Mark, layers, values
from evalsvc.domain.criteria import CriteriaSet, GivenBy
from evalsvc.domain.errors import Flaw, Path, Refused, flaw
from evalsvc.domain.forms import form
from evalsvc.domain.lines import Layer
from evalsvc.domain.outcome import Outcome, outcome, unasked
from evalsvc.domain.quotas import Keep
from evalsvc.domain.results import Result, result
from evalsvc.domain.rounds import Forms, Round
from evalsvc.domain.scoring import ScoreSheet, score
from evalsvc.domain.titles import Award

ANSWER_FILES = (".yaml", ".yml")
TABLE = ".csv"
OF_DECISIONS = (
    "not-among-the-tied",
    "more-than-places-left",
    "more-than-eligible",
    "number-outside-bounds",
)
"""What the domain says of a leader's decision that cannot stand."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One unit's result in a layer, beside its sheets in all; `name` is what to call the unit."""

    name: str
    result: Result
    layer: Layer
    sheets: Mapping[Layer, ScoreSheet]
    marks: tuple[Mark, ...]


def scored(criteria: CriteriaSet, path: FilePath, layer: Layer | None = None) -> Scored:
    """The result of one answers file, which has to say kind and year of the unit."""
    file = tree.read(str(path), shelf.content(path))
    read = answers(file)
    missing = [key for key in ("kind", "year") if key not in read.read]
    if missing:
        raise Faulty(file.fault(flaw("missing-key", key, key=key)) for key in missing)
    kind, year, tags = read.read["kind"], read.read["year"], read.read.get("tags", ())
    half = int(read.read["half"]) if "half" in read.read else None
    try:
        sheet = form(criteria, kind, tags, year=year, half=half)
    except Refused as error:
        raise Faulty([file.fault(Flaw(error.message, (), error.facts))]) from None
    found = assessment(read, sheet)
    reached = tuple(layers(found))
    if layer is not None and layer not in reached:
        facts: dict[str, object] = {
            "layer": layer.value,
            "choices": [each.value for each in reached],
        }
        raise Faulty([file.fault(Flaw("layer-not-reached", (), facts))])
    chosen = layer or reached[-1]
    flags = [flag.code for flag in found.flags]
    sheets = {each: score(sheet, values(found, each), each) for each in reached}
    made = result(sheets[chosen], flags)
    return Scored(read.read.get("name", read.unit), made, chosen, sheets, found.marks)


def ranked(
    round_path: FilePath,
    answer_paths: Iterable[FilePath],
    find_set: round_files.FindSet,
    layer: Layer | None = None,
) -> Outcome:
    """The outcome of a round; raises Faulty with the faults of all files together."""
    content = shelf.content(round_path, round_files.MOST_BYTES)
    limits = round_files.MOST_BYTES, round_files.MOST_VALUES
    file = tree.read(str(round_path), content, *limits)
    of = round_files.load(file, find_set)
    of = of if layer is None else replace(of, layer=layer)
    assessments = _assessments(of, answer_paths)
    try:
        found = outcome(of, assessments)
    except Refused as error:
        path: Path = ("decisions",) if error.message in OF_DECISIONS else ()
        raise Faulty([file.fault(Flaw(error.message, path, error.facts))]) from None
    if idle := [_about(each) for each in unasked(found)]:
        raise Faulty(file.fault(flaw("decision-not-asked", "decisions", **each)) for each in idle)
    return found


def _about(decision: Keep | Award) -> dict[str, object]:
    what = decision.band if isinstance(decision, Keep) else decision.title
    return {"what": what, "block": decision.block}


def _assessments(of: Round, paths: Iterable[FilePath]) -> dict[str, Assessment]:
    forms = Forms(of)
    units = {unit.code: unit for unit in of.units}
    found: dict[str, Assessment] = {}
    faults: list[Fault] = []
    for file in _answer_files(of, paths, faults):
        try:
            read = answers(file)
            faults += _stranger(read, found, units)
            if read.unit in units:
                found[read.unit] = assessment(read, forms.of(units[read.unit]))
        except Faulty as error:
            faults += error.faults
    if faults:
        raise Faulty(faults)
    return found


def _stranger(read: Answers, found: dict[str, Assessment], units: Iterable[str]) -> Iterator[Fault]:
    if read.unit not in units:
        choices = list(units)
        yield read.file.fault(flaw("unit-not-in-round", "unit", text=read.unit, choices=choices))
    elif read.unit in found:
        yield read.file.fault(flaw("unit-answers-twice", "unit", code=read.unit))


def _answer_files(of: Round, paths: Iterable[FilePath], faults: list[Fault]) -> Iterator[tree.File]:
    service = frozenset(
        line.code
        for criteria in of.sets.values()
        for line in criteria.criteria()
        if line.given_by is GivenBy.SERVICE
    )
    for path in _all_files(paths):
        try:
            if path.suffix.lower() == TABLE:
                content = shelf.content(path, answer_tables.MOST_BYTES)
                yield from answer_tables.rows(str(path), content, service)
            else:
                yield tree.read(str(path), shelf.content(path))
        except Faulty as error:
            faults += error.faults


def _holds_answers(path: FilePath) -> bool:
    return path.is_file() and path.suffix.lower() in (*ANSWER_FILES, TABLE)


def _all_files(paths: Iterable[FilePath]) -> Iterator[FilePath]:
    for path in paths:
        if path.is_dir():
            found = [each for each in sorted(path.iterdir()) if _holds_answers(each)]
            if not found:
                raise Refused("no-answer-files", folder=str(path))
            yield from found
        else:
            yield path

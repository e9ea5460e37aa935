"""Results as data for programs: the same in any order of input, exact numbers as text.

Numbers have a decimal point and are text, so that no reader turns them into binary floats.
"""

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from evalsvc.domain.assessment import Mark
from evalsvc.domain.criteria import ENGINE, FORMAT
from evalsvc.domain.lines import LineScore
from evalsvc.domain.outcome import Outcome, Ranking
from evalsvc.domain.quotas import QuotaOutcome
from evalsvc.domain.ranking import Apart, Ranked
from evalsvc.domain.readings import write_value
from evalsvc.domain.results import Result
from evalsvc.domain.scoring import GroupScore, ScoreSheet, Step
from evalsvc.domain.targets import TargetOutcome
from evalsvc.domain.titles import TitleOutcome
from evalsvc.exports.csv_files import to_csv

Data = dict[str, Any]
UNDECIDED = "?"

COLUMNS = (
    "ranking",
    "rank",
    "unit",
    "name",
    "kind",
    "block",
    "set",
    "layer",
    "total",
    "unit-scale",
    "compared",
    "band-by-points",
    "band-after-gates",
    "band",
    "gates",
    "titles",
    "late",
    "apart",
    "reason",
)


def plain(value: object) -> Any:
    """What JSON has words for."""
    match value:
        case Decimal():
            return f"{value:f}"
        case Fraction() | StrEnum():
            return str(value)
        case date():
            return value.isoformat()
        case frozenset():
            return sorted(value)
        case tuple():
            return [plain(each) for each in value]
        case _:
            return value


def result_data(result: Result) -> Data:
    sheet = result.sheet
    return {
        **_sheet(sheet),
        "band-by-points": result.earned.code,
        "band": result.band.code if result.band else None,
        "gates": [
            {"code": each.gate.code, "name": each.gate.name, "by-silence": each.by_silence}
            for each in result.fired
        ],
        "no-title": result.no_title,
        "unrated": [{"by": str(each.by), "what": each.what} for each in result.unrated],
    }


def _sheet(sheet: ScoreSheet) -> Data:
    form = sheet.form
    return {
        "set": {"code": form.set.code, "version": form.set.version, "sha256": form.set.sha256},
        "format": FORMAT,
        "engine": ENGINE,
        "kind": form.kind.code,
        "year": form.year,
        "half": form.half,
        "tags": plain(form.tags),
        "layer": str(sheet.layer),
        "lines": [_line(line) for line in sheet.lines],
        "groups": [_group(group) for group in sheet.groups],
        "steps": [step_data(step) for step in sheet.steps],
        "unit-scale": plain(sheet.unit_scale),
        "applicable": plain(sheet.applicable),
        "own-most": plain(sheet.own_most),
        "total": plain(sheet.total),
        "compared": plain(sheet.compared),
    }


def mark_data(mark: Mark) -> Data:
    return {
        "line": mark.line,
        "stage": str(mark.stage),
        "value": write_value(mark.value),
        "reason": mark.reason,
    }


def _line(line: LineScore) -> Data:
    return {
        "code": line.entry.code,
        "role": str(line.entry.criterion.role),
        "state": str(line.state),
        "value": write_value(line.value),
        "treatment": plain(line.treatment),
        "exact": plain(line.exact),
        "points": plain(line.points),
        "most": plain(line.entry.most),
    }


def _group(group: GroupScore) -> Data:
    return {
        "code": group.section.group.code,
        "earned": plain(group.earned),
        "cap": plain(group.section.cap),
        "counted": plain(group.counted),
        "applicable": plain(group.applicable),
    }


def step_data(step: Step) -> Data:
    """The name of the step and every number in it."""
    numbers = {_kebab(each.name): plain(getattr(step, each.name)) for each in fields(step)}
    return {"step": _kebab(type(step).__name__), **numbers}


def _kebab(name: str) -> str:
    """`BonusAdded`, `unit_scale` -> `bonus-added`, `unit-scale`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", "-", name).lower()


def outcome_data(outcome: Outcome) -> Data:
    of = outcome.round
    return {
        "round": of.code,
        "title": of.title,
        "year": of.year,
        "half": of.half,
        "layer": str(of.layer),
        "provisional": outcome.provisional,
        "rankings": [_ranking(outcome, each) for each in outcome.rankings],
        "quotas": [_quota(each) for each in outcome.quotas],
        "titles": [_title(each) for each in outcome.titles],
        "targets": [_target(each) for each in outcome.targets],
        "units": {code: result_data(outcome.results[code]) for code in sorted(outcome.results)},
    }


def _ranking(outcome: Outcome, ranking: Ranking) -> Data:
    return {
        "block": ranking.block.code if ranking.block else None,
        "placings": [_placing(outcome, each) for each in ranking.placings],
        "apart": [_apart(each) for each in ranking.apart],
    }


def _placing(outcome: Outcome, ranked: Ranked) -> Data:
    standing = ranked.standing
    return {
        "rank": ranked.rank,
        "unit": standing.unit,
        "compared": plain(standing.compared),
        "keys": plain(standing.keys),
        "band-after-gates": standing.band.code,
        "band": _band(outcome, ranked),
        "titles": _titles(outcome, standing.unit),
        "late": standing.late,
        "layer": str(outcome.layers[standing.unit]),
    }


def _band(outcome: Outcome, ranked: Ranked) -> str | None:
    """The band after quotas; None while a leader's decision is awaited."""
    band = outcome.banded[ranked.standing.set].bands[ranked.standing.unit]
    return band.code if band else None


def _titles(outcome: Outcome, unit: str) -> list[str]:
    return [each.title.code for each in outcome.titles if unit in each.given]


def _apart(apart: Apart) -> Data:
    return {
        "unit": apart.unit,
        "why": str(apart.why),
        "reason": apart.reason,
        "unrated": [{"by": str(each.by), "what": each.what} for each in apart.unrated],
    }


def _quota(each: QuotaOutcome) -> Data:
    decision = each.decision
    return {
        "set": each.set,
        "band": each.quota.band,
        "block": each.block or None,
        "at-most": plain(each.quota.percent),
        "base": each.base,
        "share": plain(each.share),
        "rounding": str(each.quota.rounding),
        "allowed": each.allowed,
        "kept": plain(each.kept),
        "falls": plain(each.fallen),
        "pending": plain(each.pending),
        "places-left": each.places_left,
        "waits": each.waits,
        "decision": decision and {"keep": plain(decision.units), "reason": decision.reason},
    }


def _title(each: TitleOutcome) -> Data:
    decision = each.decision
    return {
        "set": each.set,
        "title": each.title.code,
        "block": each.block or None,
        "base": each.base,
        "low": plain(each.low),
        "high": plain(each.high),
        "lowest": each.lowest,
        "highest": each.highest,
        "eligible": plain(each.eligible),
        "number": each.number,
        "given": plain(each.given),
        "pending": plain(each.pending),
        "short": each.short,
        "waits": each.waits,
        "decision": decision
        and {"number": decision.number, "give": plain(decision.units), "reason": decision.reason},
    }


def _target(each: TargetOutcome) -> Data:
    return {
        "set": each.set,
        "target": each.target.code,
        "top": each.top,
        "bottom": each.bottom,
        "share": plain(each.share),
        "met": each.met,
    }


def ranking_csv(outcome: Outcome) -> bytes:
    """One row for each unit in each ranking, those apart last."""
    names = {unit.code: unit.name for unit in outcome.round.units}
    rows: list[Iterable[str]] = [COLUMNS]
    for ranking in outcome.rankings:
        block = ranking.block.code if ranking.block else "overall"
        for ranked in ranking.placings:
            rows.append(_cells({"ranking": block, **_ranked_row(outcome, ranked)}, names))
        for apart in ranking.apart:
            rows.append(_cells({"ranking": block, **_apart_row(apart)}, names))
    return to_csv([list(row) for row in rows])


def _cells(row: dict[str, object], names: dict[str, str]) -> list[str]:
    row["name"] = names[str(row["unit"])]
    return [str(row.get(column, "")) for column in COLUMNS]


def _ranked_row(outcome: Outcome, ranked: Ranked) -> dict[str, object]:
    standing = ranked.standing
    found = outcome.results[standing.unit]
    return {
        "rank": ranked.rank,
        "unit": standing.unit,
        "kind": standing.kind,
        "block": standing.block,
        "set": standing.set,
        "layer": outcome.layers[standing.unit],
        "total": plain(found.sheet.total),
        "unit-scale": plain(found.sheet.unit_scale),
        "compared": plain(standing.compared),
        "band-by-points": found.earned.code,
        "band-after-gates": standing.band.code,
        "band": _band(outcome, ranked) or UNDECIDED,
        "gates": " ".join(each.gate.code for each in found.fired),
        "titles": " ".join(_titles(outcome, standing.unit)),
        "late": "yes" if standing.late else "no",
    }


def _apart_row(apart: Apart) -> dict[str, object]:
    why = "; ".join(f"{each.by} {each.what}".strip() for each in apart.unrated)
    return {
        "unit": apart.unit,
        "kind": apart.kind,
        "block": apart.block,
        "set": apart.set,
        "apart": apart.why,
        "reason": apart.reason or why,
    }

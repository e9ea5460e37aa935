"""Accepting many lines at once, at the versions that were shown, and undoing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from evalsvc.domain import line_course
from evalsvc.domain.answers import UNANSWERED
from evalsvc.domain.appraisal import demand_mark
from evalsvc.domain.assessment import Stage
from evalsvc.domain.deeds import Deed
from evalsvc.domain.errors import Forbidden, Refused, Stale
from evalsvc.domain.line_course import LineDeed
from evalsvc.domain.summary import is_claimable
from evalsvc.store import marks
from evalsvc.usecases import appraise, sheets, unhidden
from evalsvc.usecases.reasons import account_of
from evalsvc.usecases.sheets import Seen, Sheet, Told
from evalsvc.usecases.work import Work

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Pick:
    """One line of one sheet at the version that was on the screen."""

    id: int
    line: str
    version: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines that were done, at the versions that they have now, and those left with the reason."""

    key: str
    done: tuple[Pick, ...]
    left: tuple[tuple[Pick, Refused], ...]


def accept_all(doing: Work, picks: Sequence[Pick], key: str) -> Batch:
    """One entry for each line under one batch; whatever has changed meanwhile is left and listed.

    Sheets are locked in the order of their ids, so that two people never wait for each other.
    """
    return _each(doing, picks, key, _accept)


def _accept(doing: Work, pick: Pick, key: str) -> int:
    sheet, _ = sheets.begin(doing, pick.id, Deed.MARK)
    entry, line = sheet.entry(pick.line), sheet.lines[pick.line]
    seen = Seen(pick.version, key).saying(pick.line, "accept")
    if unhidden.has_moved(doing, sheet, line, pick.version):
        return int(sheets.answered_before(doing, sheet, line, seen)["version"] or 0)
    if line.reviewed is not None:
        raise Refused("line-marked-already", line=pick.line)
    if not is_claimable(entry):
        raise Refused("nothing-claimed", line=pick.line)
    value = sheet.value(entry, line.claim) or UNANSWERED
    told = Told("accept", pick.line, {"claim": line.claim, "before": None, "batch": key}, seen.key)
    _, changed = appraise.put(doing, sheet, entry, (value, "", False), told)
    return changed.version


def undo(doing: Work, picks: Sequence[Pick], key: str) -> Batch:
    """A second batch: lines that nobody has touched since are as they were before the first."""
    return _each(doing, picks, key, _undo)


def _undo(doing: Work, pick: Pick, key: str) -> int:
    sheet, _ = sheets.begin(doing, pick.id, Deed.MARK)
    sheet.entry(pick.line)
    line = sheet.lines[pick.line]
    seen = Seen(pick.version, key).saying(pick.line, "undo")
    if unhidden.has_moved(doing, sheet, line, pick.version):
        return int(sheets.answered_before(doing, sheet, line, seen)["version"] or 0)
    _demand_own(doing, sheet, pick.line)
    step = line.step
    if line.reviewed is not None:
        step = line_course.after(line.step, LineDeed.UNMARK, pick.line)
    if not marks.take_off(doing.store, pick.id, pick.line, account_of(doing)):
        raise Refused("line-not-marked", line=pick.line)
    changed = replace(
        line, step=step, reviewed=None, reviewed_points=None, version=line.version + 1
    )
    data: dict[str, str | int | None] = {
        "before": line.reviewed,
        "batch": key,
        "version": changed.version,
    }
    sheets.keep_line(doing, sheet, changed, Told("undo-accept", pick.line, data, seen.key))
    return changed.version


def _demand_own(doing: Work, sheet: Sheet, code: str) -> None:
    """Nobody takes off a mark that shows itself to the other seat, nor one below a later one."""
    found = appraise.hearing(doing, sheet)
    seat = found.bench.seat_of(doing.actor, sheet.record.place, code)
    if seat is None:
        raise Refused("line-not-marked", line=code)
    demand_mark(found.of(code), seat, code)
    given = [
        mark.account
        for mark in marks.of_assessment(doing.store, sheet.record.id)
        if (mark.line, mark.stage, mark.seat) == (code, Stage.REVIEW, seat)
    ]
    if given and given[-1] != doing.actor.account:
        raise Refused("line-changed-since", line=code)


def _each(
    doing: Work, picks: Sequence[Pick], key: str, deed: Callable[[Work, Pick, str], int]
) -> Batch:
    if len(picks) > MOST_AT_ONCE:
        raise Refused("too-many-at-once", most=MOST_AT_ONCE)
    done: list[Pick] = []
    left: list[tuple[Pick, Refused]] = []
    for pick in sorted(picks, key=lambda each: (each.id, each.line)):
        try:
            done.append(replace(pick, version=deed(doing, pick, key)))
        except Stale:
            left.append((pick, Refused("line-changed-since", line=pick.line)))
        except Refused as refused:
            left.append((pick, refused))
        except Forbidden:
            left.append((pick, Refused("line-of-others", line=pick.line)))
    return Batch(key, tuple(done), tuple(left))

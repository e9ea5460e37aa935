"""How a sheet ends: the lead concludes it, a leader closes it, and only a decision reopens it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from evalsvc.domain.course import RELEASED
from evalsvc.domain.deeds import Deed, demand_role, move
from evalsvc.domain.errors import NotFound, Refused
from evalsvc.domain.explanations import (
    Release,
    Settled,
    Word,
    differs,
    may_conclude,
    settled,
    silence_counts,
)
from evalsvc.domain.forms import Entry
from evalsvc.domain.line_course import LineDeed, after
from evalsvc.domain.lines import Layer
from evalsvc.domain.windows import Task
from evalsvc.store import joint_sessions, letters, sheet_lines
from evalsvc.store.assessments import Record
from evalsvc.store.joint_sessions import JointSession
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import explain, sheets
from evalsvc.usecases.reasons import account_of, reason_of
from evalsvc.usecases.sheets import Sheet, Told
from evalsvc.usecases.work import Work

MOST_PLACE, MOST_SAID = 300, 4_000


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a line keeps its sheet open."""

    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """Sheets that went on; names of the other units, each with what is in its way."""

    sheets: tuple[Record, ...]
    left: tuple[tuple[str, Refused], ...]

    @property
    def done(self) -> tuple[str, ...]:
        """Names of the units whose sheets went on."""
        return tuple(each.unit_name for each in self.sheets)


@dataclass(frozen=True, slots=True)
class Picked:
    """A sheet as it was on the screen: what has changed since is asked again."""

    id: int
    link: str


def obstacles(doing: Work, sheet: Sheet) -> tuple[Obstacle, ...]:
    """Lines that cannot be concluded yet, in the order of the sheet."""
    if sheet.record.released_at is None:
        return ()
    silence = silence_counts(release_of(doing, sheet), sheet.round.hearing, doing.now)
    found = []
    for entry in sheet.form.entries():
        line = sheet.lines[entry.code]
        changed = explain.is_changed(sheet, entry)
        until = explain.until(sheet, line)
        # A line that was lowered since has to be seen: mails told of the release only.
        heard = silence if line.explain_until is None else sheet.record.opened_at is not None
        word = Word(line.step, until, explain.turns_left(sheet, line))
        why = may_conclude(word, doing.now, changed=changed, silence=heard)
        if why:
            found.append(Obstacle(entry.code, why))
    return tuple(found)


def release_of(doing: Work, sheet: Sheet) -> Release:
    record = sheet.record
    if record.released_at is None or record.explain_until is None:
        raise Refused("sheet-not-released")
    mailed = letters.sent_about(doing.store, [f"release:{record.id}:{n}" for n in (1, 2)])
    return Release(record.released_at, record.explain_until, record.opened_at, tuple(mailed))


def conclude(doing: Work, id_: int, link: str = "") -> Sheet:
    """Every line gets its final value: agreed, ruled on, or by a silence that counts."""
    sheet, move = sheets.begin(doing, id_, Deed.CONCLUDE)
    _demand_same(sheet, link)
    if open_ := obstacles(doing, sheet):
        raise Refused("lines-not-settled", lines=[each.line for each in open_], why=open_[0].why)
    changed = [_final(sheet, entry) for entry in sheet.form.entries()]
    sheet_lines.put_all(doing.store, id_, changed)
    silent = sum(_is_silent(each) for each in changed)
    return sheets.keep(
        doing,
        sheet.with_line(*changed),
        Told("conclude", data={"silent": silent}),
        status=move.to,
        columns={"concluded_at": doing.now},
    )


def _is_silent(line: LineRecord) -> bool:
    """Where a unit got what it claims, there was nothing to be said."""
    if line.settled is not Settled.SILENT:
        return False
    return differs(line.claim or "", line.final or "", line.final_points)


def _final(sheet: Sheet, entry: Entry) -> LineRecord:
    line = sheet.lines[entry.code]
    text = sheet.counts(entry)
    points = sheet.points(entry, sheet.mark(entry, text), Layer.FINAL)
    return replace(
        line,
        step=after(line.step, LineDeed.CONCLUDE, entry.code),
        settled=settled(line.step, line.settled),
        final=text or "",
        final_points=points,
        version=line.version + 1,
    )


def take_back(doing: Work, id_: int, reason: str) -> Sheet:
    """Before a leader closes it: something has to be put right first."""
    sheet, move = sheets.begin(doing, id_, Deed.TAKE_BACK)
    told = Told("take-back", data={"reason": reason_of(reason)})
    return sheets.keep(doing, sheet, told, status=move.to, columns={"concluded_at": None})


def close(doing: Work, id_: int, decision: str, link: str = "") -> Sheet:
    sheet, move = sheets.begin(doing, id_, Deed.CLOSE)
    _demand_same(sheet, link)
    told = Told("close", data={"decision": decision_of(decision)})
    return sheets.keep(doing, sheet, told, status=move.to, columns={"closed_at": doing.now})


def reopen(doing: Work, id_: int, decision: str) -> Sheet:
    """A recorded decision: the lead may correct lines, and whoever is given less is heard."""
    sheet, move = sheets.begin(doing, id_, Deed.REOPEN)
    told = Told("reopen", data={"decision": decision_of(decision)})
    columns = {"closed_at": None, "concluded_at": None}
    return sheets.keep(doing, sheet, told, status=move.to, columns=columns)


def decision_of(text: str) -> str:
    if not text.strip():
        raise Refused("decision-missing")
    return reason_of(text)


def _demand_same(sheet: Sheet, link: str) -> None:
    """A decision rests on what was on the screen; its journal ends with the same link."""
    if link and link != sheet.record.head.link:
        raise Refused("sheet-changed-since")


def each_of(doing: Work, picked: Iterable[Picked], deed: Callable[[Picked], Sheet]) -> Done:
    """A block at once, always in the same order; what cannot go on is listed with its reason.

    A deed that is refused has written nothing, so the others of the transaction stand.
    """
    done: list[Record] = []
    left: list[tuple[str, Refused]] = []
    for each in sorted(picked, key=lambda each: each.id):
        try:
            done.append(deed(each).record)
        except Refused as refused:
            left.append((sheets.seen(doing, each.id).record.unit_name, refused))
    return Done(tuple(done), tuple(left))


def release_all(doing: Work, picked: Sequence[Picked]) -> Done:
    return each_of(doing, picked, lambda each: explain.release(doing, each.id))


def conclude_all(doing: Work, picked: Sequence[Picked]) -> Done:
    return each_of(doing, picked, lambda each: conclude(doing, each.id, each.link))


def close_all(doing: Work, picked: Sequence[Picked], decision: str) -> Done:
    said = decision_of(decision)
    return each_of(doing, picked, lambda each: close(doing, each.id, said, each.link))


# Minutes


def put_session(doing: Work, id_: int, record: JointSession) -> Sheet:
    """What the minutes of a joint session say beside the lines and their reasons."""
    sheet, _ = sheets.held(doing, id_, Task.ASSESS)
    demand_role(doing.actor, sheet.record.place, Deed.CORRECT)
    if sheet.record.status not in RELEASED:
        move(sheet.record.status, Deed.CORRECT)
    if len(record.place) > MOST_PLACE or max(len(record.present), len(record.remarks)) > MOST_SAID:
        raise Refused("text-too-long", most=MOST_SAID)
    if not record.place.strip() or not record.present.strip():
        raise Refused("session-incomplete")
    if record.held_at > doing.now:
        raise Refused("moment-to-come", moment=record.held_at)
    handed_in = sheet.record.submitted_at
    if handed_in is not None and record.held_at < handed_in:
        raise Refused("session-before-hand-in", moment=record.held_at, at=handed_in)
    joint_sessions.put(doing.store, id_, replace(record, account=account_of(doing), at=doing.now))
    data: dict[str, str | int | None] = {
        "held": record.held_at.isoformat(timespec="minutes"),
        "place": record.place,
        "present": record.present,
        "remarks": record.remarks,
    }
    return sheets.keep(doing, sheet, Told("joint-session", data=data))


def session_of(doing: Work, id_: int) -> JointSession | None:
    if sheets.seen(doing, id_).record.released_at is None:
        raise NotFound("session")
    return joint_sessions.get(doing.store, id_)

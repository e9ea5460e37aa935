"""The leader's decisions: close what is concluded by a decision, send it back, reopen."""

from collections.abc import Callable

from flask import request as asked
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.errors import Refused
from evalsvc.usecases import decide, decisions_seen, rank_scope
from evalsvc.usecases.decide import Done
from evalsvc.usecases.work import Work
from evalsvc.web import decisions as shared
from evalsvc.web.decisions import case_view
from evalsvc.web.refusals import refusal

FIELD_OF = {
    "decision-missing": "number",
    "not-a-date": "day",
    "no-such-date": "day",
    "day-to-come": "day",
    "reason-missing": "reason",
    "reason-too-long": "reason",
}
"""Where on the form a refusal is put right."""

Wrong = tuple[str, str]
"""The field, and what is wrong with it."""


def decisions(code: str) -> ResponseReturnValue:
    return _desk(code)


def _desk(code: str, wrong: Wrong = ("", "")) -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        if not code and not rank_scope.rounds_of(doing):
            return request.page("lead/nothing.html")
        desk = decisions_seen.of_leader(doing, code, shared.asked_of())
    return request.page(
        "lead/decisions.html",
        422 if wrong[1] else 200,
        desk=desk,
        cases=[case_view(language, each) for each in desk.cases],
        ticked=shared.ticked(desk.cases),
        wrong=wrong,
        typed=asked.form,
    )


def close_all(code: str) -> ResponseReturnValue:
    try:
        done = request.do(_close_all, code)
    except Refused as refused:
        return _desk(code, _wrong(refused))
    shared.tell(done, _closed(len(done.done), shared.named_units(done.done)))
    stage, block = asked.args.get("stage"), asked.args.get("block")
    return request.back_to("lead.decisions", code=code, stage=stage, block=block)


def _closed(number: int, units: str) -> str:
    say = request.spoken().say
    if number == 1:
        return say("1 sheet is closed: {units}.", units=units)
    return say("{number} sheets are closed: {units}.", number=number, units=units)


def _close_all(doing: Work, code: str) -> Done:
    rank_scope.led(doing, code)
    return decide.close_all(doing, shared.demand_picks(), _decision(doing))


def _decision(doing: Work) -> str:
    return shared.decision_of(doing, asked.form.get("number", ""), asked.form.get("day", ""))


def _wrong(refused: Refused) -> Wrong:
    return FIELD_OF.get(refused.message, ""), refusal(request.spoken(), refused)


# One sheet


def decision(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    return _sheet(id)


def _sheet(id_: int, wrong: Wrong = ("", "")) -> tuple[str, int]:
    language = request.spoken()
    with request.reading() as doing:
        found = decisions_seen.led_case(doing, id_)
    return request.page(
        "lead/decision.html",
        422 if wrong[1] else 200,
        found=found,
        record=found.sheet.record,
        view=case_view(language, found.case),
        wrong=wrong,
        typed=asked.form,
    )


def close(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    link, said = asked.form.get("link", ""), request.spoken().say("The sheet is closed.")
    return _one(id, lambda doing: decide.close(doing, id, _decision(doing), link), said)


def reopen(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    said = request.spoken().say("The sheet is open again for corrections of the lead evaluator.")
    return _one(id, lambda doing: decide.reopen(doing, id, _decision(doing)), said)


def send_back(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    reason, said = asked.form.get("reason", ""), request.spoken().say("The sheet is sent back.")
    return _one(id, lambda doing: decide.take_back(doing, id, reason), said)


def _one(id_: int, deed: Callable[[Work], object], said: str) -> ResponseReturnValue:
    try:
        request.do(deed)
    except Refused as refused:
        return _sheet(id_, _wrong(refused))
    request.notice(said)
    return request.back_to("lead.decision", id=id_)

"""A sheet that is handed in: taken back by its head, and returned lines that are sent again."""

from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.domain.errors import Refused, Stale
from evalsvc.usecases import assess, own_returns
from evalsvc.web.answers import line_id
from evalsvc.web.refusals import refusal
from evalsvc.web.unit_home import home_page
from evalsvc.web.unit_save import reader, refused_page, sent, stale_page


def recall(id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """The sheet is the unit's own again, until the first mark is saved."""
    language = request.spoken()
    try:
        request.do(assess.recall, id)
    except Refused as refused:
        return home_page(422, refusal(language, refused))
    request.notice(language.say("The sheet is with the unit again and can be changed."))
    return request.back_to("unit.home")


def supply(id: int, code: str) -> ResponseReturnValue:  # noqa: A002
    """What stands in the fields is kept and goes back to the reviewers."""
    try:
        kept = request.do(own_returns.supply, id, code, reader(), request.seen())
    except Stale:
        return stale_page(sent(id, code))
    except Refused as refused:
        return refused_page(sent(id, code), refused)
    if kept.saved.fault is None:
        request.notice(request.spoken().say("Line {line} has gone back to review.", line=code))
    group, anchor = kept.own.group_of(code), line_id(code)
    return request.back_to("unit.group", anchor=anchor, id=id, code=group)

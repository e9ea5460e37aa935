"""What the pages of the unit desk share: whose drafts they keep, and how they are shown."""

from flask import request as asked

from evalsvc import request
from evalsvc.domain.course import RELEASED
from evalsvc.usecases import explain
from evalsvc.usecases.own_sheets import Own


def show(template: str, status: int = 200, **values: object) -> tuple[str, int]:
    """A page that knows the account whose unsent text this browser may hold."""
    return request.page(template, status, account_id=request.actor().account, **values)


def note_opening(own: Own) -> None:
    """The first look of the head at a released sheet is a fact: from then on silence counts."""
    record = own.record
    is_new = record.status in RELEASED and record.opened_at is None
    if is_new and own.may_submit and asked.method == "GET":
        request.do(explain.opened, record.id)

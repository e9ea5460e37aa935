"""One's own mails and calendar: the address, which mails, and a calendar for other programs."""

from flask import Blueprint, abort, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from evalsvc import request
from evalsvc.domain.errors import Refused
from evalsvc.exports.calendar import Event
from evalsvc.exports.calendar import calendar as written
from evalsvc.usecases import own_mail
from evalsvc.usecases.own_mail import Feed, Person
from evalsvc.web.account_forms import MailForm
from evalsvc.web.account_pages import settled
from evalsvc.web.refusals import refusal
from evalsvc.words import calendars
from evalsvc.words.language import language

SUFFIX = ".ics"
UID = "evalsvc"


def add_to(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/account/mail", "mail", mail)
    blueprint.add_url_rule("/account/mail", "put_mail", put_mail, methods=["POST"])
    blueprint.add_url_rule("/account/calendar", "new_calendar", new_calendar, methods=["POST"])
    blueprint.add_url_rule("/account/calendar/end", "end_calendar", end_calendar, methods=["POST"])
    blueprint.add_url_rule("/calendar/<name>", "calendar", calendar)


def mail() -> ResponseReturnValue:
    settled()
    with request.reading() as doing:
        person = own_mail.own(doing)
    return _page(MailForm(None, request.spoken()).showing(person.email, person.mails), person)


def put_mail() -> ResponseReturnValue:
    settled()
    form = MailForm(asked.form, request.spoken())
    try:
        request.do(own_mail.put, form.email.data or "", form.wanted)
    except Refused as refused:
        form.email.errors = [refusal(request.spoken(), refused)]
        with request.reading() as doing:
            return _page(form, own_mail.own(doing), 422)
    request.notice(request.spoken().say("Saved."))
    return request.back_to("account.mail")


def _page(form: MailForm, person: Person, status: int = 200) -> ResponseReturnValue:
    return request.page("account/mail.html", status, form=form, person=person)


# The calendar


def new_calendar() -> ResponseReturnValue:
    settled()
    token = request.do(own_mail.new_feed)
    url = request.settings().address + url_for("account.calendar", name=f"{token}{SUFFIX}")
    said = request.spoken().say(
        "Whoever knows the address of your calendar sees your deadlines. "
        "It is shown only now: {url}",
        url=url,
    )
    request.notice(said)
    return request.back_to("account.mail")


def end_calendar() -> ResponseReturnValue:
    settled()
    request.do(own_mail.end_feed)
    request.notice(request.spoken().say("The address of your calendar is worth nothing any more."))
    return request.back_to("account.mail")


def calendar(name: str) -> Response:
    """Without signing in: programs of calendars cannot. The name is the secret."""
    if not name.endswith(SUFFIX):
        abort(404)
    found = own_mail.feed(request.office(), name.removesuffix(SUFFIX))
    if found is None:
        abort(429)
    return Response(_written(found), content_type="text/calendar; charset=utf-8")


def _written(feed: Feed) -> bytes:
    """In Vietnamese: a calendar program brings no choice of a language."""
    said, site = language(), request.settings().address
    events = [
        Event(
            f"{each.uid}@{UID}",
            each.at,
            calendars.summary(said, each),
            each.round,
            f"{site}{calendars.place(each)}",
        )
        for each in feed.deadlines
    ]
    return written(events, name=calendars.name(said, feed.person.label), at=feed.at)

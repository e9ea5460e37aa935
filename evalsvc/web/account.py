"""Signing in and out, one's own account and password, and the language of the pages."""

from flask import Blueprint, abort, url_for
from flask import request as asked
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from evalsvc import request
from evalsvc.domain.access import OF_UNIT
from evalsvc.domain.errors import Refused
from evalsvc.domain.passwords import LEAST
from evalsvc.usecases import own_mail
from evalsvc.usecases import sign_in as signing
from evalsvc.usecases.sign_in import Caller, SignedIn
from evalsvc.visit import LANGUAGE, SESSION, YEAR_SECONDS
from evalsvc.web import account_mail
from evalsvc.web.account_forms import PasswordForm, SignInForm
from evalsvc.web.account_pages import settled, who
from evalsvc.web.refusals import refusal
from evalsvc.words.account_roles import role_does, role_name, role_over
from evalsvc.words.language import CODES

blueprint = Blueprint("account", __name__)
request.guarded(blueprint, None)
account_mail.add_to(blueprint)

OF_OLD = frozenset({"old-password-wrong", "try-later"})
"""What is wrong with the password one has; everything else is about the new one."""


@blueprint.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if request.signed_in() is not None:
        return redirect(_next(), 303)
    return _sign_in_page(SignInForm(None, request.spoken()))


@blueprint.post("/sign-in")
def begin() -> ResponseReturnValue:
    form = SignInForm(asked.form, request.spoken())
    if not form.is_filled():
        return _sign_in_page(form, 422)
    try:
        begun = signing.sign_in(
            request.office(), form.name.data or "", form.password.data or "", _caller()
        )
    except Refused as refused:
        form.form_errors.append(refusal(request.spoken(), refused))
        return _sign_in_page(form, _status(refused))
    visit = request.visit()
    if visit.token:
        signing.sign_out(request.office(), visit.token)
    to = url_for(".password", next=_next()) if begun.must_change else _next()
    response = redirect(to, 303)
    visit.set_cookie(response, SESSION, begun.token)
    return response


@blueprint.post("/sign-out")
def sign_out() -> Response:
    signing.sign_out(request.office(), request.visit().token)
    request.notice(request.spoken().say("You are signed out."))
    return _out()


@blueprint.post("/sign-out-everywhere")
def sign_out_everywhere() -> Response:
    who()
    request.do(signing.sign_out_everywhere)
    request.notice(request.spoken().say("You are signed out in all browsers."))
    return _out()


@blueprint.get("/account")
def mine() -> ResponseReturnValue:
    signed, language = settled(), request.spoken()
    with request.reading() as doing:
        person = own_mail.own(doing)
        roles = signing.roles(doing)
        sessions = signing.own_sessions(doing, request.settings())
    told = [
        (role_name(language, each.role), role_does(language, each.role), over)
        for each in roles
        for over in [role_over(language, each.unit_name, each.kind, each.block)]
    ]
    drafts = signed.actor.account if signed.actor.roles() & OF_UNIT else None
    return request.page(
        "account/mine.html",
        signed=signed,
        person=person,
        roles=told,
        sessions=len(sessions),
        account_id=drafts,
    )


@blueprint.get("/account/password")
def password() -> ResponseReturnValue:
    return _password_page(who(), PasswordForm(None, request.spoken()))


@blueprint.post("/account/password")
def change_password() -> ResponseReturnValue:
    signed, form = who(), PasswordForm(asked.form, request.spoken())
    if not form.is_filled():
        return _password_page(signed, form, 422)
    change = (form.old.data or "", form.new.data or "")
    try:
        token = request.visit().token
        signing.change_password(request.office(), signed, token, change, _caller())
    except Refused as refused:
        wrong = form.old if refused.message in OF_OLD else form.new
        wrong.errors = [refusal(request.spoken(), refused)]
        return _password_page(signed, form, _status(refused))
    request.notice(request.spoken().say("Your password is changed."))
    return redirect(_next() if signed.must_change else url_for(".mine"), 303)


@blueprint.get("/language/<code>")
def language(code: str) -> Response:
    if code not in CODES:
        abort(404)
    response = redirect(_next())
    request.visit().set_cookie(response, LANGUAGE, code, YEAR_SECONDS)
    return response


def _sign_in_page(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    return request.page("account/sign_in.html", status, form=form, next=_next())


def _password_page(signed: SignedIn, form: PasswordForm, status: int = 200) -> ResponseReturnValue:
    return request.page(
        "account/password.html", status, form=form, signed=signed, next=_next(), least=LEAST
    )


def _caller() -> Caller:
    return Caller(asked.remote_addr or "", request.visit().browser, asked.user_agent.string)


def _next() -> str:
    """Where somebody was going: a place of this service, never another's.

    Browsers drop tabs and line ends inside an address, so that "/<tab>/elsewhere" leads there.
    """
    wanted = asked.values.get("next", "")
    is_here = request.is_local(wanted) and wanted.isprintable()
    return wanted if is_here else url_for("public.home")


def _out() -> Response:
    response = redirect(url_for(".sign_in"), 303)
    request.visit().delete_cookie(response, SESSION)
    return response


def _status(refused: Refused) -> int:
    return 429 if refused.message == "try-later" else 422

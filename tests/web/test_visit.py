"""What is known of a request: found out when it is asked for, once, and by each thread alone."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, cast

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from evalsvc.settings import Settings
from evalsvc.usecases import sign_in
from evalsvc.usecases.work import Office
from evalsvc.visit import SESSION, House, Visit

TOGETHER = 2
PATIENCE = 30


def visit(cookies: str = f"{SESSION}=a") -> Visit:
    asked = Request(EnvironBuilder("/", headers={"Cookie": cookies}).get_environ())
    return Visit(asked, House(cast(Office, None), Settings()))


def test_nobody_waits_while_another_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have to be in the middle of it at once."""
    met = Barrier(TOGETHER)

    def whose(*_asked: object) -> None:
        met.wait(PATIENCE)

    monkeypatch.setattr(sign_in, "whose", whose)

    with ThreadPoolExecutor(TOGETHER) as pool:
        found = list(pool.map(lambda each: each.signed_in, [visit() for _ in range(TOGETHER)]))

    assert found == [None] * TOGETHER


def test_who_is_signed_in_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[Any] = []
    monkeypatch.setattr(sign_in, "whose", lambda *asked: times.append(asked))
    one = visit()

    assert (one.signed_in, one.csrf, one.signed_in) == (None, one.csrf, None)
    assert len(times) == 1


def test_who_has_no_session_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "whose", lambda *_: pytest.fail("looked up"))

    assert visit("other=1").signed_in is None

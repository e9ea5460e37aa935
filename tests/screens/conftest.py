"""The small house of tests/web behind a real server, with somebody signed in in the window."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import PATIENCE, OpenPage
from tests.live import Serve
from tests.web.conftest import House, house, house_after, prepare

__all__ = ["Enter", "enter", "house", "house_after", "prepare"]

Enter = Callable[..., Page]

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def enter(house: House, serve: Serve, open_page: OpenPage) -> Enter:
    """A window in which the named account is signed in, at a path of the service."""
    base = serve(house.app)

    def come(who: str, path: str = "/", **options: Any) -> Page:
        page = open_page(base, **options)
        cookie = {"name": "evalsvc_session", "value": house.token(who), "url": base}
        page.context.add_cookies([cookie])
        page.goto(path)
        return page

    return come

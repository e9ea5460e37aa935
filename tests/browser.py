"""A real Chromium for tests: pages whose console stays silent, and a scan for accessibility."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    WebError,
    sync_playwright,
)

from tests.live import Serve

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ABSENT = "no Chromium found: install Debian's package chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 10_000
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
WINDOW = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "reduced_motion": "reduce"}
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SCAN = "axe.run(document, {runOnly: %s, resultTypes: ['violations']})"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for each process of the tests, started when the first page is opened.

    From then on asyncio.run() needs a thread of its own: playwright keeps its loop in this one.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip(ABSENT)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield one
        one.close()


@dataclass
class Watch:
    """Whatever goes wrong in one browser window, as it is told by the browser."""

    base: str
    allowed: tuple[str, ...]
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._complain(f"console: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self._complain(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "about:")):
            self._complain(f"leaves the site: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self._complain(f"answered {response.status}: {response.url}")

    def _complain(self, text: str) -> None:
        if not any(each in text for each in (*self.allowed, OFFLINE)):
            self.complaints.append(text)


@contextmanager
def windows(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages, each in a window of its own; in the end nothing may have gone wrong in any.

    Words in `allow` excuse a complaint; other options are those of playwright's new_context.
    """
    opened: list[tuple[BrowserContext, Watch]] = []

    def start(
        base: str, *, javascript: bool = True, allow: tuple[str, ...] = (), **options: Any
    ) -> Page:
        words = {**WINDOW, **options, "base_url": base, "java_script_enabled": javascript}
        context = browser.new_context(**words)
        context.set_default_timeout(PATIENCE)
        watch = Watch(base, allow)
        watch.over(context)
        opened.append((context, watch))
        return context.new_page()

    try:
        yield start
    finally:
        for context, _ in opened:
            context.close()
    complaints = [each for _, watch in opened for each in watch.complaints]
    assert not complaints, "\n".join(["in the browser:", *complaints])


@pytest.fixture
def open_page(browser: Browser, serve: Serve) -> Iterator[OpenPage]:
    """Asks for `serve` so that windows close before their servers do."""
    del serve
    with windows(browser) as start:
        yield start


@contextmanager
def offline(page: Page) -> Iterator[None]:
    """The line is cut for the whole window."""
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)


def switch_off(page: Page) -> None:
    """As if the machine lost its power: a page that is only closed may come back online meanwhile
    and send once more what it holds."""
    page.evaluate("() => { globalThis.fetch = () => new Promise(() => {}); }")
    page.close()


def axe(page: Page) -> list[str]:
    """What stands in the way of people with disabilities, by WCAG 2.2 A and AA; [] when nothing.

    Sent through the debugger, which a content security policy lets pass without being switched off.
    """
    session = page.context.new_cdp_session(page)
    scripts = not evaluate(session, "matchMedia('(scripting: none)').matches")
    assert scripts, "axe needs JavaScript: scan the same page in another window"
    evaluate(session, AXE_SCRIPT + ";undefined")
    found = evaluate(session, SCAN % json.dumps(STANDARDS))
    session.detach()
    return [told(each) for each in found["violations"]]


def evaluate(session: Any, expression: str) -> Any:
    """Errors in the page are raised; playwright has no types for the debugger's answers."""
    words = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    answer = session.send("Runtime.evaluate", words)
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


def told(violation: dict[str, Any]) -> str:
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        reasons = [each["message"] for each in node["any"] + node["all"] + node["none"]]
        lines += [f"  {node['html'][:200]}", *(f"    {reason}" for reason in reasons)]
    return "\n".join(lines)

"""evalsvc serve: the service, until it is stopped."""

import signal
import sys
from types import FrameType

import click
import waitress  # type: ignore[import-untyped]  # it has none

from evalsvc.app import create_app, settle
from evalsvc.cli.demo import accounts_said
from evalsvc.cli.machine import MachineDeed, database, demand_current, read_settings, upgraded
from evalsvc.cli.remind import post_of
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.settings import Settings
from evalsvc.usecases import demo, depot, sign_in
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.work import Office
from evalsvc.words.language import Language, sentence

EXAMPLES = (
    ("evalsvc serve", sentence("On http://127.0.0.1:8000.")),
    (
        "EVALSVC_DATABASE_URL=sqlite:///demo.db evalsvc serve --demo",
        sentence("With the demo province; the data is kept until the next time."),
    ),
)


@click.command(
    "serve",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Run the service until it is stopped (Ctrl+C). Settings are read from EVALSVC_… variables; "
        "docs/operations.md names them."
    ),
)
@click.option(
    "--demo",
    "as_demo",
    is_flag=True,
    help=sentence("Make the tables and the demo province first where the database is empty."),
)
@click.pass_context
def command(context: click.Context, *, as_demo: bool) -> None:
    found = read_settings()
    post_of(found)  # wrong settings of mail stop the start
    language = spoken(context)
    with database(found) as kept:
        if as_demo:
            upgraded(kept)
        demand_current(kept)
        office = Office(kept)
        office.do(SERVICE, sign_in.sweep, found)
        for line in _told(language, office, depot.of_settings(found) if as_demo else None):
            click.echo(line)
        _serve(language, found, office)


def _told(language: Language, office: Office, of_demo: Depot | None) -> list[str]:
    """What to do next, or whom to sign in as; `of_demo`: where the demo lays its files."""
    with office.reading(SERVICE) as doing:
        empty, shown = demo.is_empty(doing), demo.shown(doing)
    if of_demo and empty:
        click.echo(language.say("Making the demo province; this takes about a minute …"))
        shown = office.do(SERVICE, demo.fill, depot=of_demo).accounts
    if of_demo and shown:
        return list(accounts_said(language, shown))
    if not empty:
        return []
    return [
        language.say(
            "The database holds nothing yet. Next: evalsvc units import FILE, "
            "evalsvc account create …, evalsvc round open FILE."
        )
    ]


def _serve(language: Language, found: Settings, office: Office) -> None:
    server = waitress.create_server(
        create_app(found, office),
        host=found.host,
        port=found.port,
        threads=found.threads,
        ident="",
        # Who is believed to forward is decided by the application, from the same setting
        clear_untrusted_proxy_headers=not found.proxies,
        max_request_body_size=found.most_body,
    )
    settle()
    signal.signal(signal.SIGTERM, _stop)
    address = f"http://{found.host}:{server.effective_port}"
    click.echo(language.say("The service runs on {address} (stop with Ctrl+C)", address=address))
    server.run()


def _stop(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)

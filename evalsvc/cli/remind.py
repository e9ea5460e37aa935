"""evalsvc remind: mails to people about what is new for them and what is due."""

import sys

import click

from evalsvc.cli.machine import MachineDeed, database, demand_current, read_settings
from evalsvc.cli.told import spoken
from evalsvc.post.letters import sender_of
from evalsvc.post.ways import CONSOLE, carrier_of
from evalsvc.settings import Settings
from evalsvc.usecases import remind
from evalsvc.usecases.remind import Outcome, Post
from evalsvc.usecases.work import Office
from evalsvc.words.language import Language, sentence
from evalsvc.words.letters import Site

EXAMPLES = (
    ("evalsvc remind", sentence("What is new, to everybody who has an address.")),
    (
        "*/15 * * * *  evalsvc remind",
        sentence("A line for cron: every quarter of an hour; nobody is told anything twice."),
    ),
)


@click.command(
    "remind",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Write and send mails: at most one a day to each person, not before 7:00, and at once what "
        "is urgent. May be run as often as one likes, and by several at once.\n\n"
        "Ends with 1 where the mail server takes nothing; the next run sends what was left."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    found = read_settings()
    post = post_of(found)
    with database(found) as kept:
        demand_current(kept)
        done = remind.remind(Office(kept), post)
    tell(spoken(context), done)
    if done.stopped:
        context.exit(1)


def post_of(found: Settings) -> Post:
    """Raises WrongSetting."""
    return Post(
        carrier_of(found.mail, sys.stdout),
        sender_of(found),
        Site(found.organisation, found.address),
        found.reminders,
        on_screen=found.mail == CONSOLE,
    )


def tell(language: Language, done: Outcome) -> None:
    said = language.say(
        "Mails written: {written}, sent: {sent}, refused for good: {refused}, "
        "overtaken: {overtaken}, waiting for the next run: {waiting}.",
        written=done.written,
        sent=done.sent,
        refused=done.refused,
        overtaken=done.overtaken,
        waiting=done.waiting,
    )
    click.echo(said)
    if done.stopped:
        click.echo(language.say("The mail server: {said}", said=done.stopped), err=True)

"""evalsvc security-log: what happened at the door and to rights, newest first."""

from collections.abc import Mapping
from datetime import datetime

import click

from evalsvc.cli.machine import MachineDeed, opened, read_settings
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.domain.dates import ZONE
from evalsvc.usecases import accounts, security, sign_in
from evalsvc.usecases.security import Line
from evalsvc.words.language import Language, sentence

BETWEEN = "  "
MOST = 100
SENTENCES: Mapping[str, str] = {
    "sign-in": sentence("signed in"),
    "sign-in-failed": sentence("tried to sign in, in vain"),
    "change-password": sentence("changed the password"),
    "change-password-failed": sentence("tried to change the password, in vain"),
    "sign-out": sentence("signed out"),
    "sign-out-everywhere": sentence("signed out everywhere"),
    "session-over": sentence("session ran out"),
    "create-account": sentence("account made"),
    "reset-password": sentence("new first password; signed out everywhere"),
    "change-email": sentence("address for mails changed"),
    "new-calendar": sentence("new address of the calendar"),
    "end-calendar": sentence("address of the calendar ended"),
    "end-account": sentence("account ended"),
    "assign": sentence("role in a round given"),
    "hand-over": sentence("role in a round handed over"),
    "end-assignment": sentence("role in a round ended"),
}

EXAMPLES = (
    ("evalsvc security-log", sentence("The latest hundred lines.")),
    (
        "evalsvc security-log --account so-noi-vu.bien-tap --since 2026-11-01",
        sentence("One account since a day."),
    ),
    ("evalsvc security-log --sweep", sentence("By cron, once a day.")),
)


@click.command(
    "security-log",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "List sign-ins, failures, sessions that ended, and changes of passwords and rights, newest "
        "first. EVALSVC_SIGN_IN_DAYS says how long they are kept."
    ),
)
@click.option("--account", default="", help=sentence("Only this account."))
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help=sentence("Only from this day on, such as 2026-11-01."),
)
@click.option(
    "--most",
    type=click.IntRange(1, 100_000),
    default=MOST,
    show_default=True,
    help=sentence("How many lines."),
)
@click.option("--sweep", is_flag=True, help=sentence("Remove what is older than what is kept."))
@click.pass_context
def command(
    context: click.Context, account: str, since: datetime | None, most: int, *, sweep: bool
) -> None:
    language = spoken(context)
    if sweep:
        with opened() as office:
            lines, over = office.do(SERVICE, sign_in.sweep, read_settings())
        facts = {"lines": lines, "over": over}
        click.echo(
            language.say("Removed: {lines} lines of the security log, {over} sessions.", **facts)
        )
        return
    begins = None if since is None else since.replace(tzinfo=ZONE)
    with opened() as office, office.reading(SERVICE) as doing:
        found = security.listed(doing, most, accounts.folded(account), begins)
    for each in found:
        click.echo(_line(language, each))


def _line(language: Language, of: Line) -> str:
    parts = [language.moment(of.at), of.name or "—"]
    parts.append(language.say(SENTENCES[of.deed]) if of.deed in SENTENCES else of.deed)
    if of.by and of.by != of.name:
        parts.append(language.say("by {name}", name=of.by))
    return BETWEEN.join([*parts, *(each for each in (of.address, of.said) if each)])

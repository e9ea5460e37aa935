"""evalsvc account list: all accounts with their roles."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import accounts
from evalsvc.usecases.accounts import Listed
from evalsvc.words.language import Language, sentence

BETWEEN = "  "

EXAMPLES = (("evalsvc account list", sentence("Who signs in, with which roles.")),)


@click.command(
    "list",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "List all accounts: name, label, roles, and whether the first password still waits to be "
        "changed or the account is ended."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    with opened() as office, office.reading(SERVICE) as doing:
        found = accounts.listed(doing)
    for each in found:
        click.echo(_line(spoken(context), each))
    if not found:
        text = spoken(context).say(
            "There are no accounts yet. Make one with: "
            "evalsvc account create NAME --label LABEL --role ROLE"
        )
        click.echo(text)


def _line(language: Language, of: Listed) -> str:
    parts = [of.name, of.label, ", ".join(each.text for each in of.roles)]
    if of.ended_at is not None:
        parts.append(language.say("ended on {day}", day=of.ended_at.date()))
    elif of.must_change:
        parts.append(language.say("first password not changed"))
    return BETWEEN.join(parts)

"""evalsvc account reset: a new first password for somebody who has forgotten theirs."""

import click

from evalsvc.cli.account.first_password import say_first_password
from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import accounts
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        "evalsvc account reset so-noi-vu.bien-tap",
        sentence("A new first password for somebody who has forgotten theirs."),
    ),
)


@click.command(
    "reset",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Give an account a new first password, printed once. Whoever is signed in with it is "
        "signed out."
    ),
)
@click.argument("name", metavar=sentence("NAME"))
@click.pass_context
def command(context: click.Context, name: str) -> None:
    first = accounts.first_password()
    with opened() as office:
        office.do(SERVICE, accounts.reset, name, first)
    say_first_password(spoken(context), first)

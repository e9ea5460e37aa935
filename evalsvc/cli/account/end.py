"""evalsvc account end: nobody signs in with it any more."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import accounts
from evalsvc.words.language import sentence

EXAMPLES = (("evalsvc account end so-noi-vu.bien-tap", sentence("Somebody has left the office.")),)


@click.command(
    "end",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "End an account. Nobody signs in with it any more; its name is not used again, and what "
        "was done with it stays in the journal."
    ),
)
@click.argument("name", metavar=sentence("NAME"))
@click.pass_context
def command(context: click.Context, name: str) -> None:
    with opened() as office:
        office.do(SERVICE, accounts.end, name)
    click.echo(spoken(context).say("The account {name} is ended.", name=accounts.folded(name)))

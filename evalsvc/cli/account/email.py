"""evalsvc account email: where mails to an account go."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import accounts
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        "evalsvc account email so-noi-vu.bien-tap van-thu@so-noi-vu.example.vn",
        sentence("Mails go there from now on."),
    ),
    ('evalsvc account email so-noi-vu.bien-tap ""', sentence("No mails any more.")),
)


@click.command(
    "email",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Set the mail address of an account. People may change their own on the page of their "
        "account; an empty address ends all mails."
    ),
)
@click.argument("name", metavar=sentence("NAME"))
@click.argument("address", metavar=sentence("ADDRESS"))
@click.pass_context
def command(context: click.Context, name: str, address: str) -> None:
    with opened() as office:
        reached = office.do(SERVICE, accounts.put_email, name, address)
    say = spoken(context).say
    if reached:
        known = {"name": accounts.folded(name), "address": reached}
        click.echo(say("Mails to {name} go to {address}.", **known))
    else:
        click.echo(say("{name} gets no mails.", name=accounts.folded(name)))

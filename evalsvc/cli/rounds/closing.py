"""evalsvc round close: the reviewed sheets of a round are concluded."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import rounds
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        'evalsvc round close 2026 --decision "QĐ số 15/QĐ-UBND ngày 15/01/2027"',
        sentence("Conclude the round."),
    ),
)


@click.command(
    "close",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Conclude every reviewed sheet of a round with the points of the review. Sheets that are "
        "not reviewed stay as they are and are named; close again when they have been reviewed."
    ),
)
@click.argument("code", metavar=sentence("ROUND"))
@click.option(
    "--decision", required=True, help=sentence("Number and day of the decision that concludes.")
)
@click.pass_context
def command(context: click.Context, code: str, *, decision: str) -> None:
    say = spoken(context).say
    with opened() as office:
        done = office.do(SERVICE, rounds.close, code, decision)
    facts = {"round": code, "number": len(done.concluded)}
    click.echo(say("Round {round} is closed: {number} sheets are concluded.", **facts))
    if done.left:
        units = ", ".join(done.left)
        click.echo(say("Not reviewed, and left as they are: {units}", units=units))

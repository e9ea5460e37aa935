"""evalsvc round close: the concluded sheets of a round are closed by a decision."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import rounds
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        'evalsvc round close 2026 --decision "QĐ số 15/QĐ-UBND ngày 15/01/2027"',
        sentence("Close what is concluded."),
    ),
)


@click.command(
    "close",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Close every concluded sheet of a round by a decision. Sheets that the lead evaluator has "
        "not concluded stay as they are and are named; close again when they are concluded."
    ),
)
@click.argument("code", metavar=sentence("ROUND"))
@click.option("--decision", required=True, help=sentence("Number and day of the decision."))
@click.pass_context
def command(context: click.Context, code: str, *, decision: str) -> None:
    say = spoken(context).say
    with opened() as office:
        done = office.do(SERVICE, rounds.close, code, decision)
    facts = {"round": code, "number": len(done.concluded)}
    click.echo(say("Round {round}: {number} sheets are closed.", **facts))
    if done.left:
        units = ", ".join(done.left)
        click.echo(say("Not concluded, and left as they are: {units}", units=units))

"""evalsvc round handover: a part of a round goes to somebody else."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import assignments, rounds
from evalsvc.usecases.work import Work
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        'evalsvc round handover 2026 12 noi-vu.02 --reason "Nghỉ ốm"',
        sentence("The part with the number 12 goes to noi-vu.02."),
    ),
)


@click.command(
    "handover",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Hand a part over; its number stands in “evalsvc round assignments”. Marks already given "
        "stay and keep their author."
    ),
)
@click.argument("code", metavar=sentence("ROUND"))
@click.argument("part", metavar=sentence("PART"), type=click.IntRange(min=1))
@click.argument("account", metavar=sentence("ACCOUNT"))
@click.option("--reason", required=True, help=sentence("Why; it is kept in the journal."))
@click.pass_context
def command(context: click.Context, code: str, part: int, account: str, *, reason: str) -> None:
    with opened() as office:
        office.do(SERVICE, _hand_over, code, part, account, reason)
    say = spoken(context).say
    click.echo(say("Part {part} is handed over to {account}.", part=part, account=account))


def _hand_over(doing: Work, code: str, part: int, account: str, reason: str) -> None:
    of = rounds.of_code(doing, code)
    assignments.demand_part(doing, of, part)
    assignments.hand_over(doing, of, part, account, reason)

"""evalsvc round assign: somebody gets a part of a round."""

from typing import Any

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE, Role
from evalsvc.usecases import assignments, rounds
from evalsvc.usecases.work import Work
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        "evalsvc round assign 2026 thanh-tra --over kind:so --lines B2,P1",
        sentence("Two lines of every department are marked by this account alone."),
    ),
    (
        "evalsvc round assign 2026 giai-trinh --role answerer --over block:khoi-1",
        sentence("Somebody answers explanations of one block."),
    ),
)
ROLES = (Role.EVALUATOR.value, Role.ANSWERER.value)


@click.command(
    "assign",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Give an account a part of a round. Whoever is named for a line takes it from reviewers "
        "in general; two seats mark the same line without seeing each other."
    ),
)
@click.argument("code", metavar=sentence("ROUND"))
@click.argument("account", metavar=sentence("ACCOUNT"))
@click.option("--role", type=click.Choice(ROLES), default=ROLES[0], help=sentence("What for."))
@click.option(
    "--over", default="", help=sentence("UNIT, kind:KIND or block:BLOCK; without it all units.")
)
@click.option("--lines", default="", help=sentence("Codes such as A1,B2; without it all lines."))
@click.option(
    "--seat",
    type=click.IntRange(1, 2),
    default=1,
    help=sentence("2 for the second of two who mark the same line."),
)
@click.pass_context
def command(context: click.Context, /, code: str, account: str, **options: Any) -> None:
    """`role`, `over`, `lines` and `seat` as click has read them."""
    who = account, Role(options["role"])
    what = frozenset(options["lines"].replace(",", " ").split()), int(options["seat"])
    with opened() as office:
        office.do(SERVICE, _assign, code, who, options["over"], what)
    say = spoken(context).say
    click.echo(say("{account} has its part in {round}.", account=account, round=code))


def _assign(
    doing: Work, code: str, who: tuple[str, Role], over: str, what: tuple[frozenset[str], int]
) -> None:
    of = rounds.of_code(doing, code)
    assignments.assign(doing, of, assignments.part_over(doing, of, who, over, what))

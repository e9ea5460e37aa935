"""evalsvc round extend: more time for a unit or a block."""

from typing import Any

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.domain.dates import read_moment
from evalsvc.domain.windows import Task
from evalsvc.usecases import extensions
from evalsvc.usecases.extensions import To
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        'evalsvc round extend 2026 so-noi-vu --until "2026-12-05 17:00" --reason "Sáp nhập"',
        sentence("More time for one unit."),
    ),
    (
        'evalsvc round extend 2026 --block khoi-3 --until "2026-12-05 17:00" --reason "Bão số 9"',
        sentence("More time for every unit of a block."),
    ),
)


@click.command(
    "extend",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Give one unit, a block or all units more time; what is handed in until then is not late. "
        "The reason is kept in the journal."
    ),
)
@click.argument("code", metavar=sentence("ROUND"))
@click.argument("unit", metavar=sentence("[UNIT]"), required=False, default="")
@click.option("--block", default="", help=sentence("Every unit of this block, instead of one."))
@click.option("--all", "everyone", is_flag=True, help=sentence("Every unit of the round."))
@click.option(
    "--task",
    type=click.Choice([Task.ASSESS.value, Task.REVIEW.value, Task.EXPLAIN.value]),
    default=Task.ASSESS.value,
    help=sentence("What there is more time for: assess (unless told), review or explain."),
)
@click.option(
    "--until", required=True, help=sentence("Day and hour in Vietnam, such as 2026-12-05 17:00.")
)
@click.option("--reason", required=True, help=sentence("Why; units may read it."))
@click.pass_context
def command(
    context: click.Context, /, code: str, unit: str, *, until: str, reason: str, **to: Any
) -> None:
    with opened() as office:
        moment = read_moment(until)
        whom = To(unit, to["block"], to["everyone"], Task(to["task"]))
        found = office.do(SERVICE, extensions.extend, code, moment, reason, whom)
    language = spoken(context)
    facts = {"number": len(found), "until": language.moment(moment)}
    click.echo(language.say("Extended until {until}: {number} units.", **facts))

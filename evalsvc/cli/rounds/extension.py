"""evalsvc round extend: more time for a unit or a block."""

import click

from evalsvc.catalog.round_openings import read_moment
from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import rounds
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
        "Give one unit or a block more time to assess itself; what is handed in until then is not "
        "late. The reason is kept in the journal."
    ),
)
@click.argument("code", metavar=sentence("ROUND"))
@click.argument("unit", metavar=sentence("[UNIT]"), required=False, default="")
@click.option("--block", default="", help=sentence("Every unit of this block, instead of one."))
@click.option(
    "--until", required=True, help=sentence("Day and hour in Vietnam, such as 2026-12-05 17:00.")
)
@click.option("--reason", required=True, help=sentence("Why; units may read it."))
@click.pass_context
def command(
    context: click.Context, code: str, unit: str, *, block: str, until: str, reason: str
) -> None:
    with opened() as office:
        moment = read_moment(until)
        found = office.do(SERVICE, rounds.extend, code, moment, reason, unit=unit, block=block)
    language = spoken(context)
    facts = {"number": len(found), "until": language.moment(moment)}
    click.echo(language.say("Extended until {until}: {number} units.", **facts))

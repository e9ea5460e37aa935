"""evalsvc round assignments: who reviews what in a round, and what nobody reviews."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.store.assignments import Named
from evalsvc.usecases import assignments_seen
from evalsvc.usecases.assignments import data_of
from evalsvc.usecases.assignments_seen import MOST_LISTED, Gap, Seen
from evalsvc.words.histories import Named as Names
from evalsvc.words.histories import part_of
from evalsvc.words.language import Language, sentence

EXAMPLES = (("evalsvc round assignments 2026", sentence("All parts of the round by number.")),)


@click.command(
    "assignments",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence("List the parts of a round with their numbers, then lines without a reviewer."),
)
@click.argument("code", metavar=sentence("ROUND"))
@click.pass_context
def command(context: click.Context, code: str) -> None:
    language = spoken(context)
    with opened() as office, office.reading(SERVICE) as doing:
        found = assignments_seen.of_machine(doing, code)
    for each in found.named:
        click.echo(f"{each.id}  {each.name}  {_part(language, found, each)}")
    if not found.named:
        click.echo(language.say("No part is given in this round; standing roles review it."))
    _gaps(language.say("Lines that nobody may review"), found.unmanned)
    _gaps(language.say("Lines whose explanations nobody else could answer"), found.unanswered)


def _part(language: Language, found: Seen, named: Named) -> str:
    names = Names(
        {unit: name for unit, _, name in found.units},
        {each.code: each.name for each in found.round.blocks},
    )
    return part_of(language, data_of(named.grant), names)


def _gaps(head: str, gaps: tuple[Gap, ...]) -> None:
    if gaps:
        click.echo(f"{head}:")
    for each in gaps[:MOST_LISTED]:
        click.echo(f"  {each.unit}: {', '.join(each.lines)}")

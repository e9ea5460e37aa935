"""evalsvc round open: a round is opened from its file."""

from pathlib import Path

import click

from evalsvc.catalog import round_openings
from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import rounds
from evalsvc.words.language import sentence

EXAMPLES = (("evalsvc round open round-2026.yaml", sentence("Open the round of the file.")),)


@click.command(
    "open",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Open a round from its file (YAML): round, title, year, sets, blocks, windows.\n\n"
        "The texts of the sets are frozen, and so are kind, block, tags and name of every unit "
        "that stands on the day on which units begin. Units whose kind has no set or whose block "
        "is not in the round get no sheet."
    ),
)
@click.argument("path", metavar=sentence("FILE"), type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, path: Path) -> None:
    say = spoken(context).say
    with opened() as office:
        opening = round_openings.load(path)
        made = office.do(SERVICE, rounds.open_, opening)
    facts = {"round": opening.code, "sheets": made.sheets, "lines": made.lines}
    click.echo(say("Round {round} is open: {sheets} sheets, {lines} lines.", **facts))
    if made.left_out:
        units = ", ".join(made.left_out)
        click.echo(say("Without a sheet in this round: {units}", units=units))

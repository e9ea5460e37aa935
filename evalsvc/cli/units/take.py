"""evalsvc units import: units from a table, all of it or nothing."""

from collections.abc import Iterator
from pathlib import Path

import click

from evalsvc.catalog import shelf, unit_tables
from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import units
from evalsvc.usecases.units import Taken
from evalsvc.words.language import Language, sentence

MOST_NAMED = 20

EXAMPLES = (
    ("evalsvc units import units.csv --dry-run", sentence("See first what would change.")),
    ("evalsvc units import units.csv", sentence("Take the table over.")),
)


@click.command(
    "import",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Take over units from a table (CSV, UTF-8, comma or semicolon).\n\n"
        "Columns: code, name, kind, block; and where wanted parent, tags, order, from, until, "
        "predecessors, exempt. Units that are not in the table stay as they are. With one fault "
        "nothing is taken over."
    ),
)
@click.argument("path", metavar=sentence("FILE"), type=click.Path(path_type=Path))
@click.option(
    "--dry-run", is_flag=True, help=sentence("Only say what would change; nothing is kept.")
)
@click.pass_context
def command(context: click.Context, path: Path, *, dry_run: bool) -> None:
    content = shelf.content(path, unit_tables.MOST_BYTES)
    with opened() as office:
        if dry_run:
            with office.reading(SERVICE) as doing:
                taken = units.difference(doing, units.read(doing, str(path), content))
        else:
            taken = office.do(SERVICE, units.take_table, str(path), content)
    for line in _said(spoken(context), taken):
        click.echo(line)
    if dry_run:
        click.echo(spoken(context).say("Nothing was kept: this was a dry run."))


def _said(language: Language, taken: Taken) -> Iterator[str]:
    yield language.say("New: {number}{units}", **_facts(language, taken.new))
    yield language.say("Changed: {number}{units}", **_facts(language, taken.changed))
    yield language.say("Ended: {number}{units}", **_facts(language, taken.ended))
    yield language.say("As before: {number}", number=taken.same)


def _facts(language: Language, codes: tuple[str, ...]) -> dict[str, object]:
    """How many, and the first of them by name."""
    if not codes:
        return {"number": 0, "units": ""}
    named = ", ".join(codes[:MOST_NAMED])
    rest = len(codes) - MOST_NAMED
    if rest > 0:
        named = language.say("{shown}, … ({rest} more)", shown=named, rest=rest)
    return {"number": len(codes), "units": f": {named}"}

"""evalsvc criteria show: a set as the table that people know."""

from collections.abc import Iterator
from pathlib import Path

import click

from evalsvc import resources
from evalsvc.catalog import shelf
from evalsvc.catalog.faults import Faulty
from evalsvc.cli.deeds import Deed
from evalsvc.cli.told import spoken
from evalsvc.domain.conditions import ChildrenBelow, simple_ones
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.scales import Children, OneChild
from evalsvc.exports.criteria_csv import to_criteria_csv
from evalsvc.exports.criteria_html import to_html
from evalsvc.exports.criteria_table import table
from evalsvc.exports.criteria_text import to_text
from evalsvc.words.language import sentence

TEXT, HTML, CSV = FORMATS = ("text", "html", "csv")

EXAMPLES = (
    ("evalsvc criteria show TV-2019", sentence("A set that ships, by its code.")),
    (
        "evalsvc criteria show my-set.yaml --kind so",
        sentence("One file, only what is on the sheet of one kind of unit."),
    ),
    (
        "evalsvc criteria show TV-2019 --format html > tv-2019.html",
        sentence("A file to open in a browser and to print on A4."),
    ),
    (
        "evalsvc criteria show TV-2019 --format csv > tv-2019.csv",
        sentence("A file for a spreadsheet."),
    ),
)


@click.command(
    "show",
    cls=Deed,
    examples=EXAMPLES,
    help=sentence(
        "Show a criteria set as the table that people know: code, name, how points are given, "
        "most points, who gives the answer, evidence; then sums, bands, gates, quotas, titles, "
        "targets and what was decided.\n\n"
        "SET is a file, or the code of a set that ships."
    ),
)
@click.argument("name", metavar=sentence("SET"))
@click.option(
    "--kind", metavar=sentence("KIND"), help=sentence("Only the column of this kind of unit.")
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default=TEXT,
    help=sentence("text (usual), html for paper, csv for spreadsheets."),
)
@click.pass_context
def command(context: click.Context, name: str, kind: str | None, form: str) -> None:
    language = spoken(context)
    path = shelf.find(name)
    criteria = shelf.load(name)
    made = table(language, criteria, kind, _names(criteria, path))
    if form == HTML:
        click.echo(to_html(language, made, resources.templates()).encode(), nl=False)
    elif form == CSV:
        click.echo(to_criteria_csv(language, made), nl=False)
    else:
        click.echo(to_text(language, made), nl=False)


def _names(criteria: CriteriaSet, path: Path) -> dict[str, str]:
    """Names of kinds and bands of the sets that this one reads, as far as they are near."""
    near = shelf.nearby([path])
    found: dict[str, str] = {}
    for code in sorted(set(_read_by(criteria)) & set(near)):
        try:
            other = shelf.load(str(near[code].resolve()))
        except (Faulty, OSError):
            continue
        found |= {kind.code: kind.name for kind in other.kinds}
        found |= {band.code: band.name for ladder in other.ladders.values() for band in ladder}
    return found


def _read_by(criteria: CriteriaSet) -> Iterator[str]:
    for line in criteria.criteria():
        for scale in line.scales.values():
            if isinstance(scale, Children | OneChild):
                yield scale.of.set
    for gate in criteria.gates:
        for condition in simple_ones(gate.condition):
            if isinstance(condition, ChildrenBelow):
                yield condition.set

"""evalsvc units …: who can be assessed."""

import click

from evalsvc.cli.told import Group
from evalsvc.words.language import sentence

ABOUT = sentence("Take over units from a table.")

COMMANDS = {
    "import": (
        "evalsvc.cli.units.take",
        sentence("Add and change units by a table (CSV); nothing is ever removed."),
    ),
}

EXAMPLES = (
    ("evalsvc units import units.csv --dry-run", sentence("See first what would change.")),
    ("evalsvc units import units.csv", sentence("Take the table over.")),
)


@click.group("units", cls=Group, told=COMMANDS, examples=EXAMPLES, help=sentence("Keep the units."))
def command() -> None:
    pass

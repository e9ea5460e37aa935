"""evalsvc db …: the tables of the database."""

import click

from evalsvc.cli.told import Group
from evalsvc.words.language import sentence

ABOUT = sentence("Bring the database up to date.")

COMMANDS = {
    "upgrade": (
        "evalsvc.cli.database.upgrade",
        sentence("Bring the tables up to the release that is installed."),
    ),
}

EXAMPLES = (("evalsvc db upgrade", sentence("After installing a new release.")),)


@click.group("db", cls=Group, told=COMMANDS, examples=EXAMPLES, help=sentence("Keep the database."))
def command() -> None:
    pass

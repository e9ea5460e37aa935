"""evalsvc criteria …: what the writers of criteria sets do."""

import click

from evalsvc.cli.told import Group
from evalsvc.words.language import sentence

COMMANDS = {
    "check": ("evalsvc.cli.criteria.check", sentence("Name every fault of criteria files.")),
    "new": (
        "evalsvc.cli.criteria.new",
        sentence("Start a criteria file from a commented example."),
    ),
    "show": ("evalsvc.cli.criteria.show", sentence("Show a set as the table that people know.")),
    "schema": (
        "evalsvc.cli.criteria.schema",
        sentence("Print the JSON Schema, for help while typing."),
    ),
    "diff": ("evalsvc.cli.criteria.diff", sentence("Say in words what differs between two sets.")),
}

EXAMPLES = (
    ("evalsvc criteria new my-set.yaml", sentence("Start a new file.")),
    ("evalsvc criteria check my-set.yaml", sentence("Check it after every change.")),
    (
        "evalsvc criteria show my-set.yaml --format html > my-set.html",
        sentence("Print it on paper."),
    ),
)


@click.group(
    "criteria",
    cls=Group,
    told=COMMANDS,
    examples=EXAMPLES,
    help=sentence(
        "Work with criteria sets: tables of points with their rules, one YAML file each."
    ),
)
def command() -> None:
    pass

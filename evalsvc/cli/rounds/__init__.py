"""evalsvc round …: open, extend, close and list rounds, and say who reviews what."""

import click

from evalsvc.cli.told import Group
from evalsvc.words.language import sentence

ABOUT = sentence("Open, extend, close and list rounds.")

COMMANDS = {
    "open": (
        "evalsvc.cli.rounds.opening",
        sentence("Open a round: freeze its sets and units, make every sheet."),
    ),
    "extend": (
        "evalsvc.cli.rounds.extension",
        sentence("Give one unit or a block more time to assess itself."),
    ),
    "close": (
        "evalsvc.cli.rounds.closing",
        sentence("Close the concluded sheets of a round by a decision."),
    ),
    "assign": (
        "evalsvc.cli.rounds.assigning",
        sentence("Give somebody a part of a round: lines of some units."),
    ),
    "handover": (
        "evalsvc.cli.rounds.handing_over",
        sentence("Hand a part of a round over to somebody else."),
    ),
    "assignments": (
        "evalsvc.cli.rounds.assigned",
        sentence("List who reviews what in a round, and what nobody reviews."),
    ),
    "list": ("evalsvc.cli.rounds.listing", sentence("List all rounds, newest first.")),
}

EXAMPLES = (
    ("evalsvc round open round-2026.yaml", sentence("Open the round of the file.")),
    (
        'evalsvc round extend 2026 so-noi-vu --until "2026-12-05 17:00" --reason "Sáp nhập"',
        sentence("More time for one unit."),
    ),
    (
        'evalsvc round close 2026 --decision "QĐ số 15/QĐ-UBND ngày 15/01/2027"',
        sentence("Close what is concluded."),
    ),
)


@click.group(
    "round", cls=Group, told=COMMANDS, examples=EXAMPLES, help=sentence("Lead rounds through.")
)
def command() -> None:
    pass

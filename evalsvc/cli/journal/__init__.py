"""evalsvc journal …: what was done, entry by entry, and texts that have to go."""

import click

from evalsvc.cli.told import Group
from evalsvc.words.language import sentence

COMMANDS = {
    "show": ("evalsvc.cli.journal.show", sentence("Show a stream of the journal, oldest first.")),
    "blank": (
        "evalsvc.cli.journal.blank",
        sentence("Delete the text of one entry; who, when and why stay."),
    ),
}

EXAMPLES = (
    ("evalsvc journal show 2026/so-noi-vu", sentence("All that was done on one sheet.")),
    (
        'evalsvc journal blank 2026/so-noi-vu 17 --reason "Công văn 12/SNV: dữ liệu cá nhân"',
        sentence("A reason that held personal data."),
    ),
)


@click.group(
    "journal",
    cls=Group,
    told=COMMANDS,
    examples=EXAMPLES,
    help=sentence(
        "Read the journal, and delete a text in it where the law demands that. Nothing else in it "
        "can be changed."
    ),
)
def command() -> None:
    pass

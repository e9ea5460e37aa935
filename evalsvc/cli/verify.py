"""evalsvc verify: whether everything that is kept agrees with itself."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases.verify import Difference, Kind, verify
from evalsvc.words.language import sentence

SENTENCES = {
    Kind.SUMMARY: sentence("{where}: {what} is kept as {kept}, but comes out as {found}."),
    Kind.LINE: sentence("{where}: line {what} is kept as {kept}, but comes out as {found}."),
    Kind.LINES: sentence("{where}: lines that are missing or too many: {what}."),
    Kind.UNREADABLE: sentence("{where}: what stands on line {what} cannot be read ({kept})."),
    Kind.GAP: sentence("Journal {where}: an entry is missing before number {what}."),
    Kind.CHANGED: sentence("Journal {where}: entry {what} has been changed."),
    Kind.UNLINKED: sentence("Journal {where}: entry {what} does not follow the one before."),
    Kind.HEAD: sentence("Journal {where}: it ends with entry {found}, but {kept} were made."),
    Kind.STRAY: sentence("Journal: of {kept} entries {found} belong to a sheet or a stream."),
}

EXAMPLES = (("evalsvc verify", sentence("Before a backup, and before publishing.")),)


@click.command(
    "verify",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Work out every total and every line anew from what people wrote, and follow every chain "
        "of the journal.\n\n"
        "Ends with 0 when all agrees, 1 with each difference on a line."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    language = spoken(context)

    def tell(difference: Difference) -> None:
        facts = {
            "where": difference.where,
            "what": difference.what,
            "kept": difference.kept,
            "found": difference.found,
        }
        click.echo(language.say(SENTENCES[difference.kind], **facts))

    with opened() as office, office.reading(SERVICE) as doing:
        checked = verify(doing, tell)
    facts = {"sheets": checked.sheets, "lines": checked.lines, "entries": checked.entries}
    if checked.differences:
        click.echo(language.say("{number} differences.", number=checked.differences), err=True)
        context.exit(1)
    click.echo(
        language.say("All agree: {sheets} sheets, {lines} lines, {entries} entries.", **facts)
    )

"""evalsvc verify: whether everything that is kept agrees with itself."""

from pathlib import Path

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases.seals import Anchor, read_anchor
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
    Kind.BLANKED: sentence("Journal {where}: entry {what} is blank, and no entry says why."),
    Kind.RESTORED: sentence("Journal {where}: entry {what} was blanked, but says something again."),
    Kind.SEAL: sentence("Seal {what} has been changed or does not follow the one before."),
    Kind.SEAL_GONE: sentence("Seal {what} of the anchor is missing."),
    Kind.REWRITTEN: sentence("Journal {where}: rewritten; entry {what} is not that of the anchor."),
    Kind.CUT: sentence(
        "Journal {where}: cut off; the anchor saw {kept} entries, {found} are left."
    ),
    Kind.DROPPED: sentence("Journal {where}: the anchor saw it, and it is gone altogether."),
}

EXAMPLES = (
    ("evalsvc verify", sentence("Before a backup, and before publishing.")),
    (
        "evalsvc verify --anchor /backup/anchor-2026-11-20-08.txt",
        sentence("With what left the database before."),
    ),
)


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
@click.option(
    "--anchor",
    type=click.Path(path_type=Path),
    help=sentence(
        "A file that evalsvc anchor has written: also says which streams no longer hold what it "
        "saw, even where their chains were worked out anew."
    ),
)
@click.pass_context
def command(context: click.Context, anchor: Path | None) -> None:
    language = spoken(context)

    def tell(difference: Difference) -> None:
        facts = {
            "where": difference.where,
            "what": difference.what,
            "kept": difference.kept,
            "found": difference.found,
        }
        click.echo(language.say(SENTENCES[difference.kind], **facts))

    wanted = None if anchor is None else _read(anchor)
    with opened() as office, office.reading(SERVICE) as doing:
        checked = verify(doing, tell, wanted)
    facts = {"sheets": checked.sheets, "lines": checked.lines, "entries": checked.entries}
    if checked.differences:
        click.echo(language.say("{number} differences.", number=checked.differences), err=True)
        context.exit(1)
    click.echo(
        language.say("All agree: {sheets} sheets, {lines} lines, {entries} entries.", **facts)
    )
    if wanted is not None:
        facts = {"number": max(wanted.seals), "streams": len(wanted.heads)}
        click.echo(language.say("All {streams} streams hold what seal {number} saw.", **facts))


def _read(path: Path) -> Anchor:
    with path.open(encoding="utf-8", errors="replace") as file:
        return read_anchor(file)

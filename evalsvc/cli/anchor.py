"""evalsvc anchor: a seal over the whole journal, and the text that takes it out of the database."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TextIO, cast

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import seals
from evalsvc.usecases.seals import Seal
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        'evalsvc anchor --out "/backup/anchor-$(date +%F-%H).txt"',
        sentence("Every hour by cron, to where the service cannot write."),
    ),
    ("evalsvc anchor | mail -s anchor luu-tru@example.vn", sentence("Out of the house.")),
)
IN_MEMORY = 8_000_000


@click.command(
    "anchor",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Seal the journal: one digest over the ends of all its streams, chained to the seal "
        "before. Prints every seal and every stream; evalsvc verify --anchor compares a database "
        "with it, later and elsewhere. Where nothing has happened since, the last seal stands.\n\n"
        "The text belongs where nobody who can change the database can change it."
    ),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help=sentence("Write to this new file, and print only the line of the last seal."),
)
@click.pass_context
def command(context: click.Context, out: Path | None) -> None:
    with _spool() as heads:
        with opened() as office:
            made = office.do(SERVICE, seals.anchor, heads)
        if out is None:
            _write(made, heads, sys.stdout)
            return
        with out.open("x", encoding="utf-8") as file:
            _write(made, heads, file)
    click.echo(seals.seal_line(made[-1]))
    click.echo(spoken(context).say("Keep {file} away from the database.", file=out), err=True)


@contextmanager
def _spool() -> Iterator[TextIO]:
    """Lines of streams wait here until the seals that stand before them are known."""
    with SpooledTemporaryFile(IN_MEMORY, "w+", encoding="utf-8") as file:
        yield cast(TextIO, file)


def _write(made: tuple[Seal, ...], heads: TextIO, to: TextIO) -> None:
    to.writelines(seals.lines_of(made, heads))

"""evalsvc journal show: the entries of one stream."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.store.journal import Told
from evalsvc.usecases import blank
from evalsvc.words.histories import told
from evalsvc.words.language import Language, sentence

BETWEEN = "  "

EXAMPLES = (
    ("evalsvc journal show 2026/so-noi-vu", sentence("All that was done on one sheet.")),
    ("evalsvc journal show round:2026", sentence("All that was done with a round.")),
    ("evalsvc journal show account:7", sentence("All that was done with an account.")),
)


@click.command(
    "show",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Show the entries of a stream, oldest first: number, when, who, line, and what was "
        "done.\n\n"
        "STREAM is ROUND/UNIT for a sheet, else a name that evalsvc anchor shows."
    ),
)
@click.argument("stream", metavar=sentence("STREAM"))
@click.pass_context
def command(context: click.Context, stream: str) -> None:
    with opened() as office, office.reading(SERVICE) as doing:
        found = blank.entries(doing, stream)
    for each in found:
        click.echo(_line(spoken(context), each))


def _line(language: Language, of: Told) -> str:
    entry = of.entry
    who = of.who or language.say("The service")
    parts = [str(of.number), language.moment(entry.at), who, entry.line or "—"]
    return BETWEEN.join([*parts, told(language, entry)])

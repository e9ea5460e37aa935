"""evalsvc round list: all rounds, newest first."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.domain.windows import Task
from evalsvc.store.rounds import RoundRecord
from evalsvc.usecases import rounds
from evalsvc.words.language import Language, sentence

EXAMPLES = (("evalsvc round list", sentence("Codes, years and windows of all rounds.")),)
BETWEEN = "  "


@click.command(
    "list",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence("List all rounds with the hours in which units assess themselves."),
)
@click.pass_context
def command(context: click.Context) -> None:
    language = spoken(context)
    with opened() as office, office.reading(SERVICE) as doing:
        found = rounds.all_of(doing)
    for each in found:
        click.echo(_line(language, each))
    if not found:
        click.echo(language.say("There are no rounds yet. Open one: evalsvc round open FILE"))


def _line(language: Language, of: RoundRecord) -> str:
    window = of.windows[Task.ASSESS]
    opens, closes = language.moment(window.opens), language.moment(window.closes)
    parts = [of.code, of.title, f"{opens} – {closes}"]
    if of.closed:
        parts.append(language.say("closed"))
    return BETWEEN.join(parts)

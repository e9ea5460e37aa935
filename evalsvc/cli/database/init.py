"""evalsvc init: the tables of a new database."""

import click

from evalsvc.cli.machine import MachineDeed, database, read_settings, upgraded, where
from evalsvc.cli.told import spoken
from evalsvc.words.language import sentence

EXAMPLES = (
    ("evalsvc init", sentence("In the file evalsvc.db of this folder.")),
    (
        "EVALSVC_DATABASE_URL=postgresql+psycopg://evalsvc@localhost/evalsvc evalsvc init",
        sentence("In a database of PostgreSQL."),
    ),
)


@click.command(
    "init",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Make the tables of a new database, or bring an older one up to date, and say where it is. "
        "The setting EVALSVC_DATABASE_URL names it."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    say = spoken(context).say
    with database(read_settings()) as found:
        upgraded(found)
        place = where(found)
    click.echo(say("The database is ready: {place}", place=place))
    click.echo(
        say(
            "Next: evalsvc units import FILE, evalsvc account create …, evalsvc round open FILE, "
            "evalsvc serve."
        )
    )

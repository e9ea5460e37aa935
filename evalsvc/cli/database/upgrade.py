"""evalsvc db upgrade: the tables of an older release become those of this one."""

import click

from evalsvc.cli.machine import MachineDeed, database, read_settings, upgraded, where
from evalsvc.cli.told import spoken
from evalsvc.store.schema import State
from evalsvc.words.language import sentence

EXAMPLES = (("evalsvc db upgrade", sentence("After installing a new release.")),)


@click.command(
    "upgrade",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Bring the tables up to the release that is installed, all steps or none. Stop the "
        "service and make a backup first."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    say = spoken(context).say
    with database(read_settings()) as found:
        before = upgraded(found)
        place = where(found)
    if before is State.CURRENT:
        click.echo(say("The database is up to date: {place}", place=place))
    else:
        click.echo(say("The database has been brought up to date: {place}", place=place))

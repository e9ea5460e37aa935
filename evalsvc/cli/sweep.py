"""evalsvc sweep: takes away files and pieces of uploads that nothing names any more."""

import click

from evalsvc.cli.machine import MachineDeed, database, demand_current, read_settings
from evalsvc.cli.told import spoken
from evalsvc.usecases import depot, uploads
from evalsvc.usecases.work import Office
from evalsvc.words.language import sentence

EXAMPLES = (("evalsvc sweep", sentence("Once a night, while the service runs.")),)


@click.command(
    "sweep",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Take away what uploads have left behind: files, pieces and pictures older than a day that "
        "no document names, and uploads that nobody went on with. Documents of units stay, also "
        "those that were taken off a line. May run at any hour, as often as wanted."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    settings = read_settings()
    with database(settings) as found:
        demand_current(found)
        cleared = uploads.sweep(Office(found), depot.of_settings(settings))
    said = spoken(context).say(
        "Taken away: {files} files, {pieces} unfinished files, {pictures} pictures; "
        "{uploads} uploads forgotten.",
        files=cleared.files.files,
        pieces=cleared.files.pieces,
        pictures=cleared.files.pictures,
        uploads=cleared.uploads,
    )
    click.echo(said)

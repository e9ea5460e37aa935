"""evalsvc criteria new: a commented criteria file to start from."""

from pathlib import Path

import click

from evalsvc.catalog.skeleton import skeleton
from evalsvc.cli.deeds import Deed
from evalsvc.words.language import sentence

EXAMPLES = (
    ("evalsvc criteria new my-set.yaml", sentence("A new file; an existing one is kept.")),
    ("evalsvc criteria new > my-set.yaml", sentence("The same by way of the screen.")),
)


@click.command(
    "new",
    cls=Deed,
    examples=EXAMPLES,
    help=sentence(
        "Start a criteria file from an example with comments (in Vietnamese).\n\n"
        "The example is sound: change it step by step and check it after each step with "
        "`evalsvc criteria check`."
    ),
)
@click.argument("path", metavar=sentence("[FILE]"), required=False, type=click.Path(path_type=Path))
def command(path: Path | None) -> None:
    if path is None:
        click.echo(skeleton(), nl=False)
        return
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(skeleton())

"""evalsvc criteria check: every fault of criteria files, by place."""

from collections.abc import Iterable
from pathlib import Path

import click

from evalsvc.catalog import sets, shelf, together
from evalsvc.catalog.faults import Fault, Faulty, in_order
from evalsvc.cli.deeds import Deed, refusals
from evalsvc.cli.told import spoken
from evalsvc.words.language import sentence

EXAMPLES = (
    ("evalsvc criteria check my-set.yaml", sentence("One file.")),
    (
        "evalsvc criteria check criteria/*.yaml",
        sentence("Several files; sets that read each other are checked together."),
    ),
    (
        "evalsvc criteria check my-set.yaml --json",
        sentence("For programs: file, line, column, key, message, what, instead."),
    ),
)


@click.command(
    "check",
    cls=Deed,
    examples=EXAMPLES,
    help=sentence(
        "Name every fault of criteria files: shape, names, sums, sheets, examples.\n\n"
        "One line for each fault: file:line:column, key, what is wrong, what to write instead. "
        "Nothing is printed when all is sound.\n\n"
        "Ends with 0 when sound, 1 with faults or a file that cannot be read, 2 when the command "
        "line is wrong."
    ),
)
@click.argument(
    "paths", metavar=sentence("FILE..."), nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help=sentence("The faults as JSON."))
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], *, as_json: bool) -> None:
    language = spoken(context)
    contents, unreadable = _contents(paths)
    for error in unreadable:
        refusals().tell(language, error)
    faults = _faults(contents)
    if as_json:
        click.echo(refusals().faults_json(language, faults, unreadable))
    elif faults:
        refusals().tell_faults(language, faults)
    context.exit(1 if faults or unreadable else 0)


def _contents(paths: Iterable[Path]) -> tuple[dict[Path, bytes], list[OSError]]:
    """Each file once, in the order in which they were named."""
    contents: dict[Path, bytes] = {}
    unreadable: list[OSError] = []
    for path in dict.fromkeys(paths):
        try:
            contents[path] = shelf.content(path)
        except OSError as error:
            unreadable.append(error)
    return contents, unreadable


def _faults(contents: dict[Path, bytes]) -> tuple[Fault, ...]:
    checked: list[sets.Checked] = []
    faults: list[Fault] = []
    for path, content in contents.items():
        try:
            checked.append(sets.check(str(path), content))
        except Faulty as error:
            faults += error.faults
    faults += [fault for each in checked for fault in each.faults]
    near = shelf.nearby(contents) if together.reads_others(checked) else {}
    faults += together.faults(checked, near)
    return in_order(faults)

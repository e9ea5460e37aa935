"""evalsvc criteria diff: what differs between two sets, in words."""

import json

import click

from evalsvc.catalog import diff_words, sets, shelf
from evalsvc.catalog.diff import Change, changes
from evalsvc.catalog.faults import Faulty
from evalsvc.catalog.tree import File
from evalsvc.cli.deeds import Deed
from evalsvc.cli.told import spoken
from evalsvc.words.language import Language, sentence

EXAMPLES = (
    (
        "evalsvc criteria diff tv-2019.yaml tv-2020.yaml",
        sentence("What is new in the later year."),
    ),
    ("evalsvc criteria diff TV-2019 my-set.yaml", sentence("Against a set that ships, by code.")),
)


@click.command(
    "diff",
    cls=Deed,
    examples=EXAMPLES,
    help=sentence(
        "Say in words what differs between two sound criteria sets, line by line of the table.\n\n"
        "Lines are matched by code, wherever they stand. Every changed key is named, also "
        "evidence, sources and decisions. OLD and NEW are files or codes of sets that ship."
    ),
)
@click.argument("old", metavar=sentence("OLD"))
@click.argument("new", metavar=sentence("NEW"))
@click.option("--json", "as_json", is_flag=True, help=sentence("The differences as JSON."))
@click.pass_context
def command(context: click.Context, old: str, new: str, *, as_json: bool) -> None:
    language = spoken(context)
    one, other = _sound(old, new)
    found = changes(one, other)
    if as_json:
        click.echo(json.dumps(_data(language, one, other, found), ensure_ascii=False, indent=2))
    elif found:
        for change in found:
            click.echo(diff_words.text(language, change))
    elif one.text == other.text:
        click.echo(language.say("Nothing differs."))
    else:
        click.echo(language.say("Only comments, order of keys or layout differ."))


def _sound(old: str, new: str) -> tuple[File, File]:
    """Both files; raises Faulty with the faults of both."""
    checked = []
    for name in (old, new):
        path = shelf.find(name)
        checked.append(sets.check(str(path), shelf.content(path)))
    if faults := [fault for each in checked for fault in each.faults]:
        raise Faulty(faults)
    return checked[0].file, checked[1].file


def _data(language: Language, old: File, new: File, found: tuple[Change, ...]) -> dict[str, object]:
    return {
        "old": {"file": old.name, "sha256": old.sha256},
        "new": {"file": new.name, "sha256": new.sha256},
        "same-text": old.text == new.text,
        "changes": [
            {
                "change": change.what.value,
                "code": change.code,
                "keys": list(change.keys),
                "old": change.old,
                "new": change.new,
                "text": diff_words.text(language, change),
            }
            for change in found
        ],
    }

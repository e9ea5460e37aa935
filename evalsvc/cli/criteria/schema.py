"""evalsvc criteria schema: the file format as JSON Schema, for editors."""

import json

import click

from evalsvc.catalog.json_schema import json_schema
from evalsvc.cli.deeds import Deed
from evalsvc.cli.told import spoken
from evalsvc.words.language import sentence

EXAMPLES = (
    ("evalsvc criteria schema > criteria.schema.json", sentence("Write the schema to a file.")),
    (
        "# yaml-language-server: $schema=./criteria.schema.json",
        sentence("Then make this the first line of a criteria file."),
    ),
)


@click.command(
    "schema",
    cls=Deed,
    examples=EXAMPLES,
    help=sentence(
        "Print the JSON Schema (2020-12) of criteria files.\n\n"
        "Editors with YAML support (VS Code with the YAML extension, Neovim, Emacs, JetBrains) "
        "then offer the keys while one types and underline what is misspelled. Sums, names and "
        "examples are checked by `evalsvc criteria check` only."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    schema = json_schema(spoken(context))
    click.echo(json.dumps(schema, ensure_ascii=False, indent=2))

"""evalsvc score: one unit's points, with every step of them."""

import json
from pathlib import Path

import click

from evalsvc.catalog import shelf
from evalsvc.cli.deeds import Deed
from evalsvc.cli.told import spoken
from evalsvc.domain.comparisons import warnings
from evalsvc.domain.lines import Layer
from evalsvc.exports.outcome_data import mark_data, result_data
from evalsvc.usecases.from_files import scored
from evalsvc.words.language import sentence
from evalsvc.words.reviews import review_sentences
from evalsvc.words.sheets import letter

EXAMPLES = (
    ("evalsvc score TV-2019 so-noi-vu.yaml", sentence("By the set that ships with that code.")),
    (
        "evalsvc score my-set.yaml so-noi-vu.yaml --layer claimed",
        sentence("What the unit claims, before any review."),
    ),
    ("evalsvc score TV-2019 so-noi-vu.yaml --json", sentence("Every line and step as data.")),
)


@click.command(
    "score",
    cls=Deed,
    examples=EXAMPLES,
    help=sentence(
        "Score one unit: the points of every line with the reckoning, every step to the total, the "
        "band, the gates that fire, and what separates the unit from the next band.\n\n"
        "SET is a file, or the code of a set that ships. ANSWERS is the answers file (YAML) of one "
        "unit, which says the unit's kind and the year."
    ),
)
@click.argument("criteria", metavar=sentence("SET"))
@click.argument("answers", metavar=sentence("ANSWERS"), type=click.Path(path_type=Path))
@click.option(
    "--layer",
    type=click.Choice([str(layer) for layer in Layer]),
    help=sentence("claimed, reviewed or final; usually the last one that the file has."),
)
@click.option("--json", "as_json", is_flag=True, help=sentence("The result as JSON."))
@click.pass_context
def command(
    context: click.Context, criteria: str, answers: Path, layer: str | None, *, as_json: bool
) -> None:
    language = spoken(context)
    found = scored(shelf.load(criteria), answers, Layer(layer) if layer else None)
    if as_json:
        marks = [mark_data(mark) for mark in found.marks]
        data = {"unit": found.name, **result_data(found.result), "marks": marks}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    said = [rule.say for rule in warnings(found.result.sheet)]
    reviews = tuple(review_sentences(language, found.sheets, found.marks))
    text = letter(language, found.name, found.result, warnings=said, reviews=reviews)
    click.echo(text, nl=False)

"""evalsvc rank: a whole round, from files to rankings."""

import json
from pathlib import Path

import click

from evalsvc.catalog import shelf
from evalsvc.cli.deeds import Deed
from evalsvc.cli.told import spoken
from evalsvc.domain.lines import Layer
from evalsvc.exports.outcome_data import outcome_data, ranking_csv
from evalsvc.usecases.from_files import ranked
from evalsvc.words.language import sentence
from evalsvc.words.rankings import ranking_text

EXAMPLES = (
    ("evalsvc rank round.yaml answers/", sentence("All answers files of a folder.")),
    ("evalsvc rank round.yaml answers.csv", sentence("One table with a row for each unit.")),
    (
        "evalsvc rank round.yaml answers/ --layer reviewed --csv > ranking.csv",
        sentence("Another layer, for a spreadsheet."),
    ),
)


@click.command(
    "rank",
    cls=Deed,
    examples=EXAMPLES,
    help=sentence(
        "Rank the units of a round: bands, gates, quotas, titles and targets with their "
        "arithmetic, and what waits for the decision of a leader.\n\n"
        "ROUND is the round file (YAML): year, sets, blocks, units, decisions. ANSWERS are answers "
        "files (YAML), tables (CSV), or folders of them. A unit without answers is listed as not "
        "submitted."
    ),
)
@click.argument("round_file", metavar=sentence("ROUND"), type=click.Path(path_type=Path))
@click.argument(
    "answers",
    metavar=sentence("ANSWERS..."),
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
)
@click.option(
    "--layer",
    type=click.Choice([str(layer) for layer in Layer]),
    help=sentence("claimed, reviewed or final; usually the one that the round names."),
)
@click.option(
    "--csv", "as_csv", is_flag=True, help=sentence("The rankings as a table for spreadsheets.")
)
@click.option("--json", "as_json", is_flag=True, help=sentence("The whole outcome as JSON."))
@click.pass_context
def command(
    context: click.Context,
    round_file: Path,
    answers: tuple[Path, ...],
    layer: str | None,
    *,
    as_csv: bool,
    as_json: bool,
) -> None:
    if as_csv and as_json:
        raise click.UsageError(spoken(context).say("Choose one of --csv and --json."))
    wanted = Layer(layer) if layer else None
    found = ranked(round_file, answers, shelf.finder(round_file.parent), wanted)
    if as_csv:
        click.echo(ranking_csv(found), nl=False)
    elif as_json:
        click.echo(json.dumps(outcome_data(found), ensure_ascii=False, indent=2))
    else:
        click.echo(ranking_text(spoken(context), found), nl=False)

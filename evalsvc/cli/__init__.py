"""evalsvc …: a thin command for each thing that people do from a terminal."""

import click

from evalsvc.cli.told import LANGUAGE_VARIABLE, Root
from evalsvc.words.language import CODES, language, sentence

COMMANDS = {
    "criteria": ("evalsvc.cli.criteria", sentence("Check, write, show and compare criteria sets.")),
    "score": (
        "evalsvc.cli.score",
        sentence("Score one unit and explain every step of its points."),
    ),
    "rank": ("evalsvc.cli.rank", sentence("Rank a round: bands, quotas, titles and targets.")),
    "init": ("evalsvc.cli.database.init", sentence("Make the database, or bring it up to date.")),
    "serve": ("evalsvc.cli.serve", sentence("Run the service with its pages.")),
    "demo": ("evalsvc.cli.demo", sentence("Fill an empty database with a demo province.")),
    "units": ("evalsvc.cli.units", sentence("Take over units from a table.")),
    "round": ("evalsvc.cli.rounds", sentence("Open, extend, close and list rounds.")),
    "account": ("evalsvc.cli.account", sentence("Keep accounts: make, reset, end and list them.")),
    "remind": ("evalsvc.cli.remind", sentence("Tell people by mail what is new and due.")),
    "sweep": (
        "evalsvc.cli.sweep",
        sentence("Take away files of uploads that nothing names any more."),
    ),
    "verify": (
        "evalsvc.cli.verify",
        sentence("Recompute everything that is kept, and check the journal."),
    ),
    "anchor": (
        "evalsvc.cli.anchor",
        sentence("Seal the journal, and print what proves it later."),
    ),
    "journal": (
        "evalsvc.cli.journal",
        sentence("Read the journal; delete a text where the law demands it."),
    ),
    "security-log": (
        "evalsvc.cli.security_log",
        sentence("List sign-ins and changes of passwords and rights."),
    ),
    "db": ("evalsvc.cli.database", sentence("Bring the database up to date.")),
}

EXAMPLES = (
    ("evalsvc criteria check ty-b.yaml", sentence("Check a criteria file and name every fault.")),
    ("evalsvc score TV-2019 so-noi-vu.yaml", sentence("Score one unit with a set that ships.")),
    ("evalsvc rank round.yaml answers/", sentence("Rank all units of a round.")),
)


def _choose(context: click.Context, option: click.Parameter, code: str | None) -> None:
    if code is not None:
        context.obj = language(code)


@click.group(
    cls=Root,
    told=COMMANDS,
    examples=EXAMPLES,
    help=sentence(
        "Assess and rank how public bodies work with and for the people.\n\n"
        "Criteria sets, answers and rounds are text files; the service with its pages keeps "
        "what people enter in a database. The same answers always give the same points, and every "
        "step of them is shown."
    ),
)
@click.option(
    "--lang",
    type=click.Choice(CODES),
    envvar=LANGUAGE_VARIABLE,
    is_eager=True,
    expose_value=False,
    callback=_choose,
    help=sentence(
        "Language of what is printed: vi (usual) or en. Also by the variable EVALSVC_LANG."
    ),
)
def main() -> None:
    pass

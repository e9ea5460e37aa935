"""evalsvc demo: a province that is not real, to try everything with."""

from collections.abc import Iterator

import click

from evalsvc.cli.machine import MachineDeed, opened, read_settings
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import demo, depot
from evalsvc.usecases.demo_people import PASSWORD, Shown
from evalsvc.words.account_roles import role_name
from evalsvc.words.language import Language, sentence

EXAMPLES = (
    (
        "EVALSVC_DATABASE_URL=sqlite:///demo.db evalsvc demo",
        sentence("In a file of its own, after evalsvc init."),
    ),
)


@click.command(
    "demo",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Fill an empty database with the demo province: 130 units, last year concluded, this year "
        "half-way through. Prints an account for each role; all have the same password, so never "
        "do this where real data will be kept."
    ),
)
@click.pass_context
def command(context: click.Context) -> None:
    with opened() as office:
        made = office.do(SERVICE, demo.fill, depot=depot.of_settings(read_settings()))
    language = spoken(context)
    facts = {"units": made.units, "sheets": made.sheets}
    click.echo(language.say("The demo province has {units} units and {sheets} sheets.", **facts))
    for line in accounts_said(language, made.accounts):
        click.echo(line)


def accounts_said(language: Language, shown: tuple[Shown, ...]) -> Iterator[str]:
    width = max(len(each.name) for each in shown)
    yield language.say("Accounts to try, all with the password {password}", password=PASSWORD)
    for each in shown:
        of = f" ({each.label})" if each.label else ""
        yield f"  {each.name:<{width}}  {role_name(language, each.role)}{of}"

"""evalsvc account create: a new account, whose first password is shown once."""

import click

from evalsvc.cli.account.first_password import say_first_password
from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE, Grant
from evalsvc.usecases import accounts
from evalsvc.usecases.accounts import FirstPassword
from evalsvc.usecases.work import Work
from evalsvc.words.language import sentence

NAMED = "named"

EXAMPLES = (
    (
        "evalsvc account create so-noi-vu.bien-tap --role editor@so-noi-vu "
        '--label "Sở Nội vụ, cán bộ kê khai"',
        sentence("The editor of one unit."),
    ),
)


@click.command(
    "create",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Make an account and print its first password once. It has to be changed at the first "
        "sign-in; only its digest is kept.\n\n"
        "NAME is what people sign in with: small letters a–z, digits, hyphens and points."
    ),
)
@click.argument("name", metavar=sentence("NAME"))
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    help=sentence(
        "A role, once for each: editor@UNIT, head@UNIT; evaluator and lead for all units, or "
        "@UNIT, @kind:KIND, @block:BLOCK; answerer; leader; admin; named for somebody whom "
        "rounds name for some lines."
    ),
)
@click.option(
    "--label",
    required=True,
    help=sentence("How pages and the journal call it, such as “Sở Nội vụ, cán bộ kê khai”."),
)
@click.option("--email", default="", help=sentence("Where mails go; without it there are none."))
@click.pass_context
def command(
    context: click.Context, name: str, roles: tuple[str, ...], label: str, email: str
) -> None:
    first = accounts.first_password()
    with opened() as office:
        office.do(SERVICE, _made, name, (label, email), roles, first)
    say = spoken(context).say
    click.echo(say("Account: {name} ({label})", name=accounts.folded(name), label=label))
    click.echo(say("Roles: {roles}", roles=", ".join(roles)))
    say_first_password(spoken(context), first)


def _made(
    doing: Work, name: str, whose: tuple[str, str], roles: tuple[str, ...], first: FirstPassword
) -> tuple[Grant, ...]:
    label, email = whose
    grants = accounts.grants_of(doing, tuple(role for role in roles if role != NAMED))
    named = NAMED in roles and not grants
    accounts.create(doing, name, label, None if named else grants, first, email)
    return grants

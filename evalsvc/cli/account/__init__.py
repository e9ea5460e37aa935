"""evalsvc account …: who signs in with which roles."""

import click

from evalsvc.cli.told import Group
from evalsvc.words.language import sentence

ABOUT = sentence("Keep accounts: make, reset, end and list them.")

COMMANDS = {
    "create": (
        "evalsvc.cli.account.create",
        sentence("Make an account and print its first password once."),
    ),
    "reset": (
        "evalsvc.cli.account.reset",
        sentence("Give a new first password and sign out everywhere."),
    ),
    "email": ("evalsvc.cli.account.email", sentence("Set the mail address of an account.")),
    "end": (
        "evalsvc.cli.account.end",
        sentence("End an account; what was done with it stays in the journal."),
    ),
    "list": ("evalsvc.cli.account.listing", sentence("List all accounts with their roles.")),
}

EXAMPLES = (
    (
        "evalsvc account create so-noi-vu.bien-tap --role editor@so-noi-vu "
        '--label "Sở Nội vụ, cán bộ kê khai"',
        sentence("The editor of one unit."),
    ),
    (
        "evalsvc account create tham-dinh.xa --role evaluator@kind:xa "
        '--label "Tổ thẩm định cấp xã"',
        sentence("An evaluator of all communes."),
    ),
    (
        "evalsvc account reset so-noi-vu.bien-tap",
        sentence("A new first password for somebody who has forgotten theirs."),
    ),
)


@click.group(
    "account",
    cls=Group,
    told=COMMANDS,
    examples=EXAMPLES,
    help=sentence(
        "Keep accounts. They are named by role, such as so-noi-vu.bien-tap, and each has its first "
        "password changed at the first sign-in."
    ),
)
def command() -> None:
    pass

"""evalsvc journal blank: the text of one entry goes; that it was there, who and why, stays."""

import click

from evalsvc.cli.machine import MachineDeed, opened
from evalsvc.cli.told import spoken
from evalsvc.domain.access import SERVICE
from evalsvc.usecases import blank
from evalsvc.words.language import sentence

EXAMPLES = (
    (
        'evalsvc journal blank 2026/so-noi-vu 17 --reason "Công văn 12/SNV: dữ liệu cá nhân"',
        sentence("A reason that held personal data."),
    ),
)


@click.command(
    "blank",
    cls=MachineDeed,
    examples=EXAMPLES,
    help=sentence(
        "Delete what one entry says, and its copies beside the journal, where the law demands it. "
        "Who did what and when stays; a new entry tells who deleted it and why. The chain still "
        "verifies. It cannot be undone.\n\n"
        "STREAM is ROUND/UNIT for a sheet, else a name that evalsvc anchor shows; NUMBER is the "
        "entry, as evalsvc journal show has it."
    ),
)
@click.argument("stream", metavar=sentence("STREAM"))
@click.argument("number", metavar=sentence("NUMBER"), type=click.IntRange(min=1, max=2**31 - 1))
@click.option("--reason", required=True, help=sentence("On what the deletion rests; it stays."))
@click.pass_context
def command(context: click.Context, stream: str, number: int, reason: str) -> None:
    with opened() as office:
        done = office.do(SERVICE, blank.blank, stream, number, reason)
    say = spoken(context).say
    click.echo(
        say(
            "The text of entry {number} of {stream} is deleted, and {copies} copies of it.",
            number=number,
            stream=done.stream,
            copies=done.copies,
        )
    )
    if done.same:
        click.echo(say("Other entries hold the same words: {numbers}.", numbers=done.same))

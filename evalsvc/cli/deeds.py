"""A command that works with files: what is wrong with them is said, and it ends with 1."""

import importlib
from typing import Any

import click

from evalsvc.catalog.faults import Faulty
from evalsvc.cli.told import Command, spoken
from evalsvc.domain.errors import Refused


def refusals() -> Any:
    """`evalsvc.cli.refusals`, loaded when something is wrong: a sound file needs none of it."""
    return importlib.import_module("evalsvc.cli.refusals")


class Deed(Command):
    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (Faulty, Refused, OSError) as error:
            refusals().tell(spoken(ctx), error)
        return ctx.exit(1)

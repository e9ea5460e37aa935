"""Commands whose help and usage errors are told in the language of the reader.

Help is declared in English beside the option it explains; the catalogue has the Vietnamese of it.
Modules of commands are imported when a command runs: `--help` must not wait for the engine.
"""

import gc
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from evalsvc.words.language import CODES, VIETNAMESE, Language, language, sentence

NAME = "evalsvc"
LANGUAGE_VARIABLE = "EVALSVC_LANG"
SENTENCES_OF_CLICK = (
    sentence("[OPTIONS]"),
    sentence("COMMAND [ARGS]..."),
    sentence("Show this message and exit."),
)


def _loaded(module: str) -> click.Command:
    """The command of a module, loaded with the collector off.

    It would look through the half-loaded modules again and again, for a tenth of the whole time.
    """
    gc.disable()
    try:
        command: click.Command = importlib.import_module(module).command
    finally:
        gc.enable()
    gc.freeze()
    return command


Examples = Sequence[tuple[str, str]]
"""A command line to copy, and what it does."""


def spoken(context: click.Context | None = None) -> Language:
    """The language chosen on the command line, else that of the environment."""
    chosen = context.find_object(Language) if context is not None else None
    if chosen is not None:
        return chosen
    code = os.environ.get(LANGUAGE_VARIABLE, VIETNAMESE)
    return language(code if code in CODES else VIETNAMESE)


class Command(click.Command):
    """A command that ends its help with examples."""

    def __init__(self, *args: Any, examples: Examples = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = spoken(ctx).say
        pieces = " ".join(say(piece) for piece in self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{say('Usage')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.indentation():
            for paragraph in spoken(ctx).say(self.help or "").split("\n\n"):
                formatter.write_paragraph()
                formatter.write_text(paragraph)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = spoken(ctx).say
        rows = [
            (record[0], say(param.help or ""))
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx))
        ]
        with formatter.section(say("Options")):
            formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = spoken(ctx).say
        if not self.examples:
            return
        with formatter.section(say("Examples")):
            for line, meaning in self.examples:
                formatter.write(f"  {line}\n")
                with formatter.indentation(), formatter.indentation():
                    formatter.write_text(say(meaning))


class Group(Command, click.Group):
    """A group that knows what its commands are for without importing them."""

    def __init__(self, *args: Any, told: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = told

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.told)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.told:
            return None
        return _loaded(self.told[cmd_name][0])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = spoken(ctx).say
        with formatter.section(say("Commands")):
            formatter.write_dl([(name, say(about)) for name, (_, about) in self.told.items()])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


class Root(Group):
    """The first word on the command line: tells usage errors, and never shows a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        _speak_utf_8()
        kwargs["standalone_mode"] = False
        try:
            code = super().main(*args, **kwargs)
        except click.UsageError as error:
            code = _tell(error)
        except click.Abort:
            code = 1
        sys.exit(code if isinstance(code, int) else 0)


def _speak_utf_8() -> None:
    """Vietnamese needs it even where the terminal or the pipe says otherwise."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _tell(error: click.UsageError) -> int:
    say = spoken(error.ctx).say
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return error.exit_code
    click.echo(_what_is_wrong(error, spoken(error.ctx)), err=True)
    path = error.ctx.command_path if error.ctx else NAME
    click.echo(say("Try: {line}", line=f"{path} --help"), err=True)
    return error.exit_code


def _what_is_wrong(error: click.UsageError, language: Language) -> str:
    context = error.ctx
    match error:
        case click.MissingParameter(param=click.Parameter() as param) if context is not None:
            name = language.say(param.make_metavar(context))
            return language.say("Missing on the command line: {name}.", name=name)
        case click.NoSuchOption(option_name=name):
            return language.say("There is no option {name}.", name=name)
        case click.exceptions.NoSuchCommand(command_name=name):
            return language.say("There is no command {name}.", name=name)
        case click.BadParameter(param=click.Option(type=click.Choice(choices=choices)) as param):
            name, known = param.opts[-1], ", ".join(str(each) for each in choices)
            return language.say("{name} is one of: {known}.", name=name, known=known)
        case click.BadOptionUsage(option_name=name):
            return language.say("The option {name} is not used like this.", name=name)
        case _:
            text = error.format_message()
            return language.say("The command line cannot be read: {text}", text=text)

"""Help teaches, in both languages, and does not wait for the engine."""

from collections.abc import Iterator

import click
import pytest

from evalsvc.cli import main
from evalsvc.cli.told import Command, Group
from evalsvc.words.language import language

WORDS = {"vi": ("Cách dùng:", "Tùy chọn:", "Ví dụ:"), "en": ("Usage:", "Options:", "Examples:")}


def commands(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], Command]]:
    assert isinstance(command, Command)
    yield path, command
    if isinstance(command, Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            assert under is not None
            yield from commands(under, *path, name)


ALL = tuple(path for path, _ in commands(main))


@pytest.mark.parametrize("lang", WORDS)
@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_has_usage_options_and_an_example(run, path, lang):
    shown = run(*path, "--help", lang=lang)

    assert shown.exit_code == 0
    assert [word for word in WORDS[lang] if word not in shown.stdout] == []


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_nothing_in_vietnamese_help_is_left_in_english(path):
    command = dict(commands(main))[path]
    shown = [command.help or "", *(meaning for _, meaning in command.examples)]
    shown += [each.help or "" for each in command.params if isinstance(each, click.Option)]
    shown += command.collect_usage_pieces(click.Context(command))

    assert [each for each in shown if each not in language().sentences] == []


def test_the_language_of_help_can_be_chosen_on_the_command_line(run):
    assert "Examples:" in run("--lang", "en", "criteria", "check", "--help").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("criteria", "chek"), "Không có lệnh chek."),
        (("criteria", "check"), "Dòng lệnh còn thiếu: TỆP..."),
        (("criteria", "check", "--jsn", "x"), "Không có tùy chọn --jsn."),
        (("criteria", "show", "X", "--format", "pdf"), "--format nhận một trong các giá trị"),
        (("criteria", "show", "X", "--kind"), "Tùy chọn --kind không dùng như vậy."),
        (("criteria", "show", "X", "Y"), "Không đọc được dòng lệnh"),
    ],
)
def test_a_wrong_command_line_is_explained_and_ends_with_2(run, words, said):
    shown = run(*words)

    assert (shown.exit_code, shown.stdout) == (2, "")
    assert said in shown.stderr
    assert "--help" in shown.stderr

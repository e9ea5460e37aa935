"""What a command says when it cannot: faults by place, refusals and files in one sentence."""

import json
from collections.abc import Iterable

import click

from evalsvc.catalog.faults import Fault, Faulty
from evalsvc.domain.errors import Refused
from evalsvc.words.faults import what_is_wrong, what_to_write
from evalsvc.words.language import Language

BETWEEN = "  "
NO_KEY = "—"


def tell(language: Language, error: Faulty | Refused | OSError) -> None:
    """What is wrong, on the error stream."""
    match error:
        case Faulty():
            tell_faults(language, error.faults, to_errors=True)
        case Refused():
            click.echo(_refusal(language, error), err=True)
        case OSError():
            click.echo(of_file(language, error), err=True)


def tell_faults(language: Language, faults: Iterable[Fault], *, to_errors: bool = False) -> None:
    """One line for each, and how many there are on the error stream.

    The lines go there too where the faults are not what was asked for: a table that is written
    to a file must not begin with them.
    """
    lines = [fault_line(language, fault) for fault in faults]
    for line in lines:
        click.echo(line, err=to_errors)
    if len(lines) == 1:
        click.echo(language.say("1 fault."), err=True)
    else:
        click.echo(language.say("{number} faults.", number=len(lines)), err=True)


def fault_line(language: Language, fault: Fault) -> str:
    place = f"{fault.file}:{fault.place.line}:{fault.place.column}"
    return BETWEEN.join(
        (place, fault.key or NO_KEY, what(language, fault), instead(language, fault))
    )


def faults_json(language: Language, faults: Iterable[Fault], unreadable: Iterable[OSError]) -> str:
    """For programs: every fault, and every file that could not be looked at."""
    data = [fault_data(language, fault) for fault in faults]
    data += [unreadable_data(language, error) for error in unreadable]
    return json.dumps(data, ensure_ascii=False, indent=2)


def fault_data(language: Language, fault: Fault) -> dict[str, object]:
    return {
        "file": fault.file,
        "line": fault.place.line,
        "column": fault.place.column,
        "key": fault.key,
        "message": fault.message,
        "what": what(language, fault),
        "instead": instead(language, fault),
    }


def unreadable_data(language: Language, error: OSError) -> dict[str, object]:
    """A file that cannot be read, for programs: they must not take it for a sound one."""
    return {
        "file": str(error.filename or ""),
        "line": 1,
        "column": 1,
        "key": "",
        "message": "unreadable",
        "what": of_file(language, error),
        "instead": "",
    }


def what(language: Language, fault: Fault) -> str:
    said = what_is_wrong(language, fault.message, fault.facts)
    if fault.also is None or fault.also.line == fault.place.line:
        return said
    other = language.say("See line {line} too.", line=fault.also.line)
    return f"{said} {other}"


def instead(language: Language, fault: Fault) -> str:
    return what_to_write(language, fault.message, fault.facts)


def _refusal(language: Language, error: Refused) -> str:
    what = what_is_wrong(language, error.message, error.facts)
    return f"{what} {what_to_write(language, error.message, error.facts)}"


def of_file(language: Language, error: OSError) -> str:
    name = error.filename or "?"
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return language.say("{file}: there is no such file.", file=name)
        case IsADirectoryError():
            return language.say("{file}: this is a folder; name a file in it.", file=name)
        case PermissionError():
            return language.say("{file}: no permission for this file.", file=name)
        case FileExistsError():
            return language.say(
                "{file}: this file exists and is not written over; name another.", file=name
            )
        case _:
            return language.say("{file}: the file cannot be read or written.", file=name)

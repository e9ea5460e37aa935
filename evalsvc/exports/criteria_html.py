"""The table of a criteria set as one HTML file that needs nothing beside it, for paper too."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from evalsvc.exports.criteria_table import (
    Table,
    cap_in_words,
    column_titles,
    document,
    most_in_words,
    numbers,
    subtitle,
)
from evalsvc.words.language import Language

TEMPLATE, STYLE = "criteria/table.html", "criteria/table.css"


def to_html(language: Language, of: Table, templates: Path) -> str:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = (templates / STYLE).read_text("utf-8")
    return environment.get_template(TEMPLATE).render(
        table=of,
        set=of.set,
        language=language.code,
        style=Markup(style),  # noqa: S704 - a file of ours, shipped with the templates
        words=_words(language),
        subtitle=subtitle(language, of),
        columns=column_titles(language, of),
        most_of=lambda row: most_in_words(language, row),
        numbers=lambda values: numbers(language, values),
        document=lambda each: document(language, each),
        cap=lambda section: cap_in_words(language, section),
    )


def _words(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "based_on": say("Based on"),
        "code": say("Code"),
        "criterion": say("Criterion"),
        "decided": say("What was decided"),
        "evidence": say("Evidence"),
        "given_by": say("Given by"),
        "legal_basis": say("Legal basis"),
        "most": say("Most points"),
        "on": say("On"),
        "rule": say("How points are given"),
        "sheets": say("Sum of the sheet"),
        "sum": say("Sum"),
        "version": say("sha256 of the file"),
        "what": say("Decision"),
        "why": say("Reason"),
    }

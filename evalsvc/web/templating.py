"""Templates, once for each language: words that are always the same are said at compile time."""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import partial
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2 import StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from evalsvc import request
from evalsvc.exports.squares import square, squares
from evalsvc.words.amounts import capital
from evalsvc.words.language import CODES, Language, language
from evalsvc.words.sheets import when

ALWAYS_ALIKE = frozenset({"parts/icons.html", "parts/status.html"})
"""Their macros draw the same for the same words, whoever looks."""


def templates(app: Flask) -> dict[str, "Templates"]:
    """Those of each language, by its code."""
    return {code: Templates(app, language(code)) for code in CODES}


class Templates(Environment):
    """Those of one language."""

    def __init__(self, app: Flask, spoken: Language) -> None:
        super().__init__(
            app,
            autoescape=True,
            auto_reload=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.spoken = spoken
        self.filters["vi"] = partial(request.regulation, spoken)
        self.globals.update(
            say=spoken.say,
            language=spoken,
            period=partial(_period, spoken),
            square=square,
            squares=partial(_squares, spoken),
            url_for=app.url_for,
            csrf_token=request.csrf_token,
        )

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One plain dictionary for all: templates have none of their own, and each import asks."""
        return super().make_globals(d) if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Where Jinja lets an environment have its way with what it reads."""
        read = super()._parse(source, name, filename)
        _Said(self, dict(_alike(read))).visit(read)
        return read


def _period(spoken: Language, year: int, half: int | None) -> str:
    return capital(when(spoken, year, half))


def _squares(
    spoken: Language,
    states: Sequence[str],
    size: int,
    per_row: int,
    counted: tuple[int, int] | None = None,
) -> Markup:
    return squares(spoken, states, size=size, per_row=per_row, counted=counted)


_Macro = tuple[str, str]
"""The template in which it stands, and its name there."""


def _alike(source: nodes.Template) -> Iterator[tuple[str, _Macro]]:
    """Imported macros that draw always alike, by the name that they have here."""
    for found in source.find_all(nodes.FromImport):
        template = found.template
        if isinstance(template, nodes.Const) and template.value in ALWAYS_ALIKE:
            for each in found.names:
                there, here = (each, each) if isinstance(each, str) else each
                yield here, (template.value, there)


class _Said(NodeTransformer):
    """Puts the words of the language in the place of sentences without facts, and the drawing in
    the place of a macro whose words are all there."""

    def __init__(self, of: Templates, alike: Mapping[str, _Macro]) -> None:
        self.of = of
        self.alike = alike

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as Jinja names it
        self.generic_visit(node)
        words = _words(node)
        if words is None or not isinstance(node.node, nodes.Name):
            return node
        name = node.node.name
        if name == "say":
            return nodes.Const(self.of.spoken.say(*words), lineno=node.lineno)
        if name in self.alike:
            template, macro = self.alike[name]
            drawn = getattr(self.of.get_template(template).module, macro)(*words)
            return nodes.TemplateData(drawn, lineno=node.lineno)
        return node


def _words(call: nodes.Call) -> list[Any] | None:
    """What a call is given, where it is all known already."""
    if call.kwargs or call.dyn_args or call.dyn_kwargs:
        return None
    if all(isinstance(each, nodes.Const) for each in call.args):
        return [each.value for each in call.args if isinstance(each, nodes.Const)]
    return None

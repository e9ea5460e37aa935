"""Forms as a person fills them in: by the label of a field, and sent with all that is hidden."""

import re
from collections.abc import Iterable, Mapping
from io import BytesIO

from werkzeug.datastructures import MultiDict

from tests.dom import Document, Element, raw, squeezed
from tests.page_checks import label_of, name_of, said

Label = str | tuple[str, str]
"""A label; where several fields have the same one, (the legend of the fieldset, the label)."""
Upload = tuple[str, bytes]
Given = str | bool | list[str] | Upload

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption")
GROUPS = ("fieldset", "section", "article", "tr", "li")
CHOICES = ("radio", "checkbox")
BUTTONS = ("submit", "image", "reset", "button")


class Form:
    """One form of a page and what stands in it; the page itself does not change."""

    def __init__(self, element: Element, document: Document) -> None:
        self.element = element
        self.document = document
        every = document.all("input", "select", "textarea", "button")
        mine = [each for each in every if belongs(each, element) and not disabled(each)]
        self.buttons = [each for each in mine if is_button(each)]
        self.controls = [each for each in mine if not is_button(each)]
        self.names_of = {each: label_of(each, document) for each in self.controls}
        self.state: dict[Element, Given] = {each: initial(each) for each in self.controls}

    @property
    def names(self) -> list[str]:
        """By what it can be asked for: its address, headings in and above it, its buttons."""
        around = self.element.above("section", "article", "main")
        near = around.first(*HEADINGS) if around else None
        inside = [each.text for each in self.element.all(*HEADINGS)]
        own = [self.element["action"], said(self.element, self.document), near.text if near else ""]
        buttons = [name_of(each, self.document) or each["value"] for each in self.buttons]
        return [name for name in (*own, *inside, *buttons) if name]

    @property
    def labels(self) -> list[str]:
        shown = [each for each in self.controls if each["type"] != "hidden"]
        return [self.names_of[each] for each in shown]

    def value(self, label: Label) -> Given:
        return self.state[self.field(label)]

    def fill(self, answers: Mapping[Label, Given]) -> "Form":
        for label, given in answers.items():
            group = self._group(label) if isinstance(given, str | list) else []
            if group:
                self._choose(group, given)
            else:
                self._put(self.field(label), given)
        return self

    def field(self, label: Label) -> Element:
        within, wanted = label if isinstance(label, tuple) else ("", label)
        named = self.names_of.items()
        inside = [(name, each) for each, name in named if not within or grouped(each, within)]
        found = [each for name, each in inside if name == squeezed(wanted)]
        found = found or [each for name, each in inside if begins(name, wanted)]
        assert len(found) == 1, f"{len(found)} fields “{label}” among {self.labels}"
        return found[0]

    def data(self, button: str = "") -> MultiDict[str, str | tuple[BytesIO, str]]:
        """What a browser would send, in the order of the page, with the button that was pressed."""
        sent: MultiDict[str, str | tuple[BytesIO, str]] = MultiDict()
        pressed = self.button(button)
        for each in (*self.controls, *([pressed] if pressed else [])):
            if each["name"]:
                for value in values_sent(each, self.state.get(each, each["value"])):
                    sent.add(each["name"], value)
        return sent

    def button(self, text: str = "") -> Element | None:
        """The one with this text; without a text the first, as when Enter is pressed."""
        sending = [each for each in self.buttons if each["type"] in {"", "submit", "image"}]
        if not text:
            return next(iter(sending), None)
        named = [(name_of(each, self.document) or each["value"], each) for each in sending]
        found = [each for name, each in named if name == text]
        assert len(found) == 1, f"{len(found)} buttons “{text}” among {[name for name, _ in named]}"
        return found[0]

    def _group(self, label: Label) -> list[Element]:
        """Radio buttons or checkboxes whose fieldset has the label as its legend."""
        within, wanted = label if isinstance(label, tuple) else ("", label)
        choices = [each for each in self.controls if each["type"] in CHOICES]
        group = [each for each in choices if begins(legend_of(each), wanted)]
        exact = [each for each in group if legend_of(each) == squeezed(wanted)]
        return [each for each in exact or group if not within or grouped(each, within)]

    def _choose(self, group: list[Element], given: Given) -> None:
        wanted = given if isinstance(given, list) else [given]
        names = [self.names_of[each] for each in group]
        missing = [each for each in wanted if each not in names]
        assert not missing, f"no choice {missing} among {names}"
        for each, name in zip(group, names, strict=True):
            self.state[each] = name in wanted

    def _put(self, control: Element, given: Given) -> None:
        if control["type"] == "radio":
            for each in self.controls:
                if each["type"] == "radio" and each["name"] == control["name"]:
                    self.state[each] = False
        fits = Form._fits(control)
        assert isinstance(given, fits), f"{control} does not take {given!r}"
        assert "readonly" not in control, f"{control} cannot be changed"
        self.state[control] = chosen(control, given) if control.tag == "select" else given

    @staticmethod
    def _fits(control: Element) -> type | tuple[type, ...]:
        if control.tag == "select":
            return (str, list)
        return {"checkbox": bool, "radio": bool, "file": tuple}.get(control["type"], str)


def belongs(control: Element, form: Element) -> bool:
    return control["form"] == form["id"] if "form" in control else control.above("form") is form


def is_button(control: Element) -> bool:
    return control.tag == "button" or control["type"] in BUTTONS


def disabled(control: Element) -> bool:
    around: Element | None = control
    while around is not None:
        if "disabled" in around and around.tag in {control.tag, "fieldset"}:
            return True
        around = around.above("fieldset")
    return False


def initial(control: Element) -> Given:
    if control["type"] in CHOICES:
        return "checked" in control
    if control.tag == "textarea":
        return raw(control).removeprefix("\n")
    if control.tag == "select":
        return initial_options(control)
    return ("", b"") if control["type"] == "file" else control["value"]


def initial_options(select: Element) -> Given:
    options = select.all("option")
    marked = [value_of(each) for each in options if "selected" in each]
    if "multiple" in select:
        return marked
    return (marked or [value_of(each) for each in options] or [""])[-1 if marked else 0]


def chosen(select: Element, given: Given) -> Given:
    """Options are named by what is read, or by their value where that is easier to say."""
    by_name = {each.text: value_of(each) for each in reversed(select.all("option"))}
    wanted = given if isinstance(given, list) else [str(given)]
    values = [by_name.get(each, each) for each in wanted]
    missing = [each for each in values if each not in by_name.values()]
    assert not missing, f"no option {missing} among {list(by_name)}"
    return values if "multiple" in select else values[0]


def value_of(option: Element) -> str:
    return option.attributes.get("value", option.text)


def values_sent(control: Element, given: Given) -> Iterable[str | tuple[BytesIO, str]]:
    match given:
        case bool():
            return [control.attributes.get("value", "on")] if given else []
        case list():
            return given
        case tuple():
            return [(BytesIO(given[1]), given[0])]
        case str():
            return [re.sub(r"\r?\n", "\r\n", given) if control.tag == "textarea" else given]


def legend_of(control: Element) -> str:
    group = control.above("fieldset")
    legend = group.first("legend") if group else None
    return legend.text if legend else ""


def grouped(control: Element, heading: str) -> bool:
    """Does a fieldset, section, row or list item around it begin with these words?"""
    around = control.above(*GROUPS)
    while around is not None and not begins(around.text, heading):
        around = around.above(*GROUPS)
    return around is not None


def begins(text: str, words: str) -> bool:
    """Whole words: “B1” begins “B1. Nước”, but not “B10” or “B1.2”."""
    return re.match(re.escape(squeezed(words)) + r"\W*(\s|$)", text) is not None

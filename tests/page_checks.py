"""What every page must be, whoever asked for it; a fault is a sentence about one page."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from werkzeug.datastructures import Headers

from tests.dom import Document, Element

NO_FIELD = frozenset({"hidden", "submit", "button", "reset", "image"})
LABELABLE = frozenset({"input", "select", "textarea", "button", "meter", "output", "progress"})
REFERENCES = (
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-owns",
    "aria-errormessage",
    "aria-details",
    "headers",
    "list",
    "form",
)
CODE = ("script", "link", "img", "iframe", "source", "object", "embed", "audio", "video")
LEFT_OVER = re.compile(r"\{\{|\{%|%\([a-z_]+\)s|\{[a-z_]+\}")
NO_NESTING = {"a": ("a",), "button": ("a", "button"), "form": ("form",), "label": ("label",)}
HEADERS = {
    "X-Content-Type-Options": re.compile("nosniff"),
    "Referrer-Policy": re.compile("no-referrer|same-origin|strict-origin"),
    "Content-Security-Policy": re.compile("default-src 'none'"),
}

Check = Callable[[Document], Iterator[str]]


def faults_of_headers(headers: Headers) -> list[str]:
    faults = []
    for name, pattern in HEADERS.items():
        if not pattern.search(headers.get(name, "")):
            faults.append(f"header {name}: {headers.get(name)}")
    policy = headers.get("Content-Security-Policy", "")
    if "unsafe" in policy:
        faults.append(f"header Content-Security-Policy allows what is unsafe: {policy}")
    if "frame-ancestors 'none'" not in policy and headers.get("X-Frame-Options") != "DENY":
        faults.append("no header forbids framing")
    return faults


def faults_of_page(document: Document) -> list[str]:
    faults = list(document.faults)
    for check in CHECKS:
        faults += check(document)
    return faults


def head(document: Document) -> Iterator[str]:
    root = next(iter(document.all("html")), None)
    if document.doctype != "doctype html":
        yield "no <!doctype html>"
    if root is None or not root["lang"]:
        yield "<html> has no lang"
    headings = [each.text for each in document.all("h1")]
    titles = [each.text for each in document.all("title") if each.above("svg") is None]
    if len(headings) != 1 or len(titles) != 1:
        yield f"not one title and one h1: {titles}, {headings}"
    elif not headings[0] or not titles[0].startswith(headings[0]):
        yield f"the title “{titles[0]}” does not begin with the h1 “{headings[0]}”"


def identifiers(document: Document) -> Iterator[str]:
    counted = Counter(each["id"] for each in document.elements if "id" in each)
    for name, times in counted.items():
        if times > 1:
            yield f"id “{name}” stands {times} times"
        if not name or name.split() != [name]:
            yield f"id “{name}” is not one word"
    for element in document.elements:
        for attribute in REFERENCES:
            for name in element[attribute].split():
                if name not in counted:
                    yield f"{element}: no element has the id “{name}”"
        target = element["href"] if element.tag == "a" else ""
        if target.startswith("#") and target != "#top" and target[1:] not in counted:
            yield f"{element} leads nowhere on the page"


def fields(document: Document) -> Iterator[str]:
    for label in document.all("label"):
        target = document.ids.get(label["for"])
        if "for" in label and (target is None or target.tag not in LABELABLE):
            yield f"{label} is for nothing that can be filled in"
        if "for" not in label and label.first(*LABELABLE) is None:
            yield f"{label} “{label.text}” is for nothing"
    for element in document.all("input", "select", "textarea"):
        if element["type"] not in NO_FIELD and not label_of(element, document):
            yield f"{element} has no label"


def forms(document: Document) -> Iterator[str]:
    for form in document.all("form"):
        token = form.first("input", type="hidden", name="csrf")
        if form["method"].lower() == "post" and (token is None or not token["value"]):
            yield f"{form} has no csrf field"
        if form["method"].lower() not in {"post", "get"}:
            yield f"{form} does not say its method"
        if token is not None and form["method"].lower() == "get":
            yield f"{form} would put its csrf field into the address"


def words(document: Document) -> Iterator[str]:
    for element in document.all("a", "button", "summary"):
        link = element.tag != "a" or "href" in element
        if link and not name_of(element, document):
            yield f"{element} has no text"
    for image in document.all("img"):
        if "alt" not in image:
            yield f"{image} has no alt"
    left = LEFT_OVER.search(document.root.text)
    if left:
        yield f"“{left[0]}” was left unfilled in the text"


def code(document: Document) -> Iterator[str]:
    for element in document.elements:
        for name in element.attributes:
            if name == "style" or name.startswith("on"):
                yield f"{element} has code or style in the page"
        if element["href"].strip().lower().startswith("javascript:"):
            yield f"{element} has code in its address"
        data = element.tag == "script" and element["type"] == "application/json"
        if element.tag == "style" or (element.tag == "script" and element.text and not data):
            yield f"{element} stands in the page"
        address = element["src"] or element["href"]
        if element.tag in CODE and address and not re.match(r"/(?!/)", address):
            yield f"{element} comes from elsewhere"


def nesting(document: Document) -> Iterator[str]:
    for element in document.elements:
        around = element.above(*NO_NESTING.get(element.tag, ()))
        if around is not None:
            yield f"{element} stands inside {around}"


CHECKS: tuple[Check, ...] = (head, identifiers, fields, forms, words, code, nesting)


def name_of(element: Element, document: Document) -> str:
    """What a screen reader says for it, pictures by their alternative text."""
    pictures = " ".join(each["alt"] or each["aria-label"] for each in element.all("img", "svg"))
    titles = " ".join(title.text for title in element.all("title"))
    return said(element, document) or element.text or pictures.strip() or titles


def label_of(element: Element, document: Document) -> str:
    """The label a person sees, else the one only read aloud."""
    labels = list(document.labels.get(element["id"], ()))
    around = element.above("label")
    labels += [around] if around is not None and around not in labels else []
    return " ".join(each.text for each in labels) or said(element, document)


def said(element: Element, document: Document) -> str:
    names = element["aria-labelledby"].split()
    pointed = [document.ids[name].text for name in names if name in document.ids]
    return " ".join(pointed) or element["aria-label"].strip()

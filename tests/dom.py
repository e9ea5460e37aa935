"""The tree of an HTML page, read strictly: what a browser would silently repair is a fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()  # noqa: SIM905
)
INLINE = frozenset(
    "a abbr b bdi cite code em i kbd mark q s small span strong sub sup time u wbr".split()  # noqa: SIM905
)
UNSEEN = frozenset({"script", "style", "template", "title"})
FOREIGN = "svg"


def squeezed(text: str) -> str:
    """As it is read: every run of white space, the unbreakable one too, is one space."""
    return " ".join(text.split())


def raw(element: "Element") -> str:
    parts = []
    for child in element.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag not in UNSEEN:
            parts.append(raw(child) if child.tag in INLINE else f" {raw(child)} ")
    return "".join(parts)


@dataclass(eq=False)
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """The attribute, empty where it is absent (`in` tells the difference)."""
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def __iter__(self) -> Iterator["Element"]:
        """All elements below, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child

    def all(self, *tags: str, **attributes: str) -> list["Element"]:
        return [each for each in self if each.tag in tags and each.has(attributes)]

    def first(self, *tags: str, **attributes: str) -> "Element | None":
        return next(iter(self.all(*tags, **attributes)), None)

    def has(self, attributes: dict[str, str]) -> bool:
        """Underscores stand for hyphens, a last one guards a Python word: `class_`, `aria_live`."""
        named = {name.rstrip("_").replace("_", "-"): each for name, each in attributes.items()}
        return all(self.attributes.get(name) == each for name, each in named.items())

    def above(self, *tags: str) -> "Element | None":
        """The nearest of these tags around it."""
        around = self.parent
        while around is not None and around.tag not in tags:
            around = around.parent
        return around

    @property
    def text(self) -> str:
        """What is read on the page, scripts and titles apart."""
        return squeezed(raw(self))

    def __str__(self) -> str:
        words = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.tag}{words}>"


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.here = self.root
        self.doctype = ""
        self.faults: list[str] = []

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl.lower()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._added(tag, attrs)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._added(tag, attrs)
        if tag not in VOID and tag != FOREIGN and element.above(FOREIGN) is None:
            self._fault(f"{element} is not closed by its slash")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.here.tag:
            assert self.here.parent is not None
            self.here = self.here.parent
            return
        self._fault(f"</{tag}> stands where </{self.here.tag}> is due")
        around = self.here.above(tag)
        if around is not None and around.parent is not None:
            self.here = around.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)

    def _added(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        if len(element.attributes) < len(attrs):
            self._fault(f"{element} has an attribute twice")
        self.here.children.append(element)
        return element

    def _fault(self, text: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {text}")


@dataclass(frozen=True)
class Document:
    """A page with its indexes: pages of hundreds of fields are searched for each of them."""

    root: Element
    doctype: str
    faults: tuple[str, ...]
    elements: tuple[Element, ...]
    ids: Mapping[str, Element]
    labels: Mapping[str, tuple[Element, ...]]

    def all(self, *tags: str) -> list[Element]:
        return [each for each in self.elements if each.tag in tags]


def read(text: str) -> Document:
    reader = Reader()
    reader.feed(text)
    reader.close()
    if reader.here is not reader.root:
        reader.faults.append(f"{reader.here} is never closed")
    elements = tuple(reader.root)
    labels: dict[str, tuple[Element, ...]] = {}
    for each in elements:
        if each.tag == "label" and each["for"]:
            labels[each["for"]] = (*labels.get(each["for"], ()), each)
    ids = {each["id"]: each for each in elements if each["id"]}
    return Document(reader.root, reader.doctype, tuple(reader.faults), elements, ids, labels)

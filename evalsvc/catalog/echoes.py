"""Which flaws of a whole set may be no more than the echo of a flaw in the shape of its file."""

from collections.abc import Iterator, Sequence

from evalsvc.domain.errors import Flaw, Path

SUMS = frozenset({"group-sum", "heading-sum", "group-most-missing", "nothing-in-column"})
SHEETS = frozenset({"sheet-does-not-fit", "sheet-is-empty"})
OF_SCALES = frozenset({"no-such-item", "no-such-answer", "total-of-no-part"})
NAMED_IN = {
    "names-nothing": frozenset({"groups"}),
    "no-such-tag": frozenset({"tags"}),
    "no-such-flag": frozenset({"flags"}),
    "no-such-title": frozenset({"titles"}),
    "no-such-kind": frozenset({"kinds"}),
    "no-such-column": frozenset({"columns"}),
    "column-without-kind": frozenset({"kinds"}),
    "flag-without-gate": frozenset({"gates"}),
}
"""Where the name would stand, or be used, by message: a flaw there may be the only one."""

BEHIND = {
    "sheet-is-empty": "no-such-column",
    "sheet-does-not-fit": "no-such-column",
    "never-valid": "years-out-of-order",
}
"""A flaw that another one of the whole set has brought about, by message."""

_A_LINE = 4
_GROUP = 2
_COUNTING = frozenset({"most", "as", "criteria", "parts", "kind"})
_SIZES = frozenset({"columns", "kinds", "fit", "scale", "decimals"})


def prefixes(path: Path) -> Iterator[Path]:
    """A path and everything around it."""
    return (path[:length] for length in range(len(path) + 1))


def without_echoes(found: Sequence[Flaw], shape: Sequence[Flaw]) -> list[Flaw]:
    """The flaws that stand on their own beside those of the shape."""
    known = _Known(shape, found)
    return [flaw for flaw in found if not known.explains(flaw)]


class _Known:
    """What is wrong with the shape, put so that each question is one look."""

    def __init__(self, shape: Sequence[Flaw], found: Sequence[Flaw]) -> None:
        counting = [flaw for flaw in shape if _changes_sums(flaw)]
        self.groups = {flaw.path[:_GROUP] for flaw in counting}
        self.found = {flaw.message for flaw in found}
        self.sizes = bool(counting) or not self.found.isdisjoint(SUMS)
        self.parts = {str(flaw.path[0]) for flaw in shape if flaw.path}
        self.hidden = {str(flaw.path[0]) for flaw in shape if flaw.path and _hides_a_name(flaw)}
        self.around = {path for flaw in shape for path in prefixes(flaw.path) if path}

    def explains(self, flaw: Flaw) -> bool:
        if flaw.message in SUMS:
            return flaw.path[:_GROUP] in self.groups
        if flaw.message in SHEETS and self.sizes:
            return True
        if flaw.message in OF_SCALES:
            return "groups" in self.parts
        if flaw.message in NAMED_IN and not NAMED_IN[flaw.message].isdisjoint(self.hidden):
            return True
        unread = flaw.path[:-1] if flaw.message == "on-no-sheet" else flaw.path
        return BEHIND.get(flaw.message) in self.found or unread in self.around


def _changes_sums(flaw: Flaw) -> bool:
    """Whether a sum may be wrong only because this part of it could not be read."""
    if flaw.path[:1] != ("groups",):
        return bool(flaw.path) and flaw.path[0] in _SIZES
    whole_item = len(flaw.path) <= _A_LINE
    return whole_item or flaw.message == "unknown-key" or not _COUNTING.isdisjoint(flaw.path)


def _hides_a_name(flaw: Flaw) -> bool:
    """Whether something that has, or uses, a name could not be read."""
    if flaw.path[0] != "groups":
        return True
    whole_item = len(flaw.path) in (_GROUP, _A_LINE)
    return whole_item or flaw.message == "unknown-key" or flaw.path[-1] in ("code", "only")

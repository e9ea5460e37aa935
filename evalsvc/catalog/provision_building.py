"""From what stands beside the lines of a file to gates, quotas, titles, targets and rules."""

import re
from collections.abc import Callable
from decimal import Decimal

from evalsvc.catalog.line_building import Read, named_code
from evalsvc.domain.conditions import (
    AllOf,
    AnswerIs,
    AnyOf,
    AtZero,
    ChildrenBelow,
    Condition,
    CriterionBelow,
    Flagged,
    GroupBelow,
    NotHeld,
    Tagged,
)
from evalsvc.domain.criteria import Decided, Document
from evalsvc.domain.errors import Unsound, flaw
from evalsvc.domain.provisions import (
    AnswerOf,
    Band,
    BandShare,
    BaseIs,
    Bounds,
    Comparison,
    Gate,
    Ladder,
    Operand,
    Per,
    PointsOf,
    Quota,
    Rounding,
    Sign,
    Target,
    Title,
    TitleHolders,
    TotalOf,
)

_RULE = re.compile(r"(.+?)\s*(>=|<=|!=|>|<|=)\s*(.+)")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
ANSWER = "answer "


def ladder(read: list[Read]) -> Ladder:
    return tuple(
        Band(
            named_code(each),
            each["name"],
            each["more_than"] if "more_than" in each else each["from_"],
            above="more_than" in each,
        )
        for each in read
    )


def _all(read: list[Read]) -> tuple[Condition, ...]:
    return tuple(condition(each) for each in read)


def _answer_is(read: Read) -> Condition:
    criterion, _, due = read["answer"].partition("/")
    value = read.get("is_", read.get("is_not"))
    return AnswerIs(criterion, str(value), negated="is_not" in read, due=due)


_CONDITIONS: dict[str, Callable[[Read], Condition]] = {
    "not_held": lambda read: NotHeld(*read["not_held"]),
    "answer": _answer_is,
    "criterion": lambda read: CriterionBelow(read["criterion"], read["below"]),
    "group": lambda read: GroupBelow(read["group"], read["below"]),
    "zero": lambda read: AtZero(read["zero"]),
    "flag": lambda read: Flagged(read["flag"]),
    "tag": lambda read: Tagged(read["tag"]),
    "children": lambda read: ChildrenBelow(
        read["set"], read["children"], tuple(read["bands"]), read["below"]
    ),
    "all_of": lambda read: AllOf(_all(read["all_of"])),
    "any_of": lambda read: AnyOf(_all(read["any_of"])),
}


def condition(read: Read) -> Condition:
    """The schema has let exactly one of these keys pass."""
    return next(make for key, make in _CONDITIONS.items() if key in read)(read)


def gate(read: Read) -> Gate:
    return Gate(
        read["code"],
        read["name"],
        condition(read["if_"]),
        at_most=read.get("at_most", ""),
        no_title=read.get("no_title", False),
        unrated=read.get("unrated", False),
    )


def rule(read: Read, codes: set[str]) -> Comparison:
    """`3.2 > 3.1`: an operand that is a code is that criterion's points, else a number."""
    if not (match := _RULE.fullmatch(read["if_"])):
        raise Unsound([flaw("not-a-comparison", "if", text=read["if_"])])
    left, sign, right = match.groups()
    return Comparison(_operand(left, codes), Sign(sign), _operand(right, codes), read["say"])


def _operand(text: str, codes: set[str]) -> Operand:
    if text.startswith(ANSWER):
        return AnswerOf(text.removeprefix(ANSWER).strip())
    if text in codes or not _NUMBER.fullmatch(text):
        return PointsOf(text)
    return Decimal(text)


def quota(read: Read) -> Quota:
    return Quota(
        read["band"],
        read["at_most"],
        read["of"],
        read["per"],
        rounding=read.get("rounding", Rounding.FLOOR),
        at_least=read.get("at_least", 0),
        excess=read.get("excess", False),
    )


def _bounds(read: Read) -> Bounds:
    low, in_percent = read.get("more_than") or read["from_"]
    high, high_in_percent = read.get("to", (None, in_percent))
    if high_in_percent != in_percent:
        raise Unsound([flaw("bounds-of-two-kinds", "to")])
    if high is not None and high < low:
        raise Unsound([flaw("bounds-out-of-order", "to", low=low, high=high)])
    return Bounds(low, high, in_percent, above="more_than" in read)


def title(read: Read) -> Title:
    return Title(
        read["code"],
        read["name"],
        _bounds(read),
        bands=tuple(read.get("bands", ())),
        of=read.get("of", BaseIs.RATED),
        per=read.get("per", Per.ROUND),
        within=read.get("within", ""),
    )


def target(read: Read) -> Target:
    match read:
        case {"kind": kind, "band": band}:
            what: BandShare | TotalOf | TitleHolders = BandShare(kind, band)
        case {"total_of": criterion}:
            what = TotalOf(criterion)
        case {"title": code}:
            what = TitleHolders(code)
        case _:
            raise AssertionError("the schema lets no other target pass")
    return Target(read["code"], read["name"], what, _bounds(read))


def document(read: Read) -> Document:
    return Document(
        read.get("number", ""), read.get("date"), read.get("issuer", ""), read.get("title", "")
    )


def decided(read: Read) -> Decided:
    return Decided(read["on"], read["what"], read["why"])

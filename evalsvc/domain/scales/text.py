"""The small grammar that answers share: things separated by ";", a code and its value."""

from evalsvc.domain.errors import Refused

NONE = "none"
NOT_SENT = "not-sent"


def split(text: str) -> list[str]:
    """The parts between ";"; an empty part is refused, a forgotten word must not pass."""
    parts = [part.strip() for part in text.split(";")]
    if not all(parts):
        raise Refused("empty-part", text=text)
    return parts


def by_code(text: str, codes: tuple[str, ...]) -> dict[str, str]:
    """`q1 10/3/2019; q2 not-sent` by code; where there is one code it may be left out."""
    parts = split(text)
    if len(codes) == 1 and len(parts) == 1 and not parts[0].startswith(f"{codes[0]} "):
        return {codes[0]: parts[0]}
    found: dict[str, str] = {}
    for part in parts:
        code, _, value = part.partition(" ")
        if code not in codes:
            raise Refused("no-such-choice", text=code, choices=list(codes))
        if code in found:
            raise Refused("said-twice", text=text)
        found[code] = value.strip()
    if missing := [code for code in codes if not found.get(code)]:
        raise Refused("not-all-named", missing=missing)
    return found


def exactly(text: str, number: int, shape: str) -> list[str]:
    """That many parts, or Refused naming the shape that is wanted."""
    parts = [part.strip() for part in text.split(";", number - 1)]
    if len(parts) != number or not all(parts):
        raise Refused("not-of-shape", text=text, shape=shape)
    return parts

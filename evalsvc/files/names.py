"""The name under which a file is shown to people; no path is ever made of it."""

import re
import unicodedata
from pathlib import PurePosixPath

from evalsvc.files.kinds import Kind

LONGEST = 120
_WITHOUT_NAME = "tai-lieu"
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Among them the marks that turn the direction of reading: “gpj.exe” must not look like a JPEG."""

_OF_WINDOWS = re.compile(r"(?i)(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\..*)?")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')


def shown_name(sent: str, kind: Kind) -> str:
    """The last part of the sent name, cleaned, bounded, with an ending that tells the truth."""
    last = unicodedata.normalize("NFC", sent).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if each.isspace() else each for each in last)
    seen = "".join(each for each in seen if unicodedata.category(each) not in _INVISIBLE)
    name = " ".join(_NOT_IN_NAMES.sub("_", seen).split()).lstrip(". ").rstrip(". ")
    stem, ending = _parted(name, kind)
    if _OF_WINDOWS.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem[: LONGEST - len(ending)].rstrip('. ') or _WITHOUT_NAME}{ending}"


def _parted(name: str, kind: Kind) -> tuple[str, str]:
    """Stem and ending; a name that ends otherwise keeps its end and gets the right one after it."""
    ending = PurePosixPath(name).suffix
    if ending.lower() in kind.endings:
        return name.removesuffix(ending), ending
    if name.lower() in kind.endings or f".{name.lower()}" in kind.endings:
        return "", kind.endings[0]
    return name, kind.endings[0]

"""What must not travel inside a Word or Excel file: macros, controls, programs, archives."""

import re
from enum import Enum, auto

from evalsvc.domain.errors import Refused

_PROGRAM_ENDINGS = (
    rb"exe|dll|scr|com|cpl|bat|cmd|pif|js|jse|vbs|vbe|wsf|wsh|ps1|hta|lnk|msi|jar|reg|scf|url|sh"
)
_PROGRAM_NAME = re.compile(rf"(?i).*\.(?:{_PROGRAM_ENDINGS.decode()})")
_PROGRAM_IN_OBJECT = re.compile(rb"(?i)\.(?:" + _PROGRAM_ENDINGS + rb")\x00")
_MACRO_NAME = re.compile(r"(?i)(?:.*/)?(?:vbaproject\.bin|vbadata\.xml|activex/.*)")
_MACRO_TYPE = re.compile(r"(?i)macroenabled|vbaproject|vbadata|activex")
_HEADS = re.compile(
    rb"\x7fELF|#! ?/|\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe"
)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OF_DOS = b"This program cannot be run in DOS mode"
_MACROS_INSIDE = "_VBA_PROJECT".encode("utf-16-le")
_ANY_FILE_INSIDE = "Ole10Native".encode("utf-16-le")
_WHERE_PE_STARTS = slice(0x3C, 0x40)


class Wrapping(Enum):
    """Parts that hold files of their own and are therefore looked into."""

    ZIP = auto()
    OLE = auto()


def wrapping(head: bytes) -> Wrapping | None:
    if head.startswith(b"PK\x03\x04"):
        return Wrapping.ZIP
    return Wrapping.OLE if head.startswith(_OLE) else None


def refuse_name(name: str) -> None:
    if _MACRO_NAME.fullmatch(name):
        raise Refused("office-has-macros")
    if _PROGRAM_NAME.fullmatch(name):
        raise Refused("office-has-program")


def refuse_types(types: str) -> None:
    if _MACRO_TYPE.search(types):
        raise Refused("office-has-macros")


def refuse_head(head: bytes) -> None:
    """By the first bytes of a part, whatever it is called."""
    if _HEADS.match(head) or _is_of_windows(head):
        raise Refused("office-has-program")
    if head.startswith(_ARCHIVES):
        raise Refused("office-has-archive")


def refuse_object(content: bytes) -> None:
    """An object of another program: formulas and charts pass, macros and packed programs do not."""
    if _MACROS_INSIDE in content:
        raise Refused("office-has-macros")
    packed = _ANY_FILE_INSIDE in content and _PROGRAM_IN_OBJECT.search(content)
    if packed or _OF_DOS in content or b"\x7fELF" in content:
        raise Refused("office-has-program")


def _is_of_windows(head: bytes) -> bool:
    """More than its first two letters: fonts in a document begin with bytes by chance."""
    if not head.startswith(b"MZ"):
        return False
    at = int.from_bytes(head[_WHERE_PE_STARTS], "little")
    return head[at : at + 4] == b"PE\x00\x00" or _OF_DOS in head

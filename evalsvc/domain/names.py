"""Keys of Vietnamese names: one to sort by, the same in every database, and one to search by."""

import re
import unicodedata

_ATOM = re.compile(r"([0-9]+)|(.)([\u0300-\u036f]*)", re.DOTALL)
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_KEYS = {letter: chr(ord("A") + at) for at, letter in enumerate(_LETTERS)}
_PUNCTUATION = "_-–—,;:!?.'\"“”()[]{}@*/\\&#%`^+<=>|~$"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
_OTHER_MARKS = "\u0306\u0302\u030c\u030a\u0308\u030b\u0307\u031b"
_MARK_KEYS = {mark: chr(ord("1") + at) for at, mark in enumerate(_TONES + _OTHER_MARKS)}
_OF_LETTERS = "\u0306\u0302\u031b"  # the marks that make ă, â, ơ …: letters of their own

_SPACE, _SIGN, _SYMBOL, _BEYOND = "!", '"', "#", "~"
"""Leads that keep spaces and signs before digits (0-9), and other alphabets after the letters."""

_UNMARKED, _UNKNOWN_MARK = "0", "~"
_LOWER, _UPPER = "0", "1"
_ODD_LETTERS = str.maketrans("ðÐ’ʼ", "đĐ''")
"""Look-alikes that older keyboards wrote into Vietnamese names."""


def sort_key(name: str) -> str:
    """Printable ASCII whose plain order is that of CLDR for Vietnamese, numbers by their value.

    Letters decide first (a ă â b c d đ …), then tones (ngang huyền hỏi ngã sắc nặng), then case.
    """
    primary, marks, cases = [], [], []
    for number, base, tones in _ATOM.findall(_decomposed(name)):
        if number:
            weight, left = _of_number(number), ""
        elif unicodedata.category(base)[0] in "CM":
            continue
        else:
            weight, left = _of_sign(base.lower(), tones)
        primary.append(weight)
        marks.append(_UNMARKED + "".join(_MARK_KEYS.get(mark, _UNKNOWN_MARK) for mark in left))
        cases.append(_UPPER if base.isupper() else _LOWER)
    levels = ("".join(primary), "".join(marks).rstrip(_UNMARKED), "".join(cases).rstrip(_LOWER))
    return " ".join(levels).rstrip()


def search_key(text: str) -> str:
    """What is left for a search that minds neither case nor marks nor spaces."""
    bare = (each for each in _decomposed(text.casefold()) if not unicodedata.combining(each))
    return "".join(bare).replace("đ", "d")


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", " ".join(text.translate(_ODD_LETTERS).split()))


def _of_number(digits: str) -> str:
    """How many digits, then the digits: "2" before "10", whatever the length."""
    value = digits.lstrip("0")
    nines, rest = divmod(len(value), 9)
    return "9" * nines + str(rest) + value


def _of_sign(base: str, marks: str) -> tuple[str, str]:
    """The weight of a letter or a sign, and the marks that are not part of the letter."""
    for mark in marks:
        if mark in _OF_LETTERS:
            letter = unicodedata.normalize("NFC", base + mark)
            if letter in _LETTER_KEYS:
                return _LETTER_KEYS[letter], marks.replace(mark, "", 1)
    if base in _LETTER_KEYS:
        return _LETTER_KEYS[base], marks
    return _of_rare(base), marks


def _of_rare(base: str) -> str:
    if base == " ":
        return _SPACE
    if base in _PUNCTUATION:
        return _SIGN + chr(ord("!") + _PUNCTUATION.index(base))
    return f"{_BEYOND if base.isalpha() else _SYMBOL}{ord(base[0]):06x}"

"""Codes that names make: lower case, no tone marks, words joined by hyphens."""

import re
import unicodedata


def code_of(name: str) -> str:
    """`Cấp tỉnh` -> `cap-tinh`; stable as long as the name is."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")

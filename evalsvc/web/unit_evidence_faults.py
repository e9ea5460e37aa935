"""Which field of the form of a document a refusal speaks of."""

from collections.abc import Mapping

from evalsvc.domain.errors import Refused

FIELDS = ("number", "day", "issuer", "title", "link", "pages")
_AT = {
    "document-unnamed": "number",
    "not-a-date": "day",
    "no-such-date": "day",
    "day-to-come": "day",
    "not-a-link": "link",
    "link-too-long": "link",
    "evidence-too-large": "file",
    "unit-files-full": "file",
    "upload-too-long": "file",
}
_OF_FILES = ("file-", "office-", "pdf-", "picture-", "scanner-")


def field_at(refused: Refused, typed: Mapping[str, str]) -> str:
    """Empty where it is about no field of its own."""
    if refused.message == "text-too-long":
        most = refused.facts["most"]
        return next((name for name in FIELDS if len(typed[name]) > int(str(most))), "")
    if refused.message.startswith(_OF_FILES):
        return "file"
    return _AT.get(refused.message, "")

"""Where mails and calendars lead; kept by hand, as they are written where no page is served."""

from urllib.parse import quote

SHEET = "/unit/sheets/{sheet}/"
EXPLANATIONS = "/unit/assessments/{sheet}/explanations"
RESULT = "/unit/assessments/{sheet}/result"
REVIEW = "/review/"
CONTEST = "/explanations/sheets/{sheet}/lines/{line}"
SETTINGS = "/account/mail"


def path(place: str, sheet: int, line: str) -> str:
    """One of these on one sheet; the codes of lines may hold letters of every language."""
    return place.format(sheet=sheet, line=quote(line, safe=""))

"""What units of the demo province show for a line, and what they remark beside it."""

import re
from datetime import date, timedelta

from evalsvc.domain.answers import Chosen, NotApplicable, Occurred, Stated, Value, YesOrNo
from evalsvc.domain.criteria import Document, GivenBy, Need
from evalsvc.domain.dates import ZONE
from evalsvc.domain.evidence import Described
from evalsvc.domain.forms import Entry
from evalsvc.domain.scales import Lateness, points
from evalsvc.exports.sample_scan import Letter, scanned
from evalsvc.usecases import evidence, uploads
from evalsvc.usecases.demo_answers import quality, value_for
from evalsvc.usecases.demo_draws import Draw, draw
from evalsvc.usecases.demo_texts import phrase, signs
from evalsvc.usecases.depot import Depot
from evalsvc.usecases.evidence import File, Paper
from evalsvc.usecases.sheets import Seen, Sheet
from evalsvc.usecases.work import Work

COMMUNES = ("xa-", "phuong-", "dac-khu-")
SMALL_WORDS = ("va", "tinh")
WHOLE_WORDS = ("ubnd", "hdnd", "dbqh", "bql", "bqlda")
SATURDAY = 5
PLAN, REPORT = "KH", "BC"
_FIRST_NAMED = re.compile(r"[^(;]+")


def evidence_for(entry: Entry, year: int, unit: str) -> Document | None:
    """A document with number and day; None where there is nothing to show, or it was forgotten."""
    asked = entry.criterion.evidence
    chance = draw(unit, year, entry.code, "evidence")
    wanted = asked.need is Need.WANTED and chance.once_in(4, "forgotten")
    forgotten = wanted or chance.once_in(20, "missing")
    value = value_for(entry, year, unit, quality(unit, year))
    others = entry.criterion.given_by is not GivenBy.UNIT
    if asked.need is Need.NONE or others or forgotten or _shows_nothing(entry, value):
        return None
    match = _FIRST_NAMED.match(asked.text)
    named = match[0].strip() if match else asked.text
    title = named if "năm" in named else f"{named} năm {year}"
    sign = next((sign for words, sign in signs().items() if named.startswith(words)), "")
    day = _day(year, sign, chance)
    # Numbers rise through the year, as in a register
    number = (day - date(year, 1, 1)).days * 3 // 2 + chance.between(1, 9, "number")
    return Document(f"{number}/{sign}-{issuer_sign(unit)}" if sign else "", day, "", title)


def shown_for(doing: Work, sheet: Sheet, entry: Entry, depot: Depot | None = None) -> Sheet:
    """The sheet with the document on its line, where the unit had one by then; some of them were
    scanned, where there is a place for files."""
    unit, line = sheet.record.unit_code, sheet.lines[entry.code]
    found = evidence_for(entry, sheet.form.year, unit)
    today = doing.now.astimezone(ZONE).date()
    if found is None or line.evidence or (found.day and found.day > today):
        return sheet
    said = Described(found.number, found.day, sheet.record.unit_name, found.title)
    chance = draw(unit, entry.code, "pages")
    if depot is not None and chance.once_in(6, "scan"):
        file = _sent(doing, (sheet.record.id, entry.code), depot, said, chance)
        paper = Paper(said, file=file, most_of_unit=depot.quota)
    else:
        paper = Paper(said, _pages(chance))
    return evidence.attach(doing, sheet.record.id, entry.code, paper, Seen(line.version))


def _sent(doing: Work, at: tuple[int, str], depot: Depot, said: Described, chance: Draw) -> File:
    """In the vault, by the way that every file goes."""
    pages, seed = 3 if chance.once_in(20, "long") else 1, chance.below(997, "look")
    content = scanned(Letter(said.issuer, said.number, said.day, said.title, pages, seed))
    name = f"{said.number or said.title}.{'png' if pages == 1 else 'pdf'}".replace("/", "-")
    token, pieces = uploads.begin(doing, depot, at, name, len(content)), depot.shelves.pieces
    pieces.append(token, 0, content)
    return uploads.kept(depot, pieces.path(token), name, token)


def _pages(chance: Draw) -> str:
    first = chance.between(1, 9, "first")
    return f"tr. {first}–{first + 2}" if chance.once_in(3, "said") else ""


def _shows_nothing(entry: Entry, value: Value) -> bool:
    """Nothing happened, or the day on which it came is the system's to know."""
    if isinstance(value, NotApplicable) or isinstance(entry.scale, Lateness):
        return True
    answer = value.answer if isinstance(value, Stated) else None
    if isinstance(answer, Occurred):
        return not any(number for _, number in answer.times)
    return isinstance(answer, YesOrNo | Chosen) and not points(entry.scale, answer)


def note(entry: Entry, unit: str, year: int) -> str:
    """A remark beside about one line in fourteen."""
    chance = draw(unit, year, entry.code, "note")
    return phrase(chance, "notes") if chance.once_in(14, "note") else ""


def issuer_sign(unit: str) -> str:
    """`so-noi-vu` -> SNV; communes issue as their people's committee."""
    if unit.startswith(COMMUNES):
        return "UBND"
    words = [word for word in unit.split("-") if word not in SMALL_WORDS]
    return "".join(w.upper() if w in WHOLE_WORDS else w[0].upper() for w in words)


def _day(year: int, sign: str, chance: Draw) -> date:
    """A working day: plans come early in the year, reports late."""
    first, last = {PLAN: (8, 50), REPORT: (170, 296)}.get(sign, (20, 290))
    day = date(year, 1, 1) + timedelta(chance.between(first, last, "day"))
    return day - timedelta(max(day.weekday() - SATURDAY + 1, 0))

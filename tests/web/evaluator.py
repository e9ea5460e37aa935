"""What tests of the evaluator's pages share: sheets that are handed in, and forms of lines."""

from evalsvc.domain.access import SERVICE, Grant, Role
from evalsvc.store import accounts, journal, sheet_lines, units
from evalsvc.store.sheet_lines import LineRecord
from evalsvc.usecases import evaluate
from evalsvc.usecases.sheets import Seen
from tests.browsing import Page, Visitor
from tests.page_forms import Form, Given, Label
from tests.web.small_house import ROUND, House

Answers = dict[Label, Given]
SAVE = "Lưu và sang dòng sau"


def handed_in(house: House) -> House:
    """Two departments with the same answers; the second says that nothing was to be studied."""
    house.fill("so-noi-vu")
    house.submit("so-noi-vu")
    house.fill("so-y-te", but=("A2",))
    house.answer("so-y-te", "A2", "n/a khong-co")
    house.submit("so-y-te")
    return house


def line_of(house: House, code: str, unit: str = "so-noi-vu") -> LineRecord:
    with house.office.reading(SERVICE) as doing:
        return next(
            each
            for each in sheet_lines.of_assessment(doing.store, house.sheet(unit))
            if each.code == code
        )


def official(house: House, unit: str, code: str, text: str) -> None:
    """A result that is put in on one sheet alone."""
    id_, seen = house.sheet(unit), Seen(line_of(house, code, unit).version)
    house.office.do(house.actor("lead"), evaluate.enter_official, id_, code, text, seen)


def also(house: House, name: str, role: Role, unit: str) -> None:
    """Somebody gets a second role, on a unit."""
    with house.office.writing(SERVICE) as doing:
        of = house.people[name].account or 0
        accounts.add_grant(doing.store, of, Grant(role, units.ids(doing.store)[unit]))


def deeds_of_round(house: House) -> list[tuple[str, str]]:
    with house.office.reading(SERVICE) as doing:
        told = journal.of_stream(doing.store, f"round:{ROUND}")
    return [(each.entry.deed, each.entry.line) for each in told]


def form_of(page: Page, code: str, unit_id: int) -> Form:
    return page.form(f"/review/sheets/{unit_id}/lines/{code}/adjust")


def on_line(house: House, visitor: Visitor, code: str, unit: str = "so-noi-vu") -> Form:
    """The form of a line on the page of its group."""
    id_ = house.sheet(unit)
    page = visitor.get("evaluate.group", id=id_, code=code[0], line=code)
    return form_of(page, code, id_)


def mark_all(house: House, visitor: Visitor, unit: str = "so-noi-vu") -> None:
    """Accepts every line, and gives the line of the reviewer full points."""
    id_ = house.sheet(unit)
    for code in ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "T1", "P1"):
        token = hidden(on_line(house, visitor, code, unit))
        visitor.post(
            "evaluate.accept",
            values={"id": id_, "code": code},
            data={"csrf": token["csrf"], "seen": token["seen"]},
        )
    visitor.submit(on_line(house, visitor, "C2", unit), {"3": True}, button=button(visitor))


def hidden(form: Form) -> dict[str, str]:
    return {each["name"]: each["value"] for each in form.controls if each["type"] == "hidden"}


def button(visitor: Visitor, text: str = SAVE) -> str:
    """The name of a button of the open line, with the key that stands in it."""
    names = [each.text for each in visitor.page.document.all("button")]
    return next(name for name in names if name.startswith(text))

"""What a document has to say of itself, and which lines still lack one."""

from datetime import date, timedelta

import pytest

from evalsvc.domain.criteria import ONLY_COLUMN, Evidence, GivenBy, Need
from evalsvc.domain.errors import Refused
from evalsvc.domain.evidence import (
    MOST_LINK,
    MOST_NUMBER,
    MOST_TITLE,
    Described,
    checked,
    demand_link,
    is_missing,
    pages,
)
from evalsvc.domain.forms import Entry, entry_of
from evalsvc.domain.summary import Gap, Kept, gaps
from tests import make
from tests.refusals import refusal

TODAY = date(2026, 11, 20)


def entry(need: Need = Need.REQUIRED, given_by: GivenBy = GivenBy.UNIT) -> Entry:
    criterion = make.line("A1", evidence=Evidence(need), given_by=given_by)
    return entry_of(criterion, ONLY_COLUMN, 2, make.YEAR)


def test_a_document_is_kept_trimmed() -> None:
    said = Described("  12/KH-UBND ", TODAY, " Ủy ban\tnhân dân ", "Kế  hoạch", " https://a.vn ")

    assert checked(said, TODAY) == Described(
        "12/KH-UBND", TODAY, "Ủy ban nhân dân", "Kế hoạch", "https://a.vn"
    )


@pytest.mark.parametrize(
    ("described", "refused"),
    [
        (Described(), "document-unnamed"),
        (Described(" ", issuer="Sở Nội vụ"), "document-unnamed"),
        (Described("12"), ""),
        (Described(title="Kế hoạch"), ""),
        (Described("12", TODAY), ""),
        (Described("12", TODAY + timedelta(days=1)), "day-to-come"),
        (Described("1" * MOST_NUMBER), ""),
        (Described("1" * (MOST_NUMBER + 1)), "text-too-long"),
        (Described(title="a" * MOST_TITLE), ""),
        (Described(title="a" * (MOST_TITLE + 1)), "text-too-long"),
        (Described("12", issuer="a" * (MOST_TITLE + 1)), "text-too-long"),
        (Described("12", link="congbao"), "not-a-link"),
    ],
)
def test_a_document_has_a_name_and_no_day_to_come(described: Described, refused: str) -> None:
    assert refusal(checked, described, TODAY) == refused


@pytest.mark.parametrize(
    "link", ["https://congbao.vn/12", "http://a.vn", "HTTPS://A.VN/x?y=1#z", "https://vn-expr.vn:8"]
)
def test_a_link_is_one_that_a_browser_opens_as_a_page(link: str) -> None:
    assert checked(Described("12", link=link), TODAY).link == link


@pytest.mark.parametrize(
    "link",
    [
        *("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.vn/x"),
        *("//a.vn", "a.vn", "https://", "https:///x", "https://a b.vn", "https://a.vn/\nx"),
        *("http://[::1", "mailto:a@b.vn", "vbscript:x"),
    ],
)
def test_any_other_link_is_refused(link: str) -> None:
    assert refusal(demand_link, link) == "not-a-link"


def test_a_link_has_an_end() -> None:
    assert refusal(demand_link, "https://a.vn/" + "x" * (MOST_LINK - 13)) == ""
    assert refusal(demand_link, "https://a.vn/" + "x" * (MOST_LINK - 12)) == "link-too-long"


def test_pages_are_said_in_words_and_bounded() -> None:
    assert pages("  3,   5–7 ") == "3, 5–7"

    with pytest.raises(Refused, match="text-too-long"):
        pages("1" * 101)


@pytest.mark.parametrize(
    ("need", "given_by", "answered", "documents", "missing"),
    [
        (Need.REQUIRED, GivenBy.UNIT, True, 0, True),
        (Need.REQUIRED, GivenBy.UNIT, True, 1, False),
        # Nothing is claimed, so nothing is to be shown.
        (Need.REQUIRED, GivenBy.UNIT, False, 0, False),
        (Need.REQUIRED, GivenBy.REVIEWER, True, 0, False),
        (Need.REQUIRED, GivenBy.SERVICE, True, 0, False),
        (Need.WANTED, GivenBy.UNIT, True, 0, False),
        (Need.NONE, GivenBy.UNIT, True, 0, False),
    ],
)
def test_evidence_is_missing_where_the_table_requires_it_of_the_unit(
    need: Need,
    given_by: GivenBy,
    answered: bool,  # noqa: FBT001 - a column
    documents: int,
    missing: bool,  # noqa: FBT001 - a column
) -> None:
    found = is_missing(entry(need, given_by), answered=answered, documents=documents)

    assert found == missing


@pytest.mark.parametrize(
    ("explained", "documents", "blocks"), [(False, 0, True), (True, 0, False), (False, 1, False)]
)
def test_a_line_without_evidence_blocks_until_it_is_shown_or_explained(
    explained: bool,  # noqa: FBT001 - a column
    documents: int,
    blocks: bool,  # noqa: FBT001 - a column
) -> None:
    form = make.form(make.criteria(make.line("A1", evidence=Evidence(Need.REQUIRED))))
    claim = make.value(8)
    kept = Kept("A1", claim, faulty=False, reviewed=None, explained=explained, evidence=documents)

    found: list[Gap] = list(gaps(form, [kept]))

    assert [each.blocks for each in found] == ([True] if blocks else [])

"""Journal entries are chained, so that nothing can be rewritten unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from evalsvc.domain.history import FIRST_LINK, Entry, Head, digest, link

AT = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
ENTRY = Entry("answer", AT, 7, "A1", {"after": "yes", "points": "2.00"})


@pytest.mark.parametrize(
    "changed",
    [
        replace(ENTRY, deed="adjust"),
        replace(ENTRY, at=AT + timedelta(microseconds=1)),
        replace(ENTRY, account=8),
        replace(ENTRY, account=None),
        replace(ENTRY, line="A2"),
        replace(ENTRY, data={"after": "no", "points": "2.00"}),
        replace(ENTRY, data=None),
    ],
)
def test_whatever_changes_in_an_entry_changes_its_digest(changed: Entry) -> None:
    assert digest(changed) != digest(ENTRY)


def test_the_order_of_facts_and_the_time_zone_say_nothing() -> None:
    here = AT.astimezone(timezone(timedelta(hours=7)))

    same = Entry("answer", here, 7, "A1", {"points": "2.00", "after": "yes"})

    assert digest(same) == digest(ENTRY)


def test_a_link_depends_on_everything_before_it() -> None:
    one, other = link(Head(), "a"), link(Head(), "b")

    assert link(one, "c") != link(other, "c")


def test_numbers_have_no_gap() -> None:
    assert link(link(Head(), "a"), "b").number == 2


def test_the_first_link_is_known() -> None:
    assert Head() == Head(0, FIRST_LINK)

"""Journal entries are chained, so that nothing can be rewritten unseen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from evalsvc.domain.history import (
    BLANKED,
    FIRST_LINK,
    Entry,
    Head,
    Heads,
    Seal,
    blanks,
    digest,
    explained,
    link,
    seal_digest,
    sealed,
)

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


# Blanked entries


GONE = replace(ENTRY, data=BLANKED)
WHY = Entry("blank", AT + timedelta(days=1), None, "A1", {"number": 4, "reason": "CV 12"})


def test_a_blanked_entry_tells_when_and_why_its_text_went() -> None:
    assert explained(GONE, WHY).data == {"blanked": "2026-11-22T07:30:00+00:00", "reason": "CV 12"}


@pytest.mark.parametrize(("entry", "by"), [(ENTRY, WHY), (ENTRY, None), (GONE, None)])
def test_an_entry_that_nobody_blanked_says_what_it_says(entry: Entry, by: Entry | None) -> None:
    assert explained(entry, by) == entry


def test_only_a_deed_of_blanking_names_what_is_blanked() -> None:
    found = blanks([ENTRY, WHY, replace(WHY, deed="answer"), replace(WHY, data=None)])

    assert found == {4: WHY}


# Seals


def heads(*names: str) -> Heads:
    made = Heads()
    for number, name in enumerate(names, 1):
        made.add(name, Head(number, FIRST_LINK))
    return made


SEAL = sealed(None, AT, heads("a", "b"))


@pytest.mark.parametrize(
    "changed",
    [
        replace(SEAL, number=2),
        replace(SEAL, at=AT + timedelta(microseconds=1)),
        replace(SEAL, streams=3),
        replace(SEAL, heads=FIRST_LINK),
        replace(SEAL, previous="1" * 64),
    ],
)
def test_whatever_changes_in_a_seal_changes_its_digest(changed: Seal) -> None:
    assert seal_digest(changed) != SEAL.digest


def test_a_seal_follows_the_one_before() -> None:
    following = sealed(SEAL, AT, heads("a"))

    assert (following.number, following.previous) == (2, SEAL.digest)


@pytest.mark.parametrize("other", [("b", "a"), ("a",), ("a", "b", "c"), ("a", "bb")])
def test_every_stream_and_its_place_changes_the_digest_of_all(other: tuple[str, ...]) -> None:
    assert heads(*other).digest != heads("a", "b").digest

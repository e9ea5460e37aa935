"""Seals leave the database: whoever rewrites it, chains and all, is found by what has left."""

import io
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from evalsvc.domain.access import SERVICE
from evalsvc.domain.errors import Forbidden, Refused
from evalsvc.domain.history import Head, digest, link
from evalsvc.store import journal as entries
from evalsvc.store.assessments import assessment
from evalsvc.store.journal import journal
from evalsvc.store.seals import seal
from evalsvc.store.sheet_lines import line
from evalsvc.usecases import seals
from evalsvc.usecases.seals import Anchor
from evalsvc.usecases.verify import Difference, Kind, verify
from tests.web.small_house import After, House

WHERE = "NAM-2026/so-noi-vu"
UNGUARD = {
    "sqlite": ("journal_no_update", "journal_no_delete", "seal_no_update", "seal_no_delete"),
    "postgresql": (
        *("journal_no_update ON journal", "journal_no_delete ON journal"),
        "seal_no_update ON seal",
    ),
}


def with_three_answers(house: House) -> House:
    for code, text in (("A1", "yes"), ("A2", "5/7"), ("A3", "mot-phan")):
        house.answer("so-noi-vu", code, text)
    return house


@pytest.fixture
def answered(house_after: After) -> House:
    return house_after(with_three_answers)


def anchored(house: House) -> str:
    """The text that leaves the database."""
    heads = io.StringIO()
    made = house.office.do(SERVICE, seals.anchor, heads)
    return "".join(seals.lines_of(made, heads))


def read(text: str) -> Anchor:
    return seals.read_anchor(io.StringIO(text))


def found(house: House, text: str = "") -> list[tuple[Kind, str, str]]:
    differences: list[Difference] = []
    with house.office.reading(SERVICE) as doing:
        verify(doing, differences.append, read(text) if text else None)
    return [(each.kind, each.where, each.what) for each in differences]


def tamper(house: House, change: Callable[[Connection, int], None]) -> None:
    """Somebody who owns the database takes the guards away first."""
    id_ = house.sheet()
    with house.office.database.writing() as connection:
        for trigger in UNGUARD[connection.dialect.name]:
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        change(connection, id_)


# Tampering


def _kept(connection: Connection, id_: int) -> Iterator[entries.Told]:
    return iter(list(entries.each_of_stream(connection, entries.assessment(id_))))


def _rechained(connection: Connection, id_: int) -> None:
    """Digests, links and the head of a stream worked out anew, as the service would have."""
    head = Head()
    for told in _kept(connection, id_):
        head = link(head, digest(told.entry))
        mine = sa.and_(journal.c.stream == entries.assessment(id_), journal.c.number == told.number)
        made = {"digest": digest(told.entry), "link": head.link}
        connection.execute(journal.update().where(mine).values(made))
    of = assessment.update().where(assessment.c.id == id_)
    connection.execute(of.values(entries=head.number, link=head.link))


def rewrite(connection: Connection, id_: int) -> None:
    """Somebody else is said to have answered the second line."""
    mine = sa.and_(journal.c.stream == entries.assessment(id_), journal.c.number == 2)
    connection.execute(journal.update().where(mine).values(account_id=None))
    _rechained(connection, id_)


def cut(connection: Connection, id_: int) -> None:
    """The last entry is gone, and the line as if it had never been answered."""
    last = sa.select(sa.func.max(journal.c.number)).where(
        journal.c.stream == entries.assessment(id_)
    )
    number = connection.execute(last).scalar_one()
    mine = sa.and_(journal.c.stream == entries.assessment(id_), journal.c.number == number)
    connection.execute(journal.delete().where(mine))
    _rechained(connection, id_)


def drop(connection: Connection, id_: int) -> None:
    """A sheet with all that belongs to it."""
    connection.execute(journal.delete().where(journal.c.stream == entries.assessment(id_)))
    connection.execute(line.delete().where(line.c.assessment_id == id_))
    connection.execute(assessment.delete().where(assessment.c.id == id_))


TAMPERED = [
    (rewrite, (Kind.REWRITTEN, WHERE, "3")),
    (cut, (Kind.CUT, WHERE, "")),
    (drop, (Kind.DROPPED, "assessment:{id}", "")),
]


@pytest.mark.parametrize(("change", "difference"), TAMPERED, ids=["rewrite", "cut", "drop"])
def test_what_agrees_with_itself_again_is_found_by_the_anchor(
    answered: House,
    change: Callable[[Connection, int], None],
    difference: tuple[Kind, str, str],
) -> None:
    anchor, id_ = anchored(answered), answered.sheet()

    tamper(answered, change)

    kind, where, what = difference
    assert found(answered) == []
    assert found(answered, anchor) == [(kind, where.format(id=id_), what)]


def test_a_stream_that_went_on_agrees_with_an_older_anchor(answered: House) -> None:
    anchor = anchored(answered)

    answered.answer("so-noi-vu", "T1", "2")
    anchored(answered)

    assert found(answered, anchor) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE seal SET heads = previous WHERE number = 2",
        "UPDATE seal SET streams = streams + 1 WHERE number = 2",
        "UPDATE seal SET at = '2020-01-01 00:00:00.000000' WHERE number = 2",
    ],
)
def test_a_changed_seal_is_found_without_an_anchor(answered: House, statement: str) -> None:
    _three_seals(answered)

    tamper(answered, lambda connection, _id: _run(connection, statement))

    assert found(answered) == [(Kind.SEAL, "", "2")]


def test_a_seal_taken_out_is_found_without_an_anchor(answered: House) -> None:
    _three_seals(answered)

    tamper(answered, lambda connection, _id: _run(connection, "DELETE FROM seal WHERE number = 2"))

    assert found(answered) == [(Kind.SEAL, "", "3")]


def test_the_last_seal_taken_out_is_found_by_the_anchor(answered: House) -> None:
    anchor = _three_seals(answered)

    tamper(answered, lambda connection, _id: _run(connection, "DELETE FROM seal WHERE number = 3"))

    assert found(answered) == []
    assert found(answered, anchor) == [(Kind.SEAL_GONE, "", "3")]


def test_seals_made_anew_are_found_by_the_anchor(answered: House) -> None:
    anchor = _three_seals(answered)
    tamper(answered, lambda connection, _id: _run(connection, "DELETE FROM seal"))

    answered.clock.later(hours=1)
    anchored(answered)

    assert found(answered) == []
    kinds = [(Kind.SEAL, "", "1"), (Kind.SEAL_GONE, "", "2"), (Kind.SEAL_GONE, "", "3")]
    assert found(answered, anchor) == kinds


def _run(connection: Connection, statement: str) -> None:
    connection.execute(sa.text(statement))


def _three_seals(house: House) -> str:
    anchored(house)
    house.answer("so-noi-vu", "T1", "2")
    anchored(house)
    house.answer("so-noi-vu", "P1", "0")
    return anchored(house)


# Seals


def test_nothing_new_makes_no_new_seal(answered: House) -> None:
    first = anchored(answered)

    answered.clock.later(hours=1)

    assert anchored(answered) == first


def test_seals_are_numbered_and_chained(answered: House) -> None:
    _three_seals(answered)

    with answered.office.reading(SERVICE) as doing:
        kept = doing.store.execute(sa.select(seal).order_by(seal.c.number)).all()
    assert [each.number for each in kept] == [1, 2, 3]
    assert [each.previous for each in kept[1:]] == [each.digest for each in kept[:-1]]


def test_a_deed_may_seal_by_itself(answered: House) -> None:
    made = answered.office.do(answered.actor("leader"), seals.make)

    assert (made.number, made.at) == (1, answered.clock.at)


def test_a_unit_seals_nothing(answered: House) -> None:
    with pytest.raises(Forbidden):
        answered.office.do(answered.actor("head"), seals.make)


def test_the_digest_can_be_added_up_by_hand(answered: House) -> None:
    """`sed '1,/^heads$/d' FILE | sha256sum`, and the lines are in the order of LC_ALL=C sort."""
    text = anchored(answered)

    before, _, heads = text.partition("\nheads\n")
    assert before.splitlines()[-1].split()[4] == sha256(heads.encode()).hexdigest()
    assert heads.splitlines() == sorted(heads.splitlines())
    assert f"assessment:{answered.sheet()} 3 " in heads


def test_an_anchor_says_what_it_was_made_from(answered: House) -> None:
    anchor = read(_three_seals(answered))

    with answered.office.reading(SERVICE) as doing:
        kept = doing.store.execute(sa.select(assessment.c.id, assessment.c.entries)).all()
    assert {
        name: head.number for name, head in anchor.heads.items() if name.startswith("assess")
    } == {entries.assessment(each.id): each.entries for each in kept}
    assert list(anchor.seals) == [1, 2, 3]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("seal 1 ", "seal 2 "),
        ("+00:00 ", "+00:01 "),
        ("+00:00 ", " "),
        ("heads\n", ""),
        ("assessment:1 ", "assessment:9 "),
        ("units 1 ", "units 2 "),
    ],
)
def test_an_anchor_that_was_changed_is_refused(house: House, before: str, after: str) -> None:
    with house.office.writing(SERVICE) as doing:
        entries.note(doing.store, "units", entries.Entry("try", doing.now, None))
    text = anchored(house)
    assert before in text

    with pytest.raises(Refused, match="anchor-changed"):
        read(text.replace(before, after, 1))


def test_an_anchor_that_was_cut_is_refused(answered: House) -> None:
    lines = anchored(answered).splitlines(keepends=True)

    with pytest.raises(Refused, match="anchor-changed"):
        read("".join(lines[:-1]))


@pytest.mark.parametrize("text", ["", "units\n", "\ufffdPNG\n"])
def test_another_file_is_no_anchor(text: str) -> None:
    with pytest.raises(Refused, match="not-an-anchor"):
        read(text)

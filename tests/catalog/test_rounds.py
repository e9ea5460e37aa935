"""Every message about a round file: the least change that provokes it, and its line."""

from pathlib import Path

import pytest

from evalsvc.catalog import rounds, shelf, tree
from evalsvc.catalog.faults import Faulty
from evalsvc.domain.rounds import Round
from tests.small_round import COMMUNE, HAMLET

ROUND = """\
format: 1
round: V-2020
title: Năm 2020
year: 2020
sets: {xa: xa.yaml, to: to.yaml}
blocks:
  - {code: I, name: Xã}
  - {code: II, name: Tổ}
dates:
  A3: 1/4
  A4: {q1: 1/4/2020}
units:
  - {code: a, name: Xã A, kind: xa, block: I, tags: [mien-nui]}
  - {code: b, name: Xã B, kind: xa, block: I}
  - {code: t1, name: Tổ 1, kind: to, block: II, parent: a}
  - {code: t2, name: Tổ 2, kind: to, block: II, parent: t1}
decisions:
  - {quota: tot, keep: [a], reason: Đồng hạng}
  - {title: dvk, number: 1, give: [a, t1], reason: Đồng hạng}
"""

# message, what stands in the sound round, what stands there instead, the line that is named
ROWS = [
    ("duplicate-key", "year: 2020", "year: 2020\nyear: 2021", 5),
    ("missing-key", "round: V-2020\n", "", 1),
    ("unknown-key", "year: 2020", "year: 2020\nyeer: 2020", 5),
    ("not-a-year", "year: 2020", "year: 20", 4),
    ("no-such-choice", "year: 2020", "year: 2020\nlayer: last", 5),
    ("not-a-mapping", "sets: {xa: xa.yaml, to: to.yaml}", "sets: xa.yaml", 5),
    ("list-empty", "blocks:\n  - {code: I, name: Xã}\n  - {code: II, name: Tổ}", "blocks: []", 6),
    ("no-such-date", "A3: 1/4", "A3: 31/4", 10),
    ("no-such-set", "to: to.yaml", "to: lạ.yaml", 5),
    ("set-serves-other-kinds", "to: to.yaml", "to: to.yaml, so: xa.yaml", 5),
    ("two-sets-of-one-code", "to: to.yaml", "to: to.yaml, khoi: other.yaml", 5),
    ("duplicate-code", "{code: II, name: Tổ}", "{code: II, name: Tổ}\n  - {code: I, name: X}", 9),
    ("duplicate-code", "{code: b, name", "{code: a, name", 14),
    ("names-nothing", "kind: xa, block: I}", "kind: so, block: I}", 14),
    ("names-nothing", "kind: xa, block: I}", "kind: xa, block: III}", 14),
    ("names-nothing", "parent: t1", "parent: t9", 16),
    ("names-nothing", "A3: 1/4", "A9: 1/4", 10),
    ("names-nothing", "q1: 1/4", "q9: 1/4", 11),
    ("names-nothing", "quota: tot", "quota: gioi", 18),
    ("names-nothing", "title: dvk", "title: gioi", 19),
    ("names-nothing", "keep: [a]", "keep: [z]", 18),
    ("names-nothing", "quota: tot", "quota: tot, block: X", 18),
    ("own-parent", "parent: t1", "parent: t2", 16),
    ("which-due-date", "A4: {q1: 1/4/2020}", "A4: 1/4", 11),
    ("said-twice", "give: [a, t1]", "give: [a, a]", 19),
    ("decided-twice", "{title: dvk, number: 1, give: [a, t1]", "{quota: tot, keep: [t1]", 19),
    ("one-of-these-keys", "quota: tot,", "quota: tot, title: dvk,", 18),
    ("one-of-these-keys", "keep: [a], ", "", 18),
    ("one-of-these-keys", "number: 1, give: [a, t1], ", "", 19),
    ("not-whole", "number: 1", "number: 1.5", 19),
    ("no-such-tag", "tags: [mien-nui]", "tags: [mien-bien]", 13),
]  # fmt: skip


def load(folder: Path, text: str) -> Round:
    (folder / "xa.yaml").write_text(COMMUNE, "utf-8")
    (folder / "to.yaml").write_text(HAMLET, "utf-8")
    other = HAMLET.replace("  to: {", "  khoi: {")
    (folder / "other.yaml").write_text(other, "utf-8")
    return rounds.load(tree.read("round.yaml", text.encode()), shelf.finder(folder))


def told(folder: Path, text: str) -> list[tuple[str, int]]:
    with pytest.raises(Faulty) as error:
        load(folder, text)
    return [(each.message, each.place.line) for each in error.value.faults]


def patched(old: str, new: str) -> str:
    if ROUND.count(old) == 0:
        raise ValueError(old)
    return ROUND.replace(old, new, 1)


@pytest.mark.parametrize(("message", "old", "new", "line"), ROWS)
def test_a_fault_of_a_round_names_its_line(
    tmp_path: Path, message: str, old: str, new: str, line: int
) -> None:
    assert told(tmp_path, patched(old, new)) == [(message, line)]


def test_the_sound_round_is_read(tmp_path: Path) -> None:
    assert len(load(tmp_path, ROUND).units) == 4


def test_two_units_that_are_each_others_parents_are_both_named(tmp_path: Path) -> None:
    text = patched("block: II, parent: a", "block: II, parent: t2")

    assert told(tmp_path, text) == [("own-parent", 15), ("own-parent", 16)]


def test_a_year_in_which_a_set_does_not_hold_is_told_of_each_unit(tmp_path: Path) -> None:
    found = told(tmp_path, patched("year: 2020", "year: 2016"))

    assert found == [("set-not-valid-in-year", 13), ("set-not-valid-in-year", 14)]

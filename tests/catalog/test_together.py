"""Sets that read each other, checked together."""

from pathlib import Path

import pytest

from evalsvc.catalog import shelf, together
from evalsvc.catalog.sets import Checked, check
from evalsvc.domain.errors import Refused

CHILD = """
format: 1
code: CON
version: "1"
title: Con
kinds: {to: {name: Tổ}}
groups:
  - code: "1"
    name: Nhóm
    most: 100
    criteria:
      - {code: "1.1", name: Việc, kind: yes-no, most: 100, evidence: none}
bands:
  - {code: tot, name: Tốt, from: 80}
  - {code: yeu, name: Yếu, from: 0}
"""
PARENT = """
format: 1
code: CHA
version: "1"
title: Cha
kinds: {xa: {name: Xã}}
groups:
  - code: "1"
    name: Nhóm
    most: 100
    criteria:
      - code: "1.1"
        name: Các tổ
        kind: children
        most: 100
        set: CON
        of-kind: to
        bands: [tot]
        tiers: [{from: 70, points: 100}, {points: 0}]
        not-applicable: [{text: Không có tổ, treatment: rescale}]
        evidence: none
bands:
  - {code: a, name: A, from: 50}
  - {code: b, name: B, from: 0}
gates:
  - code: K
    name: Tổ yếu
    if: {children: to, set: CON, bands: [tot], below: 50}
    at-most: b
"""


def checked(*texts: str) -> list[Checked]:
    return [check(f"{at}.yaml", text.encode()) for at, text in enumerate(texts)]


def found(*texts: str, near: dict[str, Path] | None = None) -> list[tuple[str, str]]:
    return [(each.message, each.key) for each in together.faults(checked(*texts), near or {})]


def test_sets_that_fit_together_have_no_faults():
    assert found(PARENT, CHILD) == []


@pytest.mark.parametrize(
    ("this", "that", "fault"),
    [
        ("set: CON\n", "set: COM\n", ("no-such-set", "groups.1.criteria.1.set")),
        ("of-kind: to", "of-kind: thon", ("no-such-kind", "groups.1.criteria.1.of-kind")),
        (
            "bands: [tot]\n",
            "bands: [tot, gioi]\n",
            ("no-such-band", "groups.1.criteria.1.bands.2"),
        ),
        ("children: to", "children: thon", ("no-such-kind", "gates.1.if.children")),
        ("bands: [tot], below", "bands: [gioi], below", ("no-such-band", "gates.1.if.bands.1")),
        ("set: CON, bands", "set: COM, bands", ("no-such-set", "gates.1.if.set")),
    ],
)
def test_what_is_named_in_another_set_has_to_exist_there(this, that, fault):
    assert this in PARENT

    assert found(PARENT.replace(this, that, 1), CHILD) == [fault]


def test_a_band_of_the_one_child_has_to_exist_too():
    one = PARENT.replace(
        "        bands: [tot]\n        tiers: [{from: 70, points: 100}, {points: 0}]\n",
        "        child: [{band: gioi, points: 100}, {points: 0}]\n",
    )

    assert found(one, CHILD) == [("no-such-band", "groups.1.criteria.1.child.1.band")]


def test_a_set_near_the_file_is_found_though_it_was_not_named(tmp_path):
    (tmp_path / "con.yaml").write_text(CHILD, encoding="utf-8")

    assert found(PARENT, near=shelf.codes(tmp_path)) == []


def test_a_set_that_is_faulty_itself_says_nothing_twice():
    assert found(PARENT, CHILD.replace("from: 0", "from: 1")) == []


def test_sets_may_not_read_each_other_in_a_circle():
    child = CHILD.replace("kinds: {to:", "kinds: {xa: {name: Xã}, to:").replace(
        "bands:\n  -",
        "gates:\n"
        "  - code: K\n    name: K\n    at-most: yeu\n"
        "    if: {children: xa, set: CHA, bands: [a], below: 50}\n"
        "bands:\n  -",
    )

    assert found(PARENT, child) == [
        ("sets-read-each-other", "groups.1.criteria.1.set"),
        ("sets-read-each-other", "gates.1.if.set"),
        ("sets-read-each-other", "gates.1.if.set"),
    ]


def test_a_file_beside_comes_before_a_shipped_set(tmp_path):
    (tmp_path / "x.yaml").write_text(CHILD.replace("CON", "TY-B"), encoding="utf-8")

    assert shelf.nearby([tmp_path / "x.yaml"])["TY-B"] == tmp_path / "x.yaml"
    assert shelf.find("x.yaml", tmp_path) == tmp_path / "x.yaml"
    assert shelf.load("TY-B", tmp_path).title != "Con"


def test_a_set_that_is_nowhere_is_refused_with_the_codes_that_are(tmp_path):
    with pytest.raises(Refused) as refused:
        shelf.find("TY-Z", tmp_path)

    assert "TY-B" in refused.value.facts["choices"]


def test_no_more_of_a_file_is_read_than_a_set_may_have(tmp_path):
    path = tmp_path / "big.yaml"
    path.write_bytes(b"x" * 3_000_000)

    assert len(shelf.content(path)) == 1_000_001

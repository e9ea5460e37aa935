"""Every message about a criteria file: the least change that provokes it, and its line."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import evalsvc
from evalsvc.catalog import sets
from evalsvc.catalog.faults import Fault, Faulty
from evalsvc.words.faults import MESSAGES

SMALL = Path(__file__).with_name("small.yaml").read_text("utf-8")
HOUSE = Path(evalsvc.__file__).parent
OF_A_FILE = [
    "catalog/tree.py",
    "catalog/fields.py",
    "catalog/blocks.py",
    "catalog/line_schemas.py",
    "catalog/set_schema.py",
    "catalog/line_building.py",
    "catalog/provision_building.py",
    "catalog/sets.py",
    "catalog/examples.py",
    "domain/soundness.py",
    "domain/references.py",
    "domain/dates.py",
    *(f"domain/scales/{name}.py" for name in ("choice", "events", "judgement", "measure")),
]

GROUP_OF_ONE_COLUMN = """\
  - code: C
    name: Nhóm C
    most: {S: 1, H: 0}
    criteria:
      - code: C1
        name: Một cột
        kind: yes-no
        most: {S: 1, H: "—"}
        evidence: none
bonus-cap: 2"""

LADDER = """\
  - {code: tot, name: Tốt, from: 40}
  - {code: kha, name: Khá, more-than: 20}
  - {code: yeu, name: Yếu, from: 0}"""

EMPTY_SHEET = """\
format: 1
code: HAI-COT
version: "1"
title: Hai cột
columns:
  S: Sở
  H: Huyện
kinds:
  so: {name: Sở, column: S}
  huyen: {name: Huyện, column: H}
groups:
  - code: A
    name: Nhóm A
    most: {S: 100, H: "—"}
    criteria:
      - code: A1
        name: Một cột
        kind: yes-no
        most: {S: 100, H: "—"}
        evidence: none
bands:
  - {name: Yếu, from: 0}
"""

# message, what stands in the small set, what stands there instead, the line that is named
ROWS = [
    # --- YAML -------------------------------------------------------------------------------
    ("alias", "title: Bộ tiêu chí nhỏ", "title: &t Bộ tiêu chí nhỏ", "title: &t"),
    ("alias", "issuer: Ủy ban nhân dân tỉnh", "issuer: *t", "issuer: *t"),
    ("tag-in-yaml", "scale: 55", "scale: !!float 55", "scale: !!"),
    ("control-character", "name: Có ban hành", "name: Có\u202eban hành", "name: Có\u202e"),
    ("tab-indent", "  so: {name: Sở", "\tso: {name: Sở", "\tso:"),
    ("duplicate-key", "scale: 55", "scale: 55\nscale: 54", "scale: 54"),
    ("key-is-not-text", "  don-thu: Có đơn thư", "  [don-thu]: Có đơn thư", "[don-thu]"),
    ("more-than-one-document", "groups:\n", "---\ngroups:\n", "---"),
    ("not-yaml", "title: Bộ tiêu chí nhỏ", "title: Bộ tiêu chí: nhỏ", "title: Bộ tiêu chí: nhỏ"),
    ("not-yaml", "{code: vu, name: Vụ,", "{code: vu, name: Vụ: nặng,", "name: Vụ: nặng"),
    ("not-yaml", "        evidence: {wanted: Kế", "       evidence: {wanted: Kế", "evidence: {wa"),
    # --- shape ------------------------------------------------------------------------------
    ("missing-key", "title: Bộ tiêu chí nhỏ\n", "", "# Bộ"),
    ("missing-key", "        evidence: {wanted: Kế hoạch}\n", "", "code: A2"),
    ("missing-key", "name: Mục a, ", "", "{code: a, points"),
    ("unknown-key", "scale: 55", "scale: 55\nscal: 56", "scal: 56"),
    ("unknown-key", "        step: 0.5", "        step: 0.5\n        stepp: 1", "stepp"),
    ("comma-in-braces", "name: Mục a, points", "name: Mục a, nhỏ, points", "name: Mục a, nhỏ"),
    ("value-missing", "title: Bộ tiêu chí nhỏ", "title:", "title:"),
    ("value-missing", "title: Bộ tiêu chí nhỏ", 'title: " "', "title:"),
    ("not-one-value", "title: Bộ tiêu chí nhỏ", "title: [Bộ, nhỏ]", "title: [Bộ"),
    ("not-a-list", "ties: [A, B1]", "ties: A", "ties: A"),
    ("list-empty", "ties: [A, B1]", "ties: []", "ties: []"),
    ("not-a-mapping", "  so: {name: Sở, column: S}", "  so: Sở", "  so: Sở"),
    ("not-a-mapping", "          - {points: 0}\n        evidence",
     "          - 0\n        evidence", "- 0"),
    ("not-a-code", "code: NHO", "code: N HO", "code: N HO"),
    ("not-a-code", "  don-thu: Có đơn thư", "  đơn thư: Có đơn thư", "  đơn thư:"),
    ("text-too-long", "title: Bộ tiêu chí nhỏ", f"title: {'a' * 4001}", "title: aaa"),
    ("no-such-choice", "fit: scale", "fit: full", "fit: full"),
    ("no-such-choice", "kind: judged", "kind: judge", "kind: judge"),
    ("not-a-file-number", "scale: 55", "scale: -55", "scale: -55"),
    ("number-with-comma", "step: 0.5", "step: 0,5", "step: 0,5"),
    ("not-whole", "minimum: 30", "minimum: 30.5", "minimum:"),
    ("not-a-year", "valid: {from: 2017,", "valid: {from: 17,", "valid: {from: 17"),
    ("not-a-share", "share: 1/3", "share: 33 %", "share: 33"),
    ("share-above-one", "share: 1/3", "share: 4/3", "share: 4/3"),
    ("not-a-percentage", "at-most: 20 %", "at-most: 20", "at-most: 20,"),
    ("not-yes-or-no", "no-title: yes", "no-title: maybe", "no-title: maybe"),
    ("not-a-date", "date: 28/12/2016", "date: 2016-12-28", "2016-12-28"),
    ("no-such-date", "by: 10/6", "by: 31/6", "by: 31/6"),
    ("not-an-item", "not-held: A3/a", "not-held: A3", "not-held: A3}"),
    ("not-evidence", "        evidence: {wanted: Kế hoạch}",
     "        evidence: yes", "evidence: yes"),
    ("one-of-these-keys", "{code: kem, name: Kém, points: 0}",
     "{code: kem, name: Kém}", "code: kem"),
    ("one-of-these-keys", "        each: 0.5\n", "", "code: A6"),
    ("points-though-equal", "        items:\n", "        equal: yes\n        items:\n", "code: a,"),
    ("minimum-without-treatment", "        too-few: rescale\n", "", "code: B2"),
    ("bands-go-with-tiers", "        bands: [tot]\n", "", "code: B4"),
    ("number-too-great", "every: 3}", "every: 9999}", "every: 9999"),
    ("parts-of-parts",
     "            name: Phần một\n            kind: yes-no\n            most: 2\n",
     "            name: Phần một\n            most: 2\n            parts: []\n", "code: B5.1"),
    ("not-positive", "due: 13", "due: 0", "due: 0"),
    ("gate-without-effect", "    no-title: yes\n", "", "code: K2"),
    ("not-a-condition", "if: {flag: diem-nong}", "if: {flags: diem-nong}", "if: {flags"),
    ("kind-goes-with-band", "kind: so, band: tot, more", "kind: so, more", "code: t1"),
    ("not-a-comparison", "if: A2 > A1", "if: A2 A1", "if: A2 A1"),
    ("bounds-of-two-kinds", "from: 25 %, to: 30 %}", "from: 25 %, to: 30}", "code: dvk"),
    ("bounds-out-of-order", "from: 25 %, to: 30 %}", "from: 25 %, to: 20 %}", "code: dvk"),
    # --- lines ------------------------------------------------------------------------------
    ("finer-than-decimals", "ceiling: 60", "ceiling: 60.001", "ceiling:"),
    ("finer-than-decimals", "name: Phần một\n            kind: yes-no\n            most: 2",
     "name: Phần một\n            kind: yes-no\n            most: 2.001", "most: 2.001"),
    ("finer-than-decimals", "more-than: 70, points: 1}", "more-than: 70, points: 1.001}", "1.001"),
    ("column-not-said", "most: {S: 3, H: 2}", "most: {S: 3}", "most: {S: 3}"),
    ("column-not-said", "name: Tốt, points: 3}", "name: Tốt, points: {S: 3}}", "points: {S"),
    ("late-steps-as-shares", "up-to: 30, share: 1/4", "up-to: 30, points: 1", "up-to: 30"),
    ("above-most", "name: Tốt, points: 3", "name: Tốt, points: 4", "points: 4"),
    ("above-most", "- {from: 95, points: 2}", "- {from: 95, points: 4}", "from: 95"),
    ("best-is-not-most", "name: Tốt, points: 3", "name: Tốt, points: 2", "name: Tốt, points: 2"),
    ("best-is-not-most", "- {from: 95, points: 2}", "- {from: 95, points: 1}", "from: 95"),
    ("best-is-not-most", "- {band: tot, points: 1}", "- {band: tot, points: 0}", "band: tot, p"),
    ("duplicate-code", "{code: vua, name", "{code: tot, name", "name: Vừa"),
    ("items-do-not-add-up", "name: Mục b, points: 2", "name: Mục b, points: 3", "{code: a,"),
    ("tiers-out-of-order", "more-than: 70, points: 1", "more-than: 96, points: 1", "more-than: 96"),
    ("lowest-tier-has-bound", "          - {points: 0}\n        evidence",
     "          - {from: 5, points: 0}\n        evidence", "from: 5,"),
    ("line-does-not-rise", "line: {from: 1, to: 5}", "line: {from: 5, to: 5}", "line: {from: 5"),
    ("cut-and-line", "cut-below: 70",
     "cut-below: 70\n        line: {from: 1, to: 2}", "line: {from: 1, to: 2"),
    ("each-is-zero", "        each: 0.5\n", "        each: 0\n", "each: 0\n"),
    ("late-steps-out-of-order", "up-to: 30,", "up-to: 5,", "share: 1/4"),
    ("late-gains", "share: 1/4", "share: 3/4", "share: 3/4"),
    ("step-does-not-divide-most", "step: 0.5", "step: 0.3", "step: 0.3"),
    ("wordings-do-not-rise", "- {from: 3, text: Khá}", "- {from: 0, text: Khá}", "text: Khá"),
    ("duplicate-code", "{band: tot, points: 1}\n",
     "{band: tot, points: 1}\n              - {band: tot, points: 0}\n", "{band: tot, points: 0}"),
    ("last-level-is-the-rest", "{points: 0}\n            not-app",
     "{band: kha, points: 0}\n            not-app", "band: kha, points"),
    # --- the whole set ----------------------------------------------------------------------
    ("scale-is-zero", "scale: 55", "scale: 0", "scale: 0"),
    ("years-out-of-order", "scale: 55\n",
     "scale: 55\nyears: {from: 2020, until: 2019}\n", "years:"),
    ("column-without-kind", "name: Huyện, column: H", "name: Huyện, column: S", "  H: Huyện"),
    ("no-such-column", "name: Sở, column: S", "name: Sở, column: X", "column: X"),
    ("no-such-column", "most: {S: 3, H: 2}", "most: {S: 3, H: 2, X: 1}", "H: 2, X: 1"),
    ("no-such-column", "column: H, answer", "column: X, answer", "column: X, answer"),
    ("heading-sum", "most: {S: 3, H: 2}", "most: {S: 3, H: 3}", "most: {S: 3, H: 3}"),
    ("group-sum", "most: {S: 31, H: 30}", "most: {S: 31, H: 31}", "most: {S: 31, H: 31}"),
    ("group-most-missing", "    most: 25\n", "", "code: A\n"),
    ("cap-above-sum", "cap: 24", "cap: 26", "cap: 26"),
    ("most-outside-scale", "    as: bonus\n",
     "    as: bonus\n    most: 2\n", "    most: 2\n    criteria"),
    ("nothing-in-column", "bonus-cap: 2", GROUP_OF_ONE_COLUMN, "most: {S: 1, H: 0}"),
    ("most-missing", "        kind: yes-no\n        most: 2\n        valid",
     "        kind: yes-no\n        valid", "code: A1"),
    ("most-is-zero", "        most: 2\n        evidence: none\nbonus",
     "        most: 0\n        evidence: none\nbonus", "most: 0"),
    ("on-no-sheet", "        most: 2\n        evidence: none\nbonus",
     '        most: {S: "—", H: "—"}\n        evidence: none\nbonus', 'most: {S: "—"'),
    ("not-applicable-outside-scale", "        evidence: none\nbonus",
     "        not-applicable:\n          - {code: x, text: X, treatment: full}\n"
     "        evidence: none\nbonus",
     "- {code: x, text"),
    ("children-without-reason",
     "        not-applicable:\n          - {code: khong-to, text: Không có tổ, treatment: drop}\n",
     "", "code: B4"),
    ("never-valid", "valid: {from: 2017, every: 3}", "valid: {from: 2027, until: 2026}",
     "valid: {from: 2027"),
    ("every-without-from", "valid: {from: 2017, every", "valid: {every", "valid: {every"),
    ("bands-out-of-order", "more-than: 20", "more-than: 40", "name: Khá, more"),
    ("lowest-band-not-zero", "name: Yếu, from: 0", "name: Yếu, from: 1", "name: Yếu"),
    ("ladder-missing", LADDER, "  S:\n  " + LADDER.replace("\n", "\n  "), "  S:\n    - {code: tot"),
    ("sheet-does-not-fit", "fit: scale\n", "", "  so: {name"),
    # --- names ------------------------------------------------------------------------------
    ("duplicate-code", "code: B2\n", "code: B1\n", "code: B1\n        name: Khảo"),
    ("duplicate-code", "code: K2", "code: K1", "code: K1\n    name: Điều"),
    ("names-nothing", "ties: [A, B1]", "ties: [A, B9]", "ties: [A, B9]"),
    ("names-nothing", "{zero: A2}", "{zero: A9}", "{zero: A9}"),
    ("names-nothing", "{group: B,", "{group: A1,", "{group: A1,"),
    ("names-nothing", "A2 > A1", "A2 > A9", "A2 > A9"),
    ("names-nothing", "{criterion: A2, col", "{criterion: A9, col", "{criterion: A9, col"),
    ("names-nothing", "A8/q1, is", "A8/q9, is", "A8/q9"),
    ("said-twice", "ties: [A, B1]", "ties: [A, A]", "ties: [A, A]"),
    ("no-such-tag", "{tag: don-thu}", "{tag: don-thuu}", "{tag: don-thuu}"),
    ("no-such-flag", "{flag: diem-nong}", "{flag: diem-lanh}", "{flag: diem-lanh}"),
    ("flag-without-gate", "  diem-nong: Để phát sinh điểm nóng\n",
     "  diem-nong: Để phát sinh điểm nóng\n  la: Lạ\n", "  la: Lạ"),
    ("no-such-item", "A3/a}", "A3/z}", "A3/z}"),
    ("no-such-answer", "is: not-sent", "is: sent", "is: sent"),
    ("no-such-band", "at-most: kha", "at-most: gioi", "at-most: gioi"),
    ("no-such-band", "of: [tot, kha]", "of: [tot, gioi]", "of: [tot, gioi]"),
    ("quota-on-lowest-band", "{band: tot, at-most", "{band: yeu, at-most", "{band: yeu"),
    ("two-quotas-on-a-band", "quotas:\n",
     "quotas:\n  - {band: tot, at-most: 30 %, of: rated, per: round}\n", "30 %, of"),
    ("no-such-title", "within: dvk", "within: dvkk", "within: dvkk"),
    ("no-such-kind", "kind: so, band", "kind: xa, band", "kind: xa"),
    ("total-of-no-part", "total-of: A5", "total-of: A6", "total-of: A6"),
    # --- examples ---------------------------------------------------------------------------
    ("example-needs-column", "{criterion: A2, column: S,", "{criterion: A2,", "{criterion: A2,"),
    ("example-needs-year", "{criterion: A2, column: S, answer: vua, points: 1}",
     "{criterion: A8, column: S, answer: q1 1/3/2019; q2 not-sent, points: 2}", "criterion: A8"),
    ("example-comes-out-otherwise", "points: 2.58", "points: 2.57", "points: 2.57"),
    ("less-missing", 'answer: "10 | 1"', 'answer: "10"', 'answer: "10"'),
    ("no-such-choice", "answer: vua", "answer: vuaa", "answer: vuaa"),
]  # fmt: skip

OF_ANSWERS = frozenset({
    "answer-of-another-kind", "due-is-fixed", "due-is-zero", "grounds-missing", "more-than-due",
    "no-such-level", "not-a-part", "points-above-most", "points-off-the-step",
})  # fmt: skip
"""Raised while an answer is read: in a criteria file only an example can have them."""

OF_BYTES = frozenset({
    "file-not-a-mapping", "file-too-large", "not-utf-8", "too-deep", "too-many-values",
})  # fmt: skip
"""About a file as such: see test_tree."""

OF_OTHERS = frozenset({"not-a-moment"})
"""Criteria files know days; hours stand in rounds and on pages."""


def patched(old: str, new: str) -> str:
    if SMALL.count(old) == 0:
        raise ValueError(old)
    return SMALL.replace(old, new, 1)


def faults(text: str) -> tuple[Fault, ...]:
    try:
        return sets.check("small.yaml", text.encode()).faults
    except Faulty as error:
        return error.faults


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part)) + 1


UNUSED = {"flag-without-gate", "column-without-kind"}
"""Where a name is misspelt, what it should have named is unused, and that is said too."""


@pytest.mark.parametrize(("message", "old", "new", "at"), ROWS)
def test_a_fault_names_its_line(message: str, old: str, new: str, at: str) -> None:
    text = patched(old, new)

    found = faults(text)

    assert {each.message for each in found} - (UNUSED - {message}) == {message}
    assert line_of(text, at) in {each.place.line for each in found if each.message == message}


def test_a_kind_without_a_line_on_its_sheet_is_a_fault() -> None:
    found = faults(EMPTY_SHEET)

    assert [(each.message, each.place.line) for each in found] == [("sheet-is-empty", 10)]


@pytest.mark.parametrize("kind", ["yes-no", "options", "ratio"])
def test_a_no_break_space_before_a_kind_is_read_over(kind: str) -> None:
    """It came with a table that somebody pasted, and nobody sees it."""
    spaced = sets.check("small.yaml", patched(f"kind: {kind}", f"kind: \u00a0{kind}").encode())

    assert spaced.faults == ()
    assert spaced.set.groups == sets.check("small.yaml", SMALL.encode()).set.groups


def test_the_small_set_is_sound() -> None:
    assert faults(SMALL) == ()


def constants(module: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((HOUSE / module).read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_message_about_a_criteria_file_is_provoked() -> None:
    raised = {text for module in OF_A_FILE for text in constants(module) if text in MESSAGES}

    provoked = {row[0] for row in ROWS} - {"less-missing"} | {"sheet-is-empty"}
    assert sorted(raised - OF_ANSWERS - OF_BYTES - OF_OTHERS - provoked) == []

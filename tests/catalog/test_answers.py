"""Every message about answers and tables of answers: the least change that provokes it."""

from pathlib import Path

import pytest

from evalsvc.catalog import answer_tables, sets, tree
from evalsvc.catalog.answers import answers, assessment
from evalsvc.catalog.faults import Fault, Faulty
from evalsvc.domain.assessment import Assessment
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.forms import form

SMALL = Path(__file__).with_name("small.yaml").read_text("utf-8")
GIVERS = (
    ("name: Điểm thưởng\n", "name: Điểm thưởng\n        given-by: reviewer\n"),
    (
        "name: Các bậc\n        kind: tiers\n",
        "name: Các bậc\n        kind: tiers\n        may-exceed: yes\n"
        "        reviewer-may-set-points: yes\n",
    ),
    ("name: Phần một\n            kind: yes-no\n", "name: Phần một\n            kind: ratio\n"),
)
"""The small set with a line of the reviewer, a share of any total, and points set by hand."""

SOUND = """\
format: 1
unit: so-a
set: NHO
version: "1"
kind: so
year: 2020
tags: [don-thu]
submitted: 5/12/2020
answers:
  A1: yes
  A2: tot
  A3: a; b
  A4: 95
  A5: 12/13 | 0
  A6: 2
  A7: nhe 1; nang 0
  A8: q1 10/3/2020; q2 not-sent
  B1: 3,5; Có báo cáo
  B5.1: 5/7
official:
  B2: 4,20; 120
  B4: n/a khong-to
  B3: 87,61; 398/QĐ-UBND; 22/4/2020; 2020
review:
  A2: {answer: vua, reason: Thiếu văn bản}
  A4: {points: 1,5, reason: Một phần}
  B1: {points: 3, reason: Chưa đủ}
  B4: {refuse: yes, answer: tot 7; kha 2, reason: Có tổ}
  T1: {answer: yes}
explained:
  A2: {answer: tot, reason: Đã bổ sung}
flags:
  - {flag: diem-nong, document: 12/KL-UBND, date: 1/12/2020}
""".replace("1,5,", '"1,5",')

# message, what stands in the sound answers, what stands there instead, the line that is named
ROWS = [
    # --- shape ------------------------------------------------------------------------------
    ("duplicate-key", "  A6: 2", "  A6: 2\n  A6: 3", "  A6: 3"),
    ("missing-key", "unit: so-a\n", "", "format: 1"),
    ("missing-key", "submitted: 5/12/2020\n", "", "format: 1"),
    ("missing-key", ", document: 12/KL-UBND", "", "- {flag"),
    ("unknown-key", "year: 2020", "year: 2020\nyeer: 2020", "yeer"),
    ("unknown-key", "{answer: yes}", "{answer: yes, why: Tốt}", "T1: {answer"),
    ("value-missing", "unit: so-a", "unit:", "unit:"),
    ("value-missing", "  A6: 2", "  A6:", "  A6:"),
    ("not-one-value", "unit: so-a", "unit: [so-a]", "unit: [so-a]"),
    ("not-a-code", "unit: so-a", "unit: sở a", "unit: sở a"),
    ("not-a-year", "year: 2020", "year: 20", "year: 20\n"),
    ("not-a-list", "tags: [don-thu]", "tags: don-thu", "tags: don-thu"),
    ("not-a-mapping", "{answer: yes}", "yes", "T1: yes"),
    ("not-a-mapping", "  - {flag: diem-nong, document: 12/KL-UBND, date: 1/12/2020}",
     "  - diem-nong", "- diem-nong"),
    ("no-such-choice", "format: 1", "format: 2", "format: 2"),
    ("text-too-long", "reason: Chưa đủ", f"reason: {'a' * 4001}", "reason: aaa"),
    ("not-a-date", "submitted: 5/12/2020", "submitted: 2020-12-05", "submitted: 2020"),
    ("no-such-date", "submitted: 5/12/2020", "submitted: 31/11/2020", "submitted: 31"),
    ("not-yes-or-no", "refuse: yes", "refuse: maybe", "refuse: maybe"),
    ("one-of-these-keys", "{points: 3, reason", "{points: 3, answer: 3, reason", "{points: 3, a"),
    ("one-of-these-keys", "{answer: yes}", "{reason: Tốt}", "{reason: Tốt}"),
    ("not-an-answer", "A3: a; b", "A3: [a; b]", "A3: [a"),
    ("not-an-answer", "A3: a; b", "A3: [a, [b]]", "A3: [a"),
    ("not-an-answer", "A3: a; b", 'A3: [a, ""]', "A3: [a"),
    ("not-an-answer", "A7: nhe 1; nang 0", "A7: {nhe: 1, nang: }", "A7: {nhe"),
    ("said-twice", "official:\n", "official:\n  A1: yes\n", "  A1: yes\n  B2"),
    # --- the sheet --------------------------------------------------------------------------
    ("not-the-same", "set: NHO", "set: NHOO", "set: NHOO"),
    ("not-the-same", 'version: "1"', 'version: "2"', 'version: "2"'),
    ("not-the-same", "kind: so", "kind: huyen", "kind: huyen"),
    ("not-the-same", "year: 2020", "year: 2021", "year: 2021"),
    ("not-the-same", "year: 2020", "year: 2020\nhalf: 1", "half: 1"),
    ("not-the-same", "tags: [don-thu]", "tags: []", "tags: []"),
    ("no-such-line", "  A6: 2", "  A66: 2", "  A66: 2"),
    ("no-such-line", "  B3: 87", "  B33: 87", "  B33: 87"),
    ("no-such-line", "  T1: {", "  T9: {", "  T9: {"),
    ("no-such-flag", "{flag: diem-nong", "{flag: diem-lanh", "{flag: diem-lanh"),
    ("line-of-the-reviewer", "  A6: 2", "  A6: 2\n  T1: yes", "  T1: yes"),
    ("line-is-official", "  A6: 2", "  A6: 2\n  B5.2: tot", "  B5.2: tot"),
    ("line-not-official", "  B5.1: 5/7\nofficial:\n", "official:\n  B5.1: 5/7\n", "  B5.1"),
    # --- answers ----------------------------------------------------------------------------
    ("not-yes-or-no", "A1: yes", "A1: maybe", "A1: maybe"),
    ("no-such-choice", "A2: tot", "A2: gioi", "A2: gioi"),
    ("no-such-choice", "A3: a; b", "A3: a; z", "A3: a; z"),
    ("no-such-choice", "A7: nhe 1; nang 0", "A7: nhe 1; vua 0", "A7: nhe"),
    ("said-twice", "A3: a; b", "A3: a; a", "A3: a; a"),
    ("said-twice", "A7: nhe 1; nang 0", "A7: nhe 1; nhe 0", "A7: nhe"),
    ("said-twice", "answer: tot 7; kha 2", "answer: tot 7; tot 2", "B4: {refuse"),
    ("empty-part", "A3: a; b", "A3: a;; b", "A3: a;; b"),
    ("not-all-named", "A7: nhe 1; nang 0", "A7: nhe 1", "A7: nhe 1"),
    ("not-all-named", "; q2 not-sent", "", "A8: q1"),
    ("not-a-date", "A8: q1 10/3/2020", "A8: q1 10/3", "A8: q1 10/3;"),
    ("no-such-date", "A8: q1 10/3/2020", "A8: q1 31/6/2020", "A8: q1 31/6"),
    ("not-a-number", "A6: 2", "A6: hai", "A6: hai"),
    ("number-not-whole", "A6: 2", "A6: 2,5", "A6: 2,5"),
    ("number-two-readings", "A4: 95", "A4: 1.234", "A4: 1.234"),
    ("number-too-great", "B2: 4,20", "B2: 420", "B2: 420"),
    ("number-too-great", "B1: 3,5", "B1: 5,5", "B1: 5,5"),
    ("number-too-fine", "B2: 4,20", "B2: 4,2011", "B2: 4,2011"),
    ("not-of-shape", "B2: 4,20; 120", "B2: 4,20", "B2: 4,20\n"),
    ("not-of-shape", "B3: 87,61; 398/QĐ-UBND;", "B3: 87,61;", "B3: 87,61"),
    ("result-of-another-year", "22/4/2020; 2020", "22/4/2020; 2019", "B3: 87,61"),
    ("less-missing", "12/13 | 0", "12/13", "A5: 12/13"),
    ("less-not-asked", "A6: 2", "A6: 2 | 0", "A6: 2 | 0"),
    ("grounds-missing", "3,5; Có báo cáo", "3,5", "B1: 3,5"),
    ("points-off-the-step", "B1: 3,5", "B1: 3,6", "B1: 3,6"),
    ("due-is-zero", "12/13 | 0", "0/0 | 0", "A5: 0/0"),
    ("due-is-zero", "answer: tot 7; kha 2", "answer: tot 0; kha 0", "B4: {refuse"),
    ("due-is-fixed", "12/13 | 0", "12/14 | 0", "A5: 12/14"),
    ("more-than-due", "12/13 | 0", "14/13 | 0", "A5: 14/13"),
    ("more-than-due", "B5.1: 5/7", "B5.1: 8/7", "B5.1: 8/7"),
    ("not-a-part", "B5.1: 5/7", "B5.1: 5", "B5.1: 5"),
    ("no-such-reason", "n/a khong-to", "n/a khong-don", "B4: n/a"),
    ("no-such-reason", "A6: 2", "A6: n/a khong-to", "A6: n/a"),
    # --- what reviewers make of them --------------------------------------------------------
    ("reason-missing", "{answer: vua, reason: Thiếu văn bản}", "{answer: vua}", "A2: {answer: vua"),
    ("nothing-to-refuse", "{points: 3, reason", "{refuse: yes, reason", "B1: {refuse"),
    ("points-not-by-hand", "{answer: vua,", "{points: 1,", "A2: {points"),
    ("points-off-the-step", "{points: 3, reason", "{points: 3.3, reason", "B1: {points"),
    ("number-too-fine", '{points: "1,5"', '{points: "1,234"', "A4: {points"),
    ("number-too-great", "{points: 3, reason", "{points: 6, reason", "B1: {points"),
    ("no-such-reason", "{answer: vua,", "{not-applicable: khong-to,", "A2: {not"),
    ("no-such-choice", "{answer: vua,", "{answer: gioi,", "A2: {answer: gioi"),
    ("explained-below-reviewed", "{answer: tot, reason: Đã", "{answer: kem, reason: Đã",
     "A2: {answer: kem"),
]  # fmt: skip

TABLE = """\
unit,name,submitted,A2,A7,B3,review A2,final A2,flags,concluded
so-a,Sở A,5/12/2020,tot,nhe 1; nang 0,"87,61; 398/QĐ; 22/4/2020; 2020",\
vua // Thiếu văn bản,tot // Đã có,diem-nong 12/KL 1/12/2020,yes
"""

# message, what stands in the sound table, what stands there instead, line and column
TABLE_ROWS = [
    ("not-csv", "so-a,", '"so-a"a,', (2, 1)),
    ("not-csv", "5/12/2020,tot,", '5/12/2020,"tot,', (2, 1)),
    ("row-of-other-width", "so-a,", "so-a,,", (2, 1)),
    ("row-of-other-width", ",yes\n", "\n", (2, 1)),
    ("duplicate-key", "A2,A7", "A2,A2", (1, 5)),
    ("missing-key", "unit,", "don-vi,", (1, 1)),
    ("missing-key", "submitted", "ngay-nop", (1, 1)),
    ("missing-key", "so-a,", ",", (2, 1)),
    ("not-yes-or-no", ",yes\n", ",maybe\n", (2, 10)),
    ("no-such-line", "A2,A7", "A22,A7", (2, 4)),
    ("no-such-line", "review A2", "review A22", (2, 7)),
    ("no-such-choice", "5/12/2020,tot,", "5/12/2020,gioi,", (2, 4)),
    ("not-a-date", "5/12/2020,tot", "2020,tot", (2, 3)),
    ("not-all-named", "nhe 1; nang 0", "nhe 1", (2, 5)),
    ("result-of-another-year", "; 2020\"", "; 2019\"", (2, 6)),
    ("reason-missing", "vua // Thiếu văn bản", "vua", (2, 7)),
    ("points-not-by-hand", "vua //", "points 1 //", (2, 7)),
    ("no-such-reason", "vua //", "n/a khong-to //", (2, 7)),
    ("nothing-to-refuse", "vua //", "refuse //", (2, 7)),
    ("value-missing", "diem-nong 12/KL 1/12/2020", "diem-nong 1/12/2020", (2, 9)),
    ("no-such-flag", "diem-nong 12", "diem-lanh 12", (2, 9)),
]  # fmt: skip


def criteria() -> CriteriaSet:
    text = SMALL
    for old, new in GIVERS:
        text = patched(text, old, new)
    return sets.load("small.yaml", text.encode())


def patched(text: str, old: str, new: str) -> str:
    if text.count(old) == 0:
        raise ValueError(old)
    return text.replace(old, new, 1)


def read(text: str) -> Assessment:
    sheet = form(criteria(), "so", ["don-thu"], year=2020)
    return assessment(answers(tree.read("so-a.yaml", text.encode())), sheet)


def read_table(content: bytes) -> list[Assessment]:
    sheet = form(criteria(), "so", ["don-thu"], year=2020)
    rows = answer_tables.rows("so.csv", content, frozenset({"B3"}))
    return [assessment(answers(file), sheet) for file in rows]


def faults(text: str) -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as error:
        read(text)
    return error.value.faults


def table_faults(content: bytes) -> tuple[Fault, ...]:
    with pytest.raises(Faulty) as error:
        read_table(content)
    return error.value.faults


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part.strip("\n"))) + 1


@pytest.mark.parametrize(("message", "old", "new", "at"), ROWS)
def test_a_fault_of_answers_names_its_line(message: str, old: str, new: str, at: str) -> None:
    text = patched(SOUND, old, new)

    found = faults(text)

    assert [(each.message, each.place.line) for each in found] == [(message, line_of(text, at))]


def test_the_sound_answers_are_read() -> None:
    found = read(SOUND)

    assert (len(found.claims), len(found.marks), len(found.flags)) == (13, 6, 1)


@pytest.mark.parametrize("text", ["", "- so-a\n", "so-a\n"])
def test_answers_that_are_no_mapping_are_said_so(text: str) -> None:
    assert [each.message for each in faults(text)] == ["file-not-a-mapping"]


def test_all_that_does_not_fit_the_sheet_is_told_together() -> None:
    text = patched(patched(SOUND, "A1: yes", "A1: maybe"), "{answer: yes}", "{answer: hai}")

    found = faults(patched(text, "set: NHO", "set: NHOO"))

    lines = [(each.message, each.place.line) for each in found]
    assert lines == [("not-the-same", 3), ("not-yes-or-no", 10), ("not-yes-or-no", 29)]


@pytest.mark.parametrize(
    ("short", "whole"),
    [("A3: [a, b]", "A3: a; b"), ("A7: {nhe: 1, nang: 0}", "A7: nhe 1; nang 0")],
)
def test_a_list_or_a_mapping_reads_as_the_words_do(short: str, whole: str) -> None:
    assert read(patched(SOUND, whole, short)) == read(SOUND)


@pytest.mark.parametrize(("message", "old", "new", "at"), TABLE_ROWS)
def test_a_fault_of_a_table_names_its_cell(
    message: str, old: str, new: str, at: tuple[int, int]
) -> None:
    found = table_faults(patched(TABLE, old, new).encode())

    assert [(each.message, tuple(each.place)) for each in found] == [(message, at)]


def test_a_table_that_is_not_utf_8_is_said_so() -> None:
    found = table_faults(TABLE.encode() + b"so-b,\xff\n")

    assert [(each.message, each.place.line) for each in found] == [("not-utf-8", 3)]


def test_a_fault_below_blank_and_folded_rows_names_the_line_of_its_row() -> None:
    folded = patched(TABLE, "vua // Thiếu văn bản", '"vua // Thiếu\nvăn bản"')
    row = patched(TABLE.split("\n", 1)[1], ",tot,", ",gioi,")

    found = table_faults((folded + "\n,,,,,,,,,\n" + row).encode())

    assert [(each.message, each.place.line) for each in found] == [("no-such-choice", 6)]


@pytest.mark.parametrize("content", [
    b"\xef\xbb\xbf" + TABLE.encode(),
    TABLE.replace("\n", "\r\n").encode(),
    ("\n".join(TABLE.split("\n", 1)[:1]) + "\n\n,,,,,,,,,\n" + TABLE.split("\n", 1)[1]).encode(),
])  # fmt: skip
def test_marks_of_spreadsheets_and_blank_rows_change_nothing(content: bytes) -> None:
    assert read_table(content) == read_table(TABLE.encode())

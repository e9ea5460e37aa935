"""Differences between two sets, by code, in words."""

import pytest

from evalsvc.catalog import diff_words, tree
from evalsvc.catalog.blocks import Block, ByColumn, Items, Named
from evalsvc.catalog.diff import What, changes
from evalsvc.catalog.labels import LABELS
from evalsvc.catalog.line_schemas import (
    LINES,
    DueNumberSchema,
    EvidenceSchema,
    HeadingLine,
)
from evalsvc.catalog.set_schema import CONDITIONS, BandSchema, SetSchema
from evalsvc.catalog.skeleton import skeleton
from evalsvc.words.language import language

VI = language("vi")


def told(old: str, new: str, lang: str = "vi") -> list[str]:
    files = (tree.read("a", old.encode()), tree.read("b", new.encode()))
    return [diff_words.text(language(lang), change) for change in changes(*files)]


def after(this: str, that: str) -> list[str]:
    """What is told when a piece of the sample is replaced by another."""
    assert this in skeleton()
    return told(skeleton(), skeleton().replace(this, that, 1))


@pytest.mark.parametrize(
    ("this", "that", "said"),
    [
        ("step: 0.5", "step: 2.5", ["C2 bước điểm 0,5 → 2,5"]),
        ("most: {S: 20, X: 25}", "most: {S: 20, X: 24.5}", ["A2 điểm tối đa › X 25 → 24,5"]),
        ('version: "1"', 'version: "1.10"', ["phiên bản 1 → 1.10"]),
        (
            "name: Tin, bài tuyên truyền",
            "name: Tin, bài",
            ["A3 tên “Tin, bài tuyên truyền” → “Tin, bài”"],
        ),
        (
            "name: Đã ban hành, points: 10",
            "name: Đã ban hành, points: 9.5",
            ["A1 các mục › ban-hanh › điểm 10 → 9,5"],
        ),
        ("{from: 95, share: 1}", "{from: 90, share: 1}", ["B1 các bậc › mục thứ 1 › từ 95 → 90"]),
        (
            "evidence: {wanted: Biên bản hội nghị}",
            "evidence: none",
            ["A2 minh chứng nên có “Biên bản hội nghị” → none"],
        ),
        ("bonus-cap: 5", "bonus-cap: 4", ["trần điểm thưởng chung 5 → 4"]),
        ("decimals: 2 ", "", ["số chữ số thập phân: bỏ 2"]),
        ("scale: 100", "scale: 100\ncompare: points", ["cách so sánh: thêm points"]),
        (
            "if: {flag: diem-nong}",
            "if: {zero: B2}",
            [
                "điều kiện › K1 › khi › tiêu chí được 0 điểm: thêm B2",
                "điều kiện › K1 › khi › việc được ghi nhận: bỏ diem-nong",
            ],
        ),
        (
            "answer: ban-hanh,",
            "answer: dung-han,",
            ["ví dụ › mục thứ 1 › nội dung kê khai ban-hanh → dung-han"],
        ),
        (
            "  - on: B2",
            "  - on: B1",
            ["điều đã quyết định › mục thứ 1 › về B2 → B1"],
        ),
        ("at-most: 20 %", "at-most: 25 %", ["tỷ lệ khống chế › mục thứ 1 › không quá 20 % → 25 %"]),
        ("# Nhóm > tiêu chí", "# nhóm", []),
    ],
)
def test_a_change_is_told_by_code_and_key(this, that, said):
    assert after(this, that) == said


def test_a_new_line_is_told_with_all_that_it_says():
    line = "      - {code: C4, name: Họp, kind: yes-no, most: 1, evidence: none}\n"
    found = after("  # Điểm thưởng cộng ngoài", line + "  # Điểm thưởng cộng ngoài")

    assert found == [
        "C4: thêm mới: mã C4; tên Họp; loại yes-no; điểm tối đa 1; minh chứng none",
    ]


def test_a_line_that_is_taken_out_is_told_by_its_name():
    assert told(
        "groups:\n- code: A\n  criteria:\n  - {code: A1, name: Họp}\n  - {code: A2, name: Gặp}\n",
        "groups:\n- code: A\n  criteria:\n  - {code: A2, name: Gặp}\n",
    ) == ["A1: bỏ “Họp”"]


def test_a_line_that_goes_to_another_group_is_moved_not_replaced():
    old = "groups:\n- {code: A, criteria: [{code: x, name: n}]}\n- {code: B, criteria: []}\n"
    new = "groups:\n- {code: A, criteria: []}\n- {code: B, criteria: [{code: x, name: n}]}\n"

    assert told(old, new) == ["x: chuyển từ A sang B"]


def test_a_line_that_stands_earlier_is_moved_and_its_neighbours_are_not():
    lines = [f"{{code: x{n}, name: n}}" for n in range(4)]
    old = f"groups:\n- {{code: A, criteria: [{', '.join(lines)}]}}\n"
    new = f"groups:\n- {{code: A, criteria: [{', '.join([lines[3], *lines[:3]])}]}}\n"

    assert told(old, new) == ["x3: đổi thứ tự"]


def test_one_more_example_at_the_top_is_one_change():
    found = after("examples:\n", "examples:\n  - {criterion: B2, answer: '0', points: 20}\n")

    assert len(found) == 1
    assert found[0].startswith("ví dụ › mục thứ 1: thêm ")


def test_items_without_a_code_are_matched_by_the_code_that_their_name_makes():
    old = "groups:\n- {code: A, criteria: [{code: x, levels: [{name: Có, points: 1}]}]}\n"
    new = "groups:\n- {code: A, criteria: [{code: x, levels: [{name: Có, points: 2}]}]}\n"

    assert told(old, new) == ["x các mức › co › điểm 1 → 2"]


def test_a_code_that_is_spelled_like_a_key_stays_a_code():
    assert told("kinds: {to: {name: a}}\n", "kinds: {to: {name: b}}\n") == [
        "các loại đơn vị › to › tên a → b"
    ]


def test_english_readers_get_points_and_english_labels():
    assert told("decimals: 2\nbonus-cap: 2.5\n", "decimals: 2\nbonus-cap: 1.5\n", "en") == [
        "common cap of bonuses 2.5 → 1.5"
    ]


def test_equal_trees_have_no_changes():
    file = tree.read("a", skeleton().encode())

    assert changes(file, file) == ()


def test_every_scalar_of_the_sample_shows_when_it_changes():
    file = tree.read("a", skeleton().encode())
    hidden = []
    for path, value in tree.walk(file.root):
        if isinstance(value, str) and "code" not in path:
            other = tree.read("b", skeleton().encode())
            _set(other.root, path, f"{value}x")
            if not changes(file, other):
                hidden.append(path)

    assert hidden == []


def _set(root: object, path: tuple[str | int, ...], value: str) -> None:
    for step in path[:-1]:
        root = root[step]
    root[path[-1]] = value


def _keys(schema: object) -> set[str]:
    """Every key of a schema and of those inside it."""
    found = set()
    for name, field in schema.fields.items():
        found.add(field.data_key or name)
        inner = field
        while isinstance(inner, Items | Named | ByColumn):
            inner = inner.inner
        if isinstance(inner, Block) and isinstance(inner.schema, type):
            found |= _keys(inner.schema())
    return found


def test_every_key_of_the_format_has_a_label_in_both_languages():
    schemas = [SetSchema, HeadingLine, BandSchema, DueNumberSchema, EvidenceSchema]
    schemas += [*LINES.values(), *CONDITIONS.values()]
    keys = set().union(*(_keys(schema()) for schema in schemas))

    assert keys - set(LABELS) == set()
    assert [label for label in LABELS.values() if label not in VI.sentences] == []


def test_what_happened_is_named_for_programs():
    assert [str(each) for each in What] == ["added", "removed", "changed", "moved"]

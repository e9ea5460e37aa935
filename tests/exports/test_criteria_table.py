"""The table of a set: what stands in it, in text, HTML and CSV."""

import csv
import io
import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from evalsvc import resources
from evalsvc.catalog import shelf
from evalsvc.catalog.sets import load
from evalsvc.catalog.skeleton import skeleton
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import Refused
from evalsvc.exports.criteria_csv import to_criteria_csv
from evalsvc.exports.criteria_html import to_html
from evalsvc.exports.criteria_table import Table, table
from evalsvc.exports.criteria_text import to_text
from evalsvc.exports.csv_files import guarded
from evalsvc.words.language import language

VI = language("vi")
CODES = sorted(shelf.shipped())


def of(text: str) -> CriteriaSet:
    return load("sample.yaml", text.encode())


def sample(kind: str | None = None, **replaced: str) -> Table:
    return table(VI, of(skeleton()), kind)


def html(made: Table, lang: str = "vi") -> str:
    return to_html(language(lang), made, resources.templates())


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("code", CODES)
def test_sums_of_groups_and_of_the_scale_add_up(code):
    made = table(VI, shelf.load(code))

    scale = made.parts[0]
    for at in range(len(made.columns)):
        sums = [section.most[at] or 0 for section in scale.sections]
        capped = [
            min(most, cap) if (cap := section.cap[at]) is not None else most
            for most, section in zip(sums, scale.sections, strict=True)
        ]
        assert scale.totals[at] == sum(capped)


def test_bonus_and_penalty_stand_apart_from_the_scale():
    made = sample()

    assert [str(part.role) for part in made.parts] == ["scale", "bonus"]
    assert made.parts[0].totals == (Decimal(100), Decimal(100))
    assert made.parts[1].totals == ()


def test_a_line_without_a_cap_shows_no_number():
    assert sample().parts[1].sections[0].rows[0].uncapped


def test_one_kind_has_one_column_and_the_rule_of_that_column():
    row = sample("xa").parts[0].sections[0].rows[1]

    assert row.most == (Decimal(25),)
    assert row.rules == ("Số văn bản đã học tập / Số văn bản phải học tập × 25 điểm.",)


def test_columns_with_different_rules_are_told_apart_and_reasons_are_told_once():
    rules = sample().parts[0].sections[1].rows[0].rules

    assert [rule.split(":")[0] for rule in rules] == ["S", "X", "Không có đơn thư trong năm"]


def test_a_kind_that_the_set_does_not_serve_is_refused():
    with pytest.raises(Refused):
        sample("phuong")


def test_lines_of_some_units_only_say_of_which():
    made = table(VI, shelf.load("TV-2019"), "so")

    notes = [note for part in made.parts for s in part.sections for r in s.rows for note in r.notes]
    assert any("Chủ trì thực hiện nhiệm vụ" in note for note in notes)


def test_gates_quotas_and_bands_are_told_in_words():
    said = {each.heading: each.items for each in sample().provisions}

    assert said["Điều kiện"] == (
        (
            "K1",
            "Để phát sinh điểm nóng thì không xếp loại xuất sắc và tốt. Khi bị ghi nhận: "
            "Để phát sinh điểm nóng thì cao nhất chỉ xếp loại “Hoàn thành”.",
        ),
        (
            "K2",
            "Không gửi báo cáo năm thì không được danh hiệu. "
            "Khi C3 là “không gửi” thì không xét danh hiệu.",
        ),
    )
    assert said["Tỷ lệ khống chế"] == (
        (
            "",
            "Hoàn thành xuất sắc: không quá 20% số đơn vị xếp loại Hoàn thành xuất sắc và "
            "Hoàn thành tốt, tính theo từng khối, làm tròn xuống.",
        ),
    )
    assert said["Xếp loại"][1] == ("", "Hoàn thành tốt: từ 80 đến dưới 90")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_html_is_whole_and_needs_nothing_from_outside(code, lang):
    text = html(table(language(lang), shelf.load(code)), lang)

    tags = _Tags(text)
    names = {tag for tag, _ in tags.found}
    assert tags.open == []
    assert not names & {"script", "link", "img", "iframe"}
    assert not any({"style", "onclick"} & set(attributes) for _, attributes in tags.found)
    assert not re.search(r"url\(|@import|https?:", text)


def test_html_has_one_h1_a_language_and_real_tables():
    tags = _Tags(html(sample())).found

    heads = [attributes for tag, attributes in tags if tag == "th"]
    assert [tag for tag, _ in tags].count("h1") == 1
    assert tags[0] == ("html", {"lang": "vi"})
    assert all("scope" in attributes for attributes in heads)
    assert [tag for tag, _ in tags].count("caption") == [tag for tag, _ in tags].count("table")


def test_html_takes_names_as_text_never_as_markup():
    text = skeleton().replace("name: Tin, bài tuyên truyền", 'name: "<script>alert(1)</script>"')

    shown = html(table(VI, of(text)))

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_text_keeps_to_the_width_of_a_terminal():
    assert max(len(line) for line in to_text(VI, sample()).splitlines()) <= 100


def test_text_puts_numbers_under_their_columns():
    lines = to_text(VI, sample()).splitlines()

    head = next(line for line in lines if line.startswith("Mã"))
    row = next(line for line in lines if line.startswith("A2"))
    assert row[head.index("S")] == "0"
    assert row[: head.index("S") + 1].endswith("20")


def test_csv_cannot_be_mistaken_for_a_formula():
    text = skeleton().replace("name: Tin, bài tuyên truyền", 'name: "=HYPERLINK(1)"')

    written = to_criteria_csv(VI, table(VI, of(text))).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(written)))
    assert "'=HYPERLINK(1)" in [row[2] for row in rows]
    assert len({len(row) for row in rows}) == 1


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-2", "'-2"),
        ("@a", "'@a"),
        ("\t=1", "'\t=1"),
        ("2.50", "2.50"),
        ("—", "—"),
        ("", ""),
    ],
)
def test_a_cell_that_would_run_is_guarded(cell, safe):
    assert guarded(cell) == safe


PARTS = """      - code: C4
        name: Họp
        most: 5
        parts:
          - {code: C4.1, name: Họp quý, kind: yes-no, most: 2, evidence: none}
          - {code: C4.2, name: Họp năm, kind: yes-no, most: 3, only: [lon], evidence: none}
"""


def with_parts() -> CriteriaSet:
    text = skeleton().replace("  # Điểm thưởng cộng", f"{PARTS}  # Điểm thưởng cộng")
    text = text.replace("    most: 15\n    criteria", "    most: 20\n    cap: 18\n    criteria")
    text = text.replace("flags:\n", "tags:\n  lon: Đơn vị lớn\nflags:\n")
    return of(text.replace("scale: 100 ", "fit: own\nceiling: none\ncompare: points\nscale: 100 "))


def test_a_criterion_with_parts_stands_above_them():
    rows = table(VI, with_parts()).parts[0].sections[2].rows

    assert [(row.code, row.depth) for row in rows[3:]] == [("C4", 0), ("C4.1", 1), ("C4.2", 1)]
    assert rows[3].most == (Decimal(5), Decimal(5))
    assert rows[3].rules == ()


def test_a_capped_group_counts_as_its_cap_and_says_so():
    made = table(VI, with_parts())

    assert made.parts[0].totals == (Decimal(103), Decimal(103))
    assert "Nhóm này tính nhiều nhất 18 điểm." in to_text(VI, made)
    assert "Nhóm này tính nhiều nhất 18 điểm." in html(made)


def test_how_the_total_is_made_is_told_where_the_set_says_so():
    said = {each.heading: each.items for each in table(VI, with_parts()).provisions}

    assert [text for _, text in said["Cách lập tổng điểm"]] == [
        "Mỗi phiếu lấy tổng điểm tối đa của mình làm thang.",
        "Tổng điểm thưởng tính không quá 5 điểm.",
        "Tổng điểm không có mức trần.",
        "So sánh bằng điểm đạt được, không quy đổi theo thang của phiếu.",
    ]


def test_the_sum_of_a_sheet_leaves_out_lines_of_some_units_only():
    # 15 without the part of 3 that only large units have, so the cap of 18 does not bite: 100 + 2
    assert table(VI, with_parts()).sheets == (
        "Sở, ban, ngành: 102 điểm",
        "Ủy ban nhân dân cấp xã: 102 điểm",
    )

"""Charts show totals where they are, say in words what they show, and take no styles along."""

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from evalsvc.exports.charts import (
    Band,
    Block,
    Gap,
    Layer,
    distribution,
    dots,
    gap_chart,
    mini_ruler,
    ruler,
)
from evalsvc.exports.charts_rulers import NARROW
from evalsvc.exports.charts_svg import width_of
from evalsvc.exports.charts_time import Course, Stage, timeline
from evalsvc.words.language import language

VI = language("vi")
BANDS = (
    Band("Hoàn thành tốt", Decimal(70)),
    Band("Hoàn thành xuất sắc", Decimal(90)),
    Band("Không hoàn thành", Decimal(0)),
)
UNITS = [("Sở A", Decimal("89.95")), ("Sở B", Decimal(90)), ("Sở C", Decimal(90))]
STAGES = (
    Stage("Tự đánh giá", date(2026, 10, 1), date(2026, 11, 30)),
    Stage("Thẩm định", date(2026, 12, 1), date(2026, 12, 4)),
    Stage("Giải trình", date(2026, 12, 5), date(2026, 12, 7)),
    Stage("Kết luận", date(2026, 12, 8), date(2026, 12, 8)),
)


def layers(*totals: str) -> list[Layer]:
    names = ("tự chấm", "thẩm định", "kết luận")
    marks = ("claimed", "reviewed", "final")
    return [
        Layer(mark, name, Decimal(total))  # type: ignore[arg-type]
        for mark, name, total in zip(marks, names, totals, strict=True)
    ]


def tree(svg: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(str(svg))  # noqa: S314 - made a moment ago


def texts(svg: Markup) -> list[str]:
    return [each.text or "" for each in tree(svg).iter("text")]


def shapes(svg: Markup, css: str) -> list[ElementTree.Element]:
    return [each for each in tree(svg).iter() if each.get("class") == css]


CHARTS = {
    "dots": dots(VI, "c", [Block("Khối I", "", UNITS), Block("Khối II", "", [])], BANDS),
    "dots-of-nothing": dots(VI, "c", [], []),
    "ruler": ruler(VI, "c", layers("90.06", "88.53", "89.55"), BANDS),
    "ruler-of-nothing": ruler(VI, "c", [], BANDS),
    "mini-ruler": mini_ruler(VI, "c", Decimal(90), BANDS, Decimal(80)),
    "gaps": gap_chart(VI, "c", [Gap("Sở A", Decimal(90), Decimal(88))], BANDS),
    "gaps-of-nothing": gap_chart(VI, "c", [], []),
    "distribution": distribution(VI, "c", [Decimal(1), Decimal(4)], Decimal(4)),
    "distribution-of-nothing": distribution(VI, "c", [], Decimal("0.5")),
    "timeline": timeline(VI, "c", STAGES, date(2026, 11, 20)),
    "timeline-of-nothing": timeline(VI, "c", [], date(2026, 11, 20)),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_name_and_a_text_and_no_style(name: str) -> None:
    root = tree(CHARTS[name])

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c-title c-desc"
    assert [each.get("id") for each in root.iter() if each.get("id")] == ["c", "c-title", "c-desc"]
    assert "style" not in CHARTS[name]
    assert root.findtext("title")


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_drawn_at_a_place_that_is_not_a_number(name: str) -> None:
    assert re.findall(r"NaN|Infinity|E[+-]\d", CHARTS[name]) == []


def test_each_unit_is_one_dot_that_names_it() -> None:
    found = [each.findtext("title") for each in shapes(CHARTS["dots"], "dt")]

    assert found == ["Sở A: 89,95", "Sở B: 90,00", "Sở C: 90,00"]


def test_a_dot_below_a_threshold_stands_left_of_its_line() -> None:
    places = [Decimal(each.get("cx", "")) for each in shapes(CHARTS["dots"], "dt")]
    lines = [each.get("d", "") for each in shapes(CHARTS["dots"], "th")]
    ninety = Decimal(lines[-1].removeprefix("M").split()[0])

    assert places[0] < ninety == places[1] == places[2]


def test_equal_totals_stand_upon_each_other() -> None:
    first, second = shapes(CHARTS["dots"], "dt")[1:]

    assert first.get("cx") == second.get("cx")
    assert first.get("cy") != second.get("cy")


def test_many_equal_totals_are_drawn_smaller() -> None:
    many = [Block("Khối III", "", [(f"Xã {n}", Decimal(82)) for n in range(120)])]

    radii = {each.get("r") for each in shapes(dots(VI, "c", many, BANDS), "dt")}

    assert radii == {"1.9"}


def test_names_are_escaped() -> None:
    block = Block("<b>", "", [("<script>", Decimal(80))])

    assert "<script>" not in dots(VI, "c", [block], BANDS)


def test_equal_layers_share_one_label_and_the_mark_of_the_last() -> None:
    svg = ruler(VI, "c", layers("52", "52", "52"), BANDS)

    assert "tự chấm, thẩm định, kết luận" in texts(svg)
    assert len(shapes(svg, "fi")) == 1
    assert shapes(svg, "cl") == []


def test_the_ruler_shows_the_stretch_around_the_totals_and_the_next_threshold() -> None:
    shown = texts(ruler(VI, "c", layers("82", "81", "81"), BANDS))

    assert "90" in shown
    assert "50" not in shown


@pytest.mark.parametrize("totals", [("100", "99.5", "99"), ("3", "1", "0"), ("52", "50", "48")])
def test_no_label_of_a_narrow_ruler_leaves_it(totals: tuple[str, ...]) -> None:
    svg = ruler(VI, "c", layers(*totals), BANDS, width=NARROW)

    for each in tree(svg).iter("text"):
        css, at = each.get("class", ""), Decimal(each.get("x", ""))
        wide = width_of(each.text or "", 15 if css == "v" else 13, bold=bool(css))
        before = {"end": wide, "middle": wide / 2}.get(each.get("text-anchor", ""), Decimal(0))
        assert at - before >= 0
        assert at - before + wide <= NARROW


@pytest.mark.parametrize(("later", "css"), [("reviewed", "rvh"), ("final", "fi")])
def test_a_gap_carries_the_marks_of_its_layers_and_a_sign(later: str, css: str) -> None:
    gaps = [Gap("Sở A", Decimal(90), Decimal("84.25")), Gap("Sở B", Decimal(90), Decimal(91))]

    svg = gap_chart(VI, "c", gaps, BANDS, later)  # type: ignore[arg-type]

    assert len(shapes(svg, css)) == 2
    assert {"−5,75", "+1,00"} <= set(texts(svg))


def test_a_small_ruler_without_a_name_is_silent() -> None:
    root = tree(mini_ruler(VI, None, Decimal(90), BANDS))

    assert root.get("aria-hidden") == "true"
    assert root.get("id") is None


@pytest.mark.parametrize(("agreeing", "css"), [(8, "circle"), (9, "rect")])
def test_where_many_agree_a_bar_says_it(agreeing: int, css: str) -> None:
    svg = distribution(VI, "c", [Decimal(2)] * agreeing, Decimal(4))

    assert len(shapes(svg, "cl")) == (agreeing if css == "circle" else 1)
    assert f"2,00 điểm: {agreeing} đơn vị" in svg


def test_the_words_of_short_stages_take_rows_of_their_own() -> None:
    labels = {each.text: each.get("y") for each in shapes(CHARTS["timeline"], "ph")}

    assert labels["Tự đánh giá"] == labels["Kết luận"]
    assert len({labels["Thẩm định"], labels["Giải trình"], labels["Kết luận"]}) == 3


@pytest.mark.parametrize(
    ("today", "marks"),
    [(date(2026, 9, 30), 0), (date(2026, 10, 1), 2), (date(2026, 12, 8), 2), (date(2027, 1, 1), 0)],
)
def test_today_is_marked_while_the_round_runs(today: date, marks: int) -> None:
    assert len(shapes(timeline(VI, "c", STAGES, today), "now")) == marks


def test_the_course_as_a_list_marks_the_stage_of_today() -> None:
    course = Course.of(VI, "c", STAGES, date(2026, 12, 8))

    assert [stage.name for stage in course.stages if stage.current] == ["Kết luận"]
    assert [stage.when for stage in course.stages][::3] == ["01/10 đến 30/11", "ngày 08/12"]

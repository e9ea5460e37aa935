"""Conditions of gates in words."""

from decimal import Decimal

import pytest

from evalsvc.catalog.sets import load
from evalsvc.catalog.skeleton import skeleton
from evalsvc.domain.conditions import (
    AllOf,
    AnswerIs,
    AnyOf,
    AtZero,
    ChildrenBelow,
    CriterionBelow,
    Flagged,
    GroupBelow,
    NotHeld,
    Tagged,
)
from evalsvc.exports.condition_words import condition_in_words
from evalsvc.words.language import language

SET = load("sample.yaml", skeleton().encode())
HALF = Decimal(50)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (NotHeld("A1", "dung-han"), "A1: không đạt mục “Ban hành đúng thời hạn”"),
        (AnswerIs("C1", "chua"), "C1 là “Chưa có văn bản”"),
        (AnswerIs("C1", "chua", negated=True), "C1 không phải là “Chưa có văn bản”"),
        (AnswerIs("C3", "not-sent"), "C3 là “không gửi”"),
        (AnswerIs("C3", "not-sent", due="q1"), "C3 (q1) là “không gửi”"),
        (CriterionBelow("B1", HALF), "B1 đạt dưới 50% điểm tối đa"),
        (GroupBelow("B", HALF), "B đạt dưới 50% điểm tối đa"),
        (AtZero("B2"), "B2 được 0 điểm"),
        (Flagged("diem-nong"), "bị ghi nhận: Để phát sinh điểm nóng"),
        (Tagged("x"), "đơn vị có đặc điểm: x"),
        (
            ChildrenBelow("TY-B", "to", ("tot",), HALF),
            "dưới 50% số đơn vị trực thuộc (Tổ, bộ TY-B) xếp loại Tốt",
        ),
        (AllOf((AtZero("A1"), AtZero("A2"))), "A1 được 0 điểm và A2 được 0 điểm"),
        (
            AnyOf((AtZero("A1"), AllOf((AtZero("A2"), AtZero("B1"))))),
            "A1 được 0 điểm hoặc (A2 được 0 điểm và B1 được 0 điểm)",
        ),
    ],
)
def test_a_condition_is_told_with_the_names_of_the_set(condition, said):
    names = {"to": "Tổ", "tot": "Tốt"}

    assert condition_in_words(language(), SET, condition, names) == said

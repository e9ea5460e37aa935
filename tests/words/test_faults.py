"""A fault says what is wrong and what to write, to the person who can put it right."""

from decimal import Decimal
from typing import Any

import pytest

from evalsvc.words.faults import MESSAGES, what_is_wrong, what_to_write
from evalsvc.words.language import ENGLISH, VIETNAMESE, language

VI, EN = language(VIETNAMESE), language(ENGLISH)

IN_VIETNAMESE = [
    (
        "number-with-comma",
        {"text": "2,0", "instead": "2.0"},
        "“2,0” không phải là số trong tệp này.",
        "Trong tệp viết 2.0; trên màn hình và bản in vẫn hiện 2,0.",
    ),
    (
        "group-sum",
        {"code": "D", "column": "S", "said": Decimal(30), "sum": Decimal("31.5")},
        "Các tiêu chí nhóm D cộng lại là 31,5 (cột S), không phải 30.",
        "Sửa điểm tối đa của nhóm, hoặc của một tiêu chí trong nhóm.",
    ),
    # A set with one column does not name it.
    (
        "group-sum",
        {"code": "D", "column": "", "said": Decimal(30), "sum": Decimal(31)},
        "Các tiêu chí nhóm D cộng lại là 31, không phải 30.",
        "Sửa điểm tối đa của nhóm, hoặc của một tiêu chí trong nhóm.",
    ),
    (
        "unknown-key",
        {"key": "mots", "known": ["code", "name", "most"]},
        "Ở đây không có khóa “mots”.",
        "Có phải “most” không? Các khóa dùng được ở đây: code, name, most.",
    ),
    (
        "no-such-choice",
        {"text": "xyz", "choices": ["yes-no", "options"]},
        "“xyz” không có trong các từ dùng được ở đây.",
        "Ghi một trong các từ: yes-no, options.",
    ),
    (
        "one-of-these-keys",
        {"keys": ["points", "share"], "said": []},
        "Ở đây phải có đúng một trong các khóa: points, share.",
        "Giữ một khóa. Đang ghi: chưa có gì.",
    ),
    (
        "number-two-readings",
        {"text": "1.234", "first": Decimal("1.234"), "second": Decimal(1234)},
        "“1.234” có thể đọc là 1,234 hoặc 1234.",
        "Nếu là 1234 thì bỏ dấu ngăn; nếu là 1,234 thì thêm một số 0 ở cuối.",
    ),
    (
        "more-than-due",
        {"done": 198, "due": 190},
        "Số đạt (198) lớn hơn tổng số (190).",
        "Sửa một trong hai số.",
    ),
]


@pytest.mark.parametrize(("message", "facts", "wrong", "instead"), IN_VIETNAMESE)
def test_a_fault_is_told_in_two_sentences(
    message: str, facts: dict[str, Any], wrong: str, instead: str
) -> None:
    assert what_is_wrong(VI, message, facts) == wrong
    assert what_to_write(VI, message, facts) == instead


def test_the_same_fault_in_english_has_a_decimal_point() -> None:
    facts = {"code": "D", "column": "S", "said": Decimal(30), "sum": Decimal("31.5")}

    said = what_is_wrong(EN, "group-sum", facts)

    assert said == "The criteria of group D add up to 31.5 (column S), not 30."


def test_a_long_list_is_cut_where_nobody_reads_on() -> None:
    facts = {"text": "zzz", "choices": [f"2.{number}" for number in range(1, 15)]}

    instead = what_to_write(VI, "no-such-line", facts)

    shown = "2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9, 2.10, 2.11, 2.12, … (còn 2)"
    assert instead == f"Các dòng của phiếu: {shown}."


def test_a_near_word_is_found_even_beyond_the_cut() -> None:
    facts = {"text": "so-noi-vv", "choices": [*"abcdefghijklm", "so-noi-vu"]}

    instead = what_to_write(EN, "unit-not-in-round", facts)

    assert instead.startswith("Did you mean “so-noi-vu”? Units of the round: a, b")


def test_words_that_the_fault_does_not_know_can_be_given() -> None:
    instead = what_to_write(EN, "no-such-level", {"level": "ca-hay"}, known=["ca-hai", "khong"])

    assert instead == "Did you mean “ca-hai”? Choose one of its levels."


@pytest.mark.parametrize("fact", ["tag", "kind", "line", "reason", "unit", "level", "text"])
def test_the_word_in_question_is_named_under_whatever_key_it_comes(fact: str) -> None:
    said = what_is_wrong(EN, "no-such-tag", {fact: "abc", "choices": []})

    assert said == "There is no tag “abc”."


@pytest.mark.parametrize("message", sorted(MESSAGES))
def test_every_message_ends_its_sentences(message: str) -> None:
    sentence = MESSAGES[message]

    assert sentence.what.endswith(".")
    assert sentence.instead.endswith(".")

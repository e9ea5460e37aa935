"""Numbers as people type them, and the one place where points are rounded."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.errors import Refused
from evalsvc.domain.points import (
    WHOLE,
    NumberField,
    cut,
    is_finer,
    per_cent,
    plain,
    read_number,
    read_whole,
    rounded,
)

ANY = NumberField()
UP_TO_100 = NumberField(Decimal(100))


@pytest.mark.parametrize(
    ("text", "field", "number"),
    [
        ("0", ANY, "0"),
        ("12", ANY, "12"),
        ("007", ANY, "7"),
        ("999999999", ANY, "999999999"),
        ("2,5", ANY, "2.5"),
        ("2.5", ANY, "2.5"),
        ("  2,5  ", ANY, "2.5"),
        ("87,61", ANY, "87.61"),
        ("0,000001", ANY, "0.000001"),
        ("100", UP_TO_100, "100"),
        # three digits after the separator: only one reading fits the field
        ("87,612", UP_TO_100, "87.612"),
        ("87.612", UP_TO_100, "87.612"),
        ("1.234", WHOLE, "1234"),
        ("1,234", WHOLE, "1234"),
        ("120.000", WHOLE, "120000"),
        ("1.234", NumberField(places=2), "1234"),
        # a number of thousands never starts with 0, nor with more than three digits
        ("0,500", ANY, "0.500"),
        ("012,345", ANY, "12.345"),
        ("1234,567", ANY, "1234.567"),
    ],
)
def test_a_number_is_read(text: str, field: NumberField, number: str) -> None:
    assert read_number(text, field) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "+1",
        "--1",
        "0-1",
        "-0",
        "1e3",
        "1E3",
        "NaN",
        "Infinity",
        "1_000",
        "1 000",
        "1\u00a0000",
        "1,2,3",
        "1.234.567",
        "1.234,5",
        ",5",
        "5,",
        "1/2",
        "5 %",
        "0x10",
        "1,2345678",
        "٣",
        "１２",
        "१२",
        "Ⅻ",
        "½",
        "1²",
        "\t5",
        "5\n",
        "\u200b5",
        "năm",
    ],
)
def test_anything_else_is_not_a_number(text: str) -> None:
    with pytest.raises(Refused) as error:
        read_number(text, ANY)

    assert (error.value.message, error.value.facts) == ("not-a-number", {"text": text})


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        ("100,01", UP_TO_100, "number-too-great"),
        ("101", UP_TO_100, "number-too-great"),
        ("1234567890", ANY, "number-too-great"),
        ("999999999999,5", UP_TO_100, "number-too-great"),
        ("-1", ANY, "number-negative"),
        ("−0,5", UP_TO_100, "number-negative"),
        ("2,5", WHOLE, "number-not-whole"),
        ("2,0", WHOLE, "number-not-whole"),
        ("1234.567", WHOLE, "number-not-whole"),
        ("2,555", NumberField(Decimal(100), places=2), "number-too-great"),
        ("2,5555", NumberField(places=2), "number-too-fine"),
        ("1.234", ANY, "number-two-readings"),
        ("100,000", NumberField(Decimal(200_000)), "number-two-readings"),
    ],
)
def test_a_number_that_does_not_fit_its_field_is_refused(
    text: str, field: NumberField, message: str
) -> None:
    with pytest.raises(Refused) as error:
        read_number(text, field)

    assert error.value.message == message


def test_two_readings_are_both_named() -> None:
    with pytest.raises(Refused) as error:
        read_number("1.234", ANY)

    assert error.value.facts == {
        "text": "1.234",
        "first": Decimal("1.234"),
        "second": Decimal(1234),
    }


def test_a_count_is_an_int() -> None:
    assert read_whole("1.234") == 1234


@pytest.mark.parametrize(
    ("exact", "decimals", "points"),
    [
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(1, 200), 2, "0.01"),
        (Fraction(999, 200_000), 2, "0.00"),
        (Fraction("0.625"), 2, "0.63"),
        (Fraction("0.615"), 2, "0.62"),
        (Fraction("2.5"), 0, "3"),
        (Fraction("3.5"), 0, "4"),
        (Fraction("0.00005"), 4, "0.0001"),
        (Fraction("79.995"), 2, "80.00"),
        (Fraction(0), 2, "0.00"),
    ],
)
def test_points_are_rounded_half_up(exact: Fraction, decimals: int, points: str) -> None:
    assert str(rounded(exact, decimals)) == points


@pytest.mark.parametrize(
    ("exact", "cut_text"), [(Fraction("94.9975"), "94.99"), (Fraction("0.009"), "0.00")]
)
def test_a_per_cent_is_cut(exact: Fraction, cut_text: str) -> None:
    assert str(cut(exact)) == cut_text
    assert per_cent(exact / 100) == cut(exact)


@pytest.mark.parametrize(
    ("number", "decimals", "finer"),
    [
        (Decimal("1.5"), 0, True),
        (Decimal("1.50"), 1, False),
        (Decimal("0.125"), 2, True),
        (Fraction(1, 3), 4, True),
        (Fraction(1, 4), 2, False),
    ],
)
def test_a_number_is_finer_than_the_decimals(
    number: Decimal | Fraction, decimals: int, *, finer: bool
) -> None:
    assert is_finer(number, decimals) is finer


@pytest.mark.parametrize(
    ("number", "text"),
    [("2.5", "2.5"), ("1.234", "1.2340"), ("0.234", "0.234"), ("1E+3", "1000"), ("12", "12")],
)
def test_a_number_is_written_so_that_it_has_one_reading(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
    assert read_number(text, ANY) == Decimal(number)

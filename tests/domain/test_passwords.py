"""Passwords that are refused, and how long one waits after wrong ones."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest

from evalsvc.domain.passwords import (
    FREE_FAILURES,
    FREE_OF_ADDRESS,
    demand_good,
    longest_wait,
    network_of,
    normal,
    wait,
    wait_of_address,
)
from tests.refusals import refusal

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
NAME = "so-noi-vu.bien-tap"


def seconds_ago(*ago: float) -> list[datetime]:
    return [NOW - timedelta(seconds=each) for each in ago]


@pytest.mark.parametrize(
    "password",
    [
        "chim hót trên cành",
        "Mùa xuân 1975",
        "hoa-sen-nở-sớm",
        "kẹo lạc và trà đá",
        # Letters of another alphabet count as letters.
        "Москва слезам",
        "x7Kq!" * 40,
    ],
)
def test_a_long_password_of_two_sorts_is_good(password: str) -> None:
    assert refusal(demand_good, password, NAME) == ""


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", "password-too-short"),
        ("chim hót!", "password-too-short"),
        ("x7Kq!" * 40 + "!", "password-too-long"),
        ("aaaaaaaaaaaaa1", "password-too-common"),
        ("1212121212!!", "password-too-common"),
        ("matkhau123", "password-too-common"),
        ("Mật khẩu 2026", "password-too-common"),
        ("P@ssw0rd!2026", "password-too-common"),
        ("Admin@123456", "password-too-common"),
        ("123456789abc", "password-too-common"),
        ("Công tác dân vận 2026", "password-too-common"),
        ("so-noi-vu.bien-tap1", "password-holds-name"),
        ("SoNoiVu@2026", "password-holds-name"),
        ("Sở Nội vụ 2026", "password-holds-name"),
        ("toi la bien tap", "password-holds-name"),
        ("chimhottrencanh", "password-of-one-sort"),
        ("0918273645546", "password-of-one-sort"),
    ],
)
def test_a_weak_password_is_refused(password: str, message: str) -> None:
    assert refusal(demand_good, password, NAME) == message


def test_a_password_is_the_same_from_every_keyboard() -> None:
    apart = unicodedata.normalize("NFD", "Mùa xuân 1975")

    assert apart != "Mùa xuân 1975"
    assert normal(apart) == normal("Mùa xuân 1975")


def test_letters_typed_with_separate_marks_do_not_make_a_password_longer() -> None:
    typed = unicodedata.normalize("NFD", "ệ ở ữ ặ ổ")

    assert refusal(demand_good, typed, NAME) == "password-too-short"


@pytest.mark.parametrize("number", range(FREE_FAILURES))
def test_the_first_tries_are_free(number: int) -> None:
    assert wait(seconds_ago(*[0] * number), NOW) == timedelta(0)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(5, 2), (6, 4), (7, 8), (8, 16), (9, 32), (10, 60), (11, 60), (1000, 60)],
)
def test_the_wait_doubles_up_to_a_minute(failures: int, seconds: int) -> None:
    assert wait(seconds_ago(*[0] * failures), NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("from_here", "seconds"), [(0, 16), (4, 16), (5, 60)])
def test_failures_made_elsewhere_make_nobody_wait_for_long(from_here: int, seconds: int) -> None:
    failures = seconds_ago(*[0] * 50)

    assert wait(failures, NOW, longest_wait(from_here)) == timedelta(seconds=seconds)


def test_the_wait_runs_from_the_last_failure() -> None:
    assert wait(seconds_ago(60, 60, 60, 60, 1.5), NOW) == timedelta(seconds=0.5)
    assert wait(seconds_ago(60, 60, 60, 60, 2), NOW) == timedelta(0)


def test_failures_are_forgotten_after_a_quarter_of_an_hour() -> None:
    assert wait(seconds_ago(900, 0, 0, 0, 0), NOW) == timedelta(0)
    assert wait(seconds_ago(899, 0, 0, 0, 0), NOW) == timedelta(seconds=2)


def test_an_address_waits_a_minute_after_a_hundred_failures() -> None:
    latest = NOW - timedelta(seconds=20)

    assert wait_of_address(FREE_OF_ADDRESS - 1, latest, NOW) == timedelta(0)
    assert wait_of_address(FREE_OF_ADDRESS, latest, NOW) == timedelta(seconds=40)
    assert wait_of_address(FREE_OF_ADDRESS, NOW - timedelta(minutes=2), NOW) == timedelta(0)
    assert wait_of_address(0, None, NOW) == timedelta(0)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_a_whole_network_of_one_subscriber_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network

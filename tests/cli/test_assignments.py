"""Who reviews what, from the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_machine_room import folder, opened, ready, said

__all__ = ["folder", "opened", "ready"]


@pytest.fixture
def people(run: Run, opened: Path) -> Path:
    for name in ("thanh-tra", "noi-vu"):
        run("account", "create", name, "--role", "evaluator", "--label", name)
    run("account", "create", "to-truong", "--role", "lead", "--label", "Tổ trưởng")
    return opened


def test_a_part_is_given_listed_and_handed_over(run: Run, people: Path) -> None:
    given = said(run("round", "assign", "2027", "thanh-tra", "--over", "kind:so", "--lines", "B2"))
    listed = said(run("round", "assignments", "2027"))
    number = listed.split()[0]
    handed = said(run("round", "handover", "2027", number, "noi-vu", "--reason", "Nghỉ ốm"))
    after = said(run("round", "assignments", "2027"))

    assert given == "Đã phân công thanh-tra trong kỳ 2027.\n"
    assert "thanh-tra" in listed
    assert "các dòng B2" in listed
    assert f"Phần {number} đã bàn giao cho noi-vu." in handed
    assert "noi-vu" in after
    assert "thanh-tra" not in after


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("assign", "2027", "nobody"), "“nobody” không phải tài khoản"),
        (("assign", "2027", "thanh-tra", "--lines", "Z9"), "Z9"),
        (("assign", "2027", "thanh-tra", "--over", "kind:tinh"), "tinh"),
        (("assign", "2027", "thanh-tra", "--over", "so-la"), "so-la"),
        (("handover", "2027", "99", "noi-vu", "--reason", "Nghỉ"), "99"),
        (("assignments", "1999"), "1999"),
    ],
)
def test_what_there_is_not_is_refused_by_name(
    run: Run, people: Path, words: tuple[str, ...], why: str
) -> None:
    assert why in said(run("round", *words), 1)

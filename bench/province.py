"""A round of many units in a database, as large as a bench wants it, opened by the real deed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Connection

from evalsvc.catalog import sets
from evalsvc.catalog.round_openings import RoundOpening
from evalsvc.domain.access import Grant, Role
from evalsvc.domain.rounds import Block
from evalsvc.domain.windows import Task, Window
from evalsvc.store import accounts
from evalsvc.store.units import UnitRecord

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
ROUND = "2026"
BLOCKS = tuple(f"khoi-{at}" for at in range(1, 5))
GROUPS, LINES_OF_GROUP = 8, 10
_KINDS = (
    "kind: yes-no",
    "kind: options, levels: [{code: du, name: Đủ, points: 1.25}, "
    "{code: thieu, name: Thiếu, points: 0.5}, {code: khong, name: Không, points: 0}]",
    "kind: ratio, in: văn bản, done-name: Số văn bản đúng hạn, due-name: Số văn bản phải xử lý",
    "kind: judged, step: 0.25",
    "kind: deduct, sorts: [{code: vu, name: Vụ việc, each: 0.5}]",
)
ANSWERS = ("yes", "thieu", "11/13", "1; Có báo cáo kết quả thực hiện.", "vu 1")


def council(store: Connection, at: datetime) -> None:
    """Who reviews and who answers: a round without them is not opened."""
    for name, role in (("hoi-dong", Role.EVALUATOR), ("to-truong", Role.LEAD)):
        id_ = accounts.add(store, name, name, "-", at)
        accounts.add_grant(store, id_, Grant(role))


def criteria_text() -> str:
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield from (
        "format: 1",
        "code: BENCH",
        'version: "1"',
        "title: Bộ tiêu chí đo tốc độ",
        "years: {from: 2020, until: 2030}",
        "scale: 100",
        "kinds:",
        "  so: {name: Sở}",
        "bands:",
        "  - {code: xs, name: Hoàn thành xuất sắc, from: 90}",
        "  - {code: tot, name: Hoàn thành tốt, from: 70}",
        "  - {code: khong, name: Không hoàn thành, from: 0}",
        "groups:",
    )
    for group in range(1, GROUPS + 1):
        yield f'  - code: "{group}"'
        yield f"    name: Nhóm tiêu chí thứ {group} về công tác dân vận của cơ quan, đơn vị"
        yield "    most: 12.5"
        yield "    criteria:"
        for line in range(1, LINES_OF_GROUP + 1):
            kind = _KINDS[(line - 1) % len(_KINDS)]
            yield (
                f'      - {{code: "{group}.{line}", name: "Tiêu chí {group}.{line} có tên dài '
                f'như ngoài đời, nêu rõ việc phải làm", most: 1.25, evidence: none, '
                f"source: assumption, {kind}}}"
            )


def answer(code: str) -> str:
    return ANSWERS[(int(code.partition(".")[2]) - 1) % len(ANSWERS)]


def units(number: int) -> list[UnitRecord]:
    return [
        UnitRecord(f"don-vi-{at}", f"Đơn vị số {at}", "so", BLOCKS[at % len(BLOCKS)], place=at)
        for at in range(1, number + 1)
    ]


def opening() -> RoundOpening:
    text = criteria_text()
    criteria = sets.load("bench.yaml", text.encode())
    day = timedelta(days=1)
    window = Window(NOW - 30 * day, NOW + 30 * day)
    return RoundOpening(
        ROUND,
        "Kỳ đo tốc độ",
        NOW.year,
        {"so": criteria},
        {criteria.sha256: text},
        tuple(Block(each, f"Khối {each}") for each in BLOCKS),
        {Task.ASSESS: window, Task.REVIEW: window},
        overall=True,
    )

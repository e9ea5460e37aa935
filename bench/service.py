"""CPU of application and database for each request on PostgreSQL, beside the least a save costs."""

import gc
import hashlib
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from statistics import median

import openpyxl
import xlsxwriter
from flask.testing import FlaskClient
from sqlalchemy import bindparam

from bench import floor, province
from evalsvc.app import create_app, settle
from evalsvc.domain.access import SERVICE, Grant, Role
from evalsvc.domain.lines import Layer
from evalsvc.domain.summary import Totals
from evalsvc.settings import Settings
from evalsvc.store import accounts, schema, sessions, sheet_lines, units
from evalsvc.store import assessments as stored
from evalsvc.store.database import Database
from evalsvc.store.totals_text import to_text
from evalsvc.usecases import rounds
from evalsvc.usecases.work import Office, Work
from tests import postgres
from tests.statements import counted

TICKS = os.sysconf("SC_CLK_TCK")
SAVES, TURNS = 100, 15


def main() -> None:
    with postgres.server(durable=True, shared_buffers="512MB", autovacuum="off") as server:
        if len(sys.argv) > 1:
            globals()[sys.argv[1]](server, *map(int, sys.argv[2:]))
            return
        saves(server)
        for number in (150, 3_321, 12_000):
            rankings(server, number)
        workbooks(server)


class House:
    """The service on a database of its own with a round of so many units."""

    def __init__(self, server: postgres.Server, name: str, number: int) -> None:
        with postgres.plain(server.url()) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        self.url = server.url(name)
        self.database = Database(self.url)
        schema.upgrade(self.database)
        self.office = Office(self.database, lambda _: province.NOW)
        with self.office.writing(SERVICE) as doing:
            units.put_all(doing.store, province.units(number))
            province.council(doing.store, doing.now)
            rounds.open_(doing, province.opening())
        self.app = create_app(Settings(database_url=self.url), self.office)

    def client(self, name: str, grant: Grant) -> FlaskClient:
        with self.office.writing(SERVICE) as doing:
            id_ = accounts.add(doing.store, name, name, "-", doing.now)
            accounts.put_password(doing.store, id_, "-", must_change=False)
            accounts.add_grant(doing.store, id_, grant)
            token = hashlib.sha256(name.encode()).hexdigest()
            sessions.add(doing.store, token, id_, "bench", doing.now)
        client = self.app.test_client()
        client.set_cookie("evalsvc_session", name)
        return client

    def head_of(self, unit: str) -> tuple[FlaskClient, int]:
        with self.office.reading(SERVICE) as doing:
            unit_id = units.ids(doing.store)[unit]
            table = stored.assessment
            row = doing.store.execute(table.select().where(table.c.unit_id == unit_id)).one()
        return self.client(f"{unit}.head", Grant(Role.HEAD, unit_id)), int(row.id)


# Measuring


def spent_by(server: postgres.Server) -> float:
    """Of the server and all its processes, those that have ended included."""
    assert server.process is not None
    root = server.process.pid
    found = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(path.parent.name) == root:
            found += sum(map(int, fields[11:15]))
        elif int(fields[1]) == root:
            found += sum(map(int, fields[11:13]))
    return found / TICKS


def measured(server: postgres.Server, deed: Callable[[], object], times: int) -> float:
    """Milliseconds of CPU for one, application and database together; the best of some turns."""
    return min(each[0] for each in turns(server, times, deed))


def turns(
    server: postgres.Server, times: int, *deeds: Callable[[], object]
) -> list[tuple[float, ...]]:
    """The same of several, turn by turn: what else the machine does meets all of them alike."""
    return [tuple(spent_on(server, times, deed) for deed in deeds) for _ in range(TURNS)]


def spent_on(server: postgres.Server, times: int, deed: Callable[[], object]) -> float:
    gc.collect()
    before, own = spent_by(server), time.process_time()
    for _ in range(times):
        deed()
    return (time.process_time() - own + spent_by(server) - before) / times * 1000


def say(title: str, found: str, bound: str) -> None:
    print(f"{title:58}{found:>14}{bound:>14}", flush=True)  # noqa: T201


# What is measured


def saves(server: postgres.Server) -> None:
    house = House(server, "saves", 150)
    engine = Database(server.url("saves")).engine
    floor.prepare(engine)
    bare = floor.app(engine).test_client()
    settle()
    bare.set_cookie("session", "token")
    client, sheet = house.head_of("don-vi-5")
    page = client.get(f"/unit/sheets/{sheet}/groups/1")
    assert page.status_code == 200, page.status
    save = _saver(client, sheet, page.get_data(as_text=True))
    for _ in range(20):
        save()
    found = turns(server, SAVES, lambda: bare.post("/rows/5", data={"value": "x"}), save)
    least, own = (min(each) for each in zip(*found, strict=True))
    times = sorted(saved / bare_one for bare_one, saved in found)
    with counted(house.database.engine) as statements:
        save()
    say("floor: session, lock, update, insert, commit", f"{least:.2f} ms", "")
    say("save one line of 80, 150 units", f"{own:.2f} ms", "")
    say("  as a multiple of the floor, best by best", f"{own / least:.2f}", "")
    say("  the same turn by turn, in the middle", f"{median(times):.2f}", "<= 2.5")
    say("  from the least turn to the greatest", f"{times[0]:.2f}–{times[-1]:.2f}", "")
    say("  statements", str(len(statements)), "<= 10")
    spent = measured(server, lambda: client.get(f"/unit/sheets/{sheet}/groups/1"), 40)
    with counted(house.database.engine) as statements:
        client.get(f"/unit/sheets/{sheet}/groups/1")
    say("page of one group of 10", f"{spent:.2f} ms", "<= 15 ms")
    say("  statements", str(len(statements)), "<= 12")


def _saver(client: FlaskClient, sheet: int, page: str) -> Callable[[], None]:
    forgery = page.partition('name="csrf" value="')[2].partition('"')[0]
    seen = 0

    def save() -> None:
        nonlocal seen
        data = {"done": str(seen % 13), "due": "13", "seen": str(seen), "key": f"bench-{seen}"}
        answer = client.post(
            f"/unit/sheets/{sheet}/lines/1.3",
            data=data | {"csrf": forgery, "note": ""},
            headers={"Accept": "application/json"},
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.get_json()["version"] == seen + 1
        seen += 1

    return save


def rankings(server: postgres.Server, number: int) -> None:
    house = House(server, f"ranking_{number}", number)
    with house.office.writing(SERVICE) as doing:
        _hand_in(doing, number)
    client = house.client("leader", Grant(Role.LEADER))
    bound = {150: 10, 3_321: 20, 12_000: 40}[number]
    path = f"/lead/rounds/{province.ROUND}/ranking?block="
    assert client.get(path).status_code == 200
    spent = measured(server, lambda: client.get(path), 10)
    title = f"live ranking of {number:,} units, 100 rows of all blocks"
    say(title, f"{spent:.1f} ms", f"<= {bound} ms")
    last = -(-number // 100)
    spent = measured(server, lambda: client.get(f"{path}&page={last}"), 10)
    say("  its last page", f"{spent:.1f} ms", f"<= {bound} ms")


def _hand_in(doing: Work, number: int) -> None:
    """Summaries as saves would leave them, put at once: lines are not looked at here."""
    table = stored.assessment
    row = doing.store.execute(table.select().limit(1)).one()
    first = stored.record_of(row).totals[Layer.CLAIMED]
    bands = (("xs", 90), ("tot", 70), ("khong", 0))
    made = []
    for at in range(number):
        total = Decimal(5000 + at * 7919 % 4801) / 100
        band = next(code for code, least in bands if total >= least)
        text = to_text(_with_total(first, total, band))
        made.append({"place_": at + 1, "claimed": text, "value": total})
    doing.store.execute(
        table.update()
        .where(table.c.place == bindparam("place_"))
        .values(
            status="submitted",
            submitted_at=province.NOW,
            claimed=bindparam("claimed"),
            claimed_compared=bindparam("value"),
            in_force=bindparam("value"),
        ),
        made,
    )
    doing.store.exec_driver_sql("ANALYZE")


def _with_total(totals: Totals, total: Decimal, band: str) -> Totals:
    return replace(totals, total=total, compared=total, band=band)


def workbooks(server: postgres.Server, number: int = 12_000) -> None:
    house = House(server, "workbook", number)
    with house.office.writing(SERVICE) as doing:
        _hand_in(doing, number)
        filled = {"state": "answered", "claim": "yes", "claimed_points": Decimal("1.25")}
        doing.store.execute(sheet_lines.line.update().values(filled))
    client = house.client("leader", Grant(Role.LEADER))
    path = f"/lead/rounds/{province.ROUND}/ranking.xlsx?block=&lines=1"
    best, content = float("inf"), b""
    for _ in range(2):
        before, own = spent_by(server), time.process_time()
        answer = client.get(path)
        content = answer.get_data()
        assert answer.status_code == 200
        best = min(best, time.process_time() - own + spent_by(server) - before)
    sheet = openpyxl.load_workbook(BytesIO(content), read_only=True).worksheets[0]
    width = max(len(row) for row in sheet.iter_rows(max_row=20))
    rows = [[f"Đơn vị số {at}", *([Decimal("1.25")] * (width - 1))] for at in range(number)]
    least = min(_bare(rows) for _ in range(2))
    say(f"bare writer, {number:,} x {width} cells in memory", f"{least:.2f} s", "")
    say(f"ranking of {number:,} units with their lines as XLSX", f"{best:.2f} s", "")
    say(f"  as a multiple ({len(content) / 1e6:.1f} MB)", f"{best / least:.2f}", "<= 1.5")


def _bare(rows: list[list[object]]) -> float:
    own = time.process_time()
    book = xlsxwriter.Workbook(BytesIO())
    sheet = book.add_worksheet()
    number = book.add_format({"num_format": "0.00"})
    for at, row in enumerate(rows):
        sheet.write(at, 0, row[0])
        for column, value in enumerate(row[1:], 1):
            sheet.write_number(at, column, value, number)
    book.close()
    return time.process_time() - own


if __name__ == "__main__":
    main()

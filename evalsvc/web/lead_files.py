"""Rankings and sheets as files: journalled first, then written from one reading of the database."""

import tempfile
from collections.abc import Callable
from typing import BinaryIO
from urllib.parse import quote

from flask import request as asked
from flask import send_file
from werkzeug.wrappers import Response

from evalsvc import request
from evalsvc.domain.dates import ZONE
from evalsvc.domain.names import search_key
from evalsvc.exports import ranking_files, sheet_files
from evalsvc.exports.tables import Made, Sheet, to_csv
from evalsvc.exports.workbook import to_xlsx
from evalsvc.usecases import rank_files, rank_sheets
from evalsvc.usecases.rank_files import Whole, Wish
from evalsvc.usecases.rank_sheets import Opened
from evalsvc.usecases.work import Work
from evalsvc.web import lead_views
from evalsvc.web.lead_ranking import layer
from evalsvc.words.language import Language
from evalsvc.words.sheets import when

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

Fill = Callable[[BinaryIO], str]
"""Writes a file, and gives the name under which people keep it."""


def ranking_xlsx(code: str) -> Response:
    language, wish = request.spoken(), _wish(code)
    request.do(rank_files.note_ranking, wish, "xlsx")

    def fill(out: BinaryIO) -> str:
        with request.reading() as doing:
            whole = rank_files.whole(doing, wish)
            to_xlsx(_ranking(language, doing, whole, wish), out)
        return f"{_title(language, whole)}.xlsx"

    return _attached(fill, XLSX)


def ranking_csv(code: str) -> Response:
    language, wish = request.spoken(), _wish(code)
    request.do(rank_files.note_ranking, wish, "csv")

    def fill(out: BinaryIO) -> str:
        with request.reading() as doing:
            whole = rank_files.whole(doing, wish)
            out.writelines(to_csv(language, _ranking(language, doing, whole, wish)[0]))
        return f"{_title(language, whole)}.csv"

    return _attached(fill, CSV)


def sheet_xlsx(id: int) -> Response:  # noqa: A002 - the name in the address
    language = request.spoken()
    request.do(rank_files.note_sheet, id, "xlsx")

    def fill(out: BinaryIO) -> str:
        with request.reading() as doing:
            found = rank_sheets.opened(doing, id)
            to_xlsx(_sheet(language, doing, found), out)
        record, form = found.sheet.record, found.sheet.form
        period = when(language, form.year, form.half)
        title = language.say("Score sheet of {unit}, {when}", unit=record.unit_name, when=period)
        return f"{title}.xlsx"

    return _attached(fill, XLSX)


def _wish(code: str) -> Wish:
    beside = request.spoken().say("Bonus, penalty and other steps beside the groups")
    return Wish(code, asked.args.get("block"), layer(), "lines" in asked.args, beside)


def _made(doing: Work) -> Made:
    return Made(doing.now.astimezone(ZONE), doing.actor.label)


def _title(language: Language, whole: Whole) -> str:
    period = when(language, whole.round.year, whole.round.half)
    block = lead_views.tab_name(language, whole.tab)
    return language.say("Ranking, {block}, {when}", block=block, when=period)


def _ranking(language: Language, doing: Work, whole: Whole, wish: Wish) -> tuple[Sheet, ...]:
    heading = ranking_files.Heading(
        _title(language, whole),
        whole.round.title,
        wish.layer,
        whole.groups,
        whole.lines,
        provisional=True,
        decimals=whole.decimals,
        made=_made(doing),
    )
    apart = [
        ranking_files.ApartRow(
            each.record.unit_name,
            each.record.unit_code,
            each.record.block,
            lead_views.apart_reason(language, each),
        )
        for each in whole.apart
    ]
    return ranking_files.ranking_sheets(language, heading, whole.rows, apart)


def _sheet(language: Language, doing: Work, found: Opened) -> tuple[Sheet, Sheet]:
    record = found.sheet.record
    heading = sheet_files.SheetHeading(
        record.unit_name, record.unit_code, provisional=True, made=_made(doing)
    )
    return sheet_files.score_sheets(language, heading, found.scores, found.reasons)


def _attached(fill: Fill, kind: str) -> Response:
    """A file that waits on the disk while it is sent, not in memory."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response
    try:
        name = fill(out)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    response = send_file(out, kind, as_attachment=True, download_name="file")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain(name)}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return response


def plain(name: str) -> str:
    """The same name for those who know letters without marks only."""
    stem, _, ending = name.rpartition(".")
    letters = "".join(each if each.isalnum() else " " for each in search_key(stem))
    return f"{'-'.join(letters.encode('ascii', 'ignore').decode().split())}.{ending}"

"""Documents on the desk of reviewers: beside the open line, with who else shows the same file."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from evalsvc import request
from evalsvc.usecases import evidence_seen, review
from evalsvc.usecases.review import ReviewSheet
from evalsvc.usecases.work import Work
from evalsvc.web.answers import line_id
from evalsvc.web.evidence_views import PaperView, paper


def add_to(blueprint: Blueprint) -> None:
    at = "/sheets/<int:id>/lines/<code>/evidence"
    blueprint.add_url_rule(at, "evidence_line", evidence_line)


def evidence_line(id: int, code: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """To the line in its group, open."""
    with request.reading() as doing:
        group = review.sheet_of(doing, id).group_of(code)
    return request.back_to(
        "evaluate.group", anchor=f"line-{line_id(code)}", id=id, code=group, line=code
    )


def papers_beside(doing: Work, found: ReviewSheet, code: str) -> tuple[PaperView, ...]:
    """The documents of one line, with other units that show the same file."""
    language = request.spoken()
    shown = evidence_seen.on_sheet(doing, found.sheet).get(code, ())
    same = evidence_seen.same_files(doing, found.sheet, code) if shown else {}
    return tuple(paper(language, each, same=same) for each in shown)

"""The desk of leaders: its addresses, and who may come here at all."""

from flask import Blueprint

from evalsvc import request
from evalsvc.domain.access import can_rank
from evalsvc.web import (
    histories,
    lead_decide,
    lead_files,
    lead_overview,
    lead_ranking,
    lead_sheets,
    lead_times,
)

blueprint = Blueprint("lead", __name__, url_prefix="/lead")
request.guarded(blueprint, can_rank)

ROUND, SHEET = "/rounds/<code>", "/sheets/<int:id>"

blueprint.add_url_rule("/", "overview", lead_overview.overview, defaults={"code": ""})
blueprint.add_url_rule(f"{ROUND}/", "overview", lead_overview.overview)
blueprint.add_url_rule("/ranking", "ranking", lead_ranking.ranking, defaults={"code": ""})
blueprint.add_url_rule(f"{ROUND}/ranking", "ranking", lead_ranking.ranking)
blueprint.add_url_rule(f"{ROUND}/ranking.xlsx", "ranking_xlsx", lead_files.ranking_xlsx)
blueprint.add_url_rule(f"{ROUND}/ranking.csv", "ranking_csv", lead_files.ranking_csv)
blueprint.add_url_rule(f"{ROUND}/apart", "apart", lead_ranking.apart)
blueprint.add_url_rule(f"{SHEET}/", "sheet", lead_sheets.sheet)
blueprint.add_url_rule(f"{SHEET}/lines/<line>", "line", lead_sheets.line)
blueprint.add_url_rule(f"{SHEET}/sheet.xlsx", "sheet_xlsx", lead_files.sheet_xlsx)
blueprint.add_url_rule(f"{SHEET}/history", "history", histories.of_leader)
blueprint.add_url_rule(f"{ROUND}/history", "round_history", histories.of_round)
blueprint.add_url_rule("/times", "times", lead_times.times, defaults={"code": ""})
blueprint.add_url_rule(f"{ROUND}/times", "times", lead_times.times)
blueprint.add_url_rule(f"{ROUND}/times", "extend", lead_times.extend, methods=["POST"])
blueprint.add_url_rule("/decisions", "decisions", lead_decide.decisions, defaults={"code": ""})
blueprint.add_url_rule(f"{ROUND}/decisions", "decisions", lead_decide.decisions)
blueprint.add_url_rule(
    f"{ROUND}/decisions/close", "close_all", lead_decide.close_all, methods=["POST"]
)
blueprint.add_url_rule(f"{SHEET}/decision", "decision", lead_decide.decision)
blueprint.add_url_rule(f"{SHEET}/close", "close", lead_decide.close, methods=["POST"])
blueprint.add_url_rule(f"{SHEET}/reopen", "reopen", lead_decide.reopen, methods=["POST"])
blueprint.add_url_rule(f"{SHEET}/send-back", "send_back", lead_decide.send_back, methods=["POST"])

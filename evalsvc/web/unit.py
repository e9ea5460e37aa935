"""The desk of a unit: its addresses, and who may come here at all."""

from flask import Blueprint

from evalsvc import request
from evalsvc.domain.access import OF_UNIT, Actor
from evalsvc.web import histories, unit_evidence
from evalsvc.web.unit_explain import (
    agree,
    agree_rest,
    contest,
    explanations,
    save_draft,
    withdraw,
)
from evalsvc.web.unit_home import home
from evalsvc.web.unit_print import print_
from evalsvc.web.unit_result import result
from evalsvc.web.unit_returns import recall, supply
from evalsvc.web.unit_save import copy, put_in_charge, save
from evalsvc.web.unit_sheet import group, sheet
from evalsvc.web.unit_submit import hand_in, submit


def prepares(actor: Actor) -> bool:
    return bool(actor.roles() & OF_UNIT)


blueprint = Blueprint("unit", __name__, url_prefix="/unit")
request.guarded(blueprint, prepares)

SHEET = "/sheets/<int:id>"
LINE = f"{SHEET}/lines/<code>"
RELEASED = "/assessments/<int:id>"
EXPLANATIONS = f"{RELEASED}/explanations"
REPLY = f"{EXPLANATIONS}/<code>"

blueprint.add_url_rule("/", "home", home)
blueprint.add_url_rule(f"{SHEET}/", "sheet", sheet)
blueprint.add_url_rule(f"{SHEET}/groups/<code>", "group", group)
blueprint.add_url_rule(LINE, "save", save, methods=["POST"])
blueprint.add_url_rule(f"{LINE}/copy", "copy", copy, methods=["POST"])
blueprint.add_url_rule(f"{LINE}/supply", "supply", supply, methods=["POST"])
blueprint.add_url_rule(f"{LINE}/in-charge", "put_in_charge", put_in_charge, methods=["POST"])
blueprint.add_url_rule(f"{SHEET}/submit", "submit", submit)
blueprint.add_url_rule(f"{SHEET}/recall", "recall", recall, methods=["POST"])
blueprint.add_url_rule(f"{SHEET}/submit", "hand_in", hand_in, methods=["POST"])
blueprint.add_url_rule(f"{SHEET}/print", "print", print_)
blueprint.add_url_rule(f"{RELEASED}/result", "result", result)
blueprint.add_url_rule(EXPLANATIONS, "explanations", explanations)
blueprint.add_url_rule(f"{EXPLANATIONS}/agree", "agree_rest", agree_rest, methods=["POST"])
blueprint.add_url_rule(f"{REPLY}/draft", "save_draft", save_draft, methods=["POST"])
blueprint.add_url_rule(f"{REPLY}/contest", "contest", contest, methods=["POST"])
blueprint.add_url_rule(f"{REPLY}/agree", "agree", agree, methods=["POST"])
blueprint.add_url_rule(f"{REPLY}/withdraw", "withdraw", withdraw, methods=["POST"])
blueprint.add_url_rule(f"{SHEET}/history", "history", histories.of_unit)
unit_evidence.add_to(blueprint)

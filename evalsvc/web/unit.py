"""The desk of a unit: its addresses, and who may come here at all."""

from flask import Blueprint

from evalsvc import request
from evalsvc.domain.access import OF_UNIT, Actor
from evalsvc.web.unit_home import home
from evalsvc.web.unit_print import print_, total
from evalsvc.web.unit_save import copy, save
from evalsvc.web.unit_sheet import group, sheet
from evalsvc.web.unit_submit import hand_in, submit


def prepares(actor: Actor) -> bool:
    return bool(actor.roles() & OF_UNIT)


blueprint = Blueprint("unit", __name__, url_prefix="/unit")
request.guarded(blueprint, prepares)

SHEET = "/sheets/<int:id>"
LINE = f"{SHEET}/lines/<code>"

blueprint.add_url_rule("/", "home", home)
blueprint.add_url_rule(f"{SHEET}/", "sheet", sheet)
blueprint.add_url_rule(f"{SHEET}/groups/<code>", "group", group)
blueprint.add_url_rule(LINE, "save", save, methods=["POST"])
blueprint.add_url_rule(f"{LINE}/copy", "copy", copy, methods=["POST"])
blueprint.add_url_rule(f"{SHEET}/submit", "submit", submit)
blueprint.add_url_rule(f"{SHEET}/submit", "hand_in", hand_in, methods=["POST"])
blueprint.add_url_rule(f"{SHEET}/print", "print", print_)
blueprint.add_url_rule(f"{SHEET}/total", "total", total)

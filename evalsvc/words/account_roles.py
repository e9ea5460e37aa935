"""Roles in words, as the people who hold them are called."""

from evalsvc.domain.access import Role
from evalsvc.words.language import Language, sentence

NAMES: dict[Role, str] = {
    Role.EDITOR: sentence("Editor of the unit"),
    Role.HEAD: sentence("Head of the unit"),
    Role.EVALUATOR: sentence("Evaluator"),
    Role.LEAD: sentence("Lead evaluator"),
    Role.ANSWERER: sentence("Answers explanations"),
    Role.LEADER: sentence("Leader"),
    Role.ADMIN: sentence("Administrator"),
}
DOES: dict[Role, str] = {
    Role.EDITOR: sentence("fills in the sheet of the unit"),
    Role.HEAD: sentence("fills in the sheet and hands it in"),
    Role.EVALUATOR: sentence("reviews sheets that units hand in"),
    Role.LEAD: sentence("reviews sheets and finishes the review"),
    Role.ANSWERER: sentence("answers explanations of units"),
    Role.LEADER: sentence("sees all sheets and the ranking"),
    Role.ADMIN: sentence("keeps the accounts"),
}


def role_name(language: Language, role: Role) -> str:
    return language.say(NAMES[role])


def role_does(language: Language, role: Role) -> str:
    """What it is for; begins a sentence."""
    said = language.say(DOES[role])
    return said[:1].upper() + said[1:]


def role_over(language: Language, unit: str, kind: str, block: str) -> str:
    """What a role is over, by the name of the unit and the codes of kind and block."""
    if unit:
        return unit
    if kind:
        return language.say("Units of the kind {kind}", kind=kind)
    if block:
        return language.say("Units of block {block}", block=block)
    return language.say("All units")

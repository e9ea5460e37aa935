"""How far the unit's word on a line is, and who gave what at which stage."""

from decimal import Decimal

from evalsvc.domain.assessment import Stage
from evalsvc.domain.explanations import Settled
from evalsvc.domain.line_course import Step
from evalsvc.words.language import Language, sentence

STAGES = {
    Stage.REVIEW: sentence("Review"),
    Stage.AGREED: sentence("Agreed value of two reviews"),
    Stage.EXPLAINED: sentence("Answer to the explanation"),
    Stage.EXPLAINED_AGAIN: sentence("Answer to the second explanation"),
    Stage.FINAL: sentence("Correction by the lead evaluator"),
}
STEPS = {
    Step.SHOWN: sentence("Waits for the unit"),
    Step.AGREED: sentence("The unit agrees"),
    Step.CONTESTED: sentence("Waits for an answer to the explanation"),
}
SETTLED = {
    Settled.AGREED: sentence("The unit agreed"),
    Settled.SILENT: sentence("The unit said nothing while it could"),
    Settled.CORRECTED: sentence("Corrected by the lead evaluator"),
}


def standing(
    language: Language, step: Step, settled: Settled, points: tuple[Decimal | None, Decimal | None]
) -> str:
    """`points`: what was contested, and what was answered. Empty before the release."""
    if step is Step.RULED or (step is Step.FINAL and settled is Settled.RULED):
        return _ruled(language, *points)
    if step is Step.FINAL:
        return language.say(SETTLED[settled]) if settled in SETTLED else language.say("Concluded")
    return language.say(STEPS[step]) if step in STEPS else ""


def _ruled(language: Language, contested: Decimal | None, answered: Decimal | None) -> str:
    if contested is not None and answered is not None and answered > contested:
        return language.say("The explanation was accepted")
    return language.say("The explanation was not accepted")

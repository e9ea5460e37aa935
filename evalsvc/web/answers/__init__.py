"""The controls with which a line is answered, from the scale to the text that the domain reads."""

from evalsvc.web.answers.faults import Fault
from evalsvc.web.answers.forms import AnswerForm, answer_form, element_id, line_id, raw

__all__ = ["AnswerForm", "Fault", "answer_form", "element_id", "line_id", "raw"]

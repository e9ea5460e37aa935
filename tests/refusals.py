"""Says why something is refused, so that one table holds what is allowed and what is not."""

from collections.abc import Callable
from typing import ParamSpec

from evalsvc.domain.errors import Refused

P = ParamSpec("P")


def refusal(demand: Callable[P, object], *given: P.args, **words: P.kwargs) -> str:
    """The message of the refusal; "" where nothing is refused."""
    try:
        demand(*given, **words)
    except Refused as refused:
        return refused.message
    return ""

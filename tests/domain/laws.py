"""How often a law is tried, and the numbers that laws share."""

from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

LAW = settings(
    deadline=None,
    max_examples=100,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def hundredths(greatest: int = 100) -> st.SearchStrategy[Decimal]:
    return st.integers(0, greatest * 100).map(lambda number: Decimal(number) / 100)

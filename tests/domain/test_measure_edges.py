"""Where measuring ends: below every tier, and at exactly what was due."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evalsvc.domain.answers import Measured
from evalsvc.domain.scales import Line, Tier, Tiers, points

D, F = Decimal, Fraction
FROM_ZERO = Tiers(F(3), (Tier(F(3), D(90)), Tier(F(2), D(80)), Tier(F(1), D(0))), of_share=False)


@pytest.mark.parametrize(
    ("value", "earned"), [("90", 3), ("89.999999", 2), ("80", 2), ("0", 1), ("-1", 1)]
)
def test_the_lowest_tier_takes_all_the_rest(value: str, earned: int) -> None:
    assert points(FROM_ZERO, Measured(D(value))) == earned


def test_a_value_just_above_the_start_of_a_line_earns_its_part() -> None:
    line = Line(Decimal(1), Decimal(5))

    assert line.points(Fraction(4), Decimal("1.20")) == Fraction(1, 5)

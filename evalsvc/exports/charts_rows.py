"""Small rulers by the hundred, for the rows of one table: what they share is drawn once."""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from evalsvc.exports.charts_rulers import mini_ruler
from evalsvc.exports.charts_svg import Axis, px
from evalsvc.exports.charts_values import FULL, Band
from evalsvc.words.language import Language

_END = "</svg>"
_OWN = '<circle class="fi"'


class MiniRulers:
    """`mini_ruler` without a name, for many totals over the same bands: the same drawings."""

    def __init__(
        self,
        language: Language,
        bands: Sequence[Band],
        span: tuple[Decimal, Decimal] = (Decimal(0), FULL),
    ) -> None:
        drawn = str(mini_ruler(language, None, span[0], bands, None, span))
        self.shared = drawn[: drawn.index(_OWN)]
        self.axis = Axis(span[0], span[1], Decimal(8), Decimal(158))

    def of(self, total: Decimal, before: Decimal | None = None) -> Markup:
        at = px(self.axis.at(total))
        own = f'{_OWN} cx="{at}" cy="13" r="6"/>{_END}'
        if before is None:
            return Markup(self.shared + own)  # noqa: S704 - numbers only
        then = px(self.axis.at(before))
        ring = f'<path class="lead" d="M{then} 13H{at}"/>'
        ring += f'<circle class="ly" cx="{then}" cy="13" r="3"/>'
        return Markup(self.shared + ring + own)  # noqa: S704 - numbers only

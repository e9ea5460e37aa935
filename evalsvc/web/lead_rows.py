"""Rows of a live ranking as finished text: a page has a hundred of them, with a dozen cells each.

They are drawn here because a template looks up and escapes each value by itself, which for a page
of these took longer than finding the units. Whatever is not made of numbers is escaped here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from flask import url_for
from markupsafe import Markup, escape

from evalsvc import request
from evalsvc.domain.course import is_standing
from evalsvc.domain.lines import Layer
from evalsvc.exports.charts_rows import MiniRulers
from evalsvc.usecases.rank import Live, Row
from evalsvc.web.lead_views import Heads, bands_of, beside_groups, signed
from evalsvc.words.amounts import out_of
from evalsvc.words.language import Language


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rows share: the mark of each layer, the flag of a late sheet, the icon of a gate."""

    layers: Mapping[str, Markup]
    late: Markup
    gate: Markup


class Rows:
    """Draws the rows of one page, which share a ruler; `folded` leaves out the groups."""

    def __init__(self, language: Language, live: Live, columns: Heads, *, folded: bool) -> None:
        self.language, self.live, self.columns, self.folded = language, live, columns, folded
        self.written = cache(language.points)
        self.regulation = cache(lambda text: request.regulation(language, text))
        self.lowered = cache(self._lowered)
        self.sheets = url_for("lead.sheet", id=0).removesuffix("0/")
        self.total = escape(language.say("Total"))
        year = str(live.before.year) if live.before else ""
        self.against = escape(language.say("Against {year}", year=year)) if year else ""
        self.span = _span(live)
        self.rulers: dict[tuple[str, str], MiniRulers] = {}

    def drawn(self, layers: Mapping[str, Markup], late: Markup, gate: Markup) -> Markup:
        signs = Signs(layers, late, gate)
        rows = [self._row(each, signs) for each in self.live.rows]
        return Markup("\n".join(rows))  # noqa: S704 - each cell is escaped below

    def _row(self, row: Row, signs: Signs) -> str:
        tie = ' class="tie"' if row.equal else ""
        return (
            f'<tr{tie}><td class="mcol">{row.rank}</td>{self._unit(row, signs)}'
            f"{'' if self.folded else self._groups(row)}{self._total(row, signs)}"
            f'<td class="mn opt-s">{self._ruler(row)}</td>'
            f"{self._change(row) if self.live.before else ''}{self._band(row, signs)}</tr>"
        )

    def _unit(self, row: Row, signs: Signs) -> str:
        late = f" {signs.late}" if row.record.late else ""
        return (
            f'<th class="lcol" scope="row"><a href="{self.sheets}{row.record.id}/">'
            f"{request.regulation(self.language, row.record.unit_name)}</a>"
            f"{late}{_below(self._tie(row)) if row.equal else ''}</th>"
        )

    def _tie(self, row: Row) -> str:
        say, places = self.language.say, row.set.decimals
        keys = [
            f"{code} {'—' if key is None else self.written(key, places)}" for code, key in row.keys
        ]
        return say("equal points, {keys}", keys=", ".join(keys)) if keys else say("equal points")

    def _groups(self, row: Row) -> str:
        places, points = row.set.decimals, self.written
        earned = {code: points(at, places) for code, at, of in row.record.totals.groups if of}
        cells = [earned.get(code, "–") for code, _ in self.columns.groups]
        if self.columns.has_beside:
            beside = beside_groups(row)
            cells.append(signed(self.written, beside, places) if beside else "–")
        return "".join([f'<td class="n g opt-s">{cell}</td>' for cell in cells])

    def _total(self, row: Row, signs: Signs) -> str:
        """With the total on the scale of the unit itself, where that is another one."""
        totals, places, own = row.record.totals, row.set.decimals, ""
        if totals.unit_scale != row.set.scale:
            own = _below(out_of(self.language, totals.total, totals.unit_scale, places))
        return (
            f'<td class="n sum" data-l="{self.total}"><span>{signs.layers[_sign(row)]}'
            f"{self.written(totals.compared, places)}{own}</span></td>"
        )

    def _ruler(self, row: Row) -> Markup:
        key = row.record.sha256, row.record.kind
        if (found := self.rulers.get(key)) is None:
            bands = bands_of(row.ladder)
            found = self.rulers[key] = MiniRulers(self.language, bands, self.span)
        return found.of(row.record.totals.compared, row.before)

    def _change(self, row: Row) -> str:
        """Against the year before; a total that still waits for lines is not compared."""
        way, said = "mut", ""
        if row.before is None:
            said = self.language.say("new")
        elif row.record.totals.waiting:
            said = "–"
        else:
            difference, places = row.record.totals.compared - row.before, row.set.decimals
            way = "up" if difference > 0 else "down" if difference < 0 else "mut"
            write = self.written
            said = signed(write, difference, places) if difference else write(difference, places)
        return f'<td class="n chg" data-l="{self.against}"><span class="{way}">{said}</span></td>'

    def _band(self, row: Row, signs: Signs) -> str:
        band = row.band.name if row.band else self.language.say("no band")
        below = ""
        if number := row.record.totals.waiting:
            # Lines whose points are still to come: such a total is not yet like the others.
            below += _below(self.language.say("{number} lines still to come", number=number))
        if row.record.is_half_reviewed:
            marked, to_mark = row.record.marked, row.record.to_mark
            said = self.language.say("{marked} of {all} lines marked", marked=marked, all=to_mark)
            below += _below(said)
        if row.earned and row.earned != row.band:
            below += self.lowered(row.earned.name)
        for gate in row.gates:
            name = self.regulation(gate.name)
            below += _below(Markup("{} {}: {}").format(signs.gate, gate.code, name))
        return f'<td class="xl">{self.regulation(band)}{below}</td>'

    def _lowered(self, earned: str) -> str:
        return _below(self.language.say("points reach {band}", band=earned))


def _sign(row: Row) -> str:
    """What is in force after the release is not final yet: only a closed sheet is."""
    layer = row.record.layer
    standing = layer is Layer.FINAL and is_standing(row.record.status)
    return "standing" if standing else layer.value


def _below(text: str) -> str:
    """A small line under what a cell says."""
    return f'<br><span class="s mut">{escape(text)}</span>'


def _span(live: Live) -> tuple[Decimal, Decimal]:
    """From somewhat below the lowest total to the end of the scale."""
    compared = [row.record.totals.compared for row in live.rows]
    known = [row.before for row in live.rows if row.before is not None]
    lowest = min([*compared, *known], default=Decimal(0))
    scale = max((row.set.scale for row in live.rows), default=Decimal(100))
    low = max(lowest // 10 * 10 - 10, Decimal(0))
    return low, max([scale, *compared, *known])

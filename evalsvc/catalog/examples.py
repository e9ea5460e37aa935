"""The examples of a criteria file: answers with the points that they must give."""

from collections.abc import Iterable, Iterator

from evalsvc.catalog.line_building import Read
from evalsvc.domain.criteria import CriteriaSet
from evalsvc.domain.errors import Flaw, Refused, flaw
from evalsvc.domain.forms import entry_of
from evalsvc.domain.lines import Layer, line_score, settled
from evalsvc.domain.readings import read_value
from evalsvc.domain.scales import Imported, Lateness

ANY_YEAR = 2000
"""Where no date plays a part, the year does not matter."""


def examples_of(criteria: CriteriaSet, reads: Iterable[Read]) -> Iterator[Flaw]:
    """Flaws of examples that do not come out as they say."""
    lines = {line.code: line for line in criteria.criteria()}
    for read in reads:
        path = read["path"]
        code, column = read["criterion"], read.get("column")
        if (line := lines.get(code)) is None:
            yield flaw("names-nothing", *path, "criterion", text=code, choices=list(lines))
            continue
        columns = list(line.scales)
        if column is None and len(columns) > 1:
            yield flaw("example-needs-column", *path, choices=columns)
        elif column is not None and column not in columns:
            yield flaw("no-such-column", *path, "column", text=column, choices=columns)
        else:
            yield from _tried(criteria, read, column or columns[0])


def _tried(criteria: CriteriaSet, read: Read, column: str) -> Iterator[Flaw]:
    line = next(each for each in criteria.criteria() if each.code == read["criterion"])
    year = read.get("year") or criteria.years.start
    if year is None and isinstance(line.scales[column], Lateness | Imported):
        yield flaw("example-needs-year", *read["path"])
        return
    year = year or ANY_YEAR
    entry = entry_of(line, column, criteria.decimals, year)
    try:
        value = settled(entry, read_value(entry, read["answer"], year), Layer.FINAL)
    except Refused as error:
        yield Flaw(error.message, (*read["path"], "answer"), error.facts)
        return
    points = line_score(entry, value, criteria.decimals).points
    if points != read["points"]:
        facts = {"said": read["points"], "points": points, "answer": read["answer"]}
        yield flaw("example-comes-out-otherwise", *read["path"], "points", **facts)

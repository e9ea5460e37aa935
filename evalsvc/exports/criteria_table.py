"""A criteria set as the table that people know: groups, lines, sums, what is provided beside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evalsvc.domain.criteria import (
    CriteriaSet,
    Criterion,
    Document,
    GivenBy,
    Group,
    Heading,
    Kind,
    Need,
    Role,
    Validity,
    leaves,
)
from evalsvc.domain.errors import Refused
from evalsvc.domain.forms import Entry
from evalsvc.domain.points import rounded
from evalsvc.exports.provision_words import Provision, provisions
from evalsvc.words.amounts import Names, capital
from evalsvc.words.language import Language, sentence
from evalsvc.words.rules import NO_NAMES, line_rule, rule

NOT_HERE = "—"
ZERO = Decimal(0)

GIVERS = {
    GivenBy.UNIT: sentence("the unit"),
    GivenBy.REVIEWER: sentence("the reviewer"),
    GivenBy.SERVICE: sentence("official result"),
}
ROLES = {
    Role.SCALE: sentence("On the scale"),
    Role.BONUS: sentence("Bonus points, beside the scale"),
    Role.PENALTY: sentence("Penalty points, beside the scale"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or a heading with parts; `depth` 1 for a part. `most` by column, None: not there."""

    code: str
    name: str
    most: tuple[Decimal | None, ...]
    depth: int = 0
    rules: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    given_by: str = ""
    evidence: str = ""
    uncapped: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A group, as far as its lines have one role; `cap` is what counts at most, by column."""

    code: str
    name: str
    most: tuple[Decimal | None, ...]
    cap: tuple[Decimal | None, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    role: Role
    title: str
    sections: tuple[Section, ...]
    totals: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    set: CriteriaSet
    columns: tuple[str, ...]
    kind: Kind | None
    parts: tuple[Part, ...]
    sheets: tuple[str, ...]
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class _Maker:
    language: Language
    set: CriteriaSet
    columns: tuple[str, ...]
    names: Names

    def parts(self) -> Iterator[Part]:
        for role in Role:
            sections = tuple(self._sections(role))
            if sections:
                title = self.language.say(ROLES[role])
                totals = self._totals(sections) if role is Role.SCALE else ()
                yield Part(role, title, sections, totals)

    def _sections(self, role: Role) -> Iterator[Section]:
        for group in self.set.groups:
            if rows := tuple(self._rows(group, role)):
                most = self._of_columns(group.most) if role is Role.SCALE else ()
                yield Section(group.code, group.name, most, self._of_columns(group.cap), rows)

    def _rows(self, group: Group, role: Role) -> Iterator[Row]:
        for child in group.children:
            if isinstance(child, Heading):
                parts = [self._row(part, 1) for part in child.parts if self._has(part, role)]
                if parts:
                    yield Row(child.code, child.name, self._of_columns(child.most))
                    yield from parts
            elif self._has(child, role):
                yield self._row(child, 0)

    def _has(self, line: Criterion, role: Role) -> bool:
        return line.role is role and any(column in line.scales for column in self.columns)

    def _row(self, line: Criterion, depth: int) -> Row:
        mosts = {
            column: None if scale.most is None else rounded(scale.most, self.set.decimals)
            for column, scale in line.scales.items()
        }
        return Row(
            line.code,
            line.name,
            self._of_columns(mosts),
            depth,
            tuple(self._rules(line)),
            tuple(self._notes(line)),
            self.language.say(GIVERS[line.given_by]),
            self._evidence(line),
            uncapped=all(most is None for most in mosts.values()),
        )

    def _of_columns(self, numbers: Mapping[str, Decimal | None]) -> tuple[Decimal | None, ...]:
        return tuple(numbers.get(column) for column in self.columns)

    def _rules(self, line: Criterion) -> Iterator[str]:
        """Once where all columns share the rule, else each with its columns in front."""
        by_rule: dict[str, list[str]] = {}
        for column in self.columns:
            if scale := line.scales.get(column):
                said = rule(self.language, scale, self.set.decimals, self.names)
                by_rule.setdefault(said, []).append(column)
        for said, columns in by_rule.items():
            yield said if len(by_rule) == 1 else f"{', '.join(columns)}: {said}"
        yield from self._beside_rule(line)

    def _beside_rule(self, line: Criterion) -> Iterator[str]:
        """What is taken off and when the line is not applicable: the same in every column."""
        scale = next(iter(line.scales.values()))
        entry = Entry(line.code, line, scale, None, line.role is Role.SCALE)
        own = rule(self.language, scale, self.set.decimals, self.names)
        whole = line_rule(self.language, entry, self.set.decimals, self.names)
        if beside := whole.removeprefix(own).strip():
            yield beside

    def _notes(self, line: Criterion) -> Iterator[str]:
        say = self.language.say
        if line.only:
            meanings = [self.set.tags.get(tag, tag) for tag in line.only]
            yield say("Only on the sheet of units with: {tags}.", tags="; ".join(meanings))
        if said := _years(self.language, line.validity):
            yield say("Counts {years}.", years=said)
        if line.points_by_hand:
            yield say("The reviewer may set the points.")
        if line.guide:
            yield line.guide

    def _evidence(self, line: Criterion) -> str:
        match line.evidence.need:
            case Need.REQUIRED:
                return self.language.say("Required: {text}", text=line.evidence.text)
            case Need.WANTED:
                return line.evidence.text
            case Need.NONE:
                return ""

    def _totals(self, sections: Iterable[Section]) -> tuple[Decimal, ...]:
        sums = [ZERO for _ in self.columns]
        for section in sections:
            for at, most in enumerate(section.most):
                cap = section.cap[at]
                counted = most or ZERO
                sums[at] += counted if cap is None else min(counted, cap)
        return tuple(sums)

    def sheets(self) -> Iterator[str]:
        """What the sheet of each kind adds up to without tags and without yearly lines."""
        for kind in self.set.kinds:
            if kind.column in self.columns:
                total = _usual_sum(self.set, kind.column)
                yield self.language.say("{kind}: {total} points", kind=kind.name, total=total)


def _usual_sum(criteria: CriteriaSet, column: str) -> Decimal:
    total = ZERO
    for group in criteria.groups:
        lines = [line for line in leaves(group) if not line.only and line.validity == Validity()]
        mosts = (
            rounded(scale.most, criteria.decimals)
            for line in lines
            if line.role is Role.SCALE and (scale := line.scales.get(column)) and scale.most
        )
        summed, cap = sum(mosts, ZERO), group.cap.get(column)
        total += summed if cap is None else min(summed, cap)
    return total


def _years(language: Language, validity: Validity) -> str:
    said = []
    if validity.start is not None and validity.start == validity.end:
        return language.say("in {year}", year=str(validity.start))
    if validity.start is not None:
        said.append(language.say("from {year}", year=str(validity.start)))
    if validity.end is not None:
        said.append(language.say("until {year}", year=str(validity.end)))
    if validity.every > 1:
        said.append(language.say("every {number} years", number=validity.every))
    if validity.half is not None:
        said.append(language.say("in half-year {half}", half=validity.half))
    return ", ".join(said)


def table(
    language: Language,
    criteria: CriteriaSet,
    kind_code: str | None = None,
    names: Names = NO_NAMES,
) -> Table:
    """The whole set, or the one column of a kind; raises Refused for a kind it does not serve."""
    kind = None
    columns = tuple(criteria.columns)
    if kind_code is not None:
        if (kind := criteria.kind(kind_code)) is None:
            choices = [each.code for each in criteria.kinds]
            raise Refused("no-such-kind", kind=kind_code, choices=choices)
        columns = (kind.column,)
    maker = _Maker(language, criteria, columns, names)
    beside = provisions(language, criteria, columns, names)
    return Table(criteria, columns, kind, tuple(maker.parts()), tuple(maker.sheets()), beside)


def subtitle(language: Language, of: Table) -> str:
    """Code, version, years, kind: what tells this table from others."""
    say, criteria = language.say, of.set
    said = [say("Set {code}, version {version}", code=criteria.code, version=criteria.version)]
    if years := _years(language, criteria.years):
        said.append(say("valid {years}", years=years))
    if of.kind:
        said.append(say("sheet of: {kind}", kind=of.kind.name))
    return "; ".join(said)


def document(language: Language, each: Document) -> str:
    """`Kế hoạch … số 12/KH ngày 01/02/2019 của …`, as far as the file says it."""
    said = [each.title]
    if each.number:
        said.append(language.say("no. {number}", number=each.number))
    if each.day:
        said.append(language.say("of {day}", day=each.day))
    if each.issuer:
        said.append(language.say("by {issuer}", issuer=each.issuer))
    return capital(", ".join(part for part in said if part))


def column_titles(language: Language, of: Table) -> tuple[str, ...]:
    """What stands over the most points: codes of columns, or the word where there is one."""
    if len(of.columns) == 1:
        return (language.say("Most points"),)
    return of.columns


def most_in_words(language: Language, row: Row) -> tuple[str, ...]:
    """Blank where nothing caps the line, a dash where it is not on the sheet."""
    if row.uncapped:
        return tuple("" for _ in row.most)
    return numbers(language, row.most)


def cap_in_words(language: Language, section: Section) -> str:
    """Empty where nothing caps the group; several columns may have several caps."""
    if all(cap is None for cap in section.cap):
        return ""
    caps = " / ".join(dict.fromkeys(numbers(language, section.cap)))
    return language.say("At most {caps} points of this group count.", caps=caps)


def numbers(language: Language, of_columns: Iterable[Decimal | None]) -> tuple[str, ...]:
    return tuple(NOT_HERE if each is None else language.number(each) for each in of_columns)

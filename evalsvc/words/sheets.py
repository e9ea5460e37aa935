"""One result told like a letter to the unit: every line, every step, and what they come to."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from evalsvc.domain.criteria import GivenBy, Role
from evalsvc.domain.forms import Entry, Section
from evalsvc.domain.lines import Layer, LineScore, State
from evalsvc.domain.results import Result
from evalsvc.domain.scoring import OUT, ZERO, GroupScore, OutsideScore, ScoreSheet
from evalsvc.words.amounts import Names, plus
from evalsvc.words.columns import paragraphs, width, wrapped
from evalsvc.words.language import Language, sentence
from evalsvc.words.reckonings import reckoning
from evalsvc.words.rules import NO_NAMES
from evalsvc.words.steps import step_sentences, total_and_compared
from evalsvc.words.verdicts import band_sentences, gate_sentences, next_band_sentence

LAYERS = {
    Layer.CLAIMED: sentence("claimed"),
    Layer.REVIEWED: sentence("reviewed"),
    Layer.FINAL: sentence("final"),
}
ROLES = {Role.SCALE: "", Role.BONUS: sentence(" (bonus)"), Role.PENALTY: sentence(" (penalty)")}

MISSING = {
    State.UNANSWERED: sentence("Not answered, so 0: {lines}; at most {most} points"),
    State.NOT_DUE: sentence("Still to come: {lines}; at most {most} points"),
}
OUTSIDE_MISSING = {
    State.UNANSWERED: sentence("Not answered, so 0: {lines}"),
    State.NOT_DUE: sentence("Still to come: {lines}"),
}


def letter(
    language: Language,
    unit_name: str,
    result: Result,
    *,
    warnings: Sequence[str] = (),
    reviews: Sequence[str] = (),
    names: Names = NO_NAMES,
) -> str:
    """What is said beside the sheet: what review changed, and rules between criteria that speak.

    `names` as in `rules.rule`.
    """
    sheet = result.sheet
    groups = {group.section.group.code: group for group in sheet.groups}
    lines = {line.entry.code: line for line in sheet.lines}
    sections = []
    for section in sheet.form.sections:
        scored = [lines[entry.code] for entry in section.entries]
        group = groups.get(section.group.code)
        sections.append(list(_section(language, sheet, (section, scored, group), names)))
    verdict = [*_total(language, sheet), *band_sentences(language, result)]
    return paragraphs(
        [
            list(_head(language, unit_name, sheet)),
            *sections,
            _said([*verdict, *gate_sentences(language, result)]),
            _said([next_band_sentence(language, result), *_missing(language, sheet)]),
            _listed(language.say("The layers side by side:"), reviews),
            _listed(language.say("Worth another look:"), warnings),
        ]
    )


def _said(sentences: Iterable[str]) -> list[str]:
    return [wrapped(f"{each}.", "", "  ") for each in sentences if each]


def _listed(head: str, items: Sequence[str]) -> list[str]:
    return [head, *(wrapped(item, "- ") for item in items)] if items else []


def _head(language: Language, unit_name: str, sheet: ScoreSheet) -> Iterator[str]:
    form = sheet.form
    period = when(language, form.year, form.half)
    yield wrapped(language.say("Result of {unit}, {when}", unit=unit_name, when=period), "", "  ")
    version = language.say("version {number}", number=form.set.version)
    yield wrapped(f"{form.set.title} ({form.set.code}, {version})", "", "  ")
    yield layer_sentence(language, sheet.layer)


def when(language: Language, year: int, half: int | None) -> str:
    if half is None:
        return language.say("year {year}", year=year)
    if half == 1:
        return language.say("first half of {year}", year=year)
    return language.say("second half of {year}", year=year)


def layer_sentence(language: Language, layer: Layer) -> str:
    return language.say("Points: {layer}", layer=language.say(LAYERS[layer]))


_Part = tuple[Section, Sequence[LineScore], GroupScore | None]


def _section(language: Language, sheet: ScoreSheet, part: _Part, names: Names) -> Iterator[str]:
    section, lines, group = part
    decimals = sheet.form.set.decimals
    yield wrapped(f"{section.group.code}. {section.group.name}", "", "   ")
    codes = max(width(line.entry.code) for line in lines)
    for line in lines:
        yield from _line(language, line, (codes, decimals), names)
    if group is not None:
        yield wrapped(_group_sum(language, group, lines, decimals), "  ", "    ")
    for each in sheet.outside:
        if each.cap is not None and each.codes[0] in {line.entry.code for line in lines}:
            said = _outside_sum(language, section.group.code, each, sheet)
            yield wrapped(said, "  ", "    ")


def _line(
    language: Language, line: LineScore, sizes: tuple[int, int], names: Names
) -> Iterator[str]:
    codes, decimals = sizes
    entry = line.entry
    first = f"  {entry.code}{' ' * (codes - width(entry.code))}  "
    role = ROLES[entry.criterion.role]
    name = entry.criterion.name + (language.say(role) if role else "")
    earned = "—" if _is_out(line) else language.points(line.points, decimals)
    most = "" if entry.most is None else f"/{language.number(entry.most)}"
    yield wrapped(f"{name}: {earned}{most}", first)
    yield wrapped(reckoning(language, line, decimals, names), " " * width(first))


def _is_out(line: LineScore) -> bool:
    """Lines that have no points at all, which is not the same as 0."""
    out = line.state is State.NOT_APPLICABLE and line.treatment in OUT
    return out or line.state is State.NOT_DUE


def _group_sum(
    language: Language, group: GroupScore, lines: Iterable[LineScore], decimals: int
) -> str:
    on_scale = (line for line in lines if line.entry.criterion.role is Role.SCALE)
    parts = [line.points for line in on_scale if not _is_out(line)]
    return language.say(
        "Group {code}: {sum} of {most}",
        code=group.section.group.code,
        sum=_capped(language, parts, (group.earned, group.counted), decimals),
        most=language.number(group.applicable),
    )


def _outside_sum(language: Language, code: str, outside: OutsideScore, sheet: ScoreSheet) -> str:
    lines = (line for line in sheet.lines if line.entry.code in outside.codes)
    parts = [line.points for line in lines]
    sums = (outside.earned, outside.counted)
    said = _capped(language, parts, sums, sheet.form.set.decimals)
    return language.say("Group {code}: {sum}", code=code, sum=said)


def _capped(
    language: Language, parts: Sequence[Decimal], sums: tuple[Decimal, Decimal], decimals: int
) -> str:
    """The sum of the parts, and what of it counts where a cap changes it."""
    earned, counted = sums
    said = plus(language, parts, decimals) or language.points(earned, decimals)
    if counted == earned:
        return said
    cap = language.points(counted, decimals)
    return language.say("{sum}, cap {cap}: {result}", sum=said, cap=cap, result=cap)


def _total(language: Language, sheet: ScoreSheet) -> Iterator[str]:
    if not sheet.steps:
        return
    yield from step_sentences(language, sheet)
    yield language.say("Total: {total}", total=total_and_compared(language, sheet))
    if sheet.layer is Layer.CLAIMED and sheet.own_most != sheet.unit_scale:
        most = language.number(sheet.own_most)
        yield language.say("At most {most} points can be claimed by the unit itself", most=most)


def _is_reviewers(entry: Entry) -> bool:
    return entry.criterion.given_by is GivenBy.REVIEWER


def _missing(language: Language, sheet: ScoreSheet) -> Iterator[str]:
    """Lines without a value; a bonus that nobody asked for is not missing."""
    for state, said in MISSING.items():
        lines = (line for line in sheet.lines if line.state is state)
        entries = [line.entry for line in lines if line.entry.criterion.role is not Role.BONUS]
        if state is State.UNANSWERED:
            if given := [entry.code for entry in entries if _is_reviewers(entry)]:
                yield language.say("Not yet marked by a reviewer: {lines}", lines=given)
            entries = [entry for entry in entries if not _is_reviewers(entry)]
        most = sum((entry.most or ZERO for entry in entries if entry.on_scale), ZERO)
        sentence_here = said if most else OUTSIDE_MISSING[state]
        if entries:
            facts = {"most": most} if most else {}
            yield language.say(sentence_here, lines=[entry.code for entry in entries], **facts)

"""A whole outcome as plain text: rankings by block, then the arithmetic of quotas and titles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalsvc.domain.outcome import Outcome, Ranking
from evalsvc.domain.provisions import Band
from evalsvc.domain.ranking import Apart, ApartBy, Ranked
from evalsvc.domain.results import Result
from evalsvc.domain.units import Unit
from evalsvc.words.amounts import out_of, uncapital
from evalsvc.words.columns import paragraphs, table, wrapped
from evalsvc.words.language import Language, sentence
from evalsvc.words.shares import quota_sentences, target_sentences, title_sentences
from evalsvc.words.sheets import layer_sentence, when
from evalsvc.words.verdicts import unrated_sentence

APART = {
    ApartBy.EXEMPT: sentence("exempt ({reason})"),
    ApartBy.NOT_SUBMITTED: sentence("not submitted"),
}
_SIDES = "><>><<"


def ranking_text(language: Language, outcome: Outcome) -> str:
    said = _Said(language, outcome)
    blocks = [list(said.block(each)) for each in outcome.rankings]
    parts = (
        (language.say("Quotas"), quota_sentences(language, outcome)),
        (language.say("Titles"), title_sentences(language, outcome)),
        (language.say("Targets"), target_sentences(language, outcome)),
    )
    sums = (_listed(head, sentences) for head, sentences in parts)
    return paragraphs([list(said.head()), *blocks, *sums])


def _listed(head: str, sentences: Iterable[str]) -> list[str]:
    lines = [wrapped(f"{each}.", "- ") for each in sentences]
    return [head, *lines] if lines else []


@dataclass(frozen=True, slots=True)
class _Said:
    """What every row needs: the language, and the outcome with its names."""

    language: Language
    outcome: Outcome

    def head(self) -> Iterator[str]:
        of, say = self.outcome.round, self.language.say
        yield wrapped(f"{of.title} ({of.code}, {when(self.language, of.year, of.half)})", "", "  ")
        layer = layer_sentence(self.language, of.layer)
        yield f"{layer}; {say('provisional')}" if self.outcome.provisional else layer

    def block(self, ranking: Ranking) -> Iterator[str]:
        yield self._title(ranking)
        if ranking.placings:
            rows = [self._row(each, ranking) for each in ranking.placings]
            yield from table([self._heads(), *rows], _SIDES)
        if ranking.apart:
            yield self.language.say("Listed apart:")
            yield from (wrapped(f"{self._apart(each)}.", "- ") for each in ranking.apart)

    def _title(self, ranking: Ranking) -> str:
        if ranking.block is not None:
            facts = {"code": ranking.block.code, "name": ranking.block.name}
            return self.language.say("Block {code}. {name}", **facts)
        sets = sorted({criteria.code for criteria in self.outcome.round.sets.values()})
        return self.language.say("All blocks together (sets: {sets})", sets=sets)

    def _heads(self) -> tuple[str, ...]:
        say = self.language.say
        return (say("Rank"), say("Unit"), say("Points"), say("Compared"), say("Band"), say("Notes"))

    def _row(self, placed: Ranked, ranking: Ranking) -> tuple[str, ...]:
        unit = self._unit(placed.standing.unit)
        result = self.outcome.results[unit.code]
        sheet, decimals = result.sheet, result.sheet.form.set.decimals
        band = self._band(unit.code, placed.standing.set)
        return (
            str(placed.rank),
            unit.name,
            out_of(self.language, sheet.total, sheet.unit_scale, decimals),
            self.language.points(sheet.compared, decimals),
            band.name if band else self.language.say("waits for a decision"),
            "; ".join([*self._notes(placed, result), *self._tie(placed, ranking)]),
        )

    def _notes(self, placed: Ranked, result: Result) -> Iterator[str]:
        say, code = self.language.say, placed.standing.unit
        layer = self.outcome.layers[code]
        if layer is not self.outcome.round.layer:
            yield layer_sentence(self.language, layer)
        if placed.standing.late:
            yield say("submitted late")
        for fired in result.fired:
            yield say("gate {code}", code=fired.gate.code)
        if any(code in quota.fallen for quota in self.outcome.quotas):
            yield say("one band down by quota")
        for title in self.outcome.titles:
            if code in title.given:
                yield title.title.name
            if code in title.pending:
                yield say("{title}: waits for a decision", title=title.title.name)

    def _tie(self, placed: Ranked, ranking: Ranking) -> Iterator[str]:
        """The keys that parted this unit from another with the same points."""
        here = placed.standing
        equals = [each for each in ranking.placings if each.standing.compared == here.compared]
        if all(each.rank == placed.rank for each in equals):
            return
        form = self.outcome.results[here.unit].sheet.form
        keys = (
            f"{code} {'—' if key is None else self.language.points(key, form.set.decimals)}"
            for code, key in zip(form.set.ties, here.keys, strict=True)
        )
        yield self.language.say("equal points, {keys}", keys=", ".join(keys))

    def _apart(self, apart: Apart) -> str:
        name = self._unit(apart.unit).name
        if apart.why is ApartBy.UNRATED:
            result = self.outcome.results[apart.unit]
            whys = (unrated_sentence(self.language, result, why) for why in apart.unrated)
            return f"{name}: {'; '.join(map(uncapital, whys))}"
        return f"{name}: {self.language.say(APART[apart.why], reason=apart.reason)}"

    def _band(self, unit: str, criteria: str) -> Band | None:
        return self.outcome.banded[criteria].bands[unit]

    def _unit(self, code: str) -> Unit:
        return next(unit for unit in self.outcome.round.units if unit.code == code)

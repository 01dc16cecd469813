"""A question that sets boards, reports or years against each other → its answer, or a refusal that
shows each of them; None for other questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.checks.arithmetic import in_unit
from rag.answer import Answer, Citation, Notice, Question, ToldFigure
from rag.between.asked import Asked, asked_between
from rag.between.wholes import Compared, Said, Whole, compared, said_of
from rag.compose import searched
from rag.gate import GateError, check
from rag.overviews.library import Citer, Library
from rag.overviews.numbers import Number
from rag.scope import Scope
from rag.shelf import Shelf
from rag.spoken import FORMULA, formula_text, number, period_text
from rag.store import Store, StoredDocument
from rag.terms import words

_THE = {"utfall": "utfallet", "prognos": "prognosen"}
_MANY = {"board": "nämnder", "document": "dokument", "year": "år"}
_OFFICE = re.compile(r"\w{3,}(?:nämnd|styrelse)(?:en|n)?")
_WORST = "Minus betyder sämre än budget."
_BY = {"percent": "i procent av budget", "amount": "i kronor"}
_HEADS = {
    "either": ("Störst avvikelse", "Minst avvikelse"),
    "worse": ("Störst underskott", "Minst underskott"),
    "better": ("Störst överskott", "Minst överskott"),
}


def answer_between(store: Store, shelf: Shelf, question: Question, scope: Scope) -> Answer | None:
    """The answer to a question that sets whole boards, reports or years against each other.

    A refusal where the numbers do not decide it, with each of them; None for other questions.
    """
    if not scope.documents or not store.has_figures:
        return None
    asked = asked_between(question.text, _names(scope.documents))
    if asked is None:
        return None
    library = Library(store, shelf)
    documents = _of_named_boards(scope.documents, question.text)
    found = compared(library, documents, asked, scope.years)
    answer = _Teller(library, question, asked, found).answer(documents)
    try:
        check(answer, store)
    except GateError:
        return None
    return answer


def _names(documents: Sequence[StoredDocument]) -> frozenset[str]:
    """The words that documents are called by."""
    parts = [
        f"{d.identity.title} {d.identity.board} {d.identity.municipality} "
        f"{d.identity.municipality}s {' '.join(d.identity.aliases)}"
        for d in documents
    ]
    own = {word for part in parts for word in words(part)}
    return frozenset(own | {f"{word}s" for word in own})


def _of_named_boards(documents: Sequence[StoredDocument], text: str) -> list[StoredDocument]:
    """The documents of boards that are called by a part of their name, as "omsorgsnämnden"."""
    said = {word for word in words(text) if _OFFICE.fullmatch(word)}
    return [one for one in documents if said & {*words(one.identity.board)}] or [*documents]


def _slack(whole: Whole, by: str) -> Decimal:
    """By how much a deviation may be off for the rounding of printed numbers: in kronor, or in per
    cent of its budget."""
    effect, budget = whole.effect, whole.line.budget
    exponent = min(int(one.value.as_tuple().exponent) for one in (effect, budget))
    half = Decimal(5).scaleb(exponent - 1) * (2 if effect.formula else 1)
    return half / abs(budget.value) * 100 if by == "percent" else in_unit(half, effect.unit, "kr")


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells what was compared."""

    library: Library
    question: Question
    asked: Asked
    found: Compared

    def answer(self, documents: Sequence[StoredDocument]) -> Answer:
        """The answer, or a refusal with what was found."""
        refused = self._lacking()
        by = self.asked.by or "amount"
        ranked = sorted(self.found.wholes, key=lambda whole: self._key(whole, by))
        if not refused:
            refused = self._undecided(ranked, by)
        first = ranked[0] if ranked else None
        said = self._said(first) if first and self.asked.says and not refused else ()
        if not refused and self.asked.says and not said:
            assert first is not None
            refused = f"Vad {first.name} säger om avvikelsen går inte att belägga"
        if refused:
            return self._refusal(refused, ranked, documents)
        return self._told(ranked, by, said)

    # ---- what stands in the way

    def _lacking(self) -> str:
        many, held = _MANY[self.asked.kind], len(self.found.wholes)
        if self.found.twice:
            return f"Det finns flera olika tal för {' och '.join(self.found.twice)}"
        if held < 2:
            return f"Färre än två {many} har ett tal för hela nämnden som kan jämföras"
        if self.asked.count and self.asked.count != held:
            said = f"{self.asked.count} {many}"
            return f"Frågan gäller {said}, och tal som kan jämföras finns för {held}"
        return ""

    def _undecided(self, ranked: Sequence[Whole], by: str) -> str:
        """Why the first is not plainly the one; "" where it is."""
        first, way = ranked[0], self.asked.way
        wrong = {"worse": first.effect.value >= 0, "better": first.effect.value <= 0}
        if wrong.get(way, False):
            return f"Ingen av dem har ett {'under' if way == 'worse' else 'över'}skott"
        gap = abs(abs(_size(first, by)) - abs(_size(ranked[1], by)))
        near = gap <= sum(_slack(one, by) for one in ranked[:2])
        same_side = first.effect.value * ranked[1].effect.value > 0
        if near and (same_side or way == "either") and not self.asked.every:
            return "Talen ligger så nära varandra att avrundningen avgör vilket som är störst"
        return ""

    def _key(self, whole: Whole, by: str) -> tuple[bool, Decimal]:
        """What comes first: those that go the way that is asked for, the most of it first."""
        value = _size(whole, by)
        if self.asked.way == "either":
            return False, abs(value) if self.asked.least else -abs(value)
        other_way = value > 0 if self.asked.way == "worse" else value < 0
        return other_way or not value, abs(value) if self.asked.least else -abs(value)

    # ---- what is told

    def _told(self, ranked: Sequence[Whole], by: str, said: Sequence[Said]) -> Answer:
        """The answer: what is asked for, each of them in a line, what is said of the first."""
        answering = [(by, one) for one in (ranked if self.asked.every else ranked[:1])]
        if not self.asked.by and not self.asked.every:  # both readings, where they differ
            other = min(ranked, key=lambda whole: self._key(whole, "percent"))
            answering += [("percent", other)] if other is not ranked[0] else []
        sheet = _Sheet()
        figures = _figures(sheet, ranked, answering)
        lines = [self._head(way, one, sheet) for way, one in answering]
        if self.asked.every:
            lines = [f"{_HEADS[self.asked.way][0].split()[1].capitalize()} {_BY[by]}, i ordning:"]
        lines += [_line(one, by, sheet) for one in ranked]
        formulas = dict.fromkeys(_worked(figure) for figure in figures if figure.formula)
        lines += [*formulas, _WORST]
        if self.found.left_out:
            lines.append(f"Utan jämförbart tal: {', '.join(self.found.left_out)}.")
        lines += [_said(one, sheet) for one in said]
        return self._made("answered", lines, sheet, figures, ranked)

    def _head(self, by: str, whole: Whole, sheet: _Sheet) -> str:
        name = _HEADS[self.asked.way][self.asked.least]
        value = whole.percent if by == "percent" else whole.effect
        side = "sämre" if value.value < 0 else "bättre"
        side = f", {side} än budget" if value.value else ""
        return f"{name} {_BY[by]}: {whole.name}, {value.text}{side}. {sheet.markers(value)}"

    def _refusal(
        self, reason: str, ranked: Sequence[Whole], documents: Sequence[StoredDocument]
    ) -> Answer:
        """A refusal that says why, and shows each number that was found."""
        sheet = _Sheet()
        figures = _figures(sheet, ranked, ())
        lines = [f"{reason}.", searched(documents)]
        lines += [_line(one, "percent", sheet) for one in ranked]
        lines += [_WORST] if ranked else []
        if self.found.left_out and ranked:
            lines.append(f"Utan jämförbart tal: {', '.join(self.found.left_out)}.")
        return self._made("refused", lines, sheet, figures, ranked)

    def _said(self, whole: Whole) -> tuple[Said, ...]:
        return said_of(self.library, whole, Citer(self.library))

    def _made(
        self,
        status: str,
        lines: Sequence[str],
        sheet: _Sheet,
        figures: Sequence[ToldFigure],
        ranked: Sequence[Whole],
    ) -> Answer:
        warnings: list[Notice] = []
        for whole in ranked:
            cited = tuple(dict.fromkeys(sheet.cite(one) for one in whole.sources))
            warnings += [Notice("source_conflict", told, cited) for told in whole.line.findings]
            scanned = [note for note in whole.table.notes if "inskannad" in note]
            warnings += [Notice("ocr", note, cited) for note in scanned]
        return Answer(
            self.question.text,
            status,
            "\n".join(lines),
            tuple(sheet.citations),
            tuple(warnings),
            figures=tuple(figures),
        )


@dataclass(slots=True)
class _Sheet:
    """The citations of an answer, numbered from 1 as they are needed."""

    citations: list[Citation] = field(default_factory=list)

    def cite(self, citation: Citation) -> int:
        """The number of a citation in this answer."""
        for one in self.citations:
            if replace(one, id=0) == replace(citation, id=0):
                return one.id
        self.citations.append(replace(citation, id=len(self.citations) + 1))
        return len(self.citations)

    def cited(self, one: Number) -> tuple[int, ...]:
        """Those of a number's sources."""
        return tuple(dict.fromkeys(self.cite(source) for source in one.sources))

    def markers(self, one: Number) -> str:
        """The same as they stand in a text."""
        return "".join(f"[{cited}]" for cited in self.cited(one))


def _figures(
    sheet: _Sheet, ranked: Sequence[Whole], answering: Sequence[tuple[str, Whole]]
) -> list[ToldFigure]:
    """All numbers of an answer: what is asked for first, then the others' and what all are worked
    out of."""
    results = [
        _figure(sheet, "result", whole.percent if by == "percent" else whole.effect, whole)
        for by, whole in answering
    ]
    others: list[ToldFigure] = []
    for whole in ranked:
        told = [by for by, one in answering if one is whole]
        if "percent" not in told:
            others.append(_figure(sheet, "context", whole.percent, whole))
        if "amount" not in told:
            role = "context" if whole.effect.formula else "operand"
            others.append(_figure(sheet, role, whole.effect, whole))
    for whole in ranked:
        others.append(_figure(sheet, "operand", whole.line.outcome, whole, whole.table.measure))
        others.append(_figure(sheet, "operand", whole.line.budget, whole, "budget"))
        if whole.line.deviation.value != whole.effect.value:  # its sign was turned
            others.append(_figure(sheet, "operand", whole.line.deviation, whole))
    return [*results, *others]


def _figure(
    sheet: _Sheet, role: str, one: Number, whole: Whole, measure: str = "avvikelse"
) -> ToldFigure:
    table = whole.table
    heads = {"budget": table.budget_head, table.measure: table.outcome_head}
    return ToldFigure(
        role,
        one.value,
        one.unit,
        whole.name,
        measure,
        table.period,
        one.formula,
        sheet.cited(one),
        heads.get(measure, ""),
    )


def _line(whole: Whole, by: str, sheet: _Sheet) -> str:
    """What a document has: "– X: −1,86 procent (prognosen för 2025 är … mot budgeten …)"."""
    first, second = whole.percent, whole.effect
    if by == "amount":
        first, second = second, first
    the, line = _THE[whole.table.measure], whole.line
    said = f"{the} för {period_text(whole.table.period)} är {line.outcome.text}"
    return (
        f"– {whole.name}: {first.text} ({second.text}; {said} mot budgeten {line.budget.text}) "
        f"{sheet.markers(whole.percent)}"
    )


def _worked(figure: ToldFigure) -> str:
    return f"{FORMULA}{formula_text(figure.formula)} = {number(figure.value, figure.unit)}"


def _said(said: Said, sheet: _Sheet) -> str:
    """What a document says, in its own words."""
    quote = f"”{said.citation.quote}” [{sheet.cite(said.citation)}]"
    if said.line is None:
        return f"{said.citation.source}: {quote}"
    return f"{said.citation.source}, om {said.line.label}: {quote}"


def _size(whole: Whole, by: str) -> Decimal:
    effect = whole.effect
    return whole.percent.value if by == "percent" else in_unit(effect.value, effect.unit, "kr")

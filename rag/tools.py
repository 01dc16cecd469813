"""What can be asked of the documents, as typed functions: each finds, works out and cites.

Read-only and exact: numbers are `Decimal`, units are changed by powers of ten alone, and what is
not found for certain is refused in the answer. `rag.langchain_tools` gives them to an agent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, TypeVar

from pydantic import Field

from ingest.types import Finding
from rag.answer import NO_FILTERS, Answer, Filters, Question
from rag.asking import Asker, Hit
from rag.audit import findings
from rag.comparisons import change, deviation
from rag.compose import searched
from rag.conflicts import with_conflicts
from rag.desk import Desk
from rag.gate import check
from rag.lookup import figure
from rag.offers import ask_back, not_found
from rag.question.asked import Understanding
from rag.question.understanding import read_question
from rag.ranking import ranking
from rag.relevance import weigh
from rag.results import Outcome
from rag.said.own import bound
from rag.scope import Scope, understand
from rag.shares import share
from rag.terms import words
from rag.told import tell
from rag.totals import total, trend
from rag.wanted import Wanted

_T = TypeVar("_T")
MOST_PASSAGES = 100


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools over one index, in the documents that pass `filters`."""

    asker: Asker
    filters: Filters = NO_FILTERS

    def find_figures(self, label: str, measure: str = "", year: int = 0) -> Answer:
        """The figure that a row is called by, such as "Lokalhyror", with a measure (budget, plan,
        prognos, utfall, avvikelse, målvärde, nuläge …) and a year; "" and 0 are not told."""
        return self._do(label, figure, measures=_some(measure), years=_some(year))

    def deviation(self, label: str, year: int = 0, *, percent: bool = False) -> Answer:
        """How far an outcome or forecast is from its budget, as an amount or in per cent."""
        measures = ("avvikelse", "prognos", "budget") if percent else ("avvikelse",)
        return self._do(label, deviation, measures=measures, years=_some(year), percent=percent)

    def change(
        self,
        label: str,
        from_year: int,
        to_year: int,
        measure: str = "",
        *,
        percent: bool = False,
    ) -> Answer:
        """By how much a row changes between two years: later minus earlier, or in per cent."""
        return self._do(
            label,
            change,
            operation="percent_change" if percent else "change",
            measures=_some(measure),
            years=(from_year, to_year),
            percent=percent,
        )

    def share(self, part: str, whole: str = "", year: int = 0) -> Answer:
        """One row as a percentage of another, or of the total of its column."""

        def with_whole(asked: Understanding, scope: Scope) -> Understanding:
            if not whole:
                return asked
            named = understand(Question(whole, (), self.filters), self.asker.index.documents)
            of = self._understood(whole, replace(scope, words=named.words))
            return replace(asked, whole=replace(of, years=asked.years))

        return self._do(part, share, years=_some(year), percent=True, prepare=with_whole)

    def total(self, labels: Sequence[str], measure: str = "", year: int = 0) -> Answer:
        """The sum of the rows that are named, all of one column."""
        text = " och ".join(labels)
        return self._do(text, total, measures=_some(measure), years=_some(year))

    def rank(
        self, what: str, measure: str = "", year: int = 0, *, lowest_first: bool = False
    ) -> Answer:
        """The rows of a table's column in order, totals left out; `what` names the column."""
        return self._do(
            what,
            ranking,
            operation="rank",
            measures=_some(measure),
            years=_some(year),
            lowest_first=lowest_first,
        )

    def trend(self, label: str, years: Sequence[int] = (), measure: str = "") -> Answer:
        """One row through several years."""
        return self._do(label, trend, measures=_some(measure), years=tuple(years))

    def goals(self, about: str) -> Answer:
        """How a goal or indicator was judged."""
        return self.asker.ask(Question(f"Klaras målet om {about}?", (), self.filters))

    def risks(self, about: str) -> Answer:
        """How a risk is handled."""
        return self.asker.ask(Question(f"Hur hanteras risken {about}?", (), self.filters))

    def explain(self, about: str) -> Answer:
        """What the documents give as the cause, quoted."""
        return self.asker.ask(Question(f"Vad beror {about} på?", (), self.filters))

    def search_passages(
        self, query: str, limit: Annotated[int, Field(ge=1, le=MOST_PASSAGES)] = 5
    ) -> list[Hit]:
        """The passages nearest to a query, best first."""
        return self.asker.search(Question(query, (), self.filters), limit)

    def audit_findings(self) -> list[Finding]:
        """Where the documents contradict themselves or each other; what rounding explains aside."""
        return findings(self.asker.index.store, self.filters, include_rounding=False)

    def _do(
        self,
        text: str,
        work: Callable[[Desk], Outcome],
        *,
        prepare: Callable[[Understanding, Scope], Understanding] = lambda asked, _: asked,
        **fields: object,
    ) -> Answer:
        index = self.asker.index
        question = Question(text, (), self.filters)
        with index.store.snapshot():
            index.refresh()
            scope = understand(question, index.documents)
            asked = replace(self._understood(text, scope), **fields)  # type: ignore[arg-type]
            asked = prepare(asked, scope)
            desk = Desk(self.asker.shelf, scope.documents, asked, self._wanted)
            outcome = work(desk) if words(text) else Outcome("nothing")
            if outcome.found:
                answer = tell(question, with_conflicts(outcome, self.asker.shelf), index.store)
            elif outcome.choices:
                answer = ask_back(question, outcome, index.store)
            else:
                answer = not_found(question, outcome, index.store, searched(scope.documents))
            check(answer, index.store)
            return bound(answer)

    def _understood(self, text: str, scope: Scope) -> Understanding:
        return read_question(Question(text, (), self.filters), scope)

    def _wanted(self, asked: Understanding) -> Wanted:
        text = " ".join((*asked.subject, *asked.carried))
        index = self.asker.index.lexical
        return Wanted(weigh(asked.subject, index, text), weigh(asked.carried, index, text), text)


def _some(value: _T) -> tuple[_T, ...]:
    return (value,) if value else ()


TOOLS = (
    "find_figures",
    "deviation",
    "change",
    "share",
    "total",
    "rank",
    "trend",
    "goals",
    "risks",
    "explain",
    "search_passages",
    "audit_findings",
)
"""The names of the tools: what agents and programs may call, and no more."""

"""A question worked on: the figures that it may mean, and the operation that it asks for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ingest.checks.arithmetic import value_of
from ingest.checks.check import TOTAL
from ingest.checks.matrix import is_income
from ingest.figures.grid import is_total
from ingest.types import Figure
from rag.matching import Match, Wanted, fitness, rank, same_kind, share
from rag.question import signs
from rag.question.understanding import Understanding
from rag.relevance import TextTerms, WeighedWord
from rag.results import (
    Outcome,
    Result,
    comparable,
    converted,
    difference,
    label_of,
    percent_change,
    printed,
    share_of,
    total_of,
)
from rag.shelf import Known, Shelf
from rag.store import StoredDocument
from rag.terms import plain

_MARGIN = 0.06  # of score: figures that fit as well as the best are meant as much
_NET = re.compile(r"netto|resultat|kommunbidrag|finans", re.I)
_COST = re.compile(r"kostnad", re.I)
_AGE = re.compile(r"\d+\s*år|år\s*[<>]|[<>]\s*\d+", re.I)


Weighing = Callable[[Understanding], Wanted]
"""The words of a part of a question, weighed."""


class Desk:
    """One question over the figures of some documents. Nothing is written, nothing is guessed."""

    def __init__(
        self,
        shelf: Shelf,
        documents: Sequence[StoredDocument],
        asked: Understanding,
        weighing: Weighing,
    ) -> None:
        self.asked = asked
        self.wanted = weighing(asked)
        self._weighing = weighing
        self.documents = documents
        self._all = [known for known in shelf.of(documents) if same_kind(known.figure, asked.kind)]
        self._every = shelf.of(documents)
        self.wanted.settle(self._every)
        self.shelf = shelf

    # ---- choosing

    def matches(self, asked: Understanding | None = None, *, prose: bool = False) -> list[Match]:
        """The figures that the question may mean, best first; of tables unless `prose`."""
        asked = asked or self.asked
        kinds = asked.kind == self.asked.kind
        known = self._all if kinds else [k for k in self._every if same_kind(k.figure, asked.kind)]
        chosen = [one for one in known if (one.figure.sentence is not None) == prose]
        return rank(chosen, self.wanted, asked)

    def best(self, matches: Sequence[Match]) -> list[Match]:
        """Those that fit as well as the best one."""
        if not matches:
            return []
        return [match for match in matches if match.score >= matches[0].score - _MARGIN]

    def one(self, asked: Understanding | None = None) -> Known | Outcome:
        """The one figure that is meant; or an outcome that says why there is none."""
        matches = self.matches(asked)
        best = self.best(matches)
        if not best:
            told = self._in_prose(asked)
            return told if told is not None else self._nothing(asked or self.asked)
        held = [match for match in best if match.figure.value is not None]
        if not held:
            return self._without_value(best)
        if len(_values(held)) == 1:
            return held[0].known
        return Outcome("choice", choices=tuple(_each_value(held)))

    def _in_prose(self, asked: Understanding | None) -> Known | None:
        """The one number of the sentence that says all that is asked for; None where it is not
        plain which one is meant."""
        best = self.best(self.matches(asked, prose=True))
        sentences = {(m.known.document.id, m.figure.sentence) for m in best}
        if len({(m.figure.value, m.figure.unit) for m in best}) == 1:
            return best[0].known
        if len(sentences) != 1:
            return None
        fitted = max(match.fit for match in best)
        best = [match for match in best if match.fit == fitted]
        near = sorted(((self._nearby(m.known), m) for m in best), key=lambda pair: -pair[0])
        if len(near) > 1 and near[0][0] <= near[1][0]:
            return None
        return near[0][1].known

    def _nearby(self, known: Known) -> int:
        """How many words of the question stand between a number's neighbours in its sentence."""
        figure, sentence = known.figure, known.figure.sentence
        assert sentence is not None
        text = self.shelf.page_text(known)
        others = [
            other.figure.span
            for other in self._every
            if other.figure.sentence == sentence
            and other.document.id == known.document.id
            and other.figure.page == figure.page
        ]
        start = max((s.end for s in others if s.end <= figure.span.start), default=sentence.start)
        end = min((s.start for s in others if s.start >= figure.span.end), default=sentence.end)
        before = TextTerms(text[start : figure.span.start])
        after = TextTerms(text[figure.span.end : end])
        words = [*self.wanted.required, *self.wanted.idle]
        # Swedish says what it is about first: "SoL är 8 dagar och LSS är 57 dagar"
        return sum(2 * (share(before, w) >= 0.5) + (share(after, w) >= 0.5) for w in words)

    def _without_value(self, best: Sequence[Match]) -> Outcome:
        figure = best[0].figure
        text = f"”{label_of(best[0].known)}” finns, men utan värde ({figure.printed})"
        return Outcome("nothing", nearest=(best[0].known,), missing=text)

    def _nothing(self, asked: Understanding) -> Outcome:
        """What comes nearest: the same label with another measure or year."""
        loose = replace(asked, measures=(), years=(), months=(0, 0), whole_year=False)
        near = [match for match in self.matches(loose) if match.figure.value is not None]
        if not near:
            return Outcome("nothing")
        best = [match.known for match in self.best(near)]
        return Outcome("nothing", nearest=tuple(best[:3]), missing=_lacking(asked, best))

    # ---- operations

    def answer(self) -> Outcome:
        """Do what is asked for, clause by clause."""
        outcome = self._work()
        told = list(outcome.told)
        for other in self.asked.others:
            told += self._other(other, outcome)
        return replace(outcome, told=tuple(told)) if outcome.found else outcome

    def _desk(self, asked: Understanding) -> Desk:
        """The same figures under another question."""
        return Desk(self.shelf, self.documents, asked, self._weighing)

    def _other(self, other: Understanding, first: Outcome) -> list[Result]:
        """What a further clause asks for: of the same row, where it says nothing else."""
        if not first.found:
            return []
        known = first.told[0].sources[0]
        found = self._desk(other).figure() if other.measures or not other.leans else Outcome("")
        if not found.found and other.years == self.asked.years:  # the year was the first clause's
            found = self._desk(replace(other, years=())).figure()
        told = [result for result in found.told if result.role == "result"]
        if known.figure.sentence is not None:
            return self._in_sentence(known, other)
        if told and told[0].sources[0].figure.row == known.figure.row:
            return told
        return self._in_row(known, other)

    def _in_sentence(self, known: Known, other: Understanding) -> list[Result]:
        """The numbers of a figure's sentence that are about what a further clause names."""
        wanted = self._weighing(replace(other, carried=()))
        return [
            printed(one)
            for one in self._every
            if one.figure.sentence == known.figure.sentence
            and one.document.id == known.document.id
            and one.figure.id != known.figure.id
            and one.figure.row
            and any(wanted.asks_for(word) for word in one.labels.naming)
        ]

    def _in_row(self, known: Known, other: Understanding) -> list[Result]:
        """The one number of a figure's own row that is of the kind, measure and part asked for."""
        row = [
            one
            for one in self._every
            if one.document.id == known.document.id
            and one.figure.table == known.figure.table
            and one.figure.cell[0] == known.figure.cell[0]
            and one.figure.row == known.figure.row
            and one.figure.id != known.figure.id
            and one.figure.value is not None
        ]
        fits = [one for one in row if fitness(one, other) > 0 and same_kind(one.figure, other.kind)]
        same = [one for one in fits if one.figure.cell == known.figure.cell]
        fits = same if not other.measures and not other.years else fits
        return [printed(fits[0])] if len(fits) == 1 else []

    def _work(self) -> Outcome:
        work = {
            "change": self.change,
            "percent_change": self.change,
            "deviation": self.deviation,
            "share": self.share,
            "total": self.total,
            "rank": self.ranking,
            "list": self.ranking,
            "trend": self.trend,
        }.get(self.asked.operation, self.figure)
        return work()

    def figure(self) -> Outcome:
        """One figure as printed; in another unit where that is asked for."""
        if len(self.asked.measures) > 1 and (both := self._several_measures()):
            return both
        found = self.one()
        if isinstance(found, Outcome):
            return found
        return Outcome("figure", (converted(printed(found), self.asked.unit),))

    def _several_measures(self) -> Outcome | None:
        """ "Målet och utfallet": one figure for each measure that is asked for, of one row."""
        found: list[Known] = []
        for measure in self.asked.measures:
            one = self.one(replace(self.asked, measures=(measure,)))
            if isinstance(one, Known):
                found.append(one)
        if len(found) < 2 or len({(k.document.id, k.figure.row) for k in found}) > 1:
            return None
        if len({k.figure.id for k in found}) < 2:
            return None
        return Outcome("figures", tuple(printed(known) for known in found))

    def change(self) -> Outcome:
        """From one year to another, or from one measure to another."""
        pair = self._pair()
        if isinstance(pair, Outcome):
            return pair
        later, earlier = pair
        label, period = label_of(later), f"{earlier.figure.period}–{later.figure.period}"
        amount = difference(later, earlier, "förändring", label, period)
        percent = percent_change(later, earlier, label, period)
        wanted = [percent] if self.asked.operation == "percent_change" else [amount]
        results = [one for one in ([amount, percent] if self.asked.both else wanted) if one]
        if not results:
            return Outcome("nothing", nearest=pair, missing="talen är av olika slag")
        results[0] = converted(results[0], self.asked.unit) if results[0] is amount else results[0]
        return Outcome("change", (*results, printed(later, "operand"), printed(earlier, "operand")))

    def _pair(self) -> tuple[Known, Known] | Outcome:
        """The later and the earlier figure of a change."""
        if self.asked.pair:
            return self._two_sides(*self.asked.pair)
        years = sorted(self.asked.years)
        if len(years) < 2:
            main = max((d.identity.years[0] for d in self.documents if d.identity.years), default=0)
            years = [years[0] - 1, years[0]] if years else [main - 1, main] if main else []
        if len(years) < 2:
            return Outcome("nothing")
        ends: list[Known] = []
        for year in (years[-1], years[0]):
            found = self.one(replace(self.asked, years=(year,), kind=self._amount_kind()))
            if isinstance(found, Outcome):
                return found
            ends.append(found)
        if ends[0].figure.id == ends[1].figure.id:
            return Outcome("nothing", nearest=(ends[0],))
        return ends[0], ends[1]

    def _two_sides(self, a: Understanding, b: Understanding) -> tuple[Known, Known] | Outcome:
        """The figures that two phrases mean; one that names no row means that of the other."""
        found: dict[Understanding, Known] = {}
        for side in sorted((a, b), key=lambda side: not side.subject):
            if not side.subject and found:
                row = self._in_row(next(iter(found.values())), replace(side, kind=""))
                if not row:
                    return Outcome("nothing", nearest=tuple(found.values()))
                found[side] = row[0].sources[0]
                continue
            one = self._desk(side).one(replace(side, kind=""))
            if isinstance(one, Outcome):
                return one
            found[side] = one
        first, second = found[a], found[b]
        if first.figure.period.year < second.figure.period.year:
            first, second = second, first
        if first.figure.id == second.figure.id:
            return Outcome("nothing", nearest=(first,))
        return first, second

    def _amount_kind(self) -> str:
        return "" if self.asked.percent else self.asked.kind

    def deviation(self) -> Outcome:
        """How far an outcome or forecast is from its budget; in per cent where that is asked."""
        if not self.asked.percent:
            found = self.one(replace(self.asked, measures=("avvikelse",)))
            if isinstance(found, Outcome):
                return found
            return Outcome("deviation", (converted(printed(found), self.asked.unit),))
        ahead = [m for m in self.asked.measures if m not in ("avvikelse", "budget")] or ["prognos"]
        outcome = self.one(replace(self.asked, measures=(ahead[0],), kind=""))
        budget = self.one(replace(self.asked, measures=("budget",), kind=""))
        for found in (outcome, budget):
            if isinstance(found, Outcome):
                return found
        assert isinstance(outcome, Known)
        assert isinstance(budget, Known)
        percent = percent_change(outcome, budget, label_of(outcome), str(outcome.figure.period))
        if percent is None:
            return Outcome("nothing", nearest=(outcome, budget))
        return Outcome("change", (percent, printed(outcome, "operand"), printed(budget, "operand")))

    def share(self) -> Outcome:
        """A figure in per cent that is printed; else a part of a whole."""
        if self.asked.whole is not None:
            return self._share_of_named(self.asked.whole)
        direct = self.one()
        if isinstance(direct, Known) and direct.figure.unit == "%":
            return Outcome("figure", (printed(direct),))
        part = self.one(replace(self.asked, kind=""))
        if isinstance(part, Outcome):
            return part
        return self._share(part, self._whole_of(part))

    def _share_of_named(self, of: Understanding) -> Outcome:
        """A share of what the question names: of the same table, or it is no share."""
        of = replace(of, carried=() if of.subject else of.carried)
        whole = self._desk(of).one(replace(of, kind="count" if of.kind == "count" else ""))
        if isinstance(whole, Outcome):
            return whole
        if whole.figure.sentence is not None:
            return self._share_in_prose(whole)
        near = [
            known
            for known in self._every
            if known.figure.table == whole.figure.table
            and known.document.id == whole.document.id
            and known.figure.unit == whole.figure.unit
            and known.figure.id != whole.figure.id
        ]
        asked = replace(self.asked, kind="", measures=self.asked.measures or of.measures)
        matches = [m for m in rank(near, self.wanted, asked) if _beside(m.figure, whole.figure)]
        best = self.best(matches)
        if len(_values(best)) != 1:
            return Outcome("nothing", nearest=(whole,))
        return self._share(best[0].known, whole)

    def _share_in_prose(self, whole: Known) -> Outcome:
        """A share of a number in prose: its part stands in a sentence with it, or has its own."""
        same = [
            known
            for known in self._every
            if known.figure.sentence is not None
            and known.document.id == whole.document.id
            and (known.figure.value, known.figure.unit) == (whole.figure.value, whole.figure.unit)
        ]
        for known in same:
            told = self._in_sentence(known, replace(self.asked, whole=None))
            parts = [result for result in told if result.unit == whole.figure.unit]
            if len(parts) == 1:
                return self._share(parts[0].sources[0], known)
        part = self._in_prose(replace(self.asked, kind="", months=(0, 0)))
        near = part is not None and abs(part.figure.page - whole.figure.page) <= 1
        if part is None or not near or part.figure.unit != whole.figure.unit:
            return Outcome("nothing", nearest=(whole,))
        return self._share(part, whole)

    def _share(self, part: Known, whole: Known | None) -> Outcome:
        if whole is None:
            return Outcome("nothing", nearest=(part,))
        result = share_of(part, whole, label_of(part))
        if result is None or not 0 <= result.value <= 100:
            return Outcome("nothing", nearest=(part, whole))
        return Outcome("share", (result, printed(part, "operand"), printed(whole, "operand")))

    def _whole_of(self, part: Known) -> Known | None:
        """The total that a figure is a part of: of its column, by the table's own sums."""
        figure = part.figure
        for known in self._every:
            other = known.figure
            same = other.table == figure.table and known.document.id == part.document.id
            if not same or other.cell[1] != figure.cell[1] or other.cell[0] <= figure.cell[0]:
                continue
            if other.row and is_total(other.row[-1]):
                return known
        return None

    def total(self) -> Outcome:
        """The sum of the rows that are named, or of one row's years."""
        if len(self.asked.years) > 1:
            return self._total_of_years()
        fitting = [k for k in self._all if fitness(k, self.asked) > 0 and k.figure.sentence is None]
        required = self.wanted.needed
        columns: dict[tuple[str, str, tuple[str, ...]], dict[str, Known]] = defaultdict(dict)
        for known in fitting:
            naming = known.labels.naming
            sums = _sums_up(known, self._column_of(known))
            asked = naming and all(map(self.wanted.asks_for, naming)) and not sums
            if asked and known.figure.value is not None:
                place = known.document.id, known.figure.table, known.figure.column
                columns[place].setdefault(label_of(known), known)
        summed = [
            list(rows.values()) for rows in columns.values() if self._says_all(rows, required)
        ]
        if not summed and (told := self._total_in_prose()):
            summed = [told]
        if len(summed) != 1:
            return self.figure() if len(self.wanted.needed) < 2 else Outcome("nothing")
        result = total_of(summed[0], " och ".join(map(label_of, summed[0])))
        if result is None:
            return Outcome("nothing", nearest=tuple(summed[0]))
        operands = [printed(one, "operand") for one in summed[0]]
        return Outcome("total", (converted(result, self.asked.unit), *operands))

    def _total_in_prose(self) -> list[Known]:
        """The numbers of sentences that are each about one of the things named; or none."""
        prose = [k for k in self._all if k.figure.sentence is not None and k.figure.row]
        prose = [k for k in prose if fitness(k, self.asked) > 0 and k.figure.value is not None]
        found: list[Known] = []
        for word in self.wanted.required:
            about = [k for k in prose if share(TextTerms(" ".join(k.figure.row)), word) >= 0.5]
            if len(about) != 1:
                return []
            found.append(about[0])
        different = len({known.figure.id for known in found}) == len(found) > 1
        one_place = len({(k.document.id, k.figure.page) for k in found}) == 1
        return found if different and one_place else []

    def _column_of(self, known: Known) -> list[Known]:
        """The figures of the same column, from the top."""
        figure = known.figure
        return [
            other
            for other in self._every
            if other.document.id == known.document.id
            and (other.figure.table, other.figure.cell[1]) == (figure.table, figure.cell[1])
        ]

    def _total_of_years(self) -> Outcome:
        steps = self._steps(self.asked.years, self.one)
        if len(steps) < len(self.asked.years):
            return self._nothing(self.asked)
        result = total_of(steps, label_of(steps[0]))
        if result is None:
            return Outcome("nothing", nearest=tuple(steps))
        operands = [printed(one, "operand") for one in steps]
        return Outcome("total", (converted(result, self.asked.unit), *operands))

    def _says_all(self, rows: dict[str, Known], required: Sequence[WeighedWord]) -> bool:
        """Whether two rows or more say together all that the question does."""
        return len(rows) > 1 and all(
            any(
                share(text, word) > 0
                for known in rows.values()
                for text in (known.labels.own, known.labels.around, known.labels.called)
            )
            for word in required
        )

    def ranking(self) -> Outcome:
        """The rows of a table's column in order, totals left out."""
        column = self._column()
        if not column:
            return Outcome("nothing")
        rows = [k for k in column if k.figure.value is not None and not _sums_up(k, column)]
        rows = [k for k in rows if self._is_asked_kind(k)] or rows
        if len(rows) < 2 or comparable(rows) is None:
            return Outcome("nothing", nearest=tuple(rows[:2]))
        lowest = self._lowest_first(rows)
        rows.sort(key=lambda known: value_of(known.figure), reverse=not lowest)
        if (
            rows[0].figure.unit == "risk" and self.asked.operation == "rank"
        ):  # steps of a scale: the highest step is the answer
            rows = [k for k in rows if k.figure.value == rows[0].figure.value]
        if rows[0].figure.measure == "avvikelse":
            if self.asked.best_first:
                rows = [k for k in rows if value_of(k.figure) > 0]
            elif self.asked.worst_first:
                rows = [k for k in rows if value_of(k.figure) < 0]
        if self.asked.one_only and self.asked.operation == "rank":
            rows = [k for k in rows if k.figure.value == rows[0].figure.value]
        if not rows:
            return Outcome("nothing")
        return Outcome("rank", tuple(printed(known) for known in rows))

    def _is_asked_kind(self, known: Known) -> bool:
        """Whether a row is one of the kind that is asked to be ranked: costs, age groups."""
        label = known.figure.row[-1] if known.figure.row else ""
        if self.asked.rows == "costs":
            return not is_income(label) and not _NET.search(label)
        if self.asked.rows == "ages":
            return _AGE.search(label) is not None
        return True

    def _lowest_first(self, rows: Sequence[Known]) -> bool:
        """Whether the lowest number is what is asked for first: costs with minus signs turn it."""
        if rows[0].figure.measure in ("avvikelse", "förändring") and self.asked.worst_first:
            return True
        negative = sum(value_of(k.figure) < 0 for k in rows) * 2 > len(rows)
        return negative != self.asked.lowest_first

    def _column(self) -> list[Known]:
        """The column of a table whose rows are to be ranked."""
        groups: dict[tuple[str, str, int, str], list[Known]] = defaultdict(list)
        for known in self._all:
            figure = known.figure
            if figure.table and figure.sentence is None:
                key = (known.document.id, figure.table, figure.cell[1], figure.part)
                groups[key].append(known)
        scored: list[tuple[float, list[Known]]] = []
        for group in groups.values():
            score = column_score(group, self.asked, self.wanted)
            if score > 0 and len(group) > 2:
                scored.append((score, group))
        scored.sort(key=lambda pair: -pair[0])
        if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.01):
            return []
        return scored[0][1]

    def trend(self) -> Outcome:
        """One row through its years."""
        years = self.asked.years
        if len(years) < 2:
            last = years[0] if years else 0
            known = {k.figure.period.year for k in self._all if k.figure.period.year}
            years = tuple(sorted(year for year in known if not last or year <= last))
        tabled = self._steps(years, self.one)
        told = self._steps(years, self._in_prose)
        steps = told if len(told) > len(tabled) else tabled
        if len(steps) < 2:
            return self._nothing(self.asked)
        return Outcome("trend", tuple(printed(known) for known in steps))

    def _steps(
        self,
        years: Sequence[int],
        find: Callable[[Understanding], Known | Outcome | None],
    ) -> list[Known]:
        """A figure for each year, all of one row or of one sentence; none where they are not."""
        steps: list[Known] = []
        for year in years:
            found = find(replace(self.asked, years=(year,)))
            if isinstance(found, Known):
                steps.append(found)
        one_row = len({(k.document.id, k.figure.row) for k in steps}) == 1
        return steps if one_row and len({k.figure.id for k in steps}) == len(steps) else []


def column_score(group: Sequence[Known], asked: Understanding, wanted: Wanted) -> float:
    """How well a column is what is asked to be ranked: by its head and its table, 0 where not."""
    first = group[0]
    fit = max(fitness(known, asked) for known in group)
    if fit <= 0 or not any(known.figure.value for known in group):
        return 0.0
    if asked.rows == "costs" and not any(_COST.search(label_of(known)) for known in group):
        return 0.0
    if asked.rows == "ages" and not any(_AGE.search(label_of(known)) for known in group):
        return 0.0
    required = wanted.needed
    if asked.rows:  # "kostnader", "ålder" say which rows
        required = [word for word in required if not signs.ROW_WORD.search(plain(word.word))]
    total = sum(word.weight for word in required)
    if not total:
        return 0.0 if wanted.idle else fit
    got = 0.0
    for word in required:
        in_all = min(wanted.share(known.labels.own, word) for known in group)
        near = max(wanted.share(first.labels.around, word), wanted.share(first.labels.called, word))
        got += word.weight * max(in_all, 0.8 * near)
    covered = got / total
    extra = [word for word in first.labels.column if not wanted.asks_for(word)]
    penalty = 0.3 * len(extra) / len(first.labels.column) if first.labels.column else 0.0
    return covered * fit - penalty if covered >= 0.6 else 0.0


def _sums_up(known: Known, column: Iterable[Known]) -> bool:
    """Whether a figure is a total, or says the same as one: "Reinvestering" above its parts."""
    label = known.figure.row[-1] if known.figure.row else ""
    if is_total(label) or TOTAL in known.figure.attributes:
        return True
    totals = [k for k in column if k.figure.row and is_total(k.figure.row[-1])]
    return any(k.figure.value == known.figure.value and known.figure.value for k in totals)


def _beside(part: Figure, whole: Figure) -> bool:
    """Whether two figures stand in one row or in one column: what may be part and whole."""
    return part.cell[0] == whole.cell[0] or part.cell[1] == whole.cell[1]


def _values(matches: Sequence[Match]) -> set[tuple[object, str]]:
    return {(match.figure.value, match.figure.unit) for match in matches}


def _each_value(matches: Sequence[Match]) -> list[Known]:
    found: dict[tuple[object, str], Known] = {}
    for match in matches:
        found.setdefault((match.figure.value, match.figure.unit), match.known)
    return list(found.values())


def _lacking(asked: Understanding, near: Sequence[Known]) -> str:
    """What the documents lack of what was asked, in Swedish; "" where that is not plain."""
    label = label_of(near[0])
    years = sorted({k.figure.period.year for k in near if k.figure.period.year})
    parts: list[str] = []
    if asked.measures:
        parts.append(asked.measures[0])
    if asked.whole_year:
        parts.append("helår")
    parts += [str(year) for year in asked.years if year not in years or asked.measures]
    return f"{', '.join(parts)} för ”{label}” finns inte i underlaget" if parts else ""

"""Answers as the programs that show them get them: of the samples, and made by hand."""

from decimal import Decimal

from rag.answer import Answer, Citation, Notice, Question, ToldFigure
from rag.asking import Asker
from rag.gate import check

RANKING = "Vilka av VON:s verksamheter räknar med överskott 2025? Lista med belopp, störst först."
TREND = "Hur växer gruppen 80 till 89 år fram till 2030? Visa alla år som finns."
SUM = "om man lägger ihop hemtjänst och särskilt boende, hur mycket blir det i budgeten 2026"
PERCENT = "antal årsarbetare totalt, budget 2025 -> budget 2026, förändring i %"
UNKNOWN = "När ska simhallen byggas?"


def asked(asker: Asker, *questions: str) -> list[Answer]:
    return [asker.ask(Question(text)) for text in questions]


def ask(asker: Asker, text: str, *history: str) -> Answer:
    """An answer that holds against its sources."""
    answer = asker.ask(Question(text, history))
    check(answer, asker.index.store)
    return answer


def results(answer: Answer) -> list[tuple[str, str]]:
    """The values that are told as what was asked for, with their units."""
    return [(f"{f.value:f}", f.unit) for f in answer.figures if f.role == "result"]


def told(
    value: str,
    label: str = "Rad",
    *,
    role: str = "result",
    unit: str = "tkr",
    period: str = "2025",
    measure: str = "utfall",
    formula: str = "",
    citations: tuple[int, ...] = (1,),
    head: str = "Utfall 2025",
) -> ToldFigure:
    return ToldFigure(role, Decimal(value), unit, label, measure, period, formula, citations, head)


def answer(text: str, *figures: ToldFigure, conflict: str = "", quote: str = "Rad 1 2") -> Answer:
    """An answer with one source, a document without fixed pages."""
    warnings = (Notice("source_conflict", conflict, (1,)),) if conflict else ()
    citation = Citation(1, "d", "Delårsrapport 2025", 4, "4", ("Ekonomi",), quote, ())
    return Answer("Vad kostar det?", "answered", text, (citation,), warnings, 0.0, figures)

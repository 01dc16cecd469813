"""The program's own answer → what of it is bound, line by line; the rest is taken away.

Its lines are of few shapes, so they are held against the figures as they are spoken, sign and unit
and all, beside the row that each is of, without regard to what other lines say. A model's sentences
are of any shape, and are read word by word (`sentences`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest.units import UNITS
from rag.answer import Answer, Citation, ToldFigure
from rag.quotes import squeezed
from rag.said.swedish import DIRECTIONS
from rag.spoken import FORMULA, formula_text, number, period_text
from rag.terms import words

CONVENTIONS = frozenset(
    {
        "Kostnader skrivs med minus i tabellen.",
        "Minus betyder sämre än budget.",
        "Minus betyder sämre än budget: dyrare, eller mindre intäkter.",
    }
)
"""How tables write signs; they tell no number."""
_LEFT = "Svaret gick inte att belägga rad för rad, så det visas inte."
_MARKER = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"”([^”]*)”")
_UNIT = "|".join(f"(?:{spelled})" for spelled in UNITS.values())
_AMOUNT = re.compile(
    rf"\d[\d\u00a0 ]*(?:,\d+)?[\u00a0 ]?(?:{_UNIT}|procent(?:enheter)?)(?![^\W_])", re.I
)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SIGNED = re.compile(r"−\d[\d,]*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CONVERSION = re.compile(r"(-?\d+(?:\.\d+)?) ([/*] 1000(?:000)?)")
_CONVERTED_FROM = {
    ("mkr", "/ 1000"): "tkr",
    ("mkr", "/ 1000000"): "kr",
    ("tkr", "/ 1000"): "kr",
    ("tkr", "* 1000"): "mkr",
    ("kr", "* 1000"): "tkr",
    ("kr", "* 1000000"): "mkr",
}
_OF_TABLE = ", ur en tabell: "
_WAYS = {"worse": -1, "better": 1}


def bound(answer: Answer) -> Answer:
    """An answer without the lines that are not bound; a refusal where none is left that answers.

    Refusals are left as they are.
    """
    if answer.refused:
        return answer
    lines = answer.text.split("\n")
    faults = faults_of(answer)
    if not any(faults):
        return answer
    kept = [line for line, fault in zip(lines, faults, strict=True) if not fault]
    if not any(_answers(line, answer) for line in kept):
        shown = [f"Närmast kommer {c.source}: ”{c.quote}” [{c.id}]" for c in answer.citations[:1]]
        own = answer.citations[:1]
        return replace(
            answer, status="refused", text="\n".join([_LEFT, *shown]), citations=own, figures=()
        )
    return replace(answer, text="\n".join(kept))


def faults_of(answer: Answer) -> list[str]:
    """Why each line of an answer is not bound, in English; "" where it is."""
    found: list[str] = []
    heading = ""
    for line in answer.text.split("\n"):
        if not line.startswith("– "):
            heading = line
        found.append(_fault(line, heading, answer) if line.strip() else "")
    return found


def _answers(line: str, answer: Answer) -> bool:
    """Whether a line tells a result, or quotes."""
    results = [f for f in answer.figures if f.role == "result"]
    told = any(number(f.value, f.unit) in line for f in results)
    return told or (not results and _MARKER.search(line) is not None)


def _fault(line: str, heading: str, answer: Answer) -> str:
    if line in CONVENTIONS:
        return ""
    if line.startswith(FORMULA):
        return "" if line in _formulas(answer) else "a formula that is no figure's"
    bare, marked = _without_quotes(line, answer)
    if marked is None:
        return "words that are not on the page"
    near = [f for f in answer.figures if not marked or {*f.citations} & {c.id for c in marked}]
    rows = {figure.label for figure in answer.figures}
    rest, told, fault = _without_figures(bare, near, f"{heading}\n{line}", len(rows) > 1)
    return (
        fault
        or _loose(rest, near, marked)
        or _other_time(line, rest, told)
        or _direction(rest, told, near)
    )


def _formulas(answer: Answer) -> set[str]:
    return {
        f"{FORMULA}{formula_text(f.formula)} = {number(f.value, f.unit)}"
        for f in answer.figures
        if f.formula
    }


def _without_quotes(line: str, answer: Answer) -> tuple[str, list[Citation] | None]:
    """A line without its quotes, sources and markers, and what it cites; None for that where a
    quote does not stand there."""
    by_id = {citation.id: citation for citation in answer.citations}
    own = line
    for citation in sorted(answer.citations, key=lambda c: -len(c.quote)):
        own = own.replace(f"”{citation.quote}”", "”…”")
    ids = [int(found) for found in _MARKER.findall(own)]
    if any(one not in by_id for one in ids):
        return line, None
    marked = [by_id[one] for one in dict.fromkeys(ids)]
    held = [squeezed(citation.quote) for citation in marked or answer.citations]
    for inner in _QUOTED.findall(own):
        if inner != "…" and not any(squeezed(inner).rstrip(".") in quote for quote in held):
            return line, None
    own = _MARKER.sub(" ", _QUOTED.sub(" ", own))
    for citation in answer.citations:
        for name in (citation.source, citation.title):
            own = own.replace(name, " ") if name else own
    return own, marked


def _without_figures(
    text: str, near: Sequence[ToldFigure], beside: str, several: bool
) -> tuple[str, list[ToldFigure], str]:
    """A text without the numbers that are figures of rows it names, those figures, and a fault.

    Where the answer has not `several` rows, there is nothing to name.
    """
    said = {*words(beside)}
    spoken: dict[str, list[ToldFigure]] = {}
    for figure in near:
        spoken.setdefault(number(figure.value, figure.unit), []).append(figure)
        for value, unit in _converted_from(figure):
            spoken.setdefault(number(value, unit), []).append(figure)
    told: list[ToldFigure] = []
    for shown in sorted(spoken, key=len, reverse=True):
        pattern = rf"(?<![\d,.−–-]){re.escape(shown)}(?![\d]|[,.]\d|\w)"
        if not re.search(pattern, text):
            continue
        named = [figure for figure in spoken[shown] if not several or _is_named(figure, said)]
        if not named:
            return text, told, f"{shown}: of another row"
        told.append(named[0])
        text = re.sub(pattern, " ", text)
    return text, told, ""


def _converted_from(figure: ToldFigure) -> list[tuple[Decimal, str]]:
    """The number that a figure is in another unit, as the table has it: 1 017 829 tkr in mkr."""
    found = _CONVERSION.fullmatch(figure.formula)
    unit = _CONVERTED_FROM.get((figure.unit, found[2])) if found else None
    return [(Decimal(found[1]), unit)] if found and unit else []


def _is_named(figure: ToldFigure, said: set[str]) -> bool:
    """Whether what stands beside a number names its row; a sum is told by its parts."""
    label = {word for word in words(figure.label) if len(word) > 1}
    return " + " in figure.formula or label <= said


def _loose(rest: str, near: Sequence[ToldFigure], marked: Sequence[Citation]) -> str:
    """A number that no figure, name or cited row holds."""
    rows = {digits for citation in marked for digits in _DIGITS.findall(squeezed(citation.quote))}
    if _OF_TABLE not in rest and (amount := _AMOUNT.search(rest)) and near:
        names = " ".join(f"{figure.label} {figure.head}" for figure in near)
        if amount[0].strip() not in names:
            return f"a number without source: {amount[0].strip()}"
    if near and (signed := _SIGNED.search(rest)):
        return f"a minus without source: {signed[0]}"
    names_ = [f"{f.label} {f.head} {period_text(f.period)} {f.period}" for f in near]
    places = [f"{c.page_label} {c.page} {' '.join(c.section)} {c.title}" for c in marked]
    held = {digits for text in (*names_, *places) for digits in _DIGITS.findall(text)} | rows
    loose = [digits for digits in _DIGITS.findall(rest) if digits not in held]
    return f"a number without source: {loose[0]}" if loose else ""


def _other_time(line: str, rest: str, told: Sequence[ToldFigure]) -> str:
    """A year in a list that is not that of its number."""
    own = " ".join(f"{figure.label} {figure.head} {figure.period}" for figure in told)
    years = _YEAR.findall(rest) if line.startswith("– ") and told else []
    loose = [year for year in years if year not in own]
    return f"another year: {loose[0]}" if loose else ""


def _direction(rest: str, told: Sequence[ToldFigure], near: Sequence[ToldFigure]) -> str:
    """A direction that the signs do not bear out."""
    names = {word for figure in near for word in words(f"{figure.label} {figure.head}")}
    ways = {DIRECTIONS[word] for word in words(rest) if word in DIRECTIONS and word not in names}
    plain = [f for f in told if not (f.role == "context" and " / 10" in f.formula)]
    differ = [f.value for f in plain if f.measure in ("avvikelse", "förändring", "")]
    for way, sign in _WAYS.items():
        wrong = differ and not any(value * sign > 0 for value in differ)
        if way in ways and wrong:
            return f"a direction against the sign: {way}"
    if {"up", "down"} & ways and (went := _went(near)):
        grown = went > 0
        if ("up" in ways) != grown:
            return "a direction against the numbers"
    return ""


def _went(near: Sequence[ToldFigure]) -> Decimal:
    """By how much what is compared grew in size: the later number is told first."""
    changes = [f.label for f in near if f.measure == "förändring" and f.role == "result"]
    pair = [f.value for f in near if f.role == "operand" and f.label in changes]
    return abs(pair[0]) - abs(pair[1]) if changes and len(pair) == 2 else Decimal(0)

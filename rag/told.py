"""What an operation came to → an answer in Swedish: exact numbers, their formula, their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.checks.arithmetic import is_money, value_of
from ingest.checks.matrix import is_income
from ingest.types import Figure
from rag.answer import Answer, Notice, Question, ToldFigure
from rag.results import Cause, Outcome, Result
from rag.sheet import Sheet
from rag.shelf import Known
from rag.spoken import FORMULA, formula_text, in_millions, number, what
from rag.store import Store

_SAYS = {True: "Rapporten förklarar", False: "Rapporten skriver"}
_ROUNDED = frozenset({"figure", "figures", "deviation"})
_GRADES = {
    "unproved": "Talet står i en tabell utan summor som kan bevisa läsningen.",
    "consistent": "",
    "contradicted": "Talet ingår i en uträkning i dokumentet som inte stämmer.",
}


def tell(question: Question, outcome: Outcome, store: Store) -> Answer:
    """The answer that an outcome with results makes."""
    sheet = Sheet(store)
    figures = tuple(_figure(result, sheet) for result in outcome.told)
    teller = _TELLERS.get(outcome.operation)
    lines = teller(outcome, figures) if teller else _each(outcome, figures, sheet)
    lines += _sums_otherwise(outcome, figures)
    lines += _conventions(outcome)
    if outcome.cause is not None:
        lines.append(_cause(outcome.cause, sheet))
    if outcome.operation in _ROUNDED:
        figures = (*figures, *_rounded(figures))
    warnings = _warnings(outcome, figures)
    return Answer(
        question.text,
        "answered",
        "\n".join(lines),
        tuple(sheet.citations),
        warnings,
        figures=figures,
    )


def tell_cause(question: Question, outcome: Outcome, store: Store) -> Answer:
    """The reason that a report gives, and the number that it is the reason of."""
    assert outcome.cause is not None
    sheet = Sheet(store)
    lines = [_cause(outcome.cause, sheet)]
    figures = tuple(_figure(result, sheet) for result in outcome.told)
    told, known = figures[0], outcome.told[0].sources[0]
    value = number(told.value, told.unit)
    lines.append(f"{told.label}: {what(known.figure)} är {value}. {_markers(told)}")
    lines += _conventions(outcome)
    warnings = _warnings(outcome, figures)
    text = "\n".join(lines)
    return Answer(
        question.text, "answered", text, tuple(sheet.citations), warnings, figures=figures
    )


def _figure(result: Result, sheet: Sheet) -> ToldFigure:
    cited = tuple(dict.fromkeys(sheet.cite(known) for known in result.sources))
    return ToldFigure(
        result.role,
        result.value,
        result.unit,
        result.label,
        result.measure,
        result.period,
        result.formula,
        cited,
        " ".join(result.sources[0].figure.column),
    )


def _markers(figure: ToldFigure) -> str:
    return "".join(f"[{cited}]" for cited in figure.citations)


def _each(outcome: Outcome, figures: Sequence[ToldFigure], sheet: Sheet) -> list[str]:
    """One sentence for each result."""
    lines: list[str] = []
    for result, told in zip(outcome.told, figures, strict=True):
        if told.role != "result":
            continue
        known = result.sources[0]
        value = number(told.value, told.unit)
        if known.table is None and not told.formula:  # its own sentence, and nothing made of it
            quote = sheet.citations[told.citations[0] - 1].quote
            lines.append(f"{value}. Rapporten skriver: ”{quote}” {_markers(told)}")
            continue
        if told.formula and len(result.sources) > 1:  # what contradicts a printed number
            lines.append(f"De andra talen ger {value}. {_markers(told)}")
            lines.append(_worked(told))
            continue
        printed = ""
        if told.formula:  # the same amount in another unit
            printed = f" ({number(value_of(known.figure), known.figure.unit)})"
        said = f"{told.label}: {what(known.figure)} är {value}{printed}"
        lines.append(f"{said}{_readable(told, known)}. {_markers(told)}")
    return lines


def _sums_otherwise(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    """What the rows of a sum that does not hold make together."""
    lines: list[str] = []
    for told in figures:
        if outcome.conflict and told.role == "context" and " + " in told.formula:
            value = number(told.value, told.unit)
            lines.append(f"Raderna som den summerar blir tillsammans {value}. {_markers(told)}")
            lines.append(_worked(told))
    return lines


def _readable(told: ToldFigure, known: Known) -> str:
    """How a large amount is talked about, and which way a deviation goes, by the table's signs."""
    millions = in_millions(told.value, told.unit) if not told.formula else None
    said = number(millions[0], "mkr") if millions else ""
    direction = ""
    if told.measure == "avvikelse" and _minus_is_worse(known) and told.value:
        direction = f"{'sämre' if told.value < 0 else 'bättre'} än budget"
    text = " ".join(part for part in (said, direction) if part)
    return f", alltså {text}" if text else ""


def _minus_is_worse(known: Known) -> bool:
    """Whether a table's minus is sure to be worse for the board in this row.

    Where costs stand without a sign, a deviation may be budget less outcome in every row: more
    income than budgeted then has a minus, too.
    """
    if known.table is None or known.table.signs.deviation != "negative":
        return False
    return known.table.signs.costs == "negative" or not is_income(" ".join(known.figure.row))


def _rounded(figures: Sequence[ToldFigure]) -> list[ToldFigure]:
    """The amounts in millions that the sentences tell, beside the exact ones."""
    found: list[ToldFigure] = []
    for told in figures:
        millions = in_millions(told.value, told.unit)
        if told.role == "result" and millions and not told.formula:
            value, formula = millions
            found.append(replace(told, role="context", value=value, unit="mkr", formula=formula))
    return found


def _cause(cause: Cause, sheet: Sheet) -> str:
    """What the report itself gives as the reason, in its own words."""
    cited = sheet.cite_text(cause.document, cause.span)
    return f"{_SAYS[cause.explains]}: ”{sheet.citations[cited - 1].quote}” [{cited}]"


def _change(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    pair = [result for result in outcome.told if result.role == "operand"][:2]
    later, earlier = (result.sources[0].figure for result in pair)  # what contradicts comes after
    worked = [figure for figure in figures if figure.role == "result" and figure.formula]
    stated = [figure for figure in figures if figure.role == "result" and not figure.formula]
    a, b = (
        number(value_of(earlier), earlier.unit),
        number(value_of(later), later.unit),
    )
    amounts = " eller ".join(number(result.value, result.unit) for result in worked)
    if worked[0].measure == "avvikelse":
        side = "sämre" if worked[0].value < 0 else "bättre"
        side = f", alltså {side} än budget" if worked[0].value else ""
        lines = [
            f"{worked[0].label}: {what(later)} är {b} mot {what(earlier)} {a}, en avvikelse på "
            f"{amounts}{side}. {_markers(worked[0])}"
        ]
        return lines + [_worked(result) for result in worked]
    of = {result.label for result in pair}
    said = [
        f"{result.label}, {what(figure)}" if len(of) > 1 else what(figure)
        for result, figure in zip(pair, (later, earlier), strict=True)
    ]
    beside = len(of) > 1 and earlier.period == later.period
    lines = [
        f"{said[0]}: {b}. {said[1]}: {a}. En skillnad på {amounts}. {_markers(worked[0])}"
        if beside
        else f"{worked[0].label}: från {a} ({said[1]}) till {b} ({said[0]}), en "
        f"förändring med {amounts}{_direction(earlier, later)}. {_markers(worked[0])}"
    ]
    lines += [_worked(result) for result in worked]
    return lines + [
        f"Tabellen anger själv {number(one.value, one.unit)} för {one.label}. {_markers(one)}"
        for one in stated
    ]


def _direction(earlier: Figure, later: Figure) -> str:
    """Which way it went, said by sizes: a cost with a minus sign that grows is a larger cost."""
    a, b = abs(value_of(earlier)), abs(value_of(later))
    if a == b or (value_of(earlier) < 0) != (value_of(later) < 0):
        return ""
    negative = value_of(later) < 0 and is_money(later.unit)
    if negative:
        return ", alltså högre kostnad" if b > a else ", alltså lägre kostnad"
    return ", alltså en ökning" if b > a else ", alltså en minskning"


def _worked(figure: ToldFigure) -> str:
    shown = formula_text(figure.formula)
    return f"{FORMULA}{shown} = {number(figure.value, figure.unit)}"


def _share(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    result = figures[0]
    _, part, whole = outcome.told[:3]  # what contradicts comes after
    line = (
        f"{part.label} är {number(result.value, '%')} av {whole.label} "
        f"({number(part.value, part.unit)} av {number(whole.value, whole.unit)}). "
        f"{_markers(result)}"
    )
    return [line, _worked(result)]


def _total(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    result = figures[0]
    parts = [r for r in outcome.told if r.role == "operand"]
    said = ", ".join(f"{part.label} {number(part.value, part.unit)}" for part in parts)
    line = f"Tillsammans {number(result.value, result.unit)}: {said}. {_markers(result)}"
    return [line, _worked(result)]


def _listed(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    first = outcome.told[0].sources[0].figure
    lines = [f"{what(first)[:1].upper()}{what(first)[1:]}, i ordning:"]
    for told in figures:
        lines.append(f"– {told.label}: {number(told.value, told.unit)} {_markers(told)}")
    return lines


def _trend(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    lines = [f"{figures[0].label}, år för år:"]
    for result, told in zip(outcome.told, figures, strict=True):
        figure = result.sources[0].figure
        if told.role == "operand":  # of another row: what contradicts is told below
            continue
        said = what(figure)
        lines.append(f"– {said}: {number(told.value, told.unit)} {_markers(told)}")
    return lines


_TELLERS = {
    "change": _change,
    "share": _share,
    "total": _total,
    "rank": _listed,
    "trend": _trend,
}


def _conventions(outcome: Outcome) -> list[str]:
    """How the table writes signs, where the reader needs it."""
    known = [source for result in outcome.told for source in result.sources]
    tables = [k.table for k in known if k.table is not None and is_money(k.figure.unit)]
    negative = [k for k in known if k.figure.value is not None and k.figure.value < 0]
    lines: list[str] = []
    if any(t.signs.costs == "negative" for t in tables) and negative:
        deviates = any(k.figure.measure in ("avvikelse", "förändring") for k in known)
        worse = any(t.signs.deviation == "negative" for t in tables)
        if deviates and worse:
            lines.append("Minus betyder sämre än budget: dyrare, eller mindre intäkter.")
        else:
            lines.append("Kostnader skrivs med minus i tabellen.")
    elif any(is_money(k.figure.unit) and _minus_is_worse(k) for k in known) and negative:
        lines.append("Minus betyder sämre än budget.")
    return lines


def _warnings(outcome: Outcome, figures: Sequence[ToldFigure]) -> tuple[Notice, ...]:
    warnings: list[Notice] = []
    cited = tuple(dict.fromkeys(c for figure in figures for c in figure.citations))
    if outcome.conflict:
        warnings.append(Notice("source_conflict", outcome.conflict, cited))
        return tuple(warnings)
    grades = {k.figure.grade for result in outcome.told for k in result.sources if k.table}
    for grade in ("contradicted", "unproved"):
        if grade in grades and _GRADES[grade]:
            warnings.append(Notice("grade", _GRADES[grade], cited))
            break
    if any(k.figure.ocr for result in outcome.told for k in result.sources):
        text = "Sidan är inskannad och läst med OCR; jämför talet med sidans bild."
        warnings.append(Notice("ocr", text, cited))
    return tuple(warnings)

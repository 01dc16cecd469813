"""What an operation came to → an answer in Swedish: exact numbers, their formula, their sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.checks.arithmetic import is_money
from ingest.figures.places import quoted
from ingest.numbers import format_quantity
from ingest.types import Box, Figure, Page
from rag.answer import Answer, Citation, Notice, Question, ToldFigure
from rag.quotes import squeezed
from rag.results import Outcome, Result
from rag.shelf import Known
from rag.store import Store, StoredDocument

_MEASURES = {
    "budget": "budgeten",
    "plan": "planen",
    "prognos": "prognosen",
    "utfall": "utfallet",
    "avvikelse": "avvikelsen",
    "förändring": "förändringen",
    "målvärde": "målvärdet",
    "nuläge": "nuläget",
    "antal": "antalet",
    "andel": "andelen",
    "riskvärde": "riskvärdet",
    "sannolikhet": "sannolikheten",
    "konsekvens": "konsekvensen",
}
_MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december"
).split()
_UNITS = {"%": "procent", "risk": "", "": ""}
_GRADES = {
    "unproved": "Talet står i en tabell utan summor som kan bevisa läsningen.",
    "consistent": "",
    "contradicted": "Talet ingår i en uträkning i dokumentet som inte stämmer.",
}


@dataclass(slots=True)
class _Sheet:
    """An answer while it is written: its citations by place, in the order that they are needed."""

    store: Store
    citations: list[Citation] = field(default_factory=list)
    places: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def cite(self, known: Known) -> int:
        """The number of the citation of a figure's row or sentence; the figure is marked in it."""
        page = self.store.page(known.document.id, known.figure.page)
        assert page is not None
        span = quoted(page, known.figure)
        key = known.document.id, page.number, span.start
        boxes = _boxes(page, known.figure)
        if key in self.places:
            number = self.places[key]
            old = self.citations[number - 1]
            merged = tuple(dict.fromkeys((*old.boxes, *boxes)))
            self.citations[number - 1] = _citation(number, known, page, old.quote, merged)
            return number
        number = len(self.citations) + 1
        self.places[key] = number
        quote = squeezed(page.text[span.start : span.end])
        self.citations.append(_citation(number, known, page, quote, boxes))
        return number


def _boxes(page: Page, figure: Figure) -> tuple[Box, ...]:
    return (figure.box,) if page.words else ()


def _citation(
    number: int, known: Known, page: Page, quote: str, boxes: tuple[Box, ...]
) -> Citation:
    identity = known.document.identity
    return Citation(
        number,
        known.document.id,
        identity.title,
        page.number,
        page.label,
        known.table.section if known.table else _section(page, known.figure),
        quote,
        boxes,
        known.document.sha256,
        source_of(known.document, page),
    )


def _section(page: Page, figure: Figure) -> tuple[str, ...]:
    for block in page.blocks:
        if block.span.start <= figure.span.start < block.span.end:
            return block.section
    return ()


def source_of(document: StoredDocument, page: Page) -> str:
    """Who says it, as a person would: "Delårsbokslut 2024, Alingsås, s. 14"."""
    place = f"s. {page.label or page.number}" if document.suffix == ".pdf" else ""
    parts = (document.identity.title, document.identity.municipality, place)
    return ", ".join(part for part in parts if part)


def tell(question: Question, outcome: Outcome, store: Store) -> Answer:
    """The answer that an outcome with results makes."""
    sheet = _Sheet(store)
    figures = tuple(_figure(result, sheet) for result in outcome.told)
    lines = _TELLERS.get(outcome.operation, _each)(outcome, figures)
    lines += _conventions(outcome)
    warnings = _warnings(outcome, figures)
    return Answer(
        question.text,
        "answered",
        "\n".join(lines),
        tuple(sheet.citations),
        warnings,
        figures=figures,
    )


def _figure(result: Result, sheet: _Sheet) -> ToldFigure:
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


def number(value: Decimal, unit: str) -> str:
    """A number as Swedish prose writes it: "−13 141 tkr"."""
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    digits = format_quantity(value, decimals, separator="\u00a0", minus="−")
    return f"{digits}\u00a0{_UNITS.get(unit, unit)}".rstrip()


def _markers(figure: ToldFigure) -> str:
    return "".join(f"[{cited}]" for cited in figure.citations)


def _when(figure: Figure) -> str:
    period = figure.period
    if not period.year:
        return ""
    if period.last:
        first, last = _MONTHS[period.first - 1], _MONTHS[period.last - 1]
        months = first if period.first == period.last else f"{first}–{last}"
        return f" {months} {period.year}"
    return f" för delåret {period.year}" if period.interim else f" för {period.year}"


def _what(figure: Figure) -> str:
    """Which of a row's numbers it is: "budgeten för 2024"; the column's head where it says more."""
    measure = _MEASURES.get(figure.measure, "")
    head = " ".join(figure.column)
    if not measure:
        return head or "talet"
    if figure.measure in ("avvikelse", "förändring") and head:
        return f"{measure} ({head})"
    return f"{measure}{_when(figure)}"


def _each(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    """One sentence for each result."""
    lines: list[str] = []
    for result, told in zip(outcome.told, figures, strict=True):
        if told.role != "result":
            continue
        figure = result.sources[0].figure
        value = number(told.value, told.unit)
        printed = ""
        if told.formula:  # the same amount in another unit
            printed = f" ({number(_value(figure), figure.unit)})"
        lines.append(f"{told.label}: {_what(figure)} är {value}{printed}. {_markers(told)}")
    return lines


def _value(figure: Figure) -> Decimal:
    assert figure.value is not None
    return figure.value


def _change(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    operands = [result.sources[0].figure for result in outcome.told if result.role == "operand"]
    later, earlier = operands[:2]  # what contradicts comes after
    worked = [figure for figure in figures if figure.role == "result" and figure.formula]
    stated = [figure for figure in figures if figure.role == "result" and not figure.formula]
    a, b = number(_value(earlier), earlier.unit), number(_value(later), later.unit)
    amounts = " eller ".join(number(result.value, result.unit) for result in worked)
    lines = [
        f"{worked[0].label}: från {a} ({_what(earlier)}) till {b} ({_what(later)}), en "
        f"förändring med {amounts}{_direction(earlier, later)}. {_markers(worked[0])}"
    ]
    lines += [_worked(result) for result in worked]
    return lines + [
        f"Tabellen anger själv {number(one.value, one.unit)} för {one.label}. {_markers(one)}"
        for one in stated
    ]


def _direction(earlier: Figure, later: Figure) -> str:
    """Which way it went, said by sizes: a cost with a minus sign that grows is a larger cost."""
    a, b = abs(_value(earlier)), abs(_value(later))
    if a == b or (_value(earlier) < 0) != (_value(later) < 0):
        return ""
    negative = _value(later) < 0 and is_money(later.unit)
    if negative:
        return ", alltså högre kostnad" if b > a else ", alltså lägre kostnad"
    return ", alltså en ökning" if b > a else ", alltså en minskning"


def _worked(figure: ToldFigure) -> str:
    formula = figure.formula.replace("*", "×").replace(" - ", " − ").replace("(-", "(−")
    shown = formula.replace(".", ",")
    shown = f"−{shown[1:]}" if shown.startswith("-") else shown
    return f"Uträkning: {shown} = {number(figure.value, figure.unit)}"


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
    lines = [f"{_what(first)[:1].upper()}{_what(first)[1:]}, i ordning:"]
    for told in figures:
        lines.append(f"– {told.label}: {number(told.value, told.unit)} {_markers(told)}")
    return lines


def _trend(outcome: Outcome, figures: Sequence[ToldFigure]) -> list[str]:
    lines = [f"{figures[0].label}, år för år:"]
    for result, told in zip(outcome.told, figures, strict=True):
        figure = result.sources[0].figure
        what = _what(figure)
        lines.append(f"– {what}: {number(told.value, told.unit)} {_markers(told)}")
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
    elif any(t.signs.deviation == "negative" for t in tables) and negative:
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


def ask_back(question: Question, outcome: Outcome, store: Store) -> Answer:
    """A question back, where several numbers fit what was asked as well."""
    sheet = _Sheet(store)
    lines = ["Frågan kan gälla flera tal. Vilket menar du?"]
    for known in outcome.choices[:6]:
        cited = sheet.cite(known)
        figure = known.figure
        label = figure.row[-1] if figure.row else figure.part
        part = f", {figure.part}" if figure.part and figure.row else ""
        where = known.document.identity.municipality
        value = number(_value(figure), figure.unit)
        lines.append(f"– {label}{part}, {_what(figure)}, {where}: {value} [{cited}]")
    return Answer(question.text, "refused", "\n".join(lines), tuple(sheet.citations))


def not_found(question: Question, outcome: Outcome, store: Store, searched: str) -> Answer:
    """A refusal that says what is missing, and shows what comes nearest."""
    sheet = _Sheet(store)
    said = outcome.missing[:1].upper() + outcome.missing[1:]
    lines = [f"{said}." if said else "Jag hittar inget tal som säkert svarar på det."]
    lines.append(searched)
    for known in outcome.nearest[:2]:
        figure = known.figure
        cited = sheet.cite(known)
        label = figure.row[-1] if figure.row else figure.part
        value = "inget värde" if figure.value is None else number(figure.value, figure.unit)
        lines.append(f"Närmast kommer {label}, {_what(figure)}: {value} [{cited}]")
    return Answer(question.text, "refused", "\n".join(lines), tuple(sheet.citations))

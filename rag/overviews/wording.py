"""What a deviation table says in words: directions, periods, notes to the reader. In Swedish."""

from __future__ import annotations

from ingest.checks.arithmetic import value_of
from ingest.units import states_only_unit
from rag.overviews.compared import Comparison
from rag.overviews.numbers import Number
from rag.quotes import squeezed
from rag.shelf import Known
from rag.spoken import number, period_text

_WORDS = {
    "cost": ("dyrare än budget", "billigare än budget"),
    "income": ("lägre intäkter än budget", "högre intäkter än budget"),
    "investment": ("högre utgift än budget", "lägre utgift än budget"),
}
_OTHER = ("sämre än budget", "bättre än budget")
THE = {"utfall": "utfallet", "prognos": "prognosen"}
_UNTOLD = "det framgår inte om avvikelsen är bra eller dålig"


def direction(kind: str, effect: Number | None, own: Number) -> str:
    """Which way a deviation went. `effect` is that for the board, `own` outcome minus budget."""
    if effect is None:
        side = "högre" if own.value > 0 else "lägre" if own.value < 0 else "samma"
        return f"{side} tal än i budget; {_UNTOLD}" if own.value else _UNTOLD
    worse, better = _WORDS.get(kind, _OTHER)
    return worse if effect.value < 0 else better if effect.value > 0 else "enligt budget"


def rows_are(one: Comparison) -> str:
    """What the head above the labels calls the rows."""
    column = one.rows[0].budget.figure.cell[1]
    heads = [
        cell.text
        for cell in one.table.cells
        if cell.row < one.table.header_rows and cell.column == 0 < column
    ]
    said = squeezed(" ".join(text for text in heads if text))
    return "" if states_only_unit(said) else said


def when(one: Comparison) -> str:
    """The time that a comparison is of."""
    period = one.outcome.period
    if period.interim and not period.last:
        return f"del av {period.year}" if period.year else "del av året"
    said = period_text(str(period))
    return f"helåret {said}" if said and not period.interim else said


def said(known: Known) -> str:
    """A figure's value as prose writes it."""
    return number(value_of(known.figure), known.figure.unit)


def notes(one: Comparison, *, unsure: bool) -> list[str]:
    """What the reader must know of a table; `unsure` where some row has no direction."""
    found: list[str] = []
    if one.deviation is None:
        found.append(
            "Tabellen anger ingen avvikelse; den är uträknad av budgeten och "
            f"{THE[one.outcome.measure]}."
        )
    if one.unlike:
        found.append(
            f"Kolumnen ”{one.unlike}” är inte skillnaden mellan ”{one.outcome.head}” och "
            f"”{one.budget.head}”."
        )
    if unsure:
        found.append("För rader utan riktning framgår det inte vilket tecken som är sämre.")
    if one.incomplete:
        names = ", ".join(f"”{label}”" for label in one.incomplete)
        found.append(f"Utan både budget och {one.outcome.measure}, och därför inte med: {names}.")
    if any(row.outcome.figure.ocr for row in one.rows):
        found.append("Sidan är inskannad och läst med OCR; jämför talen med sidans bild.")
    return found

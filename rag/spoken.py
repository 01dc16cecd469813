"""How numbers, measures and periods are said in Swedish."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ingest.numbers import format_quantity
from ingest.types import Figure
from rag.shelf import says_group

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
FORMULA = "Uträkning: "
"""How the line begins that says how a number was worked out."""
_UNITS = {"%": "procent", "risk": "", "": ""}


def number(value: Decimal, unit: str) -> str:
    """A number as Swedish prose writes it: "−13 141 tkr"."""
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    digits = format_quantity(value, decimals, separator="\u00a0", minus="−")
    return f"{digits}\u00a0{_UNITS.get(unit, unit)}".rstrip()


def formula_text(formula: str) -> str:
    """A formula as Swedish prose writes it: "(−5,5) × 2"."""
    signs = formula.replace("*", "×").replace(" - ", " − ").replace("(-", "(−")
    shown = signs.replace(".", ",")
    return f"−{shown[1:]}" if shown.startswith("-") else shown


def period_text(period: str) -> str:
    """A figure's period as prose has it: "2024", "januari–augusti 2024"; "" for none.

    Of a change, the two it is between: "2024–2025".
    """
    if "/" in period and "–" in period:
        return "–".join(dict.fromkeys(map(period_text, period.split("–"))))
    first, _, last = period.partition("/")
    if not last:
        return period
    months = dict.fromkeys(_MONTHS[int(part[5:]) - 1] for part in (first, last))
    return f"{'–'.join(months)} {first[:4]}"


def _when(figure: Figure) -> str:
    period = figure.period
    if not period.year:
        return ""
    if period.last:
        first, last = _MONTHS[period.first - 1], _MONTHS[period.last - 1]
        months = first if period.first == period.last else f"{first}–{last}"
        return f" {months} {period.year}"
    return f" för delåret {period.year}" if period.interim else f" för {period.year}"


def what(figure: Figure) -> str:
    """Which of a row's numbers it is: "budgeten för 2024"; the column's head where it says more."""
    measure = _MEASURES.get(figure.measure, "")
    head = " ".join(figure.column)
    if not measure:
        return head or "talet"
    if head and (figure.measure in ("avvikelse", "förändring") or says_group(figure)):
        return f"{measure} ({head})"
    return f"{measure}{_when(figure)}"


def in_millions(value: Decimal, unit: str) -> tuple[Decimal, str] | None:
    """A large amount of money as it is talked about, in millions of kronor with one decimal, and
    the formula that gives it; None for what is easily read as it stands."""
    step = {"tkr": 1000, "kr": 1_000_000}.get(unit)
    if step is None or abs(value) < step:
        return None
    millions = (abs(value) / step).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return millions, f"{abs(value):f} / {step}"

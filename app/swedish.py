"""What people read in Swedish where the code says it in English; how it writes numbers."""

from __future__ import annotations

import re

GRADES = {
    "proved": "bevisad av summor",
    "consistent": "stämmer",
    "unproved": "obevisad",
    "contradicted": "motsagd",
}
"""How far a table's own arithmetic proves that it was read right."""

FINDINGS = {
    "sum": "Summa",
    "difference": "Skillnad",
    "percentage": "Andel",
    "risk_value": "Riskvärde",
    "text_table": "Text och tabell",
    "repeated": "Samma uppgift, olika tal",
    "restated": "Ändrat mellan dokument",
    "direction": "Riktning",
}
"""What a finding is about."""

NUMBER = re.compile(
    r"(?<![\w,])[-−–+]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:,\d+)?"
    r"(?:[ \u00a0](?:%|(?:procent(?:enheter)?|[tm]kr|m[nd]kr|kr(?:onor)?|timmar|dagar)\b))?"
)
"""A number in running text with its sign, groups of digits and unit: "−13 141 tkr"."""

CONFLICT = "source_conflict"
"""The kind of notice that says that the sources contradict each other."""


def notice_lead(kind: str) -> str:
    """How a notice of this kind begins."""
    return "Underlaget säger emot sig självt. " if kind == CONFLICT else "Obs: "

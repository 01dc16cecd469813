"""What people read in Swedish where the code says it in English; how it writes numbers."""

from __future__ import annotations

import re

from app.words import key, say

GRADES = {
    "proved": key("bevisad av summor"),
    "consistent": key("stämmer"),
    "unproved": key("obevisad"),
    "contradicted": key("motsagd"),
}
"""How far a table's own arithmetic proves that it was read right."""

FINDINGS = {
    "sum": key("Summa"),
    "difference": key("Skillnad"),
    "percentage": key("Andel"),
    "risk_value": key("Riskvärde"),
    "text_table": key("Text och tabell"),
    "repeated": key("Samma uppgift, olika tal"),
    "restated": key("Ändrat mellan dokument"),
    "direction": key("Riktning"),
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
    return f"{say('Underlaget säger emot sig självt.') if kind == CONFLICT else say('Obs:')} "

"""Which unit a number without one is counted in: what its labels, its table and caption say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.figures.labels import begins_with_people, begins_with_things, unit_of

RISK = frozenset({"sannolikhet", "konsekvens", "riskvärde"})
# instruments and indexes whose results are scores
_SCORE = re.compile(
    r"\w*index|\bindexvärde\w*|\bpoäng\w*|\b(?:snitt|merit|betygs)poäng\b|\b(?:medel)?betyg\b|\bmedelvärde\b"
    r"|\b(?:nki|nmi|nri|hme|enps|percci|nöjd-\w+-index)\b",
    re.I,
)
# stated by a head, "Yta (kvm)" or "Energi, MWh": words of the document that no table of money has
_OWN = re.compile(
    r"(?:\(\s*|,\s+|\bi\s+)(kvm|m2|m²|m3|m³|[kmg]wh|km|mil|kg|ton|liter|ha|hektar|dygn)(?:\s*\)|\Z)",
    re.I,
)
_POPULATION = re.compile(r"\bbefolkning\w*|\binvånare\b|\binvånarantal\w*", re.I)
_PER = re.compile(r"\bper\s+\w+.*", re.I | re.S)
_MONEY = frozenset({"kr", "tkr", "mkr", "mdkr"})


def context_unit(measure: str, labels: Sequence[str], table_unit: str) -> str:
    """The unit of a number that prints none.

    `labels` are the texts that may state it, the nearest first: column, row, indicator. A share
    among them wins: a row of per cent in a table of money. Then the nearest that states one, then
    the table's.
    """
    if measure in RISK:
        return "risk"
    own = _OWN.search(labels[0]) if labels else None
    if own and not unit_of(labels[0]):
        return own[1].casefold()
    stated = [unit for label in labels if (unit := unit_of(label))]
    for unit in stated:
        if unit in ("%", "procentenheter"):
            return unit
    if stated:
        money = [unit for unit in stated if unit in _MONEY]
        return stated[0] if stated[0] != "st" or not money else money[0]
    general = unit_of(table_unit) or unit_of(f"({table_unit})")
    if measure == "andel" and general in ("", *_MONEY):
        return "%"
    return general or _by_subject(labels)


def _by_subject(labels: Sequence[str]) -> str:
    """What is counted where nothing says in what: scores of instruments, people of a population."""
    if any(_SCORE.search(label) for label in labels):
        return "poäng"
    for label in labels:  # the nearest decides: "Vårddygn" under "Barn och unga" are no people
        counted = _PER.sub("", label)  # "besök per invånare" are no inhabitants
        if _POPULATION.search(counted) or begins_with_people(counted):
            return "personer"
        if begins_with_things(label):
            return "st"
    return ""

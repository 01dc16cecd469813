"""Reasons why something went up are no answer to why it went down."""

import pytest

from rag.direction import contradicts, ways_in


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("Hyrorna blir dyrare", {"up", "worse"}),
        ("Lokaler avviker positivt med 1,9 mkr", {"better"}),
        ("Nämnden prognostiserar ett underskott", {"worse"}),
        ("Kostnaden är högst i staden", set()),
        ("Sjukfrånvaron minskar", {"down"}),
    ],
)
def test_ways(text: str, ways: set[str]) -> None:
    assert ways_in(text) == ways


@pytest.mark.parametrize(
    ("question", "text", "opposite"),
    [
        ("Varför blir maten dyrare?", "Måltider avviker positivt med 2 mkr.", True),
        ("Varför blir maten dyrare?", "Måltider har ökat med 2 mkr på grund av index.", False),
        ("Varför blir maten dyrare?", "Måltider avviker negativt på grund av priserna.", False),
        ("Varför går skolan back?", "Skolan har ett överskott på grund av vakanser.", True),
        (
            "Varför går skolan back?",
            "Underskottet beror på elever. Fritids har ett överskott.",
            False,
        ),
        ("Varför ökar sjukfrånvaron?", "Sjukfrånvaron minskade under våren.", True),
        ("Varför stängs badet?", "Kostnaden minskade under våren.", False),
    ],
)
def test_contradicts(question: str, text: str, opposite: bool) -> None:
    assert contradicts(question, text) is opposite

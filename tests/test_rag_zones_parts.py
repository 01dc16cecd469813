"""Parts and bounds in a sentence: what is said of some of a number, and what only limits it."""

import re

import pytest

from rag.terms import words
from rag.zones import Zone, zones

_NUMBER = re.compile(r"\d+(?: \d{3})*(?:,\d+)?")


def zones_of(sentence: str) -> list[Zone]:
    return zones(sentence, [match.span() for match in _NUMBER.finditer(sentence)])


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Vid kontrollen tillhörde 14 av 1 120 konton personer som slutat.", {"slutat"}),
        ("14 av 1 120 konton tillhörde personer som slutat.", {"tillhörde", "personer", "slutat"}),
        ("32 av de 40 avtalen saknade underskrift.", {"saknade", "underskrift"}),
        ("9 av totalt 12 mål bedöms uppnås.", {"bedöms", "uppnås"}),
        ("6 av kommunens 8 badplatser fick höga betyg.", {"fick", "betyg"}),
    ],
)
def test_what_is_said_of_a_part_is_not_said_of_the_whole(sentence: str, said: set[str]) -> None:
    part, whole = zones_of(sentence)
    assert said <= set(words(part.own))
    assert not said & set(words(whole.own))


def test_the_whole_keeps_what_it_counts() -> None:
    part, whole = zones_of("14 av 1 120 konton tillhörde personer som slutat.")
    assert "konton" in words(whole.own)
    assert "konton" in words(part.own)


def test_a_number_after_another_word_is_no_whole() -> None:
    first, second = zones_of("Nämnden köpte 14 bilar och 20 konton tillhörde personer.")
    assert "tillhörde" in words(second.own)
    assert "tillhörde" not in words(first.own)


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("8,4 procent av eleverna hade en frånvaro över 15 procent.", [False, True]),
        ("Andelen var 12 procent av barnen med en väntetid under 3 månader.", [False, True]),
        ("26 enheter hade ett resultat på minst 80 procent.", [False, True]),
        ("Sjukfrånvaron var 7,2 procent och frånvaron 15 procent.", [False, False]),
        ("En frånvaro över 15 procent hade 8,4 procent av eleverna.", [False, False]),
    ],
)
def test_a_number_that_bounds_another(sentence: str, bounds: list[bool]) -> None:
    assert [zone.bound for zone in zones_of(sentence)] == bounds

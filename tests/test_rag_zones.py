"""Which words of a sentence belong to which of its numbers."""

import re

import pytest

from rag.terms import words
from rag.zones import Zone, zones

_NUMBER = re.compile(r"\d+(?:,\d+)?")


def zones_of(sentence: str) -> list[Zone]:
    return zones(sentence, [match.span() for match in _NUMBER.finditer(sentence)])


PLACED = "I augusti var 63 barn placerade, varav 41 i familjehem och 22 i HVB."
SICK = "Sjukfrånvaron var 6,2 procent, jämfört med 7,1 procent året innan."


@pytest.mark.parametrize(
    ("sentence", "own"),
    [
        ("Nämnden hade 12 möten.", [{"nämnden", "möten"}]),
        (PLACED, [{"barn", "placerade"}, {"familjehem"}, {"hvb"}]),
        (SICK, [{"sjukfrånvaron"}, {"jämfört", "innan"}]),
        ("Av 859 anställda är 698 kvinnor.", [{"anställda"}, {"kvinnor"}]),
        (
            "Flickornas andel är 88,9 procent och pojkarnas 84,0 procent.",
            [{"flickornas", "andel"}, {"pojkarnas"}],
        ),
        (
            "Väntetiden för SoL är 8 respektive 57 dagar.",
            [{"väntetiden", "sol"}, {"väntetiden", "sol"}],
        ),
        ("Kön minskade från 512 till 478.", [{"kön", "minskade"}, {"kön", "minskade"}]),
        ("Enheten fick 4 nya bilar men 2 skadades.", [{"enheten", "bilar"}, {"skadades"}]),
    ],
)
def test_what_is_said_of_each_number(sentence: str, own: list[set[str]]) -> None:
    found = [set(words(zone.own)) for zone in zones_of(sentence)]
    assert len(found) == len(own)
    for said, wanted in zip(found, own, strict=True):
        assert wanted <= said


@pytest.mark.parametrize(
    ("sentence", "position", "absent"),
    [
        (PLACED, 0, {"hvb", "familjehem"}),
        (PLACED, 1, {"hvb", "placerade"}),
        (PLACED, 2, {"familjehem", "placerade"}),
        (SICK, 0, {"innan"}),
        (SICK, 1, {"sjukfrånvaron"}),
        ("Av 859 anställda är 698 kvinnor.", 0, {"kvinnor"}),
        ("Av 859 anställda är 698 kvinnor.", 1, {"anställda"}),
    ],
)
def test_what_is_said_of_another_number_alone(
    sentence: str, position: int, absent: set[str]
) -> None:
    assert not absent & set(words(zones_of(sentence)[position].own))


def test_what_was_said_before_may_hold_for_later_numbers() -> None:
    shared = [set(words(zone.shared)) for zone in zones_of(PLACED)]
    assert shared[0] == set()
    assert {"augusti", "barn", "placerade"} <= shared[1]
    assert {"augusti", "barn", "placerade", "familjehem"} <= shared[2]
    leading = [set(words(zone.leading)) for zone in zones_of(PLACED)]
    assert "placerade" not in leading[1] | leading[2]
    assert "augusti" in leading[1] & leading[2]


@pytest.mark.parametrize(
    ("sentence", "former"),
    [
        ("Antalet minskade från 512 till 478.", [True, False]),
        ("Antalet steg från cirka 12 till drygt 15 platser.", [True, False]),
        ("Antalet är 478, en minskning från 512.", [False, False]),
        ("Avgiften gäller från 12 år.", [False]),
        ("Från 3 enheter kom 40 svar.", [False, False]),
    ],
)
def test_the_number_that_a_sentence_moves_away_from(sentence: str, former: list[bool]) -> None:
    assert [zone.former for zone in zones_of(sentence)] == former


def test_what_leads_up_to_a_number_that_a_column_cut_off_is_said_of_none() -> None:
    cut = "Målet för frånvaron skärps från 8,0 till 7,8 procent och målet för sjukfrånvaron från"
    places = [(cut.index("8,0"), cut.index("8,0") + 3), (cut.index("7,8"), cut.index("7,8") + 3)]
    assert all("sjukfrånvaron" not in zone.own for zone in zones(cut, places))
    whole = f"{cut[:-5]}."
    assert "sjukfrånvaron" in zones(whole, places)[-1].own

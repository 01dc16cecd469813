"""Labels of narrow cells, read without the breaks of their lines."""

import pytest

from ingest.tables.unbroken import unbroken, words_of

WORDS = words_of(
    [
        "Delårsbokslutet visar personalkostnader, en avvikelse och tre Bokslut.",
        "Kostnad per plats i särskilt boende; netto och brutto. HVB-hem och kostnader för drift.",
        "Korttids- och växelvård samt köp av plats, hemtjänst, mål.",
    ]
)


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (["Delårsbokslu", "t 2024"], "Delårsbokslut 2024"),
        (["Personalkost-", "nader"], "Personalkostnader"),
        (["Avvi-", "kelse"], "Avvikelse"),
        (["Avvi-", "kelse", "tkr"], "Avvikelse tkr"),
        (["Avvikels", "e"], "Avvikelse"),
        (["Avvi\u00ad", "kelse"], "Avvikelse"),
        (["Lokal-", "hyror"], "Lokalhyror"),
        (["HVB-", "hem"], "HVB-hem"),
        (["Drift-", "och underhåll"], "Drift- och underhåll"),
        (["Netto", "kostnad"], "Netto kostnad"),
        (["Kostnad", "per", "plats"], "Kostnad per plats"),
        (["Bokslut", "2023"], "Bokslut 2023"),
        (["Budget", "2024-", "2026"], "Budget 2024- 2026"),
        (["Särskilt", "boende"], "Särskilt boende"),
        (["Okänt", "ord"], "Okänt ord"),
        (["Hem-", "Tjänst"], "Hem- Tjänst"),
        (["Mål"], "Mål"),
        (["", "Mål"], "Mål"),
        ([], ""),
    ],
)
def test_a_broken_word_is_whole_again_and_others_stay_apart(lines: list[str], label: str) -> None:
    assert unbroken(lines, WORDS) == label


def test_a_word_broken_without_a_hyphen_is_joined_only_where_the_document_holds_it() -> None:
    assert unbroken(["Delårsbokslu", "t 2024"], frozenset()) == "Delårsbokslu t 2024"
    assert unbroken(["Plats", "er"], WORDS | {"platser"}) == "Plats er"


def test_words_are_folded_and_without_digits() -> None:
    assert words_of(["HVB-hem 2024, Mål"]) == {"hvb-hem", "mål"}

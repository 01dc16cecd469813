"""How people ask → how boards write."""

import pytest

from rag.terms import words
from rag.thesaurus import meanings


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("dagis", ("förskola",)),
        ("statsbidrag", ("riktade",)),
        ("lönerna", ("personalkostnader", "lönerevision", "lönekostnader")),
        ("socialbidrag", ("försörjningsstöd", "ekonomiskt", "bistånd")),
        ("cyklar", ()),
        ("", ()),
    ],
)
def test_meanings(word: str, found: tuple[str, ...]) -> None:
    assert meanings(word) == found


@pytest.mark.parametrize("word", ["hyrpersonal", "hyrpersonalen", "hyrpersonalens"])
def test_endings_make_no_difference(word: str) -> None:
    assert meanings(word) == ("bemanningsföretag", "inhyrd", "inhyrda", "konsulter")


def test_an_ending_has_six_letters_at_most() -> None:
    assert meanings("dagisxxxxxx") == ("förskola",)
    assert meanings("dagisxxxxxxx") == ()


@pytest.mark.parametrize("word", ["lönerna", "ålderdomshemmet", "återbetalning", "överskottet"])
def test_dots_make_no_difference(word: str) -> None:
    bare = word.translate(str.maketrans("åäö", "aao"))
    assert bare != word
    assert meanings(bare) == meanings(word) != ()


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("it", ("digital", "system", "digitalisering")),
        ("its", ()),
        ("italien", ()),
        ("kö", ("väntetid", "köer")),
        ("kök", ()),
        ("lag", ("lagstiftning", "författning")),
        ("laget", ()),
        ("lagen", ("lagstiftning", "socialtjänstlagen")),
    ],
)
def test_a_short_key_stands_for_itself_alone(word: str, found: tuple[str, ...]) -> None:
    assert meanings(word) == found


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("larmföretaget", ("trygghetslarm", "leverantör", "bolag", "utförare")),
        ("kvalitetsbrist", ()),
        ("lokalavgift", ("lokaler", "fastighet", "taxa", "avgifter")),
        ("språkutbildning", ("språkkunskaper", "språkutbildning", "kompetensutveckling")),
    ],
)
def test_compound_has_the_meanings_of_both_parts(word: str, found: tuple[str, ...]) -> None:
    assert meanings(word)[: len(found)] == found


def test_no_meaning_comes_twice() -> None:
    for word in ("hyra", "sjukskriven", "lönekostnader", "larmföretaget", "språkutbildningen"):
        assert len(set(meanings(word))) == len(meanings(word)) > 0


@pytest.mark.parametrize(
    "word",
    [
        "dagis",
        "hyrpersonal",
        "socialbidrag",
        ("gruppboende"),
        ("äldreboende"),
    ],
)
def test_meanings_are_words_as_text_gives_them(word: str) -> None:
    assert [words(meaning) for meaning in meanings(word)] == [[m] for m in meanings(word)]

"""Which words of a label are the word that is asked for."""

import pytest

from rag.alike import FOUND, alike, held
from rag.relevance import TextTerms, WeighedWord


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("sjukfrånvaron", "sjukfrånvaro"),
        ("sjukfrånvaro", "sjukfrånvaron"),
        ("hyra", "hyrorna"),
        ("hyrorna", "hyra"),
        ("nya", "ny"),
        ("gammalt", "gamla"),
        ("äldreomsorg", "äldreomsorgen"),
        ("intäkt", "intäkterna"),
        ("2024", "2024"),
    ],
)
def test_forms_of_one_word_are_the_same(word: str, label: str) -> None:
    assert alike(word, label) == alike(word, label, exact=True) == 1


@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("personalen", "personalkostnader"),
        ("personalkostnader", "personal"),
        ("lokalkostnaderna", "lokaler"),
        ("lokaler", "lokalkostnader"),
        ("lokaler", "lokalhyror"),
        ("löner", "löneökningar"),
        ("behöriga", "behörighet"),
        ("behöriga", "gymnasiebehörighet"),
        ("placeringar", "institutionsplaceringar"),
    ],
)
def test_a_label_may_say_more_than_the_word(word: str, label: str) -> None:
    assert FOUND <= alike(word, label) < 1


@pytest.mark.parametrize("exact", [False, True])
@pytest.mark.parametrize(
    ("word", "label"),
    [
        ("lokalkostnader", "personalkostnader"),
        ("strandskolan", "lindskolan"),
        ("hemtjänsttimme", "hemtjänst"),
        ("hemtjänsttimmar", "hemtjänst"),
        ("handläggningstid", "handläggningskostnad"),
        ("undersköterskor", "underskott"),
        ("intäkter", "kostnader"),
        ("grundskola", "grundsärskola"),
        ("förskola", "skola"),
        ("hemtjänst", "hemsjukvård"),
        ("män", "man"),
    ],
)
def test_other_things_are_not_the_same(word: str, label: str, exact: bool) -> None:
    assert alike(word, label, exact=exact) == 0


@pytest.mark.parametrize(
    ("word", "label"),
    [("2024", "2025"), ("12", "120"), ("mål6", "mål"), ("mål", "mål6"), ("mål6", "mål7")],
)
def test_what_holds_a_digit_is_itself_or_nothing(word: str, label: str) -> None:
    assert alike(word, label) == 0
    assert alike(word, word) == alike(label, label) == 1


@pytest.mark.parametrize(
    ("word", "label", "typed_with_dots"),
    [("aldreomsorg", "äldreomsorgen", 0.0), ("kopta", "köpta", 0.0), ("skola", "skola", 1.0)],
)
def test_dots_may_be_left_out_by_who_leaves_them_out(
    word: str, label: str, typed_with_dots: float
) -> None:
    assert alike(word, label) == 1
    assert alike(word, label, exact=True) == typed_with_dots


@pytest.mark.parametrize(
    ("label", "word", "others", "share"),
    [
        ("Sjukfrånvaro, %", "sjukfrånvaron", (), 1.0),
        ("Kostnad för inhyrd personal", "personalen", (), 1.0),
        ("Lokalhyror", "hyra", (), 0.0),
        ("Lokalhyror", "hyra", ("lokalhyror",), 0.75),
        ("Skola, kostnad per elev", "skolelev", (), 0.8),
        ("Hemtjänst", "personal", ("medarbetare",), 0.0),
        ("", "personal", (), 0.0),
    ],
)
def test_how_much_of_a_word_a_label_holds(
    label: str, word: str, others: tuple[str, ...], share: float
) -> None:
    assert held(TextTerms(label), WeighedWord(word, (), 1.0, others)) == share

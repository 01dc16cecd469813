"""Everyday words and phrases, and what reports say for them."""

import pytest

from rag.lay_words import entries, formal_words
from rag.terms import plain, words


@pytest.mark.parametrize(
    ("question", "formal"),
    [
        ("Hur många har gått in i väggen?", "utmattningssyndrom"),
        ("Vad gör ni åt dagisköerna?", ""),
        ("Hur går det på dagis?", "förskola"),
        ("Hur mår de som jobbar på säbo?", "särskilt"),
    ],
)
def test_formal_words(question: str, formal: str) -> None:
    found = formal_words(words(question))
    assert formal in found if formal else "förskola" not in found


@pytest.mark.parametrize("phrase", ["gå ner i tid", "gick ner i tid", "Går du ner i tid?"])
def test_a_phrase_is_found_in_all_forms_of_its_verb(phrase: str) -> None:
    found = formal_words(words(phrase))
    assert ("tjänstledighet" in found) == ("du" not in phrase)


def test_a_phrase_needs_all_its_words_in_order() -> None:
    assert "tjänstledighet" not in formal_words(words("tid i ner gå"))
    assert "tjänstledighet" not in formal_words(words("gå ner"))


def test_nothing_comes_of_nothing() -> None:
    assert formal_words([]) == ()
    assert formal_words(["cyklopropan"]) == ()


def test_each_entry_says_something_else_than_it_is_asked() -> None:
    for lay, formal in entries():
        assert lay
        assert {plain(one.casefold()) for one in formal} - {plain(one.casefold()) for one in lay}

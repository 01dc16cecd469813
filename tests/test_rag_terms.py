"""Swedish text → the terms that it is found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.terms import STOP_WORDS, UNIT_WORDS, fold, grams, plain, stem, subject_words, terms, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Vård- och ÄLDREOMSORG", "vård- och äldreomsorg"),
        ("Idé och Armé", "ide och arme"),
        ("cafe\u0301", "cafe"),
        ("A\u030angstro\u0308m", "ångström"),
        ("ﬁnansiering", "finansiering"),
        ("hem\xadtjänst", "hemtjänst"),
        ("Müller", "muller"),
        ("STRASSE straße", "strasse strasse"),
        ("１２ ｔｋｒ", "12 tkr"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert words(fold(text)) == words(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("VON:s mål_6, é-post!", ["von", "s", "mål", "6", "e", "post"]),
        ("1 234,5 tkr", ["1", "234", "5", "tkr"]),
        ("1\xa0234", ["1", "234"]),
        ("−9,6 mnkr (12 %)", ["9", "6", "mnkr", "12"]),
        ("2026–2028", ["2026", "2028"]),
        ("😀 … –", []),
        ("§ 13", ["paragraf", "13"]),
        ("", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "first"),
    [("sjuksköterskenivå¹ samt", "sjuksköterskenivå"), ("10² avser", "10"), ("3½ tjänst", "3")],
)
def test_raised_digit_is_no_part_of_the_word_before_it(text: str, first: str) -> None:
    assert words(text)[0] == first


def test_plain_leaves_out_dots_and_rings_only() -> None:
    assert plain("åtgärdsförslag é 6") == "atgardsforslag é 6"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("kö", ("ko", "=ko")),
        ("risker", ("riske", "isker", "=risk")),
        ("boende", ("boend", "oende", "=boend")),
        ("hemtjänst", ("hemtj", "emtja", "mtjan", "tjans", "janst")),
    ],
)
def test_grams(word: str, found: tuple[str, ...]) -> None:
    assert grams(word) == found


@pytest.mark.parametrize("word", ["2025", "1234567", "12345678901", "mål6", "covid19pandemin"])
def test_what_holds_a_digit_is_one_term_whole(word: str) -> None:
    assert grams(word) == (plain(word),)


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=10**12))
def test_different_numbers_share_no_term(one: int, other: int) -> None:
    assert (set(grams(str(one))) & set(grams(str(other))) == set()) == (one != other)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("risk", "risker"),
        ("hyra", "hyrorna"),
        ("avtal", "avtalet"),
        ("chef", "cheferna"),
        ("hyra", "hyran"),
    ],
)
def test_short_words_share_their_stem(word: str, other: str) -> None:
    assert stem(plain(word)) == stem(plain(other))
    assert set(grams(word)) & set(grams(other)) >= {f"={stem(plain(word))}"}


def test_a_stem_keeps_three_letters() -> None:
    assert [stem(word) for word in ("en", "ade", "taxa", "taxorna", "ate")] == [
        "en",
        "ade",
        "tax",
        "tax",
        "ate",
    ]


def test_dots_make_no_difference_to_grams() -> None:
    assert grams("äldreomsorgen") == grams("aldreomsorgen")


def test_compound_shares_grams_with_its_parts() -> None:
    whole = set(grams("hemtjänstpersonal"))
    assert whole & set(grams("hemtjänsten")) == {"hemtj", "emtja", "mtjan", "tjans", "janst"}
    assert whole & set(grams("personalen")) == {"perso", "erson", "rsona", "sonal"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mål 6", ["mal", "=mal", "6", "mal_6"]),
        ("mål 6 och 7", ["mal", "=mal", "6", "mal_6", "och", "=och", "7", "och_7"]),
        ("3 kap. 2", ["3", "kap", "=kap", "2", "kap_2"]),
        ("2025 2026", ["2025", "2026"]),
        ("mål 1 234", ["mal", "=mal", "1", "mal_1", "234"]),
        ("6 mål", ["6", "mal", "=mal"]),
        ("mål 6a", ["mal", "=mal", "6a"]),
        ("hemtjänst 6", ["hemtj", "emtja", "mtjan", "tjans", "janst", "6", "hemtjanst_6"]),
        ("", []),
    ],
)
def test_terms_pair_a_number_with_the_word_before_it(text: str, found: list[str]) -> None:
    assert list(terms(text)) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Varför ökar kostnaderna i hemtjänsten?", ["ökar", "kostnaderna", "hemtjänsten"]),
        ("Hemtjänsten och hemtjänsten", ["hemtjänsten"]),
        ("vad star det om nagon annan for hyran", ["hyran"]),
        ("Varför då?", ["varför", "då"]),
        ("?!", []),
    ],
)
def test_subject_words(question: str, found: list[str]) -> None:
    assert subject_words(question) == found


def test_listed_words_are_words_as_text_gives_them() -> None:
    listed = STOP_WORDS | UNIT_WORDS
    assert [word for word in listed if words(word) != [word]] == []

"""Tokens that only typesetting tells apart are the same; numbers are compared as numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.quotes import squeezed
from rag.wording.diff import difference
from rag.wording.tokens import cleaned, tokens
from rag.wording.types import DELETE, EQUAL, INSERT


def keys(text: str) -> list[str]:
    return [token.key for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Verksamheten finns", "verk\u00adsam-\nheten ﬁnns"),
        ("målet är 12,5 procent", "Målet är 12.5 %"),
        ("1 000 tkr", "1\u00a0000 tkr"),
        ("12 500 personer", "12\u2009500 personer"),
        ("−5", "-5"),
        ("12,50 mnkr", "12,5 miljoner kronor".replace("miljoner kronor", "mkr")),
        ("”barnets bästa” – alltid", '"barnets bästa" - alltid'),
        ("e-tjänster och IT-avdelning", "e-\ntjänster och IT-avdelning"),
        ("• fler platser", "fler platser"),
    ],
)
def test_what_only_typesetting_changes_is_the_same(one: str, other: str) -> None:
    assert keys(one) == keys(other)
    assert not difference(one, other).changed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("80 procent", "81 procent"),
        ("12,5", "125"),
        ("1.234", "1234"),  # can be read in two ways
        ("−5", "5"),
        ("2024", "2025"),
        ("206 297 235 714", "206297 235714"),
        ("hälso- och sjukvård", "hälsooch sjukvård"),
    ],
)
def test_what_says_something_else_is_not(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_pasted_text_loses_what_cannot_be_seen() -> None:
    assert cleaned("  Ma\u030alet\u200b är\r\n\t 80\u00a0% \ufeff") == "Målet är 80 %"


def told(old: str, new: str) -> list[tuple[str, str, Decimal | None]]:
    return [(n.before, n.after, n.difference) for n in difference(old, new).numbers]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Målet är 80.", "Målet är 75.", [("80", "75", Decimal(-5))]),
        (
            "Väntetiden ska vara högst 12,5 dagar i snitt.",
            "Väntetiden ska vara högst 14 dagar i snitt.",
            [("12,5 dagar", "14 dagar", Decimal("1.5"))],
        ),
        (
            "Målet sänks från 8,0 till 7,8 procent.",
            "Målet sänks från 7,8 till 7,5 procent.",
            [("8,0", "7,8", Decimal("-0.2")), ("7,8 procent", "7,5 procent", Decimal("-0.3"))],
        ),
        ("Vi har fyra enheter.", "Vi har fem enheter.", [("fyra", "fem", Decimal(1))]),
        ("Klart senast 2025.", "Klart senast 2026.", [("2025", "2026", None)]),
        ("Det kostar −1 200 tkr.", "Det kostar -1 300 tkr.", [
            ("−1 200 tkr", "-1 300 tkr", Decimal(-100)),
        ]),
    ],
)  # fmt: skip
def test_a_number_that_changed_is_told(
    old: str, new: str, expected: list[tuple[str, str, Decimal | None]]
) -> None:
    assert told(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Det kostar 12,5 mnkr.", "Det kostar 12 500 tkr."),  # the same amount
        ("Vi har 4 enheter.", "Vi har fyra enheter."),
        ("Beslutad 2024-10-02, § 88.", "Beslutad 2025-10-01, § 79."),  # dates and references
        (
            "Personalkostnader har ökat med 25,6 mkr i jämförelse med augusti.",
            "Verksamhetens intäkter har ökat med 8,6 mkr i jämförelse med augusti.",
        ),  # about something else
        (
            "Förskolans överskott beräknas till 4,2 mnkr.",
            "Grundskolans underskott beräknas till 9,4 mnkr.",
        ),
        ("Antalet var 5 av 7 i fjol.", "Antalet var 6 i fjol."),
    ],
)
def test_a_number_that_is_not_the_same_one_is_not_told_as_changed(old: str, new: str) -> None:
    assert difference(old, new).changed
    assert told(old, new) == []


def test_lone_little_words_do_not_break_a_change() -> None:
    pieces = difference(
        "Nämnden ska bygga och driva boenden i Norrvik.",
        "Nämnden ska köpa och hyra boenden i Norrvik.",
    ).pieces
    assert pieces == (
        (EQUAL, "Nämnden ska "),
        (DELETE, "bygga och driva "),
        (INSERT, "köpa och hyra "),
        (EQUAL, "boenden i Norrvik."),
    )


TEXT = st.text(alphabet=st.sampled_from(list('abåö AB12 3,.-−–|•§%\n\u00ad\u00a0”"¹')), max_size=40)


@given(TEXT, TEXT)
def test_the_pieces_are_the_new_text_and_the_old_words(old: str, new: str) -> None:
    pieces = difference(old, new).pieces
    assert "".join(text for operation, text in pieces if operation != DELETE) == squeezed(new)
    before = "".join(text for operation, text in pieces if operation != INSERT)
    if not any(operation == INSERT for operation, _ in pieces):
        assert keys(before) == keys(squeezed(old))


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not difference(text, text).changed

"""What a question restricts its number to."""

from decimal import Decimal

import pytest

from rag.question.limits import NO_LIMITS, keeps, limits_of


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Vad kostar en plats per elev?", "elev"),
        ("kostnad per invånare 2024", "invanare"),
        ("nettokostnad per månad", "manad"),
        ("Hur mycket kostar det i månaden?", "manaden"),
        ("Hur många kommer varje vecka?", "vecka"),
        ("utfall per den 31 augusti", ""),
        ("utfall per april", ""),
        ("Vad är budgeten per verksamhet?", ""),
        ("antal per 2024", ""),
        ("Hur mycket kostar skolan?", ""),
    ],
)
def test_what_a_number_is_divided_by(text: str, per: str) -> None:
    assert limits_of(text).per == per


@pytest.mark.parametrize(
    ("text", "without", "including"),
    [
        ("kostnad utan lokalhyror", True, False),
        ("kostnad exkl. hyror", True, False),
        ("kostnad exklusive moms", True, False),
        ("kostnad förutom hyror", True, False),
        ("allt utom hyror", True, False),
        ("kostnader minus intäkter", True, False),
        ("om man bortser från hyrorna", True, False),
        ("utan att räkna närmare", False, False),
        ("kostnad inkl. moms", False, True),
        ("kostnad inklusive hyror", False, True),
        ("prognos minus budget", False, False),
        ("utanför kommunen", False, False),
    ],
)
def test_what_is_counted_out_or_in(text: str, without: bool, including: bool) -> None:
    limits = limits_of(text)
    assert (limits.without, limits.including) == (without, including)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("risker med riskvärde över 12", (">", "12")),
        ("mer än 100 platser", (">", "100")),
        ("fler än 3", (">", "3")),
        ("minst 9", (">=", "9")),
        ("högst 12,5", ("<=", "12.5")),
        ("under 10 000 kronor", ("<", "10000")),
        ("lika med 4", ("=", "4")),
    ],
)
def test_a_bound(text: str, bound: tuple[str, str]) -> None:
    assert limits_of(text).bound == (bound[0], Decimal(bound[1]))


@pytest.mark.parametrize(
    "text", ["efter 2024", "under 2024", "över 65 år", "personer under 18 år", "sida 12", "minst"]
)
def test_years_and_ages_are_no_bound(text: str) -> None:
    assert limits_of(text).bound is None


@pytest.mark.parametrize(
    ("way", "kept"),
    [
        (">", ["12.1", "-13"]),
        (">=", ["12", "12.1", "-12", "-13"]),
        ("<", ["11.9", "-11", "0"]),
        ("<=", ["12", "11.9", "-12", "-11", "0"]),
        ("=", ["12", "-12"]),
    ],
)
def test_amounts_keep_to_a_bound_by_their_size(way: str, kept: list[str]) -> None:
    values = ["12", "12.1", "11.9", "-12", "-13", "-11", "0"]
    found = [text for text in values if keeps(Decimal(text), (way, Decimal(12)))]
    assert sorted(found) == sorted(kept)


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("Hur mycket har skillnaden mellan pojkar och flickor ökat sedan 2022?", True),
        ("Hur mycket har gapet vuxit sedan 2021?", True),
        ("Har klyftan minskat jämfört med 2022?", True),
        ("Hur stor är skillnaden mellan pojkar och flickor?", False),
        ("Hur mycket har kostnaden ökat sedan 2022?", False),
    ],
)
def test_a_change_of_a_difference(text: str, nested: bool) -> None:
    assert limits_of(text).nested == nested


@pytest.mark.parametrize(
    ("text", "so_far", "by_month"),
    [
        ("Hur mycket har vi använt hittills?", True, False),
        ("så långt i år", True, False),
        ("utfall i augusti", False, True),
        ("utfall jan–aug", False, True),
        ("första halvåret", False, True),
        ("utfall 2024", False, False),
        ("Hur långt är det till målet?", False, False),
    ],
)
def test_a_part_of_the_year(text: str, so_far: bool, by_month: bool) -> None:
    limits = limits_of(text)
    assert (limits.so_far, limits.by_month) == (so_far, by_month)


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Hur mycket har kostnaden ökat sedan 2022?", 2022),
        ("jämfört med 2023", 2023),
        ("jämfört med samma period 2023", 2023),
        ("mer än år 2021", 2021),
        ("Vad var kostnaden 2022?", 0),
    ],
)
def test_the_year_that_a_change_is_counted_from(text: str, since: int) -> None:
    assert limits_of(text).since == since


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("nettokostnaden", ("netto",)),
        ("bruttokostnaden", ("kostnad", "brutto")),
        ("intäkterna", ("intäkt",)),
        ("kostnader och intäkter", ("kostnad", "intäkt")),
        ("sammanlagt", ("total",)),
        ("vilket kostnadsslag", ()),
        ("budgeten", ()),
    ],
)
def test_the_kinds_of_column_that_are_named(text: str, roles: tuple[str, ...]) -> None:
    assert limits_of(text).roles == roles


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Hur många platser har särskilt boende?", "platser"),
        ("hur många olika elever går där", "elever"),
        ("Hur manga lärare finns det?", "lärare"),
        ("Hur mycket kostar det?", ""),
    ],
)
def test_what_is_counted(text: str, counted: str) -> None:
    assert limits_of(text).counted == counted


@pytest.mark.parametrize("text", ["", "Vad är budgeten för skolan 2024?", "?!"])
def test_a_question_without_limits(text: str) -> None:
    assert limits_of(text) == NO_LIMITS

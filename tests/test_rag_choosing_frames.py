"""Which figure a question means: units that tables state, and people's own words."""

from collections.abc import Iterator

import pytest
from answers import ask, results
from written_reports import ReadInto, table, write_report

from rag.asking import Asker
from rag.terms import subject_words

MEASURES = table(
    "Tabell 1: Verksamhetsmått",
    """Mått|Enhet|2023|2024
    Tömda brunnar|antal|1 204|1 310
    Deltagare i ridskolan|antal|402|418
    Avgift för båtplats|kr/säsong|2 100|2 250
    Uppvärmning av isrinken|MWh|610|588
    Beläggning i bowlinghallen|%|71|74""",
)
HALLS = table(
    "Tabell 2: Bowlinghallar",
    """Enhet|Besök 2024|Lån av skor 2024
    Ekhallen|8 100|6 020
    Alhallen|5 400|4 210""",
)
PROJECTS = table(
    "Tabell 3: Investeringsplan, mkr. Bron får statligt bidrag med 40 procent.",
    """Projekt|2025|2026|Totalt 2025–2026
    Bro vid kvarnen|4,0|6,0|10,0
    Isrink|1,5|2,5|4,0
    Summa|5,5|8,5|14,0""",
)
RESULT = table(
    "Tabell 4: Resultat per verksamhet, tkr",
    """Verksamhet|Utfall 2023|Budget 2024|Utfall 2024|Avvikelse 2024
    Färjor|-3 000|-3 100|-3 300|-200
    Skidspår|-900|-1 000|-950|50
    Minigolf|-500|-500|-640|-140
    Summa nettokostnad|-4 400|-4 600|-4 890|-290""",
)
MADE = table(
    "Tabell 5: Broar, tkr",
    """Projekt|Total projektbudget|Utfall t.o.m. 2023|Budget 2024|Utfall 2024
    Hängbro Lillån|7 200|1 100|3 000|3 150
    Brygga Storvik|2 400|0|1 200|1 180
    Summa|9 600|1 100|4 200|4 330""",
)
COUNTED = table(
    "Tabell 1: Volymer",
    """Januari–augusti|2024|2025
    Ansökningar om båtplats (antal)|31|44
    Vakter nattetid, nattdygn|310|290
    Snittkostnad per nattdygn (kr)|1 250|1 310
    Tillstånd till fiske och jakt (antal)|17|21""",
)
STEPS = table(
    "Tabell 2: Åtgärder, tkr",
    """Åtgärd|Planerad effekt helår 2025|Realiserad effekt t.o.m. aug
    Färre turer med färjan|900|350
    Lägre hyra i ishallen|400|400
    Summa|1 300|750""",
)
GOALS = table(
    "Tabell 6: Mål",
    """Indikator|Målvärde 2024|Utfall 2024
    Förändring av vattenåtgången jämfört med 2022 (%)|-10,0|-9,1
    Nöjda båtägare (%)|80|83""",
)
GROUPED = table(
    "Tabell 3: Insatser",
    """Insats|Utfall 2024|Utfall 2025
    Barn och unga||
    Lägerdygn i skärgården|640|702
    Utredningar av olyckor|12|9""",
)
RISKS = table(
    "Tabell 4: Risker",
    """Risk|Möjlig effekt, tkr|Sannolikhet|Hantering
    Isen bär inte i vinter|300|Hög|Varningsskyltar
    Färjan går på grund|900|Låg|Ny lots""",
)
SHORT = (
    "Frånvaron bland båtsmännen var 6,2 procent under januari–augusti (6,7 procent samma period "
    "2024), och målet på högst 6,5 procent uppnås."
)
REPORTS = (
    (
        "Årsredovisning 2024",
        "Älvköping",
        MEASURES,
        HALLS,
        "Skor lånas ut.",
        PROJECTS,
        RESULT,
        MADE,
        GOALS,
    ),
    ("Delårsrapport augusti 2025", "Björkstad", COUNTED, STEPS, GROUPED, RISKS, SHORT),
)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("frames")
    paths = [
        write_report(folder, title, *parts, municipality=municipality)
        for title, municipality, *parts in REPORTS
    ]
    read_into(folder / "index", *paths)
    opened = Asker(folder / "index")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hur många brunnar tömdes 2024? Tömda brunnar", ("1310", "st")),
        ("Hur många deltagare hade ridskolan 2023?", ("402", "st")),
        ("Vad var avgiften för en båtplats 2024?", ("2250", "kr")),
        ("Vad var uppvärmningen av isrinken 2024?", ("588", "MWh")),
        ("Vad var beläggningen i bowlinghallen 2024?", ("74", "%")),
    ],
)
def test_a_column_of_units_says_what_its_rows_are_counted_in(
    question: str, expected: tuple[str, str], asker: Asker
) -> None:
    assert results(ask(asker, question)) == [expected]


def test_a_column_of_places_called_unit_states_none(asker: Asker) -> None:
    assert results(ask(asker, "Hur många besök hade Ekhallen 2024?")) == [("8100", "st")]


def test_a_quantity_in_a_caption_is_no_unit(asker: Asker) -> None:
    assert results(ask(asker, "Vad är planen för bron vid kvarnen 2025?")) == [("4.0", "mkr")]


def test_a_total_of_several_years_is_of_none_of_them(asker: Asker) -> None:
    assert results(ask(asker, "Vad är planen för isrinken 2026?")) == [("2.5", "mkr")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Hur många ansökningar om båtplats kom in januari–augusti 2025 i Björkstad?",
            ("44", "st"),
        ),
        ("Hur många ansökningar om båtplats kom in i Björkstad jan-aug i år (2025)?", ("44", "st")),
        ("Hur många tillstånd fanns jan–aug 2024 i Björkstad?", ("17", "st")),
    ],
)
def test_months_in_the_corner_of_a_table_are_its_numbers(
    question: str, expected: tuple[str, str], asker: Asker
) -> None:
    assert results(ask(asker, question)) == [expected]


def test_a_short_word_is_found_at_the_end_of_a_compound(asker: Asker) -> None:
    told = ask(asker, "Vad kostar ett dygn i snitt i Björkstad 2025?")
    assert results(told) == [("1310", "kr")]


def test_the_whole_year_is_meant_unless_what_has_been_is_asked_for(asker: Asker) -> None:
    planned = "Vilken effekt skulle färre turer med färjan ge 2025 i Björkstad?"
    assert results(ask(asker, planned)) == [("900", "tkr")]
    assert results(ask(asker, "Och hur mycket har man fått ut hittills?", planned)) == [
        ("350", "tkr")
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vad kostar färjorna i Älvköping netto 2024?", [("-3300", "tkr")]),
        (
            "Hur mycket ökade nettokostnaden mellan 2023 och 2024 i Älvköping, i kronor?",
            [("-490", "tkr")],
        ),
        ("Hur gick minigolfen mot budget i Älvköping 2024?", [("-140", "tkr")]),
        ("Hur ser avvikelsen ut för skidspår i Älvköping 2024?", [("50", "tkr")]),
        ("Vad hade man budgeterat för färjorna 2024 i Älvköping?", [("-3100", "tkr")]),
        ("Vilken verksamhet i Älvköping gick med överskott 2024?", [("50", "tkr")]),
        (
            "Vilka verksamheter i socialnämnden i Älvköping gick med underskott 2024?",
            [("-200", "tkr"), ("-140", "tkr")],
        ),
    ],
)
def test_outcomes_and_deviations_by_everyday_words(
    question: str, expected: list[tuple[str, str]], asker: Asker
) -> None:
    assert results(ask(asker, question)) == expected


def test_a_share_of_what_the_board_has_is_of_the_total(asker: Asker) -> None:
    told = ask(
        asker, "Hur stor del av socialnämndens budget 2024 i Älvköping går till färjor? I procent."
    )
    assert [value[:5] for value, _ in results(told)] == ["67.39"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Total projektbudget för hängbron Lillån?", [("7200", "tkr")]),
        ("Vad är den totala projektbudgeten för bron vid kvarnen?", []),
        ("Ackumulerat utfall för hängbron Lillån till och med 2023?", [("1100", "tkr")]),
        ("Ackumulerat utfall för hängbron Lillån till och med 2024?", [("4250", "tkr")]),
    ],
)
def test_what_a_project_has_in_all_is_of_no_one_year(
    question: str, expected: list[tuple[str, str]], asker: Asker
) -> None:
    assert results(ask(asker, question)) == expected


def test_a_total_of_years_is_meant_by_just_those_years(asker: Asker) -> None:
    told = ask(asker, "Hur stor del av investeringarna 2025-2026 i Älvköping är isrinken?")
    assert [value[:5] for value, _ in results(told)] == ["28.57"]


def test_rows_of_another_kind_are_not_ranked(asker: Asker) -> None:
    assert results(ask(asker, "Vilken förening fick mest stöd i Älvköping 2024?")) == []


def test_water_and_sewage_is_no_question_word() -> None:
    assert "va" in subject_words("Delsumma investeringar VA 2028?")
    assert "va" not in subject_words("va kostar VA-taxan 2025?")
    assert "va" not in subject_words("VA KOSTAR SKOLAN?")


def test_a_target_and_its_outcome_are_both_told(asker: Asker) -> None:
    told = ask(
        asker,
        "Målvärde och utfall för vattenåtgången i Älvköping 2024 (förändring jämfört med 2022)?",
    )
    assert results(told) == [("-10.0", "%"), ("-9.1", "%")]


def test_a_target_in_a_sentence_is_that_of_its_subject(asker: Asker) -> None:
    told = ask(asker, "Vad är målet för frånvaron i socialnämnden i Björkstad 2025?")
    assert results(told) == [("6.5", "%")]


def test_what_is_counted_is_said_by_the_row_and_not_by_the_group_above(asker: Asker) -> None:
    told = ask(asker, "Hur många lägerdygn blev det i Björkstad jan–aug 2025?")
    assert results(told) == [("702", "st")]


def test_a_group_that_no_label_knows_is_not_passed_over(asker: Asker) -> None:
    assert (
        results(ask(asker, "Hur många vuxna hade lägerdygn i skärgården i Björkstad 2025?")) == []
    )


def test_how_likely_a_risk_is_may_be_said_in_words(asker: Asker) -> None:
    told = ask(asker, "Hur sannolikt är det att färjan går på grund i Björkstad?")
    assert not told.refused
    assert "”Låg”" in told.text
    assert "Hög" not in told.text

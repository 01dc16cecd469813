"""Which figure a question means: units that tables state, and people's own words."""

from collections.abc import Iterator

import pytest
from written_reports import ReadInto, table, write_report

from rag.answer import Answer, Question
from rag.asking import Asker
from rag.gate import check

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

REPORTS = (("Årsredovisning 2024", "Älvköping", MEASURES, HALLS, "Skorna lånas ut.", PROJECTS),)


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


def ask(asker: Asker, text: str, *history: str) -> Answer:
    answer = asker.ask(Question(text, history))
    check(answer, asker.index.store)
    return answer


def results(answer: Answer) -> list[tuple[str, str]]:
    return [(f"{f.value:f}", f.unit) for f in answer.figures if f.role == "result"]


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

"""A question and its history → what is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answer import Question
from rag.asking import Asker
from rag.question.asked import Understanding
from rag.question.understanding import bands_of, read_question
from rag.scope import understand

BUDGET = "Hur stor är budgeten för lokalhyror 2026?"
DEVIATION = "Hur stor är avvikelsen för hemtjänst 2025?"


@pytest.fixture(scope="module")
def asker(samples_index: Path) -> Iterator[Asker]:
    """Opens the samples, whose newest follow-up is of 2025."""
    opened = Asker(samples_index)
    with opened.index.store.snapshot():
        opened.index.refresh()
    yield opened
    opened.close()


def read(asker: Asker, text: str, *history: str) -> Understanding:
    question = Question(text, history)
    return read_question(question, understand(question, asker.index.documents))


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        (BUDGET, "figure"),
        ("lokalhyror 2026", "figure"),
        ("Hur mycket ökar lokalhyrorna mellan 2025 och 2026?", "change"),
        ("Hur mycket dyrare blir hemtjänsten 2026 än 2025?", "change"),
        ("Hur många procent ökar hyrorna 2026?", "percent_change"),
        ("Hur många procentenheter minskar sjukfrånvaron?", "change"),
        (DEVIATION, "deviation"),
        ("Hur mycket drar hemtjänsten över budget?", "deviation"),
        ("Hur stor andel av nettokostnaden är hemtjänst 2026?", "share"),
        ("Vad kostar lokalhyror och köp av tjänster tillsammans?", "total"),
        ("Vad kostar lokalhyror + köp av tjänster?", "total"),
        ("Summera lokalhyror och köp av tjänster 2026", "total"),
        ("Vilken verksamhet kostar mest 2026?", "rank"),
        ("Rangordna verksamheterna efter budget 2026", "rank"),
        ("Vilka risker har riskvärde över 8?", "list"),
        ("Hur utvecklas lokalhyrorna år för år?", "trend"),
        ("lokalhyror 2026–2028", "trend"),
        ("Klaras målet om sjukfrånvaro?", "assessment"),
        ("Hur mycket fattas till målet för sjukfrånvaron?", "gap"),
    ],
)
def test_operation(asker: Asker, text: str, operation: str) -> None:
    assert read(asker, text).operation == operation


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        (BUDGET, ("budget",)),
        ("Vad är anslaget för hemtjänst?", ("budget",)),
        ("Vad blev utfallet för hemtjänst?", ("utfall",)),
        ("Var landar hemtjänsten?", ("prognos",)),
        ("Vad är målet för sjukfrånvaron?", ("målvärde",)),
        ("Vilket riskvärde har det?", ("riskvärde",)),
        ("Hur troligt är det?", ("sannolikhet",)),
        ("Hur är nuläget för sjukfrånvaron?", ("nuläge",)),
        ("Hur stort är underskottet?", ("avvikelse",)),
        ("Hur stor är skillnaden mellan budget och utfall?", ("utfall", "budget")),
        ("Hur mycket av budgeten användes?", ("utfall",)),
        ("Hur många platser finns det?", ()),
    ],
)
def test_measures(asker: Asker, text: str, measures: tuple[str, ...]) -> None:
    assert read(asker, text).measures == measures


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("budget 2026", (2026,)),
        ("skillnad mellan 2024 och 2026", (2024, 2026)),
        ("lokalhyror från 2026 till 2028 år för år", (2026, 2027, 2028)),
        ("budget i år", (2025,)),
        ("budget i fjol", (2024,)),
        ("budget förra året", (2024,)),
        ("budget nästa år", (2026,)),
        ("budget 2026 och året innan", (2026, 2025)),
        ("inte 2025 utan budget 2026", (2026,)),
        ("budget för lokalhyror", ()),
    ],
)
def test_years_and_relative_years(asker: Asker, text: str, years: tuple[int, ...]) -> None:
    assert read(asker, text).years == years


@pytest.mark.parametrize(
    ("text", "months", "whole_year"),
    [
        ("utfall januari–augusti 2025", (1, 8), False),
        ("utfall till och med augusti 2025", (1, 8), False),
        ("utfall t.o.m. augusti 2025", (1, 8), False),
        ("utfall efter åtta månader", (1, 8), False),
        ("prognos helår 2025", (0, 0), True),
        ("utfall hela 2024", (0, 0), True),
        ("utfall 2024", (0, 0), False),
    ],
)
def test_parts_of_the_year(
    asker: Asker, text: str, months: tuple[int, int], whole_year: bool
) -> None:
    asked = read(asker, text)
    assert (asked.months, asked.whole_year) == (months, whole_year)


@pytest.mark.parametrize(
    ("text", "subject", "phrases"),
    [
        (BUDGET, ("lokalhyror",), (("lokalhyror",),)),
        (
            "Vad kostar lokalhyror och köp av tjänster?",
            ("lokalhyror", "köp", "tjänster"),
            (("lokalhyror",), ("köp", "tjänster")),
        ),
        (
            "hemtjänst, korttidsvård samt dagverksamhet",
            ("hemtjänst", "korttidsvård", "dagverksamhet"),
            (("hemtjänst",), ("korttidsvård",), ("dagverksamhet",)),
        ),
        ("Hur stort är hemtjänstutfallet?", ("hemtjänst",), (("hemtjänst",),)),
        (
            "Jag sitter i nämnden. Vad kostar hemtjänsten?",
            ("hemtjänsten",),
            (("hemtjänsten",),),
        ),
        ("Summera hyrorna i Norrvik", ("hyrorna",), (("hyrorna",),)),
        ("Hur stor var budgeten i fjol?", (), ()),
    ],
)
def test_subject_and_phrases(
    asker: Asker, text: str, subject: tuple[str, ...], phrases: tuple[tuple[str, ...], ...]
) -> None:
    asked = read(asker, text)
    assert (asked.subject, asked.phrases) == (subject, phrases)


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        ("65–79 år", ((65, 79),)),
        ("65 till 79 år", ((65, 79),)),
        ("90 år och äldre", ((90, 0),)),
        ("80-åringar", ((80, 0),)),
        ("2024 års budget", ()),
        ("12 tkr", ()),
    ],
)
def test_ages(text: str, bands: tuple[tuple[int, int], ...]) -> None:
    assert bands_of(text) == bands


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("lokalhyror budget 2026 i mkr", "unit", "mkr"),
        ("lokalhyror budget 2026 i hela kronor", "unit", "kr"),
        ("Hur många platser finns det?", "kind", "count"),
        ("Hur många dagar är väntetiden?", "kind", "time"),
        ("Vad kostar hemtjänsten?", "kind", "money"),
        ("Vilken verksamhet har lägst budget?", "lowest_first", True),
        ("Vilken verksamhet går sämst mot budget?", "worst_first", True),
        ("Vilka verksamheter har överskott?", "best_first", True),
        ("Vilken verksamhet har störst budget?", "one_only", True),
        ("Vilka verksamheter har störst budget?", "one_only", False),
        ("De tre största kostnaderna", "top", 3),
        ("Hur många kom inte?", "negated", True),
    ],
)
def test_what_else_is_said(asker: Asker, text: str, field: str, value: object) -> None:
    assert getattr(read(asker, text), field) == value


# ---- questions of several parts


def test_a_further_clause_asks_about_the_same(asker: Asker) -> None:
    asked = read(asker, "Vad blev utfallet för hemtjänst 2025, och vad är budgeten?")
    (other,) = asked.others
    assert (asked.subject, asked.measures) == (("hemtjänst",), ("utfall",))
    assert (other.subject, other.measures, other.years) == (("hemtjänst",), ("budget",), (2025,))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (
            "Hur mycket ökar budgeten för lokalhyror mellan 2025 och 2026?",
            [(("budget",), (2025,)), (("budget",), (2026,))],
        ),
        (
            "Hur stor är skillnaden mellan utfallet 2024 och budgeten 2026 för lokalhyror?",
            [(("utfall",), (2024,)), (("budget",), (2026,))],
        ),
        ("Hur mycket ökar budgeten för lokalhyror 2026?", []),
    ],
)
def test_two_that_are_compared(
    asker: Asker, text: str, pair: list[tuple[tuple[str, ...], tuple[int, ...]]]
) -> None:
    asked = read(asker, text)
    assert [(side.measures, side.years) for side in asked.pair] == pair
    assert all("lokalhyror" in (*side.subject, *side.carried) for side in asked.pair)


def test_a_share_names_its_whole(asker: Asker) -> None:
    asked = read(asker, "Hur stor del av nettokostnaden är hemtjänst 2026?")
    assert asked.whole is not None
    assert (asked.subject, asked.whole.subject) == (("hemtjänst",), ("nettokostnaden",))
    assert asked.whole.years == (2026,)


# ---- questions that lean on the one before


@pytest.mark.parametrize(
    ("history", "text", "expected"),
    [
        ((BUDGET,), "Och för 2027?", ("figure", ("lokalhyror",), ("budget",), (2027,))),
        ((BUDGET,), "Och året innan?", ("figure", ("lokalhyror",), ("budget",), (2025,))),
        ((BUDGET,), "Och hemtjänst?", ("figure", ("hemtjänst",), ("budget",), (2026,))),
        ((BUDGET,), "Och utfallet 2024?", ("figure", ("lokalhyror",), ("utfall",), (2024,))),
        (
            (DEVIATION,),
            "Och korttidsvård?",
            ("deviation", ("korttidsvård",), ("avvikelse",), (2025,)),
        ),
        ((BUDGET, "Och hemtjänst?"), "Och 2028?", ("figure", ("hemtjänst",), ("budget",), (2028,))),
        (
            (BUDGET,),
            "Vad är prognosen för daglig verksamhet?",
            ("figure", ("daglig",), ("prognos",), ()),
        ),
    ],
)
def test_a_follow_up_takes_what_it_leaves_out(
    asker: Asker, history: tuple[str, ...], text: str, expected: tuple[object, ...]
) -> None:
    asked = read(asker, text, *history)
    assert (asked.operation, asked.subject, asked.measures, asked.years) == expected


def test_a_follow_up_in_per_cent_keeps_the_operation(asker: Asker) -> None:
    asked = read(asker, "Och i procent?", DEVIATION)
    assert (asked.operation, asked.percent, asked.subject) == ("deviation", True, ("hemtjänst",))


def test_a_new_subject_carries_the_one_before(asker: Asker) -> None:
    asked = read(asker, "Och personalkostnader?", BUDGET)
    assert (asked.subject, asked.carried) == (("personalkostnader",), ("lokalhyror",))
    assert asked.leans

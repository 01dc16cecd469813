"""A question and filters → which documents may answer, and which words are still to be found."""

from collections.abc import Sequence

import pytest

from ingest.types import Identity
from rag.answer import Filters, Question
from rag.scope import (
    Scope,
    asks_for_name,
    asks_for_number,
    asks_for_wording,
    filtered,
    understand,
)
from rag.store import StoredDocument


def stored(
    name: str,
    municipality: str,
    board: str,
    kind: str,
    years: tuple[int, ...],
    *,
    figure_years: tuple[int, ...] = (),
    aliases: tuple[str, ...] = (),
) -> StoredDocument:
    identity = Identity(name, municipality, board, kind, years, figure_years, aliases)
    return StoredDocument(name, "", ".pdf", "", "", identity, 1, 0, 0, 0, 0.0, (), ())


CARE, STEERING = "Vård- och omsorgsnämnden", "Kommunstyrelsen"
BUDGET = stored(
    "budget", "Norrvik", CARE, "budget", (2026,), figure_years=(2025, 2026), aliases=("VON",)
)
REPORT = stored("delår", "Norrvik", CARE, "delårsrapport", (2025,), aliases=("VON",))
ACCOUNTS = stored("bokslut", "Alingsås", CARE, "årsredovisning", (2024,), aliases=("VON",))
MINUTES = stored("protokoll", "Alingsås", STEERING, "protokoll", (2025,), aliases=("KS",))
TWO_WORDS = stored("plan", "Upplands Väsby", "Barnnämnden", "plan", (2025,))
ALL = (BUDGET, REPORT, ACCOUNTS, MINUTES, TWO_WORDS)


def names(documents: Sequence[StoredDocument]) -> list[str]:
    return [document.id for document in documents]


def scope_of(text: str, *history: str, filters: Filters | None = None) -> Scope:
    return understand(Question(text, history, filters or Filters()), ALL)


# ---- filters


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(), ["budget", "delår", "bokslut", "protokoll", "plan"]),
        (Filters(documents=("delår", "plan", "finns inte")), ["delår", "plan"]),
        (Filters(municipality="Norrvik"), ["budget", "delår"]),
        (Filters(municipality="norrviks kommun"), ["budget", "delår"]),
        (Filters(municipality="alingsas"), ["bokslut", "protokoll"]),
        (Filters(municipality="Alingsås kommun"), ["bokslut", "protokoll"]),
        (Filters(municipality="upplands väsby"), ["plan"]),
        (Filters(municipality="Väsby"), []),
        (Filters(board="vård och omsorgsnämnden"), ["budget", "delår", "bokslut"]),
        (Filters(board="von"), ["budget", "delår", "bokslut"]),
        (Filters(board="KS"), ["protokoll"]),
        (Filters(kind="delårsrapport"), ["delår"]),
        (Filters(kind="Delårsbokslut"), ["delår"]),
        (Filters(kind="årsbokslut"), ["bokslut"]),
        (Filters(kind="okänd"), []),
        (Filters(year=2025), ["delår", "protokoll", "plan"]),
        (Filters(year=1999), []),
        (Filters(municipality="Norrvik", board="VON", kind="budget", year=2026), ["budget"]),
        (Filters(municipality="Norrvik", year=2024), []),
    ],
)
def test_filtered(filters: Filters, left: list[str]) -> None:
    assert names(filtered(ALL, filters)) == left
    assert bool(filters) == (filters != Filters())


def test_filters_hold_whatever_the_question_names() -> None:
    scope = scope_of("Hur går det i Norrvik 2026?", filters=Filters(municipality="Alingsås"))
    assert names(scope.documents) == ["bokslut", "protokoll"]


def test_filters_that_nothing_passes_leave_nothing() -> None:
    assert scope_of("Hur går det?", filters=Filters(year=1999)).documents == ()


# ---- what a question names


@pytest.mark.parametrize(
    ("text", "left", "words"),
    [
        ("Hur går det i Norrvik med lönerna?", ["budget", "delår"], ["lönerna"]),
        ("Norrviks kommun och lönerna", ["budget", "delår"], ["lönerna"]),
        ("Vad kostar lönerna i Norrvik kommun?", ["budget", "delår"], ["lönerna"]),
        ("lönerna i alingsas", ["bokslut", "protokoll"], ["lönerna"]),
        ("Vård- och omsorgsnämndens löner", ["budget", "delår", "bokslut"], ["löner"]),
        ("VON:s löner", ["budget", "delår", "bokslut"], ["löner"]),
        ("vons löner", ["budget", "delår", "bokslut"], ["vons", "löner"]),
        ("Lönerna i KS", ["protokoll"], ["lönerna"]),
        ("Vad sa ks om löner", [*names(ALL)], ["ks", "löner"]),
        ("Lönerna 2024", ["bokslut"], ["lönerna"]),
        ("Lönerna 2025", ["budget", "delår", "protokoll", "plan"], ["lönerna"]),
        ("Lönerna i delårsrapporten", ["delår"], ["lönerna"]),
        ("Lönerna i Alingsås verksamhetsberättelse 2024", ["bokslut"], ["lönerna"]),
        ("Norrviks protokoll", ["budget", "delår"], ["protokoll"]),
        ("Lönerna i Storstad 1999", [*names(ALL)], ["lönerna", "storstad"]),
    ],
)
def test_what_a_question_names_narrows_the_documents(
    text: str, left: list[str], words: list[str]
) -> None:
    scope = scope_of(text)
    assert names(scope.documents) == left
    assert list(scope.words) == words


def test_a_municipality_of_two_words_narrows_the_documents() -> None:
    scope = scope_of("Hur går det i Upplands Väsby med lönerna?")
    assert names(scope.documents) == ["plan"]
    assert scope.words == ("lönerna",)


def test_a_board_written_without_dots_is_no_subject() -> None:
    scope = scope_of("vard- och omsorgsnamndens loner")
    assert names(scope.documents) == ["budget", "delår", "bokslut"]
    assert scope.words == ("loner",)


@pytest.mark.parametrize(
    ("text", "years", "kind", "pairs"),
    [
        ("Vad säger budgeten för 2026–2028?", (2026, 2027, 2028), "budget", ("for_2026",)),
        ("Hur gick mål 6 och 7 i årsredovisningen?", (), "årsredovisning", ("mal_6", "och_7")),
        ("Hur gick det mot budget?", (), "", ()),
        ("Vad säger delårsbokslutet mot budgeten?", (), "delårsrapport", ()),
        ("Vad hände den 2025-03-01?", (), "", ("den_2025",)),
        ("Varför ökar lönerna?", (), "", ()),
    ],
)
def test_years_kind_and_numbered_words(
    text: str, years: tuple[int, ...], kind: str, pairs: tuple[str, ...]
) -> None:
    scope = scope_of(text)
    assert (scope.years, scope.kind, scope.pairs) == (years, kind, pairs)


# ---- what a question leans on


def test_a_follow_up_takes_place_year_and_subject_from_the_question_before() -> None:
    scope = scope_of("Vad beror det på?", "Varför stiger hyrorna i Norrvik 2026?")
    assert names(scope.documents) == ["budget"]
    assert scope.words == ()
    assert scope.carried == ("stiger", "hyrorna")
    assert scope.years == (2026,)


def test_a_follow_up_that_names_a_place_goes_there() -> None:
    scope = scope_of("Och i Alingsås?", "Varför stiger hyrorna i Norrvik?")
    assert names(scope.documents) == ["bokslut", "protokoll"]
    assert scope.words == ()
    assert scope.carried[:2] == ("stiger", "hyrorna")


def test_a_follow_up_that_names_a_place_leaves_the_one_before() -> None:
    scope = scope_of("Och i Alingsås?", "Varför stiger hyrorna i Norrvik?")
    assert scope.carried == ("stiger", "hyrorna")


def test_a_follow_up_that_names_a_year_goes_there() -> None:
    scope = scope_of("Och 2024?", "Varför stiger hyrorna 2026?")
    assert names(scope.documents) == ["bokslut"]
    assert scope.years == (2024,)


def test_only_the_last_question_is_leant_on() -> None:
    scope = scope_of("Och 2026?", "Hur går det i Alingsås?", "Hur går det för lönerna i Norrvik?")
    assert names(scope.documents) == ["budget"]
    assert scope.carried == ("lönerna",)


def test_a_question_that_stands_alone_takes_no_more_than_the_place() -> None:
    scope = scope_of(
        "Vilka åtgärder föreslår förvaltningen för hemtjänsten?", "Hur går det i Norrvik 2026?"
    )
    assert names(scope.documents) == ["budget", "delår"]  # those of Norrvik
    assert scope.carried == ()
    assert scope.years == ()


def test_words_of_both_questions_are_not_carried_twice() -> None:
    scope = scope_of("Och hyrorna?", "Varför stiger hyrorna?")
    assert scope.words == ("hyrorna",)
    assert scope.carried == ("stiger",)


# ---- what kind of answer is wanted


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hur mycket kostar hemtjänsten?", True),
        ("hur många platser finns det", True),
        ("Hur manga platser?", True),
        ("Hur stor är avvikelsen?", True),
        ("Vilket belopp fick nämnden?", True),
        ("Vad blev det ekonomiska resultatet?", True),
        ("Hur hög var sjukfrånvaron?", True),
        ("Vad kostade det att bygga huset?", True),
        ("Varför ökade kostnaden med flera mnkr?", False),
        ("Vad beror ökningen på 3 mnkr på?", False),
        ("Hur kommer det sig att summan växer?", False),
        ("Vad gör nämnden åt hemtjänsten?", False),
        ("", False),
    ],
)
def test_asks_for_number(question: str, *, expected: bool) -> None:
    assert asks_for_number(question) is expected
    assert scope_of(question).number is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Var står det att kamera är frivilligt?", True),
        ("Var i budgeten nämns det?", True),
        ("Citera vad som sägs om bidrag.", True),
        ("Hur lyder meningen om hyran?", True),
        ("Hur formulerade nämnden sin begäran?", True),
        ("På vilken sida finns tabellen?", True),
        ("Finns det något skrivet om cyklar?", True),
        ("Vad står det om hemtjänsten?", True),
        ("Varför står huset tomt?", False),
        ("Hur mycket kostar det?", False),
    ],
)
def test_asks_for_wording(question: str, *, expected: bool) -> None:
    assert asks_for_wording(question) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vad heter förvaltningschefen?", True),
        ("Vad hette leverantören?", True),
        ("Vilket företag vann upphandlingen?", True),
        ("vilken leverantör valdes", True),
        ("Vad är namnet på huset?", True),
        ("Vilka företag finns?", False),
        ("Vad gör leverantören?", False),
    ],
)
def test_asks_for_name(question: str, *, expected: bool) -> None:
    assert asks_for_name(question) is expected

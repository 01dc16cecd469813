"""What is no question to the documents is refused kindly, with examples that are answered."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from rag.answer import Answer, Filters, Question
from rag.asking import LONGEST_QUESTION, Asker
from rag.gate import check
from rag.guide import examples, no_question, without_markup

EMPTY = "Frågan är tom. Skriv några ord om det du vill veta."
NUMBER = "Bara ett tal säger inte vad frågan gäller. Skriv vad talet ska vara ett svar på."
FOREIGN = "Jag svarar bara på frågor på svenska."
GREETING = "Hej! Jag svarar på frågor om det som står i nämndernas dokument."
TASK = "Jag kan bara svara på frågor om det som står i nämndernas dokument."
SHOWN = "Så här kan du till exempel fråga:"


@pytest.fixture(scope="module")
def asker(samples_index: Path) -> Iterator[Asker]:
    """Asks the samples."""
    opened = Asker(samples_index)
    yield opened
    opened.close()


def shown(answer: Answer) -> list[str]:
    """The examples that an answer shows."""
    _, _, after = answer.text.partition(f"\n{SHOWN}\n")
    return [line.removeprefix("– ") for line in after.splitlines()]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", EMPTY),
        (" \n\t", EMPTY),
        ("?!…", EMPTY),
        ("12", NUMBER),
        ("12 345,6", NUMBER),
        ("What is the budget for schools?", FOREIGN),
        ("Was ist das Budget?", FOREIGN),
        ("Quel est le budget de la commune ?", FOREIGN),
        ("Mikä on budjetti ja miten?", FOREIGN),
        ("Привет, сколько стоит школа", FOREIGN),
        ("Hej!", GREETING),
        ("hej där", GREETING),
        ("Tack så mycket!", GREETING),
        ("Vem är du?", GREETING),
        ("skriv en dikt om budgeten", TASK),
        ("Kan du översätta?", ""),
        ("Kan du översätt budgeten?", TASK),
    ],
)
def test_why_a_text_is_no_question(text: str, why: str) -> None:
    assert no_question(text) == why


@pytest.mark.parametrize(
    "text",
    [
        "budget",
        "Hur stor är budgeten?",
        "hemtjanst 2026",
        "budget for skola for 2026",
        "vad ar kostnaden for vard och for skola",
        "Vad är the budget?",
        "Vem är der Ansvarige?",
        "Hej! Vad kostar hemtjänsten?",
        "Skrivs kostnader med minus?",
    ],
)
def test_what_may_be_a_question(text: str) -> None:
    assert no_question(text) == ""


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("<b>Hur</b> mycket?", " Hur  mycket?"),
        ("<script>x()</script>ja", " ja"),
        ("<STYLE>p{}</style>ja", " ja"),
        ("<!-- x -->ja", " ja"),
        ("budget &amp; utfall", "budget & utfall"),
        ("a < b och c > d", "a < b och c > d"),
        ("FoU & IT", "FoU & IT"),
        ("Hur mycket?", "Hur mycket?"),
    ],
)
def test_markup_is_left_out(text: str, bare: str) -> None:
    assert without_markup(text) == bare


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", EMPTY),
        ("6", NUMBER),
        ("What is the budget for home care in 2026?", FOREIGN),
        ("<script>alert(1)</script>", EMPTY),
        ("<p>Hej!</p>", GREETING),
        ("Hej!", GREETING),
        ("skriv en dikt om budgeten", TASK),
        ("9" * 10_000, NUMBER),
        ("?" * 10_000, EMPTY),
    ],
)
def test_no_question_is_refused_with_three_examples(asker: Asker, text: str, why: str) -> None:
    answer = asker.ask(Question(text))
    assert (answer.status, answer.question) == ("refused", text)
    assert answer.text.splitlines()[:2] == [why, SHOWN]
    assert len(set(shown(answer))) == 3
    assert (answer.citations, answer.figures) == ((), ())
    check(answer, asker.index.store)
    told = [notice.kind for notice in answer.warnings]
    assert told == (["question_length"] if len(text) > LONGEST_QUESTION else [])


@pytest.mark.parametrize("text", ["xylofonförbundet", "hemtjänst " * 1_000, "öäå" * 4_000])
def test_what_cannot_be_answered_is_refused_and_holds(asker: Asker, text: str) -> None:
    answer = asker.ask(Question(text))
    assert answer.question == text
    assert answer.citations or len(shown(answer)) == 3
    check(answer, asker.index.store)


def test_each_example_that_is_shown_is_answered(asker: Asker) -> None:
    for example in shown(asker.ask(Question("Hej!"))):
        answer = asker.ask(Question(example))
        assert answer.status == "answered", example
        assert answer.citations


def test_examples_are_of_several_kinds_and_name_where_and_when(asker: Asker) -> None:
    found = list(islice(examples(asker.shelf.of(asker.index.documents)), 5))
    assert len({example.split()[0] for example in found}) > 2
    assert all(example.endswith(" i Norrvik?") for example in found)
    assert list(examples([])) == []


def test_an_html_question_is_answered_as_without_its_tags(asker: Asker) -> None:
    plain, marked = (
        asker.ask(Question(text))
        for text in (
            "Hur stor är budgeten för lokalhyror 2026?",
            "<p>Hur stor är budgeten för <b>lokalhyror</b> 2026?</p>",
        )
    )
    assert plain.status == "answered"
    assert (marked.text, marked.figures) == (plain.text, plain.figures)


def test_in_a_conversation_a_short_answer_is_taken_as_a_question(asker: Asker) -> None:
    answer = asker.ask(Question("2027", ("Hur stor är budgeten för lokalhyror 2026?",)))
    assert NUMBER not in answer.text


def test_filters_that_nothing_passes_come_before_examples(asker: Asker) -> None:
    answer = asker.ask(Question("Hej!", (), Filters(year=1999)))
    assert answer.text.startswith("Inget av dokumenten passar filtren")
    assert shown(answer) == []

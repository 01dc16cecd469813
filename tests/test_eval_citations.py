"""Counting answers that cite an expected page."""

from pathlib import Path

import pytest

from eval.citations import judge, print_report, run
from rag.answer import Answer, Citation
from rag.asking import Asker
from rag.question_set import BadLine, QuestionLine, read_questions

QUESTIONS = Path(__file__).parents[1] / "corpus" / "questions" / "norrvik.jsonl"


def line(**expected: object) -> QuestionLine:
    return QuestionLine.model_validate(
        {"id": "q", "question": "Varför?", "intent": "text", "expect": {"citations": [expected]}}
    )


def answer(page: int, quote: str, status: str = "answered") -> Answer:
    return Answer("Varför?", status, "", (Citation(1, "a", "", page, "", (), quote, ()),))


@pytest.mark.parametrize(
    ("given", "page", "quote"),
    [
        (answer(4, "Lokal-\nhyrorna ökar"), True, True),
        (answer(4, "Något annat"), True, False),
        (answer(5, "Lokalhyrorna ökar"), False, False),
        (answer(4, "Lokalhyrorna ökar", "refused"), False, False),
    ],
)
def test_a_citation_is_compared_with_what_is_expected(
    given: Answer, page: bool, quote: bool
) -> None:
    expected = line(document="a", pages=[3, 4], quote_contains="lokalhyrorna")
    outcome = judge(expected, given, 0)
    assert (outcome.page, outcome.quote) == (page, quote)


def test_a_set_is_run_and_reported(samples_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line for line in read_questions(QUESTIONS) if isinstance(line, QuestionLine)]
    asker = Asker(samples_index)
    outcomes = run(asker, lines)
    asker.close()
    print_report(outcomes, verbose=True)
    told = capsys.readouterr().out
    assert len(outcomes) == 24
    assert (
        f"väntad sida citerad {sum(o.page for o in outcomes if o.line.intent != 'unanswerable')}"
        in told
    )
    assert "citat som inte står på sin sida: 0 av" in told


def test_lines_that_are_no_questions_are_told_by_number(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(
        '\ufeff{"question": "Vad?"}\n\n{"question": ""}\n{trasig\n[]\n', encoding="utf-8"
    )
    first, *bad = read_questions(path)
    assert isinstance(first, QuestionLine)
    assert [entry.number for entry in bad if isinstance(entry, BadLine)] == [3, 4, 5]

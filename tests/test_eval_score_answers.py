"""Verdicts on answers: a number that was not expected is wrong, whatever else is right."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from eval.score_answers import main, run, score
from rag.answer import Answer, Citation, Notice, ToldFigure
from rag.asking import Asker
from rag.question_set import QuestionLine, read_questions

NUMBERS = Path(__file__).parent.parent / "corpus" / "questions" / "norrvik-tal.jsonl"


def told(value: str, unit: str = "tkr", role: str = "result") -> ToldFigure:
    return ToldFigure(role, Decimal(value), unit, "Hyror", "budget", "2026", "", (1,))


def answer(
    *figures: ToldFigure, status: str = "answered", text: str = "Hyror: −5 tkr. [1]"
) -> Answer:
    cited = Citation(1, "budget", "Budget", 3, "3", (), "Hyror -5", ((0, 0, 1, 1),))
    warnings = (Notice("source_conflict", "", (1,)),)
    return Answer("?", status, "Hyror: −5 tkr. [1]", (cited,), warnings, figures=figures)


def line(**expect: Any) -> QuestionLine:
    return QuestionLine(question="?", expect={"status": "answered", **expect})


FIVE = {"value": "-5", "unit": "tkr"}


@pytest.mark.parametrize(
    ("expect", "given", "verdict"),
    [
        ({"figures": [FIVE]}, answer(told("-5")), "right"),
        ({"figures": [FIVE]}, answer(told("-5000", "kr")), "right"),
        ({"figures": [FIVE]}, answer(told("-5"), told("7", role="operand")), "right"),
        ({"figures": [FIVE]}, answer(told("5")), "wrong"),
        ({"figures": [{**FIVE, "either_sign": True}]}, answer(told("5")), "right"),
        ({"figures": [{**FIVE, "tolerance": "0.5"}]}, answer(told("-5.4")), "right"),
        ({"figures": [FIVE]}, answer(told("-5"), told("-6")), "wrong"),
        ({"figures": [FIVE]}, answer(told("-5", "%")), "wrong"),
        ({"figures": [FIVE]}, answer(), "incomplete"),
        ({"figures": [FIVE]}, answer(status="refused"), "refused"),
        ({"text_any": [["hyror", "lokaler"]]}, answer(), "right"),
        ({"text_any": [["personal"]]}, answer(), "incomplete"),
        ({"citations": [{"document": "budget", "pages": [3]}]}, answer(), "right"),
        ({"citations": [{"document": "budget", "pages": [4]}]}, answer(), "incomplete"),
        ({"warning": "source_conflict"}, answer(), "right"),
        ({"warning": "grade"}, answer(), "incomplete"),
        ({"status": "refused"}, answer(status="refused"), "right"),
        ({"status": "refused"}, answer(), "answered"),
        ({"status": "refused"}, answer(told("-5")), "wrong"),
    ],
)
def test_verdict(expect: dict[str, Any], given: Answer, verdict: str) -> None:
    assert score(line(**expect), given)[0] == verdict


def test_no_number_is_wrong_over_the_samples(samples_index: Path) -> None:
    lines = [one for one in read_questions(NUMBERS) if isinstance(one, QuestionLine)]
    scored = run(Asker(samples_index), lines)
    wrong = [one.line.id for one in scored if one.verdict in ("wrong", "answered")]
    right = [one.line.id for one in scored if one.verdict == "right"]
    assert wrong == []
    assert len(right) >= 125  # of 173


def test_the_command_prints_a_table_and_says_by_its_status_whether_a_number_is_wrong(
    samples_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"question": "Lokalhyror budget 2026?", "intent": "figure",'
        ' "expect": {"status": "answered", "figures": [{"value": "1", "unit": "tkr"}]}}\n',
        "utf-8",
    )
    assert main([str(questions), "--index", str(samples_index), "--verbose"]) == 1
    out = capsys.readouterr().out
    assert "wrong" in out
    assert out.splitlines()[0].startswith("wrong")

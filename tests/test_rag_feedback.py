"""What people say of answers, as a question set that an evaluation runs."""

import threading
from pathlib import Path

import pytest

from eval.judging import judge
from rag.answer import Answer, Filters, Question
from rag.answer_json import answer_json
from rag.asking import Asker
from rag.errors import DiskError
from rag.feedback import FILE_NAME, keep, line_of
from rag.question_set import QuestionLine, read_questions

QUESTIONS = (
    "Lokalhyror budget 2026?",
    "Vilka verksamheter går sämst mot budget i prognosen 2025?",
    "Vad beror underskottet i hemtjänsten på?",
    "När ska simhallen byggas?",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_the_same_answer_meets_what_a_right_one_expects_and_never_a_wrong_one(
    samples_index: Path, text: str
) -> None:
    asker = Asker(samples_index)
    answer = asker.ask(Question(text))
    asker.close()
    told = answer_json(answer)
    right = line_of(Question(text), answer, right=True, note="")
    assert judge(right["expect"], told).verdict == "right"
    wrong = line_of(Question(text), answer, right=False, note="Fel år")
    assert judge(wrong["expect"], told).verdict != "right"
    assert "Fel år" in wrong["note"]
    assert answer.text in wrong["note"]


def test_a_line_is_read_as_it_was_asked(tmp_path: Path) -> None:
    question = Question(
        "Och “2027”?\n", ("Hyra 2026?",), Filters(("budget",), board="Nämnden", year=2027)
    )
    name = keep(tmp_path, question, Answer("", "refused", "Nej."), right=True)
    [line] = read_questions(tmp_path / FILE_NAME)
    assert isinstance(line, QuestionLine)
    assert line.id == name
    assert line.to_question() == question
    assert line.expect == {"status": "refused"}


def test_the_same_said_twice_has_one_id() -> None:
    answer = Answer("", "refused", "Nej.")
    first, second = (line_of(Question("Hyra?"), answer, right=True, note="") for _ in range(2))
    assert first == second
    other = line_of(Question("Hyra?"), answer, right=False, note="")
    assert other["id"] != first["id"]


def test_many_at_once_do_not_mix_their_lines(tmp_path: Path) -> None:
    def say(number: int) -> None:
        for turn in range(20):
            keep(
                tmp_path,
                Question(f"{number} {turn} {'x' * 500}?"),
                Answer("", "refused", "Nej."),
                right=True,
            )

    threads = [threading.Thread(target=say, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = list(read_questions(tmp_path / FILE_NAME))
    assert len(lines) == 160
    assert all(isinstance(line, QuestionLine) for line in lines)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="omdömet går inte att spara"):
        keep(tmp_path / "borta", Question("Hyra?"), Answer("", "refused", "Nej."), right=True)

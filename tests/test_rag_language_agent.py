"""A question of several steps: at most five look-ups, and nothing that a model says is believed."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.answer import Answer, Question
from rag.asking import Asker
from rag.language.agent import MOST_CALLS, has_several_steps
from rag.language.asking import WordingAsker
from rag.language.fake_server import Behaviour, Reply, fails, in_turn, says, served
from rag.language.limits import Limits
from rag.language.models import speaker

QUICK = Limits(first=2.0, idle=2.0, total=8.0)
STEPS = Question("Vilken av enheterna i rymden har högst hyra, och vad säger de om det?")
DONE = Reply(("KLART",))


def call(name: str, **arguments: Any) -> tuple[str, str]:
    return name, json.dumps(arguments)


def asked(index: Path, behaviour: Behaviour, question: Question = STEPS) -> tuple[Answer, int]:
    with served(behaviour) as server:
        told = speaker("openai:fake", QUICK, environment={"OPENAI_BASE_URL": server.url})
        asker = WordingAsker(index, "openai:fake", told)
        answer = asker.ask(question)
        asker.close()
        return answer, len(server.requests)


@pytest.fixture(scope="module")
def before(samples_index: Path) -> Answer:
    """The answer without a model: a refusal."""
    asker = Asker(samples_index)
    answer = asker.ask(STEPS)
    asker.close()
    assert answer.refused
    return answer


def test_which_questions_have_several_steps() -> None:
    assert has_several_steps(STEPS)
    assert has_several_steps(Question("Hur gick det 2024, och varför?"))
    assert not has_several_steps(Question("Hur mycket kostar lokalhyrorna och städningen 2026?"))


def test_steps_are_looked_up_and_cited(samples_index: Path, before: Answer) -> None:
    rents = call("find_figures", label="Lokalhyror", measure="plan", year=2028)
    care = call("ask", question="Vad strulade med medisinautomaterna?")
    answer, requests = asked(samples_index, in_turn(Reply(calls=(rents, care)), DONE))
    assert requests == 2
    assert answer.text.startswith(before.text)
    assert "Uppslag i flera steg:" in answer.text
    assert "−94\u00a0100\u00a0tkr" in answer.text
    assert answer.refused  # the program's refusal stands
    assert {figure.role for figure in answer.figures} <= {"context", "operand"}
    ids = [citation.id for citation in answer.citations]
    assert ids == list(range(1, len(ids) + 1))
    assert answer.wording is not None
    assert answer.wording.by == "model"


def test_the_model_is_told_no_number(samples_index: Path) -> None:
    rents = call("find_figures", label="Lokalhyror", measure="plan", year=2028)
    with served(in_turn(Reply(calls=(rents,)), DONE)) as server:
        told = speaker("openai:fake", QUICK, environment={"OPENAI_BASE_URL": server.url})
        asker = WordingAsker(samples_index, "openai:fake", told)
        asker.ask(STEPS)
        asker.close()
    results = [m["content"] for m in server.requests[1]["messages"] if m["role"] == "tool"]
    assert len(results) == 1
    assert "Lokalhyror" in results[0]
    assert not any(char.isdigit() for char in results[0])


def find(label: str) -> tuple[str, str]:
    return call("find_figures", label=label)


@pytest.mark.parametrize(
    "behaviour",
    [
        in_turn(Reply(calls=(("deviation", '{"label": '),)), DONE),
        in_turn(Reply(calls=(("deviation", "3"),)), DONE),
        in_turn(Reply(calls=(("deviation", "null"),)), DONE),
        in_turn(Reply(calls=(call("rm", path="/"),)), DONE),
        in_turn(Reply(calls=(call("deviation", label=["x"], year="nej"),)), DONE),
        in_turn(Reply(calls=(call("find_figures", label="x" * 9000, sql="DROP TABLE x"),)), DONE),
        in_turn(Reply(calls=(call("ask", question="'; DROP TABLE figures; --"),)), DONE),
        in_turn(Reply(calls=(call("ask", question="../../etc/passwd"),)), DONE),
        says('<tool_call>{"name": "ask", "arguments": {"question": "x"}}</tool_call>'),
        says("Det är 4,2 procent i Barnnämnden."),
        fails(500),
        fails(401),
        lambda _: Reply(body=b"<html>"),
    ],
)
def test_bad_calls_leave_the_program_s_answer(
    samples_index: Path, before: Answer, behaviour: Behaviour
) -> None:
    answer, requests = asked(samples_index, behaviour)
    assert answer.text.startswith(before.text)
    assert answer.status == before.status
    assert answer.figures == before.figures
    assert requests <= MOST_CALLS + 2


@pytest.mark.parametrize("same", [True, False])
def test_calls_without_end_are_cut_off(samples_index: Path, before: Answer, same: bool) -> None:
    turn = iter(range(10_000))

    def more(_: dict[str, Any]) -> Reply:
        return Reply(calls=(find("Lokalhyror" if same else f"Lokalhyror {next(turn)}"),))

    answer, requests = asked(samples_index, more)
    assert requests <= MOST_CALLS + 2
    assert answer.text.startswith(before.text)


def test_a_thousand_calls_at_once_are_five(samples_index: Path, before: Answer) -> None:
    calls = tuple(find(f"Lokalhyror {number}") for number in range(1000))
    answer, requests = asked(samples_index, in_turn(Reply(calls=calls), DONE))
    assert requests <= 2
    assert answer.text.startswith(before.text)

"""A question of several steps: at most five look-ups, and nothing that a model says is believed."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.answer import Answer, Question
from rag.asking import Asker
from rag.language.agent import MOST_CALLS
from rag.language.asking import WordingAsker
from rag.language.fake_server import Behaviour, Reply, fails, in_turn, says, served
from rag.language.limits import Limits
from rag.language.models import speaker
from rag.question.parts import has_several_steps

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
    assert has_several_steps(STEPS.text)
    assert has_several_steps("Hur gick det 2024, och varför?")
    assert not has_several_steps("Hur mycket kostar lokalhyrorna och städningen 2026?")


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


# ---- steps that answer all that was asked

WHICH = "Vilken av hemtjänst och särskilt boende avviker mest i prognosen 2025"
BOTH = Question(f"{WHICH}, och vad säger de om det?")
CARE = call("deviation", label="Hemtjänst", year=2025)
HOMES = call("deviation", label="Särskilt boende", year=2025)
WHY = call("explain", about="hemtjänst i prognosen 2025")


def planned(index: Path, *calls: tuple[str, str], said: str, question: Question = BOTH) -> Answer:
    turns = in_turn(Reply(calls=calls), DONE, Reply((said,)))
    return asked(index, turns, question)[0]


def results(answer: Answer) -> list[tuple[str, str, str]]:
    return [(str(f.value), f.unit, f.label) for f in answer.figures if f.role == "result"]


def test_steps_that_bind_every_part_are_the_answer(samples_index: Path) -> None:
    said = "Hemtjänst avviker mest från budget, {F1}."
    answer = planned(samples_index, CARE, HOMES, WHY, said=said)
    assert answer.status == "answered"
    assert results(answer) == [("-9600", "tkr", "Hemtjänst")]
    assert answer.text.startswith("Hemtjänst avviker mest från budget, −9\u00a0600\u00a0tkr. [1]")
    assert "Hemtjänsten redovisar det största underskottet" in answer.text
    assert answer.wording is not None
    assert answer.wording.by == "model"
    ids = [citation.id for citation in answer.citations]
    assert ids == list(range(1, len(ids) + 1))


@pytest.mark.parametrize(
    "said",
    [
        "Hemtjänst avviker mest från budget, 9 700 tkr.",
        "Särskilt boende avviker mest från budget, {F2}.",
        "Hemtjänst avviker minst från budget, {F1}.",
        "Det beror på konjunkturen.",
    ],
)
def test_what_the_model_gets_wrong_is_told_by_the_program(samples_index: Path, said: str) -> None:
    answer = planned(samples_index, HOMES, CARE, WHY, said=said)
    assert answer.status == "answered"
    assert results(answer) == [("-9600", "tkr", "Hemtjänst")]
    assert answer.text.startswith("Störst av dem är Hemtjänst, −9\u00a0600\u00a0tkr")
    assert answer.wording is not None
    assert answer.wording.fell_back


OLDER = call("deviation", label="Hemtjänst", year=2026)
LEVEL = call("find_figures", label="Hemtjänst", measure="prognos", year=2025)
OTHER = call("explain", about="särskilt boende i prognosen 2025")
NURSES = call("deviation", label="LSS-boende", year=2025)


@pytest.mark.parametrize(
    ("calls", "question"),
    [
        ((CARE, HOMES), BOTH),  # nothing of what they say
        ((CARE, WHY), BOTH),  # one of the two
        ((CARE, NURSES, WHY), BOTH),  # another row than was asked for
        ((OLDER, HOMES), Question(f"{WHICH}?")),
        ((LEVEL, HOMES), BOTH),  # a forecast is no deviation
        ((CARE, HOMES, OTHER), BOTH),  # what is said of the other one
        ((CARE, HOMES, WHY), Question(f"{WHICH} i procent, och vad säger de om det?")),
        ((CARE, HOMES, WHY), Question(f"{WHICH} i Skövde, och vad säger de om det?")),
        ((CARE, HOMES, WHY), Question(BOTH.text.replace("av", "av de tre", 1))),
        ((CARE, HOMES, WHY), Question(BOTH.text.replace("avviker", "avviker inte"))),
        ((CARE, HOMES, WHY), Question(BOTH.text.replace("mest", "mest på hyror"))),
        ((CARE, HOMES, WHY), Question(BOTH.text.replace("2025", "2024"))),
    ],
)
def test_a_part_that_is_not_bound_leaves_the_refusal(
    samples_index: Path, calls: tuple[tuple[str, str], ...], question: Question
) -> None:
    plain = Asker(samples_index)
    before = plain.ask(question)
    plain.close()
    answer = planned(samples_index, *calls, said="Hemtjänst, {F1}.", question=question)
    assert answer.status == before.status
    assert results(answer) == results(before)
    assert answer.refused

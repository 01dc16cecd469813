"""What the browser sends of a question → the question, and its answer. Nothing is remembered:
the same question with the same history, filters and choice gives the same answer again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.calls import question_of
from app.web.view import CallError
from app.words import say
from rag.answer import Answer, Question
from rag.asking import LONGEST_QUESTION, Asker
from rag.offers import answer_of, choices, is_answered
from rag.offers import question_of as question_about
from rag.question_set import FilterFields


class Asked(BaseModel):
    """A question as it was typed; with `choice`, the number (from 0) that was chosen of those that
    the question back offered. `history` are the earlier questions, oldest first."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST_QUESTION + 1)
    history: tuple[str, ...] = ()
    filters: FilterFields = FilterFields()
    choice: int | None = None

    def to_question(self) -> Question:
        """As the asker takes it."""
        return question_of(self.text, self.history, self.filters)


def asked_of(sent: Mapping[str, Any]) -> Asked:
    """What was sent, checked. Raises `CallError`."""
    try:
        return Asked.model_validate(dict(sent))
    except ValidationError as error:
        raise CallError(say("Frågan kom inte fram som den skulle. Ladda om sidan.")) from error


def _unseen(_: Answer) -> None:
    """Nobody sees an answer before it is ready."""


def answer(asker: Asker, asked: Asked, shown: Callable[[Answer], None] = _unseen) -> Answer:
    """The answer; of a question back, the one about the number that was chosen. `shown` gets what
    there is of it while it is worded.

    Raises `CallError` where there is no such choice any more, and `IndexFaultError`.
    """
    question = asked.to_question()
    if asked.choice is None:
        return asker.ask_aloud(question, shown)
    found = asker.ask(question)
    offered = choices(found)
    if not 0 <= asked.choice < len(offered):
        raise CallError(
            say("Det valet finns inte längre: dokumenten har ändrats. Ställ frågan igen.")
        )
    choice = offered[asked.choice]
    chosen = asker.ask(question_about(choice, found))
    if not is_answered(choice, chosen):  # its words can mean other numbers too
        chosen = answer_of(choice, found)
    return chosen

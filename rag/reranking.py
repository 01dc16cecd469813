"""The first passages of a search, put in order by a model that reads question and passage together.

Off unless a reranker is named. It costs a run of the model for each passage, so there is a limit to
how long that may take; where it is passed, or the model fails, the order stands that was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isfinite
from typing import Protocol

from rag.caches import embedded_text
from rag.errors import EmbedderError
from rag.retrieval import Judged, Passage

FIRST = 30  # passages that are judged
SECONDS = 5.0  # for the passages of one question; loading the model, once, is not counted
_AT_A_TIME = 5  # passages between two looks at the clock


class Reranker(Protocol):
    """Judges how well passages answer a question."""

    name: str

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """A score for each text, higher is better. May raise whatever its model raises."""
        ...


def load_reranker(name: str) -> Reranker:
    """The cross-encoder called `name` at the hub, or in that folder. Raises `EmbedderError`."""
    # imported where used: it brings torch along, which takes seconds
    from rag.sentence_models import CrossModel

    return CrossModel(name)


class Reranking:
    """Orders passages by the reranker that `load` gives, which is called once, when first needed.

    `seconds` are those for one question, by the clock `now`. `notice` says in Swedish why the last
    question went without; "" where it did not.
    """

    def __init__(
        self,
        load: Callable[[], Reranker],
        seconds: float = SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load, self._seconds, self._now = load, seconds, now
        self._reranker: Reranker | None = None
        self._unusable = ""
        self._left = seconds
        self.notice = ""

    def begin(self) -> None:
        """A new question: the whole time is there again."""
        self._left = self._seconds
        self.notice = ""

    def ordered(self, question: str, passages: Sequence[Passage]) -> list[Passage]:
        """All of `passages`, the first of them in the reranker's order, scores still falling.

        The scores are those that were there, given out anew: what compares them knows their scale.
        """
        head, tail = list(passages[:FIRST]), passages[FIRST:]
        reranker = self._usable() if len(head) > 1 and not self.notice else None
        scores = self._scores(reranker, question, head) if reranker else None
        if reranker is None or scores is None:
            return list(passages)
        order = sorted(range(len(head)), key=lambda place: (-scores[place], place))
        moved = [
            replace(
                head[place],
                score=head[rank].score,
                judged=Judged(reranker.name, scores[place], place + 1),
            )
            for rank, place in enumerate(order)
        ]
        return [*moved, *tail]

    def _usable(self) -> Reranker | None:
        if self._reranker is None and not self._unusable:
            try:
                self._reranker = self._load()
            except EmbedderError as error:
                self._unusable = f"omsorteringen är avstängd: {error}"
        self.notice = self._unusable
        return self._reranker

    def _scores(
        self, reranker: Reranker, question: str, passages: Sequence[Passage]
    ) -> list[float] | None:
        """A score for each passage; None where it takes too long or fails."""
        scores: list[float] = []
        started = self._now()
        try:
            for start in range(0, len(passages), _AT_A_TIME):
                part = passages[start : start + _AT_A_TIME]
                texts = [embedded_text(passage.document, passage.stored) for passage in part]
                scores.extend(map(float, reranker.score(question, texts)))
                if self._now() - started > self._left:
                    self.notice = (
                        f"omsorteringen tog mer än {self._seconds:g} sekunder och avbröts; "
                        "träffarna står i den ordning de hittades. Välj en mindre modell, ge den "
                        "mer tid med --reranker-seconds, eller ta bort --reranker"
                    )
                    return None
        except Exception as error:  # a model raises whatever its many parts raise
            self.notice = _failed(f"{type(error).__name__}: {error}")
            return None
        self._left -= self._now() - started
        if len(scores) != len(passages) or not all(map(isfinite, scores)):
            self.notice = _failed("modellen gav inte ett tal för varje stycke")
            return None
        return scores


def _failed(why: str) -> str:
    return (
        f"omsorteringen misslyckades ({why}); träffarna står i den ordning de hittades. Välj en "
        "annan modell, eller ta bort --reranker"
    )

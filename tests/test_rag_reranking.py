"""The reranker: it orders the first passages, within its time, and its failures change nothing."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tiny_models import bert_model, cross_encoder

from rag.answer import Question
from rag.asking import Asker, Hit
from rag.errors import EmbedderError
from rag.reranking import FIRST, Reranker, Reranking, load_reranker

RENTS = Question("Vad står det om hyra och lokalhyror?")


class Reversing:
    """Judges each passage better than the one before: the order is turned round."""

    name = "omvänd"

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self._best = 0

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append((question, len(texts)))
        self._best += len(texts)
        return [float(place) for place in range(self._best - len(texts), self._best)]


class Broken:
    """Fails in a way of its own."""

    name = "trasig"

    def __init__(self, scores: Sequence[float] | None = None) -> None:
        self._scores = scores

    def score(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        if self._scores is None:
            raise RuntimeError("minnet tog slut")
        return self._scores


def ticking(step: float) -> Callable[[], float]:
    """A clock on which each look takes `step` seconds."""
    ticks: Iterator[int] = iter(range(1_000_000))
    return lambda: next(ticks) * step


def found(index: Path, reranking: Reranking | None, limit: int = 10) -> tuple[list[Hit], list[str]]:
    asker = Asker(index, None, reranking)
    hits = asker.search(RENTS, limit, explain=True)
    told = [notice.message for notice in asker.notices]
    asker.close()
    return hits, told


def texts(hits: Sequence[Hit]) -> list[str]:
    return [hit.text for hit in hits]


def places(hits: Sequence[Hit]) -> list[int]:
    """The place that each hit had before it was judged; 0 where it was not."""
    return [hit.why.judged.before if hit.why and hit.why.judged else 0 for hit in hits]


def test_the_first_passages_are_put_in_the_rerankers_order(samples_index: Path) -> None:
    reranker = Reversing()
    hits, told = found(samples_index, Reranking(lambda: reranker), limit=40)
    assert places(hits) == [*range(FIRST, 0, -1), *[0] * 10]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    fused, _ = found(samples_index, None)
    assert hits[FIRST - 1].text == fused[0].text
    assert hits[0].score == fused[0].score
    assert told == []
    assert {question for question, _ in reranker.asked} == {RENTS.text}
    assert sum(count for _, count in reranker.asked) == FIRST


def test_few_hits_are_the_best_of_all_that_are_judged(samples_index: Path) -> None:
    hits, _ = found(samples_index, Reranking(Reversing), limit=3)
    assert places(hits) == [FIRST, FIRST - 1, FIRST - 2]


@pytest.mark.parametrize(
    ("reranker", "reason"),
    [
        (Broken(), "RuntimeError: minnet tog slut"),
        (Broken([1.0]), "inte ett tal för varje stycke"),
        (Broken([float("nan")] * 5), "inte ett tal för varje stycke"),
    ],
    ids=["raises", "too few", "no number"],
)
def test_a_reranker_that_fails_leaves_the_order_with_one_warning(
    samples_index: Path, reranker: Reranker, reason: str
) -> None:
    fused, _ = found(samples_index, None)
    hits, told = found(samples_index, Reranking(lambda: reranker))
    assert hits == fused
    (message,) = told
    assert reason in message
    assert "ta bort --reranker" in message


def test_a_reranker_that_takes_too_long_is_stopped(samples_index: Path) -> None:
    fused, _ = found(samples_index, None)
    reranker = Reversing()
    hits, told = found(samples_index, Reranking(lambda: reranker, 2.0, ticking(1.5)))
    assert hits == fused
    (message,) = told
    assert "mer än 2 sekunder" in message
    assert 0 < sum(count for _, count in reranker.asked) < FIRST


def test_a_reranker_that_cannot_be_loaded_is_told_and_tried_once(samples_index: Path) -> None:
    tries: list[int] = []

    def load() -> Reranker:
        tries.append(1)
        raise EmbedderError("modellen finns inte")

    asker = Asker(samples_index, None, Reranking(load))
    for _ in range(2):
        assert len(asker.search(RENTS, 5)) == 5
        assert [n.message for n in asker.notices] == [
            "omsorteringen är avstängd: modellen finns inte"
        ]
    asker.close()
    assert tries == [1]


def test_an_answer_comes_with_the_warning_once(samples_index: Path) -> None:
    asker = Asker(samples_index, None, Reranking(Broken))
    answer = asker.ask(RENTS)
    asker.close()
    assert answer.status == "answered"
    assert [notice.kind for notice in answer.warnings] == ["reranker"]


def test_the_time_is_there_again_for_the_next_question(samples_index: Path) -> None:
    asker = Asker(samples_index, None, Reranking(Reversing, 8.0, ticking(1.0)))
    for _ in range(3):
        asker.search(RENTS, 5)
        assert asker.notices == []
    asker.close()


def test_only_the_question_itself_is_judged(samples_index: Path) -> None:
    reranker = Reversing()
    asker = Asker(samples_index, None, Reranking(lambda: reranker))
    answer = asker.ask(Question("Hur mår kattungarna på månen?"))
    asker.close()
    assert answer.refused
    assert {question for question, _ in reranker.asked} <= {"Hur mår kattungarna på månen?"}


# ---- real ones


def test_a_cross_encoder_in_a_folder_orders_passages(samples_index: Path, tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "korskodare")
    reranker = load_reranker(str(folder))
    assert reranker.name.startswith("korskodare@")
    scores = reranker.score("hyra", ["hyra lokaler", "cykel", "budget " * 500])
    assert len(set(scores)) == 3
    assert scores == pytest.approx(
        [reranker.score("hyra", [text])[0] for text in ("hyra lokaler", "cykel", "budget " * 500)],
        abs=1e-5,
    )
    hits, told = found(samples_index, Reranking(lambda: reranker, 60.0), limit=FIRST)
    assert told == []
    assert sorted(places(hits)) == list(range(1, FIRST + 1))
    assert places(hits) != sorted(places(hits))


def test_a_model_that_cannot_judge_pairs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="inte gjord för att bedöma"):
        load_reranker(str(bert_model(tmp_path / "bert")))
    with pytest.raises(EmbedderError, match="ger 3 tal för varje stycke"):
        load_reranker(str(cross_encoder(tmp_path / "tre", labels=3)))


def test_a_reranker_of_other_weights_is_refused(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "korskodare")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(EmbedderError, match="inte är i safetensors-format"):
        load_reranker(str(folder))

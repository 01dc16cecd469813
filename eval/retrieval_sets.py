"""A set of questions and passages → how well words, vectors and both find the right passage.

Read are SweFAQ (JSONL: each question with candidate answers) and SQuAD in Swedish (JSON, gzipped):
each question looks for its own passage among all passages of the set.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from eval.measures import figures_of_rankings
from rag.answer import Question
from rag.embedders import DEFAULT, Embedder, canonical, load_embedder
from rag.fusion import contributions
from rag.lexical import Entry, LexicalIndex
from rag.retrieval import CANDIDATES, by_likeness, by_vectors, by_words, weights_of
from rag.scope import understand
from rag.soft_match import SoftMatcher
from rag.static_model import StaticModel
from rag.vectors import VectorIndex, VectorWriter, read_mark

MOST_QUESTIONS = 2_000  # of a larger set so many are drawn, the same each time
_SAMPLE = 5  # vectors that must find themselves
_BATCH = 256  # passages embedded at a time
_DOCUMENT = "passages"

Ranking = dict[str, list[int]]
"""For each way of searching, the passages found for a question, best first."""


class UnknownSetError(Exception):
    """A file that is no retrieval set that can be read. The message is Swedish."""


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Passages, and questions that each have one right passage (its place, from 0)."""

    name: str
    passages: tuple[str, ...]
    questions: tuple[tuple[str, int], ...]


def measure(path: Path, model: str | None) -> dict[str, Any]:
    """Search for every question of the set in `path` as an index does: by words, by the vectors
    of `model`, and by both. As JSON.

    Raises `UnknownSetError`, `OSError`, or `EmbedderError` where the model cannot be loaded.
    """
    found = read_set(path)
    embedder = load_embedder(canonical(model or DEFAULT))
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        rankings = _searched(found, embedder, Path(folder))
    right = [place for _, place in found.questions]
    return {
        "set": found.name,
        "model": embedder.name,
        "questions": len(found.questions),
        "passages": len(found.passages),
        "ways": {
            way: figures_of_rankings(right, [ranking[way] for ranking in rankings])
            for way in ("lexical", "vectors", "hybrid")
        },
    }


# ---- reading


def read_set(path: Path) -> RetrievalSet:
    """The set in a file, whichever of the two kinds it is. Raises `UnknownSetError`, `OSError`."""
    data = path.read_bytes()
    try:
        if data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        text = data.decode("utf-8-sig")
        found = _squad(json.loads(text)) if path.suffix != ".jsonl" else _swefaq(text)
    except (EOFError, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise UnknownSetError(
            f"{path} är varken SweFAQ (JSONL) eller SQuAD (JSON, även packad med gzip)"
        ) from error
    passages, questions = found
    if not questions:
        raise UnknownSetError(f"{path} innehåller inga frågor")
    if len(questions) > MOST_QUESTIONS:
        drawn = np.random.default_rng(0).permutation(len(questions))[:MOST_QUESTIONS]
        questions = [questions[place] for place in drawn]
    return RetrievalSet(path.name, tuple(passages), tuple(questions))


_Read = tuple[list[str], list[tuple[str, int]]]


def _swefaq(text: str) -> _Read:
    """Each question's right answer among the answers of all questions."""
    places: dict[str, int] = {}
    questions: list[tuple[str, int]] = []
    for line in filter(str.strip, text.split("\n")):
        row = json.loads(line)
        answers = [_text(answer) for answer in row["candidate_answers"]]
        for answer in answers:
            places.setdefault(answer, len(places))
        questions.append((_text(row["question"]), places[answers[int(row["label"])]]))
    return list(places), questions


def _squad(data: Mapping[str, Any]) -> _Read:
    """Each answerable question's paragraph among the paragraphs of all articles."""
    passages: list[str] = []
    questions: list[tuple[str, int]] = []
    for article in data["data"]:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                if not asked.get("is_impossible"):
                    questions.append((_text(asked["question"]), len(passages)))
            passages.append(_text(paragraph["context"]))
    return passages, questions


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


# ---- searching


def _searched(found: RetrievalSet, embedder: Embedder, folder: Path) -> list[Ranking]:
    tell = _progress(found.name)
    lexical = LexicalIndex(None)
    lexical.update(
        [],
        (Entry(key, _DOCUMENT, text, "") for key, text in enumerate(found.passages)),
        1,
    )
    vectors = _vectors(found.passages, embedder, folder, tell)
    try:
        return list(_ranked(found, lexical, vectors, embedder, tell))
    finally:
        vectors.close()


def _vectors(
    passages: Sequence[str], embedder: Embedder, folder: Path, tell: Callable[[str, int, int], None]
) -> VectorIndex:
    writer = VectorWriter(folder, embedder.name, anew=True)
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        keys = range(start, start + len(batch))
        made = embedder.embed(batch)
        writer.add(keys, [_DOCUMENT] * len(batch), made)
        if start == 0:
            sample, sampled = keys[:_SAMPLE], made[:_SAMPLE]
        tell("stycken", start + len(batch), len(passages))
    writer.publish(1, sample, sampled, len(passages))
    mark = read_mark(folder)
    assert mark  # just published
    return VectorIndex(folder, mark)


def _ranked(
    found: RetrievalSet,
    lexical: LexicalIndex,
    vectors: VectorIndex,
    embedder: Embedder,
    tell: Callable[[str, int, int], None],
) -> Iterator[Ranking]:
    matcher = SoftMatcher(embedder if isinstance(embedder, StaticModel) else StaticModel())
    for done, (question, _) in enumerate(found.questions, start=1):
        scope = understand(Question(question), [])
        words, doubted = by_words(lexical, scope, None, CANDIDATES)
        alone = by_vectors(vectors, embedder, scope, None, CANDIDATES)
        near = by_vectors(vectors, embedder, scope, None, CANDIDATES, doubted)
        texts = {key: found.passages[key] for key in {*words, *near}}
        soft = by_likeness(matcher, lexical, scope, texts)
        all_ = contributions(words, near, soft, weights_of(embedder), doubted)
        yield {
            "lexical": _best(words),
            "vectors": _best(alone),
            "hybrid": _best({key: sum(three) for key, three in all_.items()}),
        }
        tell("frågor", done, len(found.questions))


def _best(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda key: (-scores[key], key))


def _progress(name: str) -> Callable[[str, int, int], None]:
    """A line on standard error that is written over; at each whole per cent, or at the end."""

    def tell(what: str, done: int, of: int) -> None:
        if done == of or (sys.stderr.isatty() and done % max(1, of // 100) == 0):
            start = "\r" if sys.stderr.isatty() else ""
            end = "\n" if done == of else ""
            print(f"{start}{name}: {done} av {of} {what}", end=end, file=sys.stderr, flush=True)

    return tell

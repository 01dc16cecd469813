"""A scope → the passages that answer it best: BM25 and vectors, fused by standardised score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from rag.embedders import DEFAULT
from rag.index import IndexReader
from rag.scope import Scope
from rag.store import StoredChunk, StoredDocument
from rag.terms import grams
from rag.thesaurus import meanings

VECTOR_WEIGHT = 0.3  # measured: adding standardised scores with this weight beats fusing ranks
HASHED_WEIGHT = 0.1  # hashed terms say little that BM25 does not; at 0.3 they cost 0.01 nDCG@10
_CARRIED = 0.6  # weight of a word from the question before
_SYNONYM = 0.4  # weight of a word that means the same as one that was asked for
_PROSE_BOOST = 0.7  # for running text, where nobody asks for a number
CANDIDATES = 60  # of each index
_YEAR_BOOST = 0.5  # for documents about a year that the question names
_KIND_BOOST = 0.4  # for documents of the kind that the question names


@dataclass(frozen=True, slots=True)
class Parts:
    """What a fused score is the sum of. `lexical` and `vectors` are standardised, and weighed."""

    lexical: float = 0.0
    vectors: float = 0.0
    year: float = 0.0
    kind: float = 0.0
    prose: float = 0.0

    @property
    def total(self) -> float:
        """The fused score."""
        return self.lexical + self.vectors + (self.year + self.kind + self.prose)


@dataclass(frozen=True, slots=True)
class Judged:
    """A reranker's own score of a passage, and the place (from 1) that it had before."""

    model: str
    score: float
    before: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk with its document and its score (higher is better, about -2 to 6).

    `parts` are those of the fused score; a reranker gives the same scores out in its own order.
    """

    stored: StoredChunk
    document: StoredDocument
    score: float
    parts: Parts = Parts()
    judged: Judged | None = None

    @property
    def all_text(self) -> str:
        """Its headings, what helps to find it, and its text."""
        chunk = self.stored.chunk
        return " ".join([*chunk.section, chunk.context, chunk.text])


def retrieve(index: IndexReader, scope: Scope, limit: int) -> list[Passage]:
    """The best passages for a scope, best first. Filters hold before anything is ranked."""
    documents = {document.id: document for document in scope.documents}
    if not documents:
        return []
    names = None if len(documents) == len(index.documents) else list(documents)
    question = [*scope.words, *scope.carried]
    wanted = max(CANDIDATES, limit)
    lexical = index.lexical.search(wanted_terms(scope), names, wanted)
    near = _near(index, question, names, wanted)
    scores = contributions(lexical, near, index.embedder.name if index.embedder else "")
    passages: list[Passage] = []
    for stored in index.store.chunks(list(scores)):
        if (document := documents.get(stored.document)) is not None:
            parts = _parts(scores[stored.key], stored, document, scope)
            passages.append(Passage(stored, document, parts.total, parts))
    return sorted(passages, key=lambda p: (-p.score, p.stored.key))[:limit]


def fused(lexical: Mapping[int, float], near: Mapping[int, float], model: str) -> dict[int, float]:
    """The scores of both indexes added, each standardised first; `model` made the vectors."""
    both = contributions(lexical, near, model)
    return {key: lexical_part + vector_part for key, (lexical_part, vector_part) in both.items()}


def contributions(
    lexical: Mapping[int, float], near: Mapping[int, float], model: str
) -> dict[int, tuple[float, float]]:
    """What words and what vectors add to the fused score of each chunk."""
    words, vectors = standardised(lexical), standardised(near)
    weight = HASHED_WEIGHT if model == DEFAULT else VECTOR_WEIGHT
    # what only one of the two found counts as the other's last
    last, farthest = min(words.values(), default=0.0), min(vectors.values(), default=0.0)
    return {
        key: (words.get(key, last), weight * vectors.get(key, farthest))
        for key in {*words, *vectors}
    }


def wanted_terms(scope: Scope) -> dict[str, float]:
    """The terms to look for, each with its weight: what was asked, what it leans on, synonyms."""
    wanted: dict[str, float] = dict.fromkeys(scope.pairs, 1.0)
    asked = [(word, 1.0) for word in scope.words] + [(word, _CARRIED) for word in scope.carried]
    for word, weight in asked:
        for term in grams(word):
            wanted[term] = max(wanted.get(term, 0.0), weight)
    for word, weight in asked:
        for other in meanings(word):
            for term in grams(other):
                wanted[term] = max(wanted.get(term, 0.0), _SYNONYM * weight)
    return wanted


def _near(
    index: IndexReader, question: Sequence[str], names: Sequence[str] | None, limit: int
) -> dict[int, float]:
    vectors, embedder = index.vectors, index.embedder
    if vectors is None or embedder is None or not question:
        return {}
    try:
        asked = embedder.embed([" ".join(question)], questions=True)
        return vectors.search(asked, names, limit)
    except ValueError:
        index.drop_vectors()
        return {}


def _parts(
    both: tuple[float, float], stored: StoredChunk, document: StoredDocument, scope: Scope
) -> Parts:
    about = bool(set(scope.years) & set(document.identity.years))
    of_kind = bool(scope.kind) and scope.kind == document.identity.kind
    prose = stored.chunk.kind == "prose" and not scope.number
    return Parts(*both, _YEAR_BOOST * about, _KIND_BOOST * of_kind, _PROSE_BOOST * prose)


def standardised(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores less their mean, over their standard deviation; zeros where all are equal."""
    if not scores:
        return {}
    mean = sum(scores.values()) / len(scores)
    spread = sqrt(sum((value - mean) ** 2 for value in scores.values()) / len(scores))
    return {key: (value - mean) / spread if spread else 0.0 for key, value in scores.items()}

"""A scope → the passages that answer it best: words, vectors and likeness of words, fused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.caches import embedded_text
from rag.embedders import Embedder
from rag.fusion import NAMED_VECTORS, SHIPPED_VECTORS, Weights, contributions, doubt
from rag.index import IndexReader
from rag.lay_words import formal_groups, formal_words
from rag.lexical import LexicalIndex
from rag.scope import Scope
from rag.soft_match import SoftMatcher
from rag.static_model import StaticModel
from rag.store import StoredChunk, StoredDocument
from rag.terms import STOP_WORDS, parts, plain, stem
from rag.thesaurus import meanings
from rag.vectors import VectorIndex

_CARRIED = 0.6  # weight of a word from the question before
_SYNONYM = 0.4  # weight of a word that means the same as one that was asked for
_FORMAL = 0.8  # weight of a formal word for an everyday one, where nothing else is found
_STOP_WORD = 0.3  # weight of a word that carries no subject: it may still tell two passages apart
_STOP_LIKENESS = 0.1  # the same, where words are compared by their vectors
_SPREAD = 0.25  # power of the number of a word's terms that their weights are divided by
_PROSE_BOOST = 0.7  # for running text, where nobody asks for a number
CANDIDATES = 60  # of each index
_YEAR_BOOST = 0.9  # for documents about a year that the question names
_KIND_BOOST = 0.7  # for documents of the kind that the question names


@dataclass(frozen=True, slots=True)
class Parts:
    """What a fused score is the sum of. The first three are standardised, and weighed.

    `soft` is how well the question's words are met by words that are like them.
    """

    lexical: float = 0.0
    vectors: float = 0.0
    soft: float = 0.0
    year: float = 0.0
    kind: float = 0.0
    prose: float = 0.0

    @property
    def total(self) -> float:
        """The fused score."""
        return self.lexical + self.vectors + self.soft + (self.year + self.kind + self.prose)


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
    wanted = max(CANDIDATES, limit)
    lexical, doubted = by_words(index.lexical, scope, names, wanted)
    try:
        near = by_vectors(index.vectors, index.embedder, scope, names, wanted, doubted)
    except ValueError:
        index.drop_vectors()
        near = {}
    chunks = [
        stored
        for stored in index.store.chunks(list(dict.fromkeys([*lexical, *near])))
        if stored.document in documents
    ]
    texts = {stored.key: embedded_text(documents[stored.document], stored) for stored in chunks}
    soft = by_likeness(index.matcher, index.lexical, scope, texts)
    scores = contributions(lexical, near, soft, weights_of(index.embedder), doubted)
    passages: list[Passage] = []
    for stored in chunks:
        document = documents[stored.document]
        parts_ = _parts(scores[stored.key], stored, document, scope)
        passages.append(Passage(stored, document, parts_.total, parts_))
    return sorted(passages, key=lambda p: (-p.score, p.stored.key))[:limit]


def weights_of(embedder: Embedder | None) -> Weights:
    """What the vectors of a model weigh."""
    return SHIPPED_VECTORS if isinstance(embedder, StaticModel) else NAMED_VECTORS


def by_words(
    lexical: LexicalIndex, scope: Scope, names: Sequence[str] | None, limit: int
) -> tuple[dict[int, float], float]:
    """The best chunks by words with their scores, and how much is to be doubted of them, 0 to 1.

    Where the question's own words are hardly found, those that reports use for them count, too.
    """
    wanted = wanted_terms(scope)
    found = lexical.search(wanted, names, limit, phrases=scope.phrases)
    rarity = lexical.rarity(wanted, "parts")
    ideal = sum(weight * rarity[term] for term, weight in wanted.items())
    doubted = doubt(max(found.values(), default=0.0), ideal)
    groups = formal_groups(scope.spoken) if doubted else ()
    if groups:
        either = [[_with({}, [(one, _FORMAL * doubted)]) for one in group] for group in groups]
        found = lexical.search(wanted, names, limit, phrases=scope.phrases, either=either)
    return found, doubted


def wanted_terms(scope: Scope) -> dict[str, float]:
    """The terms to look for, each with its weight: what was asked, what it leans on, synonyms."""
    asked = [(word, 1.0) for word in scope.words] + [(word, _CARRIED) for word in scope.carried]
    means = [(other, _SYNONYM * weight) for word, weight in asked for other in meanings(word)]
    idle = [(word, _STOP_WORD) for word in scope.spoken if word in STOP_WORDS]
    return _with(dict.fromkeys(scope.pairs, 1.0), [*asked, *means, *idle])


def _with(wanted: Mapping[str, float], more: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Terms with those of more words, each by its greatest weight."""
    found = dict(wanted)
    for word, weight in more:
        terms = parts(word)
        for term in terms:
            found[term] = max(found.get(term, 0.0), weight / len(terms) ** _SPREAD)
    return found


def by_vectors(
    vectors: VectorIndex | None,
    embedder: Embedder | None,
    scope: Scope,
    names: Sequence[str] | None,
    limit: int,
    doubted: float = 0.0,
) -> dict[int, float]:
    """The chunks nearest to the question and their likeness. Raises `ValueError` on damage.

    The more is doubted, the more the formal words for the question's everyday ones count with it.
    """
    text = " ".join([*scope.spoken, *scope.carried])
    if vectors is None or embedder is None or not text or scope.phrases:
        return {}
    asked = embedder.embed([text], questions=True)
    formal = weights_of(embedder).formal * doubted
    if formal and (told := formal_words(scope.spoken)):
        asked = asked + formal * embedder.embed([" ".join(told)], questions=True)
        asked /= max(float(np.linalg.norm(asked)), 1e-9)
    return vectors.search(asked, names, limit)


def by_likeness(
    matcher: SoftMatcher | None, lexical: LexicalIndex, scope: Scope, texts: Mapping[int, str]
) -> dict[int, float]:
    """How well the question's words are met in each text, rare words before common ones."""
    asked = dict.fromkeys([*scope.spoken, *scope.carried])
    if matcher is None or not asked or not texts:
        return {}
    stems = {word: f"={stem(plain(word))}" for word in asked}
    rarity = lexical.rarity(stems.values(), "parts")
    weights = {
        word: rarity[term] * (_STOP_LIKENESS if word in STOP_WORDS else 1.0)
        for word, term in stems.items()
    }
    return matcher.scores(weights, texts)


def _parts(
    three: tuple[float, float, float], stored: StoredChunk, document: StoredDocument, scope: Scope
) -> Parts:
    about = bool(set(scope.years) & set(document.identity.years))
    of_kind = bool(scope.kind) and scope.kind == document.identity.kind
    prose = stored.chunk.kind == "prose" and not scope.number
    return Parts(*three, _YEAR_BOOST * about, _KIND_BOOST * of_kind, _PROSE_BOOST * prose)

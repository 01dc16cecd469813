"""A wording → its occurrences in all documents: candidates from both indexes, then every place.

The indexes say which chunks share terms with the wording; these and their neighbours are read word
by word. As long as the last candidates still give occurrences, more are fetched: nothing is left
out because a wording stands in many documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rag.answer import Filters
from rag.errors import BrokenIndexError
from rag.index import IndexReader
from rag.lexical import GRAMS
from rag.scope import filtered
from rag.store import StoredChunk, StoredDocument
from rag.terms import STOP_WORDS, grams, words
from rag.wording.diff import difference
from rag.wording.matching import Match, Wanted, matches
from rag.wording.passages import passage_of, runs_of
from rag.wording.timeline import history_of, source_of
from rag.wording.tokens import but_digits, tokens
from rag.wording.types import (
    EQUAL,
    EXACT,
    NEAR,
    REWORDED,
    Difference,
    History,
    Occurrence,
    Passage,
)

LONGEST = 1_500  # words of a wording; some three pages
_WINDOW = 60  # words of it that are searched for at a time
_TERMS = 150  # the rarest of a window
_FIRST = 200  # candidates of a window
_NEAR_VECTORS = 60
_LOW = 0.5  # rank of the lower half of them
_MORE = 4  # times as many candidates, where the last ones gave occurrences
_MOST = 12_800  # candidates; a phrase that stands in more places says nothing by standing in one
_CHUNK_WORDS = 100  # of a short chunk: how many neighbours a long wording needs
_SIBLINGS = 0.05
_ELSEWHERE = 0.8  # likeness of a rewording by a board that has nothing nearer


class WordingTextError(ValueError):
    """A text that cannot be looked for; `str()` of it says why, and what to do, in Swedish.

    `word` is the text where it is a single word, which a search takes; `long` is set where a
    comparison of two documents would.
    """

    def __init__(self, told: str, *, word: str = "", long: bool = False) -> None:
        super().__init__(told)
        self.word, self.long = word, long


def find_wording(index: IndexReader, text: str, filters: Filters) -> History:
    """The life of a wording in the documents that pass the filters.

    Raises `WordingTextError` where the text is empty, of one word, or longer than `LONGEST` words.
    """
    wanted = checked(text)
    with index.store.snapshot():
        index.refresh()
        documents = filtered(index.documents, filters)
        try:
            found, more = _occurrences(index, wanted, documents)
        except ValueError:  # damage in the index of words that opening it did not show
            index.drop_lexical()
            found, more = _occurrences(index, wanted, documents)
        history = history_of(wanted.text, found, documents, index.documents)
    return replace(history, phrase=wanted.phrase, more=more)


def checked(text: str) -> Wanted:
    """The wording to look for. Raises `WordingTextError`."""
    wanted = Wanted(text)
    count = len(wanted.keys)
    if not count:
        raise WordingTextError("texten är tom; klistra in en mening eller ett stycke")
    if count == 1:
        raise WordingTextError(
            f"”{wanted.text}” är bara ett ord, och det är för lite för en formulering. Klistra in "
            "minst två ord",
            word=wanted.text,
        )
    if count > LONGEST:
        raise WordingTextError(
            f"texten är på {count} ord. Klistra in ett stycke i taget (högst {LONGEST} ord)",
            long=True,
        )
    return wanted


# ---- candidates


def _occurrences(
    index: IndexReader, wanted: Wanted, documents: Sequence[StoredDocument]
) -> tuple[list[Occurrence], bool]:
    """The occurrences, and whether there may be more than were looked through."""
    if not documents:
        return [], False
    names = None if len(documents) == len(index.documents) else [d.id for d in documents]
    found: dict[str, list[Match]] = {}
    limit = _FIRST
    while True:
        ranked = _candidates(index, wanted, names, limit)
        chunks = index.store.chunks(list(ranked))
        found = _matches(index, wanted, chunks)
        more = _goes_on(found, ranked, chunks)
        if not more or limit >= _MOST:
            break
        limit *= _MORE
    return _told(index, wanted, found, {d.id: d for d in documents}), more


def _candidates(
    index: IndexReader, wanted: Wanted, names: Sequence[str] | None, limit: int
) -> dict[int, float]:
    """Keys of the chunks that may hold something of the wording, each with its best rank, 0 to 1.

    A long wording is looked for window by window: a page of text may have come to many places.
    """
    ranks: dict[int, float] = {}
    for terms in _windows(index, wanted.text):
        hits = index.lexical.search(terms, names, limit, GRAMS)
        ordered = sorted(hits, key=lambda key: -hits[key])
        for place, key in enumerate(ordered):
            ranks[key] = min(ranks.get(key, 1.0), place / limit)
    for key in _by_vectors(index, wanted, names):
        ranks.setdefault(key, 0.0)
    return ranks


def _windows(index: IndexReader, text: str) -> Iterator[dict[str, float]]:
    """The terms of a text that the index knows, the rarest of each window of it."""
    found = words(text)
    for start in range(0, len(found), _WINDOW):
        window = found[start : start + _WINDOW]
        asked = [word for word in window if word not in STOP_WORDS] or window
        terms = {term for word in asked for term in grams(word)}
        rarity = index.lexical.rarity(terms)
        rarest = sorted(terms, key=lambda term: (-rarity[term], term))
        known = [term for term in rarest if rarity[term] < index.lexical.unheard_of()]
        yield dict.fromkeys(known[:_TERMS], 1.0)


def _by_vectors(index: IndexReader, wanted: Wanted, names: Sequence[str] | None) -> list[int]:
    vectors, embedder = index.vectors, index.embedder
    if vectors is None or embedder is None or wanted.phrase:
        return []
    try:
        return list(vectors.search(embedder.embed([wanted.text]), names, _NEAR_VECTORS))
    except ValueError:
        index.drop_vectors()
        return []


def _goes_on(
    found: Mapping[str, list[Match]], ranked: Mapping[int, float], chunks: Sequence[StoredChunk]
) -> bool:
    """Whether the lower half of the candidates gave near or exact ones, so that more may come."""
    low = {(c.document, c.chunk.number) for c in chunks if ranked[c.key] > _LOW}
    return any(
        (name, match.run.blocks[match.run.block_at(match.start)].chunk) in low
        for name, of_document in found.items()
        for match in of_document
        if match.kind != REWORDED
    )


# ---- every place


def _matches(
    index: IndexReader, wanted: Wanted, candidates: Sequence[StoredChunk]
) -> dict[str, list[Match]]:
    """The matches in each document: all that are exact or near; else its best rewording."""
    by_document: dict[str, list[StoredChunk]] = defaultdict(list)
    for stored in candidates:
        by_document[stored.document].append(stored)
    found: dict[str, list[Match]] = {}
    for name, hits in by_document.items():
        here = [
            match
            for chunks in _regions(index, hits, len(wanted.keys))
            for run in runs_of(chunks)
            for match in matches(wanted, run)
        ]
        if here:
            found[name] = _best(wanted, here)
    return found


def _best(wanted: Wanted, here: Sequence[Match]) -> list[Match]:
    """A document's exact and near matches, or its best rewording.

    Of sentences that are built alike ("Lokalhyror avviker med …") only those count that come close
    to the best: the others are about something else. The same words with another number are not.
    """
    nearer = [match for match in here if match.kind != REWORDED]
    best = max(nearer or here, key=lambda match: match.score)
    words = but_digits(wanted.keys)
    return [
        match
        for match in nearer
        if match.score >= best.score - _SIBLINGS
        or but_digits(match.run.keys[match.start : match.end]) == words
    ] or [best]


def _regions(
    index: IndexReader, hits: Sequence[StoredChunk], size: int
) -> Iterator[list[StoredChunk]]:
    """The hits of a document with their neighbours, for a passage may go on in these."""
    margin = 2 + size // _CHUNK_WORDS
    numbers = sorted(stored.chunk.number for stored in hits)
    first, last = numbers[0] - margin, numbers[0] + margin
    for number in numbers[1:]:
        if number - margin > last + 1:
            yield index.store.chunks_between(hits[0].document, first, last)
            first = number - margin
        last = number + margin
    yield index.store.chunks_between(hits[0].document, first, last)


def _told(
    index: IndexReader,
    wanted: Wanted,
    found: Mapping[str, list[Match]],
    documents: Mapping[str, StoredDocument],
) -> list[Occurrence]:
    """Occurrences with their places and differences."""
    placed: list[Occurrence] = []
    homes = _homes(found, documents)
    for name, of_document in found.items():
        document = documents.get(name)
        if document is None:
            continue
        at_home = (document.identity.municipality, document.identity.board) in homes
        for match in of_document:
            if match.kind == REWORDED and not at_home and match.score < _ELSEWHERE:
                continue
            passage = passage_of(match.run, match.start, match.end, index.store.page)
            if passage is None:
                raise BrokenIndexError(f"sidor saknas i indexet för {name}; läs in dokumentet igen")
            placed.append(_occurrence(wanted, match, passage, document))
    return placed


def _homes(
    found: Mapping[str, list[Match]], documents: Mapping[str, StoredDocument]
) -> set[tuple[str, str]]:
    """The boards whose wording it is: those with the nearest matches, all that are near or exact.

    Two boards write about the same things; what the one says is no rewording of the other.
    """
    scores: dict[tuple[str, str], float] = defaultdict(float)
    for name, of_document in found.items():
        if name in documents:
            identity = documents[name].identity
            owner = identity.municipality, identity.board
            best = max(m.score + (m.kind != REWORDED) for m in of_document)
            scores[owner] = max(scores[owner], best)
    most = max(scores.values(), default=0.0)
    return {owner for owner, score in scores.items() if score > 1 or score == most}


def _occurrence(
    wanted: Wanted, match: Match, passage: Passage, document: StoredDocument
) -> Occurrence:
    kind, score = match.kind, match.score
    if kind == EXACT and _compared(wanted.text) != _compared(passage.text):
        kind, score = NEAR, 0.99  # the same words, with another comma
    same = kind == EXACT
    change = Difference(((EQUAL, passage.text),)) if same else difference(wanted.text, passage.text)
    if not same:
        score = min(score, 0.99)
    return Occurrence(source_of(document), passage, kind, round(score, 4), change)


def _compared(text: str) -> list[str]:
    """What must be the same for an exact match: words, numbers, and the marks between them."""
    found = list(tokens(text))
    words = [index for index, token in enumerate(found) if not token.mark]
    return [token.key for token in found[words[0] : words[-1] + 1]] if words else []

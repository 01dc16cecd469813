"""The lexical index: BM25 over terms, kept by tantivy in a folder. A cache of the store.

Fields: `parts` and `head` are what is ranked (`rag.terms.parts` of text and headings), `body` holds
5-grams, which say how rare a word is and find wordings, `said` the words in order, for phrases.

The only module that imports tantivy. Several processes may read it while one writes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import tantivy

from rag.terms import parts, terms, words

_MARK = "watermark.json"
_FORMAT = 9  # raised when documents are indexed differently
_HEAP = 50_000_000  # bytes of a writer
_BM25_LIMIT = 250  # terms of a question
_GROUP_LIMIT = 12  # words of which any may be meant
_TIE = 0.2  # what each of them counts that is not found best

RANKED = {"parts": 1.0, "head": 0.35}
"""Fields of a search, and what each weighs: title and headings beside the text itself."""
GRAMS = {"body": 1.0}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of a chunk: its key in the store, its document, its text and its headings."""

    key: int
    document: str
    body: str
    head: str


class LexicalIndex:
    """An index in `folder`, or in memory where that is None. Raises `ValueError` if damaged."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        with _sound(folder):
            self._index = tantivy.Index(_schema(), path=str(folder) if folder else None, reuse=True)
            self._index.config_reader("manual")
            self._index.reload()

    @staticmethod
    def clear(folder: Path) -> None:
        """Take the index away, to be built anew."""
        shutil.rmtree(folder, ignore_errors=True)

    def watermark(self) -> int:
        """Number of the store's change that the index has caught up with; 0 for a new one."""
        if self._folder is None:
            return 0
        try:
            mark = json.loads((self._folder / _MARK).read_text(encoding="utf-8"))
            return int(mark["change"]) if mark["format"] == _FORMAT else -1
        except FileNotFoundError:
            return 0
        except (OSError, ValueError, KeyError, TypeError):
            return -1

    def update(self, gone: Sequence[str], entries: Iterable[Entry], change: int) -> None:
        """Take out the documents `gone`, put in `entries`, and note change number `change`.

        Raises `ValueError` where the index is damaged.
        """
        with _sound(self._folder):
            writer = self._index.writer(heap_size=_HEAP, num_threads=1)
            for document in gone:
                writer.delete_documents_by_term("document", document)
        for entry in entries:
            row = tantivy.Document(
                key=entry.key,
                document=[entry.document],
                body=" ".join(terms(entry.body)),
                parts=" ".join(terms(entry.body, parts)),
                head=" ".join(terms(entry.head, parts)),
                said=" ".join(words(entry.body)),
            )
            with _sound(self._folder):
                writer.add_document(row)
        with _sound(self._folder):
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
        if self._folder is not None:
            mark = json.dumps({"format": _FORMAT, "change": change})
            (self._folder / _MARK).write_text(mark, encoding="utf-8")

    def count(self) -> int:
        """How many chunks it holds."""
        return int(self._index.searcher().num_docs)

    def search(
        self,
        wanted: Mapping[str, float],
        documents: Sequence[str] | None,
        limit: int,
        fields: Mapping[str, float] = RANKED,
        phrases: Sequence[str] = (),
        either: Sequence[Sequence[Mapping[str, float]]] = (),
    ) -> dict[int, float]:
        """Keys of the best chunks for weighted terms, with their BM25 score.

        Of each group in `either`, words by their weighted terms, the one that is found best counts,
        and little of the others. Only chunks of `documents` compete (None: all), and only those
        that hold each of `phrases`, its words in order. Raises `ValueError` where damaged.
        """
        if not wanted or documents == []:
            return {}
        schema, query_ = self._index.schema, tantivy.Query
        asked = dict(list(wanted.items())[:_BM25_LIMIT])
        groups = [[self._any(one, fields) for one in group[:_GROUP_LIMIT]] for group in either]
        should = [
            self._any(asked, fields),
            *(query_.disjunction_max_query(group, tie_breaker=_TIE) for group in groups),
        ]
        must = [query_.boolean_query([(tantivy.Occur.Should, one) for one in should])]
        if documents is not None:
            must.append(query_.term_set_query(schema, "document", list(documents)))
        must += [self._phrase(phrase) for phrase in phrases]
        # only the first of them ranks
        unscored = (query_.const_score_query(query, 0.0) for query in must[1:])
        query = query_.boolean_query([(tantivy.Occur.Must, q) for q in (must[0], *unscored)])
        with _sound(self._folder):
            searcher = self._index.searcher()
            hits = searcher.search(query, limit).hits
            return {searcher.doc(address)["key"][0]: score for score, address in hits}

    def _any(self, wanted: Mapping[str, float], fields: Mapping[str, float]) -> Any:
        """Chunks with any of some terms."""
        query_ = tantivy.Query
        should: list[tuple[Any, Any]] = []
        for term, weight in wanted.items():
            for field, factor in fields.items():
                one = query_.term_query(self._index.schema, field, term, index_option="freq")
                should.append((tantivy.Occur.Should, query_.boost_query(one, weight * factor)))
        return query_.boolean_query(should)

    def _phrase(self, phrase: str) -> Any:
        said: list[Any] = [*words(phrase)]
        query_ = tantivy.Query
        if len(said) == 1:
            return query_.term_query(self._index.schema, "said", said[0])
        return query_.phrase_query(self._index.schema, "said", said)

    def finds(self, entry: Entry) -> bool:
        """Whether an indexed chunk is found by its own terms; False where damaged."""
        own = dict.fromkeys(list(dict.fromkeys(terms(entry.body)))[:40], 1.0)
        try:
            return not own or entry.key in self.search(own, [entry.document], 200, GRAMS)
        except ValueError:
            return False

    def rarity(self, terms_: Iterable[str], field: str = "body") -> dict[str, float]:
        """Inverse document frequency of each term (natural logarithm, as BM25 has it)."""
        with _sound(self._folder):
            searcher = self._index.searcher()
            total = searcher.num_docs
            return {term: _idf(total, searcher.doc_freq(field, term)) for term in set(terms_)}

    def unheard_of(self) -> float:
        """The rarity of a term that stands in no chunk."""
        return _idf(self.count(), 0)


@contextmanager
def _sound(folder: Path | None) -> Iterator[None]:
    """Whatever tantivy stumbles on in a damaged index, as `ValueError`."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise ValueError(f"lexical index in {folder}: {error}") from error
    except BaseException as error:
        # a panic in Rust comes as a BaseException of pyo3's own
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise ValueError(f"lexical index in {folder}: {error}") from error


def _idf(total: int, count: int) -> float:
    # Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.4.1
    return log(1 + (total - count + 0.5) / (count + 0.5))


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", stored=True, indexed=True)
    builder.add_text_field("document", stored=False, tokenizer_name="raw", index_option="basic")
    for name, kept in (("body", "freq"), ("parts", "freq"), ("head", "freq"), ("said", "position")):
        builder.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option=kept)
    return builder.build()

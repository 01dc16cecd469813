"""How well search finds what lay words ask for: `python -m eval.score_lay_words SET --index DIR`.

SET is JSONL as in `corpus/retrieval`: questions, each with its `part` ("dev" or "test") and in
`expect.citations` the passages that answer it. They say the same, so one of them found is enough.
A passage is found where a chunk of its document holds its words; a page, where a chunk begins on
it, which is the page that search shows.

Measured are words alone, vectors alone, and the product's search. `--verbose` shows what search
missed in the half "dev" only, so that nobody improves search against the half that is held back.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from eval.expectation import fault_of
from eval.score_tables import folded
from ingest.errors import reason
from rag.asking import Asker
from rag.errors import IndexFaultError
from rag.question_set import QuestionLine
from rag.retrieval import CANDIDATES, by_vectors, by_words
from rag.scope import Scope, understand
from rag.terms import plain

PARTS = ("dev", "test")
WAYS = {"lexical": "ord", "vectors": "vektorer", "hybrid": "sökningen"}
"""The ways of searching, with their Swedish names; the last is the product's own."""
CUTOFFS = (5, 10)
LEVELS = {"passage": "stycke", "page": "sida"}


class SetFaultError(Exception):
    """A set that cannot be measured. The message is Swedish."""


@dataclass(frozen=True, slots=True)
class LayQuestion:
    """A question with the half it is in, and the passages that answer it.

    A passage is its document, its page (from 1) and words of it.
    """

    line: QuestionLine
    part: str
    passages: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a search found: the page (from 1) is the first that it stands on."""

    document: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with the place (from 1) of the first right chunk by way and level, or None."""

    question: LayQuestion
    ranks: Mapping[tuple[str, str], int | None]


def read_set(path: Path) -> list[LayQuestion]:
    """The questions of a set in order. Raises `SetFaultError`, or `OSError`."""
    try:
        texts = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise SetFaultError(f"{path}: texten är inte UTF-8") from error
    found = [
        _question(path, number, text) for number, text in enumerate(texts, start=1) if text.strip()
    ]
    if not found:
        raise SetFaultError(f"{path} innehåller inga frågor")
    return found


def _question(path: Path, number: int, text: str) -> LayQuestion:
    try:
        row = json.loads(text)
        line = QuestionLine.model_validate(row)
    except (json.JSONDecodeError, RecursionError, ValidationError) as error:
        raise SetFaultError(f"{path}, rad {number}: raden är ingen fråga") from error
    fault = fault_of(line.expect)
    sources = [] if fault else line.expect.get("citations", [])
    passages = tuple(
        (source["document"], page, source["quote_contains"])
        for source in sources
        if source.get("quote_contains")
        for page in source["pages"]
    )
    if not fault and not passages:
        fault = "fältet expect.citations behöver dokument, sidor och ord ur stycket"
    if not fault and row.get("part") not in PARTS:
        fault = f"fältet part ska vara något av {', '.join(PARTS)}"
    if fault:
        raise SetFaultError(f"{path}, rad {number}: {fault}")
    return LayQuestion(line, row["part"], passages)


# ---- searching


def measure(asker: Asker, questions: Sequence[LayQuestion]) -> list[Outcome]:
    """Search for every question in all ways. Raises `SetFaultError` where a document is lacking."""
    asker.index.refresh()
    held = {document.id for document in asker.index.documents}
    asked = {document for one in questions for document, _, _ in one.passages}
    if lacking := sorted(asked - held):
        raise SetFaultError(
            f"indexet saknar {', '.join(lacking)}; läs in dokumenten med namndkoll ingest"
        )
    return [_outcome(asker, question) for question in questions]


def _outcome(asker: Asker, question: LayQuestion) -> Outcome:
    ranks: dict[tuple[str, str], int | None] = {}
    for way, chunks in _searched(asker, question.line).items():
        ranks[way, "passage"] = _first(is_right(chunk, question) for chunk in chunks)
        pages = {(document, page) for document, page, _ in question.passages}
        ranks[way, "page"] = _first((chunk.document, chunk.page) in pages for chunk in chunks)
    return Outcome(question, ranks)


def is_right(chunk: Chunk, question: LayQuestion) -> bool:
    """Whether a chunk holds a passage that answers the question.

    Compared without case, white space and hyphens, and without the dots and rings of å, ä and ö,
    which OCR may lose.
    """
    text = plain(folded(chunk.text))
    return any(
        document == chunk.document and plain(folded(words)) in text
        for document, _, words in question.passages
    )


def _first(marks: Iterable[bool]) -> int | None:
    return next((place for place, mark in enumerate(marks, start=1) if mark), None)


def _searched(asker: Asker, line: QuestionLine) -> dict[str, list[Chunk]]:
    question = line.to_question()
    hits = asker.search(question, CANDIDATES)
    scope = understand(question, asker.index.documents)
    return {
        "lexical": list(_chunks(asker, _by_words(asker, scope))),
        "vectors": list(_chunks(asker, _by_vectors(asker, scope))),
        "hybrid": [Chunk(hit.document, hit.page, hit.text) for hit in hits],
    }


def _by_words(asker: Asker, scope: Scope) -> dict[int, float]:
    names = [document.id for document in scope.documents]
    return by_words(asker.index.lexical, scope, names, CANDIDATES)[0] if names else {}


def _by_vectors(asker: Asker, scope: Scope) -> dict[int, float]:
    names = [document.id for document in scope.documents]
    index = asker.index
    return by_vectors(index.vectors, index.embedder, scope, names, CANDIDATES) if names else {}


def _chunks(asker: Asker, scores: Mapping[int, float]) -> Iterator[Chunk]:
    keys = sorted(scores, key=lambda key: (-scores[key], key))
    for stored in asker.index.store.chunks(keys):
        yield Chunk(stored.document, stored.chunk.spans[0].page, stored.chunk.text)


# ---- telling


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """By way and level: the share of questions with a right chunk among the first, and MRR.

    MRR is the mean of 1/rank of the first right chunk, 0 where none is among `CANDIDATES`.
    """
    return {
        way: {
            level: _figures([outcome.ranks[way, level] for outcome in outcomes]) for level in LEVELS
        }
        for way in WAYS
    }


def _figures(ranks: Sequence[int | None]) -> dict[str, float]:
    of = max(1, len(ranks))
    shares = {
        f"recall@{cutoff}": sum(rank is not None and rank <= cutoff for rank in ranks) / of
        for cutoff in CUTOFFS
    }
    return {**shares, "mrr": sum(1 / rank for rank in ranks if rank) / of}


def lines_of(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The figures as a table, for each half and for both."""
    names = [*(f"recall@{cutoff}" for cutoff in CUTOFFS), "mrr"]
    for title, parts in (("dev", ["dev"]), ("test", ["test"]), ("alla", PARTS)):
        group = [outcome for outcome in outcomes if outcome.question.part in parts]
        if not group or (title == "alla" and len({one.question.part for one in group}) == 1):
            continue
        yield f"{title}, {len(group)} frågor"
        heads = [f"{told} {name}" for told in LEVELS.values() for name in names]
        yield " " * 12 + "".join(f"{head:>17}" for head in heads)
        measured = figures(group)
        for way, told in WAYS.items():
            values = [measured[way][level][name] for level in LEVELS for name in names]
            yield f"  {told:10}" + "".join(f"{value:17.3f}".replace(".", ",") for value in values)


def misses(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The questions whose passages the product's search has not among its first."""
    for outcome in outcomes:
        rank = outcome.ranks["hybrid", "passage"]
        if rank is None or rank > CUTOFFS[-1]:
            line = outcome.question.line
            yield f"{line.id}: {line.question} ({f'plats {rank}' if rank else 'finns inte med'})"
            for document, page, words in outcome.question.passages:
                yield f"    {document} s. {page}: {words}"


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eval.score_lay_words",
        description="Mät hur väl sökningen hittar det som frågas efter med vardagliga ord.",
    )
    parser.add_argument("set", metavar="FRÅGOR", type=Path, help="frågor (JSONL)")
    parser.add_argument("--index", metavar="MAPP", type=Path, required=True, help="indexets mapp")
    parser.add_argument("--part", choices=PARTS, help="bara den ena halvan")
    parser.add_argument(
        "--verbose",
        action="store_true",
        help="visa vad sökningen missar i halvan dev; i halvan test bara med --part test",
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 where the set or the index cannot be used."""
    options = _arguments(arguments)
    try:
        questions = read_set(options.set)
        asker = Asker(options.index)
    except OSError as error:
        print(f"{options.set} går inte att läsa: {reason(error)}", file=sys.stderr)
        return 2
    except (SetFaultError, IndexFaultError) as error:
        print(error, file=sys.stderr)
        return 2
    asked = [one for one in questions if options.part in (None, one.part)]
    try:
        outcomes = measure(asker, asked)
        model = asker.index.embedder.name if asker.index.embedder else "inga"
    except (SetFaultError, IndexFaultError) as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        asker.close()
    print(f"{options.set.name}; vektorer: {model}")
    for text in lines_of(outcomes):
        print(text)
    if options.verbose:
        shown = options.part or PARTS[0]
        print(f"missar bland de {CUTOFFS[-1]} första, {shown}:")
        for text in misses([one for one in outcomes if one.question.part == shown]):
            print(f"  {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

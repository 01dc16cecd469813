"""Wordings found against those planted: `python -m eval.score_wording corpus --index DIR`.

The folder holds the list `truth/wordings.json`; the index, its documents. Each passage of the list
is looked for as if somebody had pasted it. Right is: the others of the same wording are found, of
the right kind (carried over: exact; reworded: near or reworded), where they stand; a wording that
was dropped is told to be gone from the documents that no longer have it. All else among the first
ten is listed as `also`: it may be related, and has to be judged by a person.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.answer import NO_FILTERS
from rag.errors import IndexFaultError
from rag.index import IndexReader
from rag.wording.search import find_wording
from rag.wording.tokens import tokens
from rag.wording.types import EXACT, NEAR, REWORDED, History, Occurrence

GOAL = 0.95
_FIRST = 10
_COVERED = 0.5  # of a planted passage's words
_KINDS = {"carried": (EXACT,), "dropped": (EXACT,), "reworded": (NEAR, REWORDED)}


@dataclass(slots=True)
class Measure:
    """What was found. `right` and `asked` count by kind of wording; lines tell of the rest."""

    asked: dict[str, int] = field(default_factory=dict)
    right: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def count(self, kind: str, right: bool, line: str) -> None:
        """Count a planted passage, or a document that it is gone from."""
        self.asked[kind] = self.asked.get(kind, 0) + 1
        self.right[kind] = self.right.get(kind, 0) + right
        if not right:
            self.wrong.append(f"{kind}: {line}")

    def share(self, kind: str) -> float:
        """The share that was right, 0 to 1."""
        return self.right.get(kind, 0) / self.asked[kind] if self.asked.get(kind) else 1.0

    @property
    def reached(self) -> bool:
        """Whether the goal is reached for every kind."""
        return all(self.share(kind) >= GOAL for kind in self.asked)


def measure(index: IndexReader, wordings: Sequence[dict[str, Any]]) -> Measure:
    """Look for every planted passage."""
    result = Measure()
    for wording in wordings:
        for passage in wording["passages"]:
            started = time.perf_counter()
            history = find_wording(index, passage["text"], NO_FILTERS)
            result.milliseconds.append((time.perf_counter() - started) * 1000)
            _count(result, wording, passage, history)
    return result


def _count(
    result: Measure, wording: dict[str, Any], asked: dict[str, Any], history: History
) -> None:
    name = f"{wording['id']} ur {asked['document']}"
    planted = {passage["document"]: passage for passage in wording["passages"]}
    for document, passage in planted.items():
        kinds = (EXACT,) if passage is asked else _KINDS[wording["kind"]]
        found = [one for one in history.occurrences if _is(one, passage)]
        told = ", ".join(one.kind for one in found) or "inte funnen"
        right = any(one.kind in kinds for one in found)
        result.count(wording["kind"], right, f"{name}: {document}: {told}")
    gone = {one.source.document for one in history.dropped}
    for document in wording["gone"]:
        result.count("gone", document in gone, f"{name}: {document} sägs inte sakna den")
    result.also += (f"{name}: {line}" for line in _also(history, planted.values()))


def _also(history: History, planted: Any) -> Iterator[str]:
    """What else is among the first ten."""
    expected = list(planted)
    for one in history.occurrences[:_FIRST]:
        if not any(_is(one, passage) for passage in expected):
            place = f"{one.source.document} s. {one.passage.page}"
            yield f"{one.kind} {one.similarity:.2f} {place}: {one.passage.text}"


def _is(one: Occurrence, passage: dict[str, Any]) -> bool:
    """Whether an occurrence is a planted passage, or most of it."""
    pages = {part.page for part in one.passage.parts}
    if one.source.document != passage["document"] or passage["page"] not in pages:
        return False
    mine, planted = (
        {token.key for token in tokens(text) if not token.mark}
        for text in (one.passage.text, passage["text"])
    )
    return len(mine & planted) >= _COVERED * len(planted)


def print_measure(result: Measure) -> bool:
    """Print what was found; returns whether the goal is reached."""
    names = {
        "carried": "ordagrant övertagna",
        "reworded": "omformulerade",
        "dropped": "bortfallna, där de står",
        "gone": "bortfallna, där de saknas",
    }
    for kind, told in names.items():
        if kind in result.asked:
            count = f"{result.right[kind]} av {result.asked[kind]}"
            print(f"{told}: {count} ({result.share(kind):.1%})")
    for line in result.wrong:
        print(f"  fel: {line}")
    print(f"annat bland de tio första: {len(result.also)}")
    for line in result.also:
        print(f"  {line}")
    if result.milliseconds:
        ordered = sorted(result.milliseconds)
        print(f"tid: median {ordered[len(ordered) // 2]:.0f} ms, längst {ordered[-1]:.0f} ms")
    return result.reached


def main() -> int:
    """Measure the folder named on the command line; 1 where the goal is not reached."""
    parser = argparse.ArgumentParser(prog="python -m eval.score_wording")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    options = parser.parse_args()
    truth = options.folder / "truth" / "wordings.json"
    if not truth.is_file():
        print("ange en mapp med truth/wordings.json", file=sys.stderr)
        return 2
    try:
        index = IndexReader(options.index)
    except IndexFaultError as error:
        print(error, file=sys.stderr)
        return 2
    wordings = json.loads(truth.read_text(encoding="utf-8"))
    find_wording(index, wordings[0]["passages"][0]["text"], NO_FILTERS)  # warm
    return 0 if print_measure(measure(index, wordings)) else 1


if __name__ == "__main__":
    sys.exit(main())

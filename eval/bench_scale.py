"""How index and search grow: 1 000, 10 000 and 100 000 chunks of other people's text.

    python -m eval.bench_scale TEXT.jsonl.gz [--sizes N…] [--plot FILE.svg]

TEXT holds a document a line, `{"title": str, "paragraphs": [str, …]}`. Documents are written as
plain text, a hundred to a file, with a page break where a sheet of paper is full, and read in as
anybody's would be. Titles of documents are the questions.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.diagrams import growth
from rag.answer import Question
from rag.asking import Asker
from rag.caches import update_lexical, update_vectors
from rag.embedders import DEFAULT, load_embedder
from rag.index import writing
from rag.ingesting import SilentWatcher, find_files, ingest

_TOGETHER = 100  # documents in a file
_PAGE = 2_500  # characters on a sheet of paper
_QUESTIONS = 200
_ASKED = 40  # of them that are also answered: slower by far among so many figures
_SIZES = (1_000, 10_000, 100_000)


@dataclass(frozen=True, slots=True)
class Scale:
    """What was measured at one size: seconds, milliseconds (medians and 95th percentiles), MB."""

    chunks: int
    lexical_seconds: float
    vector_seconds: float
    search_median: float
    search_p95: float
    ask_p95: float
    first_ask: float
    megabytes: float

    @property
    def built(self) -> float:
        """Chunks indexed a second, words and vectors together."""
        return self.chunks / (self.lexical_seconds + self.vector_seconds)


def measure(text: Path, size: int) -> Scale:
    """Build an index of at least `size` chunks, as far as the text goes, and ask it.

    What reads and what asks are processes of their own: a server never reads.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "index"
        questions, chunks, lexical, vectors = _alone(_build, text, folder, size)
        asked: tuple[float, ...] = _alone(_ask, folder, questions)
    return Scale(chunks, lexical, vectors, *asked)


def _alone(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a function returns, run in a new process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def _build(text: Path, folder: Path, size: int) -> tuple[list[str], int, float, float]:
    """Questions, number of chunks, and seconds for the index of words and that of vectors."""
    questions = _read_in(text, folder, folder.parent, size)
    embedder = load_embedder(DEFAULT)
    with writing(folder) as writer:
        chunks = sum(document.chunks for document in writer.store.documents())
        started = time.perf_counter()
        update_lexical(writer.store, folder)
        between = time.perf_counter()
        update_vectors(writer.store, folder, embedder)
        done = time.perf_counter()
        writer.catch_up(embedder, None)
    return questions, chunks, between - started, done - between


def _ask(folder: Path, questions: Sequence[str]) -> tuple[float, ...]:
    """Milliseconds (median and p95 of a search, p95 of an answer, the first), and megabytes."""
    asker = Asker(folder)
    started = time.perf_counter()
    asker.ask(Question(questions[0]))
    first = (time.perf_counter() - started) * 1000
    searching = _times(asker, questions, ask=False)
    asking = _times(asker, questions[:: max(1, len(questions) // _ASKED)], ask=True)
    asker.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return searching[len(searching) // 2], _p95(searching), _p95(asking), first, memory


def _read_in(text: Path, folder: Path, place: Path, size: int) -> list[str]:
    """Read documents in until there are `size` chunks; returns questions."""
    titles: list[str] = []
    chunks = 0
    with writing(folder) as writer:
        for number, group in enumerate(_grouped(_documents(text))):
            if chunks >= size:
                break
            path = place / f"text-{number}.txt"
            path.write_text("\f".join(body for _, body in group), encoding="utf-8")
            reports = ingest(writer, find_files([path]), SilentWatcher())
            chunks += sum(report.chunks for report in reports)
            titles += [title for title, _ in group]
    step = max(1, len(titles) // _QUESTIONS)
    return titles[::step][:_QUESTIONS]


def _grouped(documents: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    while group := list(itertools.islice(documents, _TOGETHER)):
        yield group


def _documents(text: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(text, "rt", encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            yield data["title"], _on_paper([data["title"], *data["paragraphs"]])


def _on_paper(paragraphs: Sequence[str]) -> str:
    """Paragraphs on pages: a page break after the paragraph that fills one."""
    text, filled = "", 0
    for paragraph in paragraphs:
        text += ("\f" if filled >= _PAGE else "\n\n" if text else "") + paragraph
        filled = len(paragraph) + (filled if filled < _PAGE else 0)
    return text


def _times(asker: Asker, questions: Sequence[str], *, ask: bool) -> list[float]:
    """Milliseconds of each question, sorted."""
    taken: list[float] = []
    for text in questions:
        started = time.perf_counter()
        if ask:
            asker.ask(Question(text))
        else:
            asker.search(Question(text), 10)
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def _p95(taken: Sequence[float]) -> float:
    return taken[int(len(taken) * 0.95)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size, print a line for it, and draw the curve where a file is named."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_scale", description=__doc__)
    parser.add_argument("text", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(_SIZES))
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args(arguments)
    found: list[Scale] = []
    for size in options.sizes:
        scale = measure(options.text, size)
        found.append(scale)
        print(json.dumps({**asdict(scale), "built": scale.built}), flush=True)
    if options.plot:
        options.plot.write_text(growth([asdict(scale) for scale in found]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

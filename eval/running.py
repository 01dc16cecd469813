"""Question sets over an index → a run: every answer with its verdict, and what it was made of."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.expectation import fault_of
from eval.judging import Verdict, judge
from eval.measures import summary
from eval.provenance import provenance
from ingest.errors import UnreadableFileError
from rag.answer import Question
from rag.answer_json import answer_json
from rag.asking import Asker
from rag.question_set import BadLine, QuestionLine, read_questions
from rag.quotes import squeezed

LOOKED_AT = 20  # passages of the search, for recall and rank
Progress = Callable[[int, int], None]
"""Called after each question with how many are done, and of how many."""


class QuestionsFaultError(Exception):
    """A file of questions that cannot be read at all. The message is Swedish."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a run: what was asked, expected and answered, and the verdict.

    `found` are the places that the search gave for it, best first: "document#page" for each page
    of a passage. `milliseconds` is the time of the answer alone.
    """

    line: QuestionLine
    answer: dict[str, Any]
    verdict: Verdict
    found: tuple[str, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """A run of question sets. `made_of` is what it depends on, `summary` what came of it."""

    made_of: dict[str, Any]
    summary: dict[str, Any]
    items: tuple[Item, ...]
    pages: Mapping[str, str] = field(default_factory=dict)
    """The texts of the cited pages by "document#page", white space squeezed."""
    bad_lines: tuple[tuple[str, BadLine], ...] = ()
    reading: Mapping[str, Any] = field(default_factory=dict)
    """How exactly documents with a known truth are read (see `eval.reading_truth`); or nothing."""


def read_sets(paths: Sequence[Path]) -> tuple[list[QuestionLine], list[tuple[str, BadLine]]]:
    """The questions of all files in order, and the lines that are none, with their file's name.

    A question without an id gets its file's name and place. One that has the id of another is bad,
    since answers are told apart by it; so is one whose expectation cannot be read. Raises
    `QuestionsFaultError` or `OSError`.
    """
    lines: dict[str, QuestionLine] = {}
    bad: list[tuple[str, BadLine]] = []
    for path in paths:
        for number, line in enumerate(_read(path), start=1):
            if isinstance(line, BadLine):
                bad.append((path.name, line))
                continue
            name = line.id or f"{path.stem}-{number}"
            fault = f"id ”{name}” finns redan på en fråga" if name in lines else ""
            if fault := fault or fault_of(line.expect):
                bad.append((path.name, BadLine(number, fault)))
            else:
                lines[name] = line.model_copy(update={"id": name})
    return list(lines.values()), bad


def _read(path: Path) -> list[QuestionLine | BadLine]:
    try:
        return list(read_questions(path))
    except UnicodeDecodeError as error:
        raise QuestionsFaultError(f"{path}: texten är inte UTF-8") from error
    except UnreadableFileError as error:
        raise QuestionsFaultError(f"{path}: {error}") from error


def run(asker: Asker, paths: Sequence[Path], progress: Progress | None = None) -> Run:
    """Ask every question of the sets, once each, and judge the answers."""
    lines, bad = read_sets(paths)
    asked: list[tuple[QuestionLine, dict[str, Any], tuple[str, ...], float]] = []
    for line in lines:
        asked.append(_ask(asker, line))
        if progress is not None:
            progress(len(asked), len(lines))
    pages = dict(_cited_pages(asker, [answer for _, answer, _, _ in asked]))
    items = tuple(
        Item(line, answer, judge(line.expect, answer, pages), found, milliseconds)
        for line, answer, found, milliseconds in asked
    )
    with asker.index.store.snapshot():
        asker.index.refresh()
        made_of = provenance(asker.index, paths)
    figures = summary(items)
    if "wording" in figures:
        made_of["settings"]["language_model"] = figures["wording"]["model"]
    return Run(made_of, figures, items, pages, tuple(bad))


def _ask(
    asker: Asker, line: QuestionLine
) -> tuple[QuestionLine, dict[str, Any], tuple[str, ...], float]:
    question = line.to_question()
    started = time.perf_counter()
    answer = answer_json(asker.ask(question))
    milliseconds = (time.perf_counter() - started) * 1000
    found = tuple(_found(asker, question)) if line.expect.get("citations") else ()
    return line, answer, found, round(milliseconds, 1)


def _cited_pages(asker: Asker, answers: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The texts of the cited pages; of a quote that is not on its page, all of its document's."""
    store = asker.index.store
    quotes: dict[tuple[str, int], list[str]] = {}
    for answer in answers:
        for one in answer["citations"]:
            quotes.setdefault((one["document"], one["page"]), []).append(squeezed(one["quote"]))
    count = {document.id: document.pages for document in asker.index.documents}
    wanted: set[tuple[str, int]] = set(quotes)
    for (document, number), held in quotes.items():
        page = store.page(document, number)
        text = squeezed(page.text) if page else ""
        if any(quote not in text for quote in held):
            wanted |= {(document, other) for other in range(1, count.get(document, 0) + 1)}
    for document, number in sorted(wanted):
        page = store.page(document, number)
        yield f"{document}#{number}", squeezed(page.text) if page else ""


def _found(asker: Asker, question: Question) -> Iterator[str]:
    seen: set[str] = set()
    for hit in asker.search(question, LOOKED_AT):
        place = f"{hit.document}#{hit.page}"
        if place not in seen:
            seen.add(place)
            yield place

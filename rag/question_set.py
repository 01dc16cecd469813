"""A question set (JSONL, CSV, Excel) → questions; a line that is none is told and passed over."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.answer import Filters, Question
from rag.table_file import SUFFIXES

INTENTS = {
    "figure": "tal",
    "computation": "uträkning",
    "ranking": "rangordning",
    "trend": "utveckling",
    "goal": "mål",
    "risk": "risk",
    "text": "förklaring",
    "wording": "ordalydelse",
    "conflict": "motsägelse",
    "unanswerable": "obesvarbar",
}
"""What a question may be after, with its Swedish name."""


class FilterFields(BaseModel):
    """Which documents may answer, as a question set writes it: `document` is one id or several,
    the others are as the documents have them, `year` is one that a document is about."""

    model_config = ConfigDict(extra="forbid")

    document: str | tuple[str, ...] = ()
    municipality: str = ""
    board: str = ""
    kind: str = ""
    year: int | None = None

    def to_filters(self) -> Filters:
        """As the asker takes them."""
        documents = (self.document,) if isinstance(self.document, str) else self.document
        documents = tuple(unicodedata.normalize("NFC", name) for name in documents)
        return Filters(documents, self.municipality, self.board, self.kind, self.year)


class QuestionLine(BaseModel):
    """One line of a question set. `expect` is what a right answer holds; only eval reads it."""

    model_config = ConfigDict(extra="ignore")

    id: str = ""
    question: str = Field(min_length=1)
    history: tuple[str, ...] = ()
    filters: FilterFields = FilterFields()
    intent: str = ""
    audience: str = ""
    expect: dict[str, Any] = Field(default_factory=dict)
    note: str = ""

    def to_question(self) -> Question:
        """As the asker takes it."""
        return Question(self.question, self.history, self.filters.to_filters())


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line (number from 1) that is no question, and why."""

    number: int
    reason: str


def read_questions(path: Path) -> Iterator[QuestionLine | BadLine]:
    """The questions of a set in order; empty lines are passed over.

    A table (CSV, Excel) is read by its Swedish headings. Raises `OSError`, `UnicodeDecodeError`
    where JSONL is not UTF-8, or `UnreadableFileError` where a table is none.
    """
    if path.suffix.lower() in SUFFIXES:
        # here, since a table's rows become the questions of this module
        from rag.question_table import read_table

        yield from read_table(path)
        return
    # utf-8-sig: a set saved by a Windows editor begins with a mark
    # and only a line feed ends a line: other separators may stand inside a question
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield QuestionLine.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            yield BadLine(number, f"raden är ingen giltig JSON ({error.msg})")
        except RecursionError:
            yield BadLine(number, "raden är för djupt nästlad")
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            yield BadLine(number, f"fältet {where or 'question'} saknas eller är fel")
        except ValueError:  # a number of thousands of digits
            yield BadLine(number, "raden har ett tal som är för långt")

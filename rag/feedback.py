"""What people say of answers → a question set, which `namndkoll eval run` reads like any other.

An answer that is right becomes what is expected of it from now on. One that is wrong is kept with
what was told, what the person says is wrong, and an expectation that nothing meets until somebody
has written what is right: its number is counted as wrong, and any other answer as incomplete.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from ingest.errors import reason
from rag.answer import Answer, Filters, Question
from rag.errors import DiskError

FILE_NAME = "feedback.jsonl"
_LONGEST_NOTE = 2_000
_TO_BE_WRITTEN = "(facit saknas: skriv vad som ska stå i svaret)"


def keep(folder: Path, question: Question, answer: Answer, *, right: bool, note: str = "") -> str:
    """Put an answer that is right or wrong at the end of the set in `folder`; its id there.

    Raises `DiskError` where it cannot be written.
    """
    line = line_of(question, answer, right=right, note=note)
    data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
    try:
        # one write at the end: two people at once do not mix their lines
        file = os.open(folder / FILE_NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            os.write(file, data)
        finally:
            os.close(file)
    except OSError as error:
        raise DiskError(f"omdömet går inte att spara i {folder}: {reason(error)}") from error
    return str(line["id"])


def line_of(question: Question, answer: Answer, *, right: bool, note: str) -> dict[str, Any]:
    """A line of a question set. The same question with the same answer has the same id."""
    filters = _filters(question.filters)
    told = [question.text, question.history, filters, answer.text, right, note]
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:10]
    said = (
        "Rätt enligt den som frågade."
        if right
        else f"Fel enligt den som frågade: {note[:_LONGEST_NOTE] or '–'}"
    )
    line: dict[str, Any] = {
        "id": f"{'rätt' if right else 'fel'}-{digest}",
        "question": question.text,
        "history": list(question.history),
        "filters": filters,
        "expect": _expected(answer) if right else _unmet(),
        "note": said if right else f"{said} Svaret var: {answer.text}",
    }
    return {name: value for name, value in line.items() if value}


def _filters(filters: Filters) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "document": filters.documents[0] if len(filters.documents) == 1 else filters.documents,
        "municipality": filters.municipality,
        "board": filters.board,
        "kind": filters.kind,
        "year": filters.year,
    }
    return {name: value for name, value in fields.items() if value}


def _unmet() -> dict[str, Any]:
    return {"status": "answered", "text_any": [[_TO_BE_WRITTEN]]}


def _expected(answer: Answer) -> dict[str, Any]:
    if answer.refused:
        return {"status": "refused"}
    figures = [
        {"value": f"{figure.value:f}", "unit": figure.unit, "label": figure.label}
        for figure in answer.figures
        if figure.role == "result"
    ]
    places = dict.fromkeys((one.document, one.page) for one in answer.citations)
    kinds = [warning.kind for warning in answer.warnings if warning.kind == "source_conflict"]
    expect: dict[str, Any] = {
        "status": "answered",
        "figures": [{name: value for name, value in one.items() if value} for one in figures],
        "citations": [{"document": name, "pages": [page]} for name, page in places],
        "warning": kinds[0] if kinds else "",
    }
    return {name: value for name, value in expect.items() if value}

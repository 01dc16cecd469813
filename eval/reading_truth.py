"""Documents with a known truth → how exactly they are read: cells of tables, contradictions found.

The folder holds PDFs in `samples/`, the truth of their tables in `truth/tables/` (see
`eval.score_tables`), and in `truth/` what contradicts (see `eval.score_audit`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval import score_audit, score_tables
from ingest.document import parse


class TruthFaultError(Exception):
    """A folder that holds no truth that can be read. The message is Swedish."""


def measure_reading(folder: Path) -> dict[str, Any]:
    """Figures as JSON: of `tables`, cells of numbers and of text right and in all, and whole
    tables; of `audit`, contradictions planted and found, false alarms, and ids missed.

    Raises `TruthFaultError`.
    """
    truth = folder / "truth"
    try:
        tables = {
            path.stem: json.loads(path.read_text("utf-8"))
            for path in sorted((truth / "tables").glob("*.json"))
        }
        lists = [
            json.loads((truth / f"{name}.json").read_text("utf-8"))
            for name in ("contradictions", "explained")
        ]
    except (OSError, ValueError) as error:
        raise TruthFaultError(f"{folder} håller inget facit som går att läsa: {error}") from error
    documents = [parse(path) for path in sorted((folder / "samples").glob("*.pdf"))]
    if not documents:
        raise TruthFaultError(f"{folder / 'samples'} håller inga PDF-filer")
    scores = [
        score_tables.score(one, document.tables)
        for document in documents
        for one in tables.get(document.id, [])
    ]
    audit = score_audit.measure(documents, *lists)
    return {
        "documents": len(documents),
        "tables": {
            "numeric_right": sum(score.numeric[0] for score in scores),
            "numeric": sum(score.numeric[1] for score in scores),
            "text_right": sum(score.text[0] for score in scores),
            "text": sum(score.text[1] for score in scores),
            "whole": sum(score.whole for score in scores),
            "tables": len(scores),
        },
        "audit": {
            "planted": audit["planted"],
            "found": len(audit["found"]),
            "missed": audit["missed"],
            "false_alarms": [*audit["false_alarms"], *audit["explained"]],
        },
    }

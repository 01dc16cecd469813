"""A run ↔ its folder: `run.json` (what it was made of, what came of it), `answers.jsonl`, and
`pages.json` (the texts of the cited pages, that quotes are held against)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval.judging import judge
from eval.measures import summary
from eval.running import Item, Run
from ingest.errors import reason
from rag.question_set import QuestionLine

_VERSION = 1  # of what is written
# what damage to the files comes as: no JSON, a field that is not there, a number that is none
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


class RunFaultError(Exception):
    """A folder that holds no run that can be read. The message is Swedish."""


def save(run: Run, folder: Path) -> None:
    """Write a run; what stood in the folder under the same names is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(_item(item), ensure_ascii=False) for item in run.items]
    (folder / "answers.jsonl").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    pages = json.dumps(dict(run.pages), ensure_ascii=False, indent=0)
    (folder / "pages.json").write_text(f"{pages}\n", "utf-8")
    text = json.dumps(as_json(run), ensure_ascii=False, indent=1)
    (folder / "run.json").write_text(f"{text}\n", "utf-8")


def as_json(run: Run) -> dict[str, Any]:
    """A run without its answers."""
    bad = [{"file": file, "line": one.number, "reason": one.reason} for file, one in run.bad_lines]
    return {
        "version": _VERSION,
        "made_of": run.made_of,
        "summary": run.summary,
        "reading": dict(run.reading),
        "bad_lines": bad,
    }


def load(folder: Path) -> Run:
    """Read a run again; verdicts and figures are those of its answers, worked out anew.

    So a changed answer in a stored run is judged as what it is. Raises `RunFaultError`.
    """
    try:
        meta = json.loads((folder / "run.json").read_text("utf-8"))
        # only a line feed ends a line: other separators may stand inside a text
        lines = (folder / "answers.jsonl").read_text("utf-8").split("\n")
        pages = json.loads((folder / "pages.json").read_text("utf-8"))
        items = tuple(_read_item(json.loads(line), pages) for line in lines if line.strip())
        reading = meta.get("reading", {})
        return Run(meta["made_of"], summary(items), items, pages, reading=reading)
    except _UNREADABLE as error:
        why = reason(error) if isinstance(error, OSError) else f"filerna är skadade ({error})"
        raise RunFaultError(f"{folder} håller ingen körning som går att läsa: {why}") from error


def _item(item: Item) -> dict[str, Any]:
    return {
        "question": item.line.model_dump(mode="json", exclude_defaults=True),
        "verdict": item.verdict.verdict,
        "reasons": [asdict(reason) for reason in item.verdict.reasons],
        "answer": item.answer,
        "found": list(item.found),
        "milliseconds": item.milliseconds,
    }


def _read_item(stored: dict[str, Any], pages: dict[str, str]) -> Item:
    line = QuestionLine.model_validate(stored["question"])
    verdict = judge(line.expect, stored["answer"], pages)
    found = tuple(stored["found"])
    return Item(line, stored["answer"], verdict, found, float(stored["milliseconds"]))

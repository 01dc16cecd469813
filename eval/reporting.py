"""A run → a page for people: `report.html` and `report.md`, with the pictures they show.

The page asks nothing of the network. The only module that imports Jinja.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.diagrams import time_histogram, verdict_bars
from eval.judging import NAMES, VERDICTS, place, said
from eval.measures import CUTOFF
from eval.page_pictures import PagePictures
from eval.running import Item, Run
from rag.question_set import INTENTS

COLOURS = {
    "right": "#1a7346",
    "uncited": "#3b7282",
    "incomplete": "#806000",
    "refused": "#5b6675",
    "answered": "#a4480c",
    "misquoted": "#7a3b8f",
    "wrong": "#b3261e",
}
"""Of each verdict; white letters can be read on all of them."""
_TEMPLATES = Path(__file__).with_name("templates")
_DIAGRAMS = {"verdicts": "omdomen.svg", "times": "svarstider.svg"}
_MOST_PICTURES = 4  # of one answer, and of one expectation
_MARKUP = re.compile(r"([\\`*_\[\]|#])")


def write_report(run: Run, folder: Path, index: Path) -> list[Path]:
    """Write the report of a run into its folder; returns the two files.

    Pages are drawn from the files in `index`; where one cannot be, the report says why. Raises
    `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures = PagePictures(index, folder, run.made_of["documents"])
    try:
        shown = _shown(run, pictures)
    finally:
        pictures.close()
    for name, file in _DIAGRAMS.items():
        if shown["diagrams"][name]:
            (folder / file).write_text(shown["diagrams"][name], "utf-8")
    written: list[Path] = []
    for name in ("report.html", "report.md"):
        path = folder / name
        path.write_text(_environment(name).get_template(f"{name}.jinja").render(shown), "utf-8")
        written.append(path)
    return written


def _environment(name: str) -> Environment:
    """Jinja for one of the templates; in HTML everything is escaped that is not said to be HTML."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"share": share, "between": between, "number": figure, "plain": plain}
    return environment


def share(value: float | None) -> str:
    """A share in per cent."""
    return "–" if value is None else f"{value * 100:.0f}\u00a0%"


def between(shares: Sequence[float]) -> str:
    """An interval of shares in per cent."""
    low, high = (round(value * 100) for value in shares)
    return f"{low}–{high}\u00a0%"


def figure(value: float | None, decimals: int = 3) -> str:
    """A measured number with so many decimals."""
    return "–" if value is None else f"{value:.{decimals}f}".replace(".", ",")


def plain(text: str) -> str:
    """A text as one line of Markdown that means nothing but itself."""
    return html.escape(_MARKUP.sub(r"\\\1", " ".join(text.split())), quote=False)


def _shown(run: Run, pictures: PagePictures) -> dict[str, Any]:
    """All that the templates show."""
    summary = run.summary
    intents = {INTENTS.get(key, key): counts for key, counts in summary["intents"].items()}
    worst_first = sorted(
        (item for item in run.items if item.verdict.verdict != "right"),
        key=lambda item: -VERDICTS.index(item.verdict.verdict),
    )
    return {
        "made_of": run.made_of,
        "summary": summary,
        "reading": run.reading,
        "groups": {**intents, "alla": summary["verdicts"]},
        "verdicts": [name for name in VERDICTS if summary["verdicts"][name]] or ["right"],
        "names": NAMES,
        "colours": COLOURS,
        "cutoff": CUTOFF,
        "diagrams": _diagrams(run),
        "diagram_files": _DIAGRAMS,
        "failed": [_failed(item, pictures) for item in worst_first],
        "bad_lines": [
            {"file": file, "line": one.number, "reason": one.reason} for file, one in run.bad_lines
        ],
    }


def _diagrams(run: Run) -> dict[str, str]:
    times = run.summary["milliseconds"]
    if not run.items:
        return dict.fromkeys(_DIAGRAMS, "")
    named = [(name, NAMES[name], COLOURS[name]) for name in VERDICTS]
    present = [one for one in named if run.summary["verdicts"][one[0]]]
    intents = {INTENTS.get(key, key): counts for key, counts in run.summary["intents"].items()}
    durations = [item.milliseconds for item in run.items]
    return {
        "verdicts": verdict_bars(intents, present),
        "times": time_histogram(durations, times["p50"], times["p95"]),
    }


def _failed(item: Item, pictures: PagePictures) -> dict[str, Any]:
    """A question that is not right, as the report shows it."""
    cited = pictures.cited(item.answer["citations"])
    places = {(one["document"], one["page"]) for one in item.answer["citations"]}
    missed = [
        one
        for one in item.line.expect.get("citations", [])
        if not any((one["document"], page) in places for page in one["pages"]) and one["pages"]
    ]
    answer = item.answer["answer"]
    results = [one for one in item.answer["figures"] if one["role"] == "result"]
    return {
        "id": item.line.id,
        "question": item.line.question,
        "history": item.line.history,
        "intent": INTENTS.get(item.line.intent, item.line.intent),
        "note": item.line.note,
        "verdict": item.verdict.verdict,
        "reasons": [
            (one.expected, "svaret ovan" if one.found == answer else one.found)
            for one in item.verdict.reasons
        ],
        "expected": list(_expected(item.line.expect)),
        "answer": answer.split("\n"),
        "results": [said(one) for one in results],
        "milliseconds": item.milliseconds,
        "cited": cited[:_MOST_PICTURES],
        "more": max(0, len(cited) - _MOST_PICTURES),
        "missed": pictures.expected(missed[:_MOST_PICTURES]),
    }


def _expected(expect: Mapping[str, Any]) -> Sequence[str]:
    """What a question expects, a line each, in Swedish."""
    if expect.get("status") == "refused":
        return ["Inget svar: dokumenten säger det inte."]
    lines = [said(one) for one in expect.get("figures", [])]
    lines += [
        "Orden " + " eller ".join(f"”{words}”" for words in group)
        for group in expect.get("text_any", [])
    ]
    for one in expect.get("citations", []):
        lines.append(f"Källa: {place(one)}")
    if expect.get("warning"):
        lines.append(f"Varningen {expect['warning']}")
    return lines or ["Ett svar."]

"""A question set → how many answers are right, refused or wrong. `python -m eval.score_answers -h`.

A number told as the result that is not among the expected ones is wrong, whatever else the answer
holds; so is any result where the documents do not say. An answer that lacks something expected is
incomplete.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.checks.arithmetic import in_unit, is_money
from rag.answer import Answer, ToldFigure
from rag.asking import Asker
from rag.errors import IndexFaultError
from rag.question_set import BadLine, QuestionLine, read_questions

VERDICTS = ("right", "incomplete", "refused", "answered", "wrong")
"""From best to worst; "answered" is a quote where the documents do not hold the answer."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One question with its verdict and, where it is not right, what is lacking or too much."""

    line: QuestionLine
    verdict: str
    reason: str
    seconds: float


def score(line: QuestionLine, answer: Answer) -> tuple[str, str]:
    """The verdict on an answer, and why."""
    results = [figure for figure in answer.figures if figure.role == "result"]
    expected: list[dict[str, Any]] = line.expect.get("figures", [])
    if line.expect.get("status") == "refused":
        if answer.refused:
            return "right", ""
        return ("wrong" if results else "answered"), answer.text[:120]
    loose = [figure for figure in results if not any(_same(one, figure) for one in expected)]
    if loose:
        return "wrong", ", ".join(f"{figure.value} {figure.unit}" for figure in loose)
    if answer.refused:
        return "refused", answer.text[:120]
    lacking = _lacking(line.expect, answer, results)
    return ("incomplete", "; ".join(lacking)) if lacking else ("right", "")


def _lacking(expect: dict[str, Any], answer: Answer, results: Sequence[ToldFigure]) -> list[str]:
    lacking = [
        f"talet {one['value']}"
        for one in expect.get("figures", [])
        if not any(_same(one, figure) for figure in results)
    ]
    text = _bare(answer.text)
    for group in expect.get("text_any", []):
        if not any(_bare(words) in text for words in group):
            lacking.append(f"”{group[0]}”")
    for one in expect.get("citations", []):
        if not any(_cites(one, citation) for citation in answer.citations):
            lacking.append(f"källan s. {one['pages']}")
    kinds = {warning.kind for warning in answer.warnings}
    if expect.get("warning") and expect["warning"] not in kinds:
        lacking.append(f"varningen {expect['warning']}")
    return lacking


def _same(expected: dict[str, Any], told: ToldFigure) -> bool:
    """Whether a result is an expected figure: money may come in another unit of money."""
    value, wanted = told.value, Decimal(expected["value"])
    if told.unit != expected.get("unit", told.unit):
        if not (is_money(told.unit) and is_money(expected["unit"])):
            return False
        value = in_unit(value, told.unit, expected["unit"])
    if expected.get("either_sign"):
        value, wanted = abs(value), abs(wanted)
    return abs(value - wanted) <= Decimal(expected.get("tolerance", "0"))


def _cites(expected: dict[str, Any], citation: Any) -> bool:
    held = _bare(expected.get("quote_contains") or "")
    placed = citation.document == expected["document"] and citation.page in expected["pages"]
    return placed and held in _bare(citation.quote)


def _bare(text: str) -> str:
    """Without case, white space and hyphens."""
    return re.sub(r"[\s\-\u00ad–−]+", "", text).casefold()


def run(asker: Asker, lines: Sequence[QuestionLine]) -> list[Scored]:
    """Ask all questions in order and score the answers."""
    scored: list[Scored] = []
    for line in lines:
        started = time.perf_counter()
        answer = asker.ask(line.to_question())
        seconds = time.perf_counter() - started
        scored.append(Scored(line, *score(line, answer), seconds))
    return scored


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a question set and print what came of it; status 1 where a number is wrong."""
    parser = argparse.ArgumentParser(prog="python -m eval.score_answers")
    parser.add_argument("questions", type=Path, help="frågor, en JSON per rad")
    parser.add_argument("--index", type=Path, default=Path(".namndkoll"))
    parser.add_argument("--verbose", action="store_true", help="visa varje fråga som inte är rätt")
    options = parser.parse_args(arguments)
    try:
        read = list(read_questions(options.questions))
        asker = Asker(options.index)
    except (OSError, UnicodeDecodeError, IndexFaultError) as error:
        print(f"det gick inte att läsa: {error}", file=sys.stderr)
        return 1
    for bad in (one for one in read if isinstance(one, BadLine)):
        print(f"rad {bad.number} hoppas över: {bad.reason}", file=sys.stderr)
    scored = run(asker, [line for line in read if isinstance(line, QuestionLine)])
    _print(scored, verbose=options.verbose)
    return 1 if any(one.verdict in ("wrong", "answered") for one in scored) else 0


def _print(scored: Sequence[Scored], *, verbose: bool) -> None:
    if verbose:
        for one in scored:
            if one.verdict != "right":
                print(f"{one.verdict:<10} {one.line.id}: {one.line.question}\n    {one.reason}")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in scored:
        counts[one.line.intent or "(utan)"][one.verdict] += 1
    counts["alla"] = sum(counts.values(), Counter())
    print(f"{'':<14}" + "".join(f"{verdict:>12}" for verdict in VERDICTS))
    for intent, counted in counts.items():
        print(f"{intent:<14}" + "".join(f"{counted[verdict]:>12}" for verdict in VERDICTS))
    times = sorted(one.seconds * 1000 for one in scored)
    if times:
        median, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"svarstid: median {median:.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    sys.exit(main())

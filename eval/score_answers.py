"""A question set → how many answers are right, refused or wrong. `python -m eval.score_answers -h`.

The quick way to a table in the terminal: nothing is stored. `eval.judging` says what is right.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.judging import judge
from rag.answer import Answer
from rag.answer_json import answer_json
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
    """The verdict on an answer, and why: that of `eval.judging`, in coarser words."""
    verdict = judge(line.expect, answer_json(answer))
    name = "incomplete" if verdict.verdict == "uncited" else verdict.verdict
    return name, "; ".join(f"{why.expected}: {why.found[:120]}" for why in verdict.reasons)


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

"""A question set → how many answers cite an expected page. `python -m eval.citations --help`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import judging
from rag.answer import Answer
from rag.answer_json import answer_json
from rag.asking import Asker
from rag.errors import IndexFaultError
from rag.gate import GateError, check_citation
from rag.question_set import BadLine, QuestionLine, read_questions

CITED_INTENTS = ("text", "wording")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question and what became of it.

    `page` says that each expected document is cited on an expected page; `quote` that such a
    citation also holds the expected words; `false_quotes` counts quotes not found on their page.
    """

    line: QuestionLine
    answer: Answer
    page: bool
    quote: bool
    false_quotes: int


def judge(line: QuestionLine, answer: Answer, false_quotes: int) -> Outcome:
    """Compare an answer with what its question expects."""
    answered = answer.status == "answered"
    verdict = judging.judge(line.expect, answer_json(answer))
    page, quote = answered and all(verdict.cited), answered and all(verdict.quoted)
    return Outcome(line, answer, page, quote, false_quotes)


def run(asker: Asker, lines: Iterable[QuestionLine]) -> list[Outcome]:
    """Ask every question of a set."""
    outcomes: list[Outcome] = []
    for line in lines:
        answer = asker.ask(line.to_question())
        false_quotes = 0
        for citation in answer.citations:
            try:
                check_citation(citation, asker.index.store)
            except GateError:
                false_quotes += 1
        outcomes.append(judge(line, answer, false_quotes))
    return outcomes


def print_report(outcomes: Sequence[Outcome], *, verbose: bool) -> None:
    """Counts by intent, quotes that are not on their page, and the questions that missed."""
    cited = [o for o in outcomes if o.line.intent in CITED_INTENTS]
    print(f"{'avsikt':14}{'frågor':>7}{'svar':>6}{'avstår':>8}")
    intents = Counter(outcome.line.intent for outcome in outcomes)
    for intent, count in sorted(intents.items()):
        answered = sum(o.line.intent == intent and not o.answer.refused for o in outcomes)
        print(f"{intent:14}{count:7}{answered:6}{count - answered:8}")
    print(f"text och wording: väntad sida citerad {sum(o.page for o in cited)} av {len(cited)}, ")
    print(f"  med väntade ord i citatet {sum(o.quote for o in cited)} av {len(cited)}")
    quotes = sum(len(o.answer.citations) for o in outcomes)
    wrong = sum(o.false_quotes for o in outcomes)
    print(f"citat som inte står på sin sida: {wrong} av {quotes}")
    times = sorted(o.answer.milliseconds for o in outcomes)
    if times:
        print(f"tid: median {times[len(times) // 2]} ms, p95 {times[int(len(times) * 0.95)]} ms")
    for outcome in cited if verbose else ():
        if not outcome.quote:
            places = [(c.document, c.page) for c in outcome.answer.citations]
            print(
                f"{outcome.line.id}: {outcome.line.question}\n    {outcome.answer.status} {places}"
            )


def main() -> int:
    """Run the set named on the command line over an index; 1 if a quote is not on its page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path, default=Path(".namndkoll"))
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    try:
        lines = list(read_questions(options.questions))
        asker = Asker(options.index)
    except (OSError, UnicodeDecodeError, IndexFaultError) as error:
        print(error, file=sys.stderr)
        return 1
    for line in lines:
        if isinstance(line, BadLine):
            print(f"rad {line.number}: {line.reason}", file=sys.stderr)
    questions = [line for line in lines if isinstance(line, QuestionLine)]
    outcomes = run(asker, questions)
    print_report(outcomes, verbose=options.verbose)
    return 1 if any(outcome.false_quotes for outcome in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())

"""`namndkoll eval` and its parts: started by name, since `app` imports nothing of this."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from eval.comparing import DifferentRunsError, compare
from eval.judging import NAMES, VERDICTS
from eval.reading_truth import TruthFaultError, measure_reading
from eval.retrieval_sets import UnknownSetError, measure
from eval.running import QuestionsFaultError, Run, run
from eval.stored_run import RunFaultError, as_json, load, save
from eval.thresholds import LimitsFaultError, limits_of, unmet
from ingest.errors import reason
from rag.errors import IndexFaultError
from rag.language.asking import open_asker
from rag.question_set import INTENTS

DONE, NOT_ALL = 0, 1
_TOLD = (
    *(DifferentRunsError, IndexFaultError, LimitsFaultError, QuestionsFaultError, RunFaultError),
    *(TruthFaultError, UnknownSetError),
)
"""What says by itself, in Swedish, what is wrong."""


def perform(options: argparse.Namespace) -> int:
    """Do what the command line asks for; returns the exit status."""
    work = {"run": _run, "compare": _compare, "report": _report, "retrieval": _retrieval}
    try:
        return work[options.eval_command](options)
    except _TOLD as error:
        print(f"namndkoll: {error}", file=sys.stderr)
    except OSError as error:
        print(f"namndkoll: {error.filename or ''}: {reason(error)}", file=sys.stderr)
    return NOT_ALL


def _run(options: argparse.Namespace) -> int:
    if options.thresholds:
        limits_of(options.thresholds)  # a fault there is told before anything is asked
    reading = measure_reading(options.truth) if options.truth else {}
    asker = open_asker(options.index, llm=not options.no_llm)
    done = run(asker, options.files, _progress if sys.stderr.isatty() else None)
    done = replace(done, reading=reading)
    for file, bad in done.bad_lines:
        print(f"{file} rad {bad.number} hoppas över: {bad.reason}", file=sys.stderr)
    if not done.items:
        print("namndkoll: det finns inga frågor att ställa", file=sys.stderr)
        return NOT_ALL
    folder = options.out or Path("körningar") / datetime.now().strftime("%Y-%m-%d-%H%M%S")
    save(done, folder)
    missed = unmet(done.summary, options.thresholds, reading)
    if options.json:
        print(json.dumps({**as_json(done), "unmet": missed}, ensure_ascii=False))
    else:
        print_summary(done, verbose=options.verbose)
        print(f"\nSparad i {folder}. Rapport: {_written(done, folder, options.index)[0]}")
        for text in missed:
            print(f"Under gränsen: {text}")
    return NOT_ALL if missed or done.bad_lines else DONE


def _progress(done: int, of: int) -> None:
    print(f"\r{done} av {of} frågor", end="" if done < of else "\n", file=sys.stderr)


def print_summary(done: Run, *, verbose: bool) -> None:
    """The figures of a run in the terminal, and each question that is not right if `verbose`."""
    worst = ("wrong", "misquoted", "answered")  # told always: a wrong number is worst of all
    if verbose or any(item.verdict.verdict in worst for item in done.items):
        for item in done.items:
            if item.verdict.verdict in worst or (verbose and item.verdict.verdict != "right"):
                print(f"{NAMES[item.verdict.verdict]}: {item.line.id} {item.line.question}")
                for why in item.verdict.reasons:
                    print(f"    väntat: {why.expected}\n    fick: {why.found[:200]}")
    _print_verdicts(done.summary)
    sources, search = done.summary["sources"], done.summary["search"]
    times, none = done.summary["milliseconds"], done.summary["unanswerable"]
    print(f"Obesvarbara frågor: {none['refused']} av {none['questions']} avstås.")
    print(
        f"Källor: {_share(sources['page_recall'])} av de väntade sidorna citeras, "
        f"{_share(sources['page_precision'])} av citaten står på en väntad sida."
    )
    print(f"Sökning: {', '.join(f'{name} {_number(value)}' for name, value in search.items())}.")
    print(f"Svarstid: median {_number(times['p50'])} ms, p95 {_number(times['p95'])} ms.")
    if done.summary.get("wording"):
        print(said_of_wording(done.summary["wording"]))
    if done.reading:
        print(said_of_reading(done.reading))


def said_of_wording(wording: Mapping[str, Any]) -> str:
    """How a language model's words came through, in one line of Swedish."""
    return (
        f"Språkmodell {wording['model']}: {wording['by_model']} av {wording['asked']} svar i dess "
        f"ord, {_share(wording['fallback_share'])} föll tillbaka på programmets; "
        f"{wording['removed']} av dess meningar togs bort."
    )


def said_of_reading(reading: Mapping[str, Any]) -> str:
    """How exactly documents with a known truth are read, in one line of Swedish for each part."""
    cells, audit = reading["tables"], reading["audit"]
    return (
        f"Tabeller: {cells['numeric_right']} av {cells['numeric']} talceller och "
        f"{cells['text_right']} av {cells['text']} textceller rätt, {cells['whole']} av "
        f"{cells['tables']} tabeller hela.\n"
        f"Granskning: {audit['found']} av {audit['planted']} motsägelser hittade, "
        f"{len(audit['false_alarms'])} falska larm."
    )


def _print_verdicts(summary: Mapping[str, Any]) -> None:
    shown = [name for name in VERDICTS if summary["verdicts"][name] or name in ("right", "wrong")]
    intents = [(INTENTS.get(key, key), counts) for key, counts in summary["intents"].items()]
    groups = [*intents, ("alla", summary["verdicts"])]
    width = max(len(NAMES[name]) for name in shown)
    print(f"{'':<{width}}" + "".join(f"{intent:>14}" for intent, _ in groups))
    for name in shown:
        print(f"{NAMES[name]:<{width}}" + "".join(f"{counts[name]:>14}" for _, counts in groups))
    low, high = summary["verdicts"]["right_interval"]
    print(f"Rätt: {_share(low)} till {_share(high)} med 95 procents säkerhet.")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.0f} %"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3g}".replace(".", ",")


def _compare(options: argparse.Namespace) -> int:
    before, after = (load(folder) for folder in options.folders)
    found = compare(before, after, anyway=options.anyway)
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        _print_comparison(found)
    return NOT_ALL if found["became_wrong"] else DONE


def _print_comparison(found: Mapping[str, Any]) -> None:
    for key, heading in (
        ("became_wrong", "Blev fel"),
        ("became_right", "Blev rätt"),
        ("other_changes", "Ändrades på annat sätt"),
    ):
        print(f"{heading}: {len(found[key])}")
        for one in found[key]:
            print(f"  {one['id']} {one['question']}")
            print(f"    {NAMES[one['from']]} → {NAMES[one['to']]}: {_first(one['after'])}")
    print(f"Samma omdöme men andra ord: {found['answers_reworded']}")
    for side, name in (("before", "före"), ("after", "efter")):
        counts, times = found[side]["verdicts"], found[side]["milliseconds"]
        print(
            f"{name:<6} rätt {counts['right']} av {counts['questions']}, "
            f"fel tal {counts['wrong']}, median {_number(times['p50'])} ms"
        )
        if found[side]["reading"]:
            print(said_of_reading(found[side]["reading"]))


def _first(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= 120 else f"{line[:119]}…"


def _report(options: argparse.Namespace) -> int:
    for path in _written(load(options.folder), options.folder, options.index):
        print(path)
    return DONE


def _written(done: Run, folder: Path, index: Path) -> list[Path]:
    from eval.reporting import write_report  # matplotlib takes a second to import

    return write_report(done, folder, index)


def _retrieval(options: argparse.Namespace) -> int:
    figures = [measure(path, options.model) for path in options.files]
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return DONE
    for one in figures:
        print(f"{one['set']}: {one['questions']} frågor, {one['passages']} stycken")
        for way, values in one["ways"].items():
            said = ", ".join(f"{name} {_number(value)}" for name, value in values.items())
            print(f"  {way:<12} {said}")
    return DONE

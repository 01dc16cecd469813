"""Each command of the command line: options in, work done, exit status out."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from app.aloud import ask_aloud
from app.as_json import hit_json, report_json, table_json
from app.take_along import can_save, save_answers
from app.terminal import (
    print_answer,
    print_documents,
    print_passages,
    print_tables,
    tell,
)
from ingest.errors import UnreadableFileError, reason
from rag.answer import Answer, Filters, Question
from rag.answer_json import answer_json
from rag.asking import Asker
from rag.errors import IndexFaultError
from rag.index import IndexReader, writing
from rag.language.asking import open_asker
from rag.question_set import BadLine, read_questions
from rag.report import report_of
from rag.reranking import Reranking, load_reranker
from rag.scope import filtered

DONE, NOT_ALL, USAGE = 0, 1, 2


def run(options: argparse.Namespace) -> int:
    """Run the command that was chosen; faults of the index become a message and status 1."""
    if options.version:
        print(f"namndkoll {_version()}")
        return DONE
    commands = {
        "ingest": _ingest,
        "documents": _documents,
        "remove": _remove,
        "ask": _ask,
        "chat": _chat,
        "search": _search,
        "wording": _wording,
        "tables": _tables,
        "figures": _figures,
        "audit": _audit,
        "deviations": _overview,
        "goals": _overview,
        "risks": _overview,
        "serve": _serve,
        "mcp": _mcp,
        "eval": _eval,
    }
    if options.command is None:
        tell("säg vad som ska göras; se: namndkoll --help")
        return USAGE
    try:
        return commands[options.command](options)
    except IndexFaultError as error:
        tell(str(error))
        return NOT_ALL


def _version() -> str:
    try:
        return version("namndkoll")
    except PackageNotFoundError:
        return "(inte installerad)"


def index_folder(options: argparse.Namespace) -> Path:
    """The index: as given, else as the environment says, else here."""
    return Path(options.index or os.environ.get("NAMNDKOLL_INDEX") or ".namndkoll")


def asker_of(options: argparse.Namespace) -> Asker:
    """What answers: over the index, with the models that are chosen here or in the environment."""
    name = options.reranker or os.environ.get("NAMNDKOLL_RERANKER")
    seconds = options.reranker_seconds
    reranking = Reranking(partial(load_reranker, name), seconds) if name else None
    return open_asker(index_folder(options), reranking, llm=not getattr(options, "no_llm", True))


def _filters(options: argparse.Namespace) -> Filters:
    return Filters(
        tuple(options.document), options.municipality, options.board, options.kind, options.year
    )


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def _ingest(options: argparse.Namespace) -> int:
    # rich and the readers of Word files are for this command alone
    from app.ingest_command import ingest_paths, show_page

    folder = index_folder(options)
    if options.show:
        return show_page(folder, options.show, options.page, options.out, as_json=options.json)
    model = options.model or os.environ.get("NAMNDKOLL_MODEL")
    # all vectors are made anew only for whoever asks for just that
    rebuild = not options.paths and (bool(options.model) or model is None)
    return ingest_paths(folder, options.paths, model, rebuild=rebuild, as_json=options.json)


def _documents(options: argparse.Namespace) -> int:
    reader = IndexReader(index_folder(options))
    documents = filtered(reader.store.documents(), _filters(options))
    if options.json:
        _print_json([report_json(report_of(document, "unchanged")) for document in documents])
    elif not documents and _filters(options):
        print("Inget dokument passar filtren. Visa alla med: namndkoll documents")
    else:
        print_documents(documents)
    return DONE


def _remove(options: argparse.Namespace) -> int:
    folder = index_folder(options)
    IndexReader(folder).close()  # says so where there is no index, rather than make one
    with writing(folder) as writer:
        model = writer.choose_embedder(None)  # one that cannot be loaded is told before anything
        known = {document.id: document for document in writer.store.documents()}
        wanted = [name for name in dict.fromkeys(options.ids) if name in known]
        unknown = [name for name in options.ids if name not in known]
        for name in unknown:
            tell(_unknown(name, known))
        if wanted and not options.yes and sys.stdin.isatty() and not _agreed(wanted):
            tell("inget togs ut")
            return NOT_ALL
        for name in wanted:
            writer.store.remove(name)
        writer.catch_up(model, None)
    if options.json:
        _print_json([report_json(report_of(known[name], "unchanged")) for name in wanted])
    for name in wanted:
        tell(f"{name} är uttaget ur indexet (filen ligger kvar: {known[name].path})")
    return NOT_ALL if unknown else DONE


def _agreed(names: Sequence[str]) -> bool:
    # the question goes to standard error: standard output is for data
    print(f"Ta ut {', '.join(names)} ur indexet? [j/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in ("j", "ja")


def _ask(options: argparse.Namespace) -> int:
    if bool(options.question) == bool(options.questions):
        tell("skriv antingen en fråga eller --questions FIL")
        return USAGE
    status = can_save(options)
    if status != DONE:
        return status
    asker = asker_of(options)
    if options.question:
        return _one(asker, options)
    return _whole_set(asker, options)


def _one(asker: Asker, options: argparse.Namespace) -> int:
    question = Question(options.question, (), _filters(options))
    if options.json:
        answer = asker.ask(question)
        _print_json(answer_json(answer))
    else:
        answer = _told(asker, question)
    return save_answers(asker, [answer], options, pack=False)


def _told(asker: Asker, question: Question) -> Answer:
    """An answer, printed; as it comes where a person reads along."""
    if sys.stdout.isatty():
        return ask_aloud(asker, question)
    answer = asker.ask(question)
    print_answer(answer)
    return answer


def _whole_set(asker: Asker, options: argparse.Namespace) -> int:
    status, answers = DONE, list[Answer]()
    own = _filters(options)
    try:
        lines = list(read_questions(options.questions))
    except (OSError, UnicodeDecodeError, UnreadableFileError) as error:
        tell(f"{options.questions} går inte att läsa: {_reason(error)}")
        return NOT_ALL
    if not lines:
        tell(f"{options.questions} innehåller inga frågor")
        return NOT_ALL
    for line in lines:
        if isinstance(line, BadLine):
            tell(f"{options.questions}, rad {line.number}: {line.reason}")
            status = NOT_ALL
            continue
        question = line.to_question()
        answer = asker.ask(replace(question, filters=_merged(question.filters, own)))
        answers.append(answer)
        if options.json:
            _print_json(answer_json(answer))
        else:
            print(f"— {line.question}")
            print_answer(answer)
            print()
    return max(status, save_answers(asker, answers, options, pack=True))


def _merged(of_line: Filters, own: Filters) -> Filters:
    """A line's filters, with those in their place that are set on the command line."""
    return Filters(
        own.documents or of_line.documents,
        own.municipality or of_line.municipality,
        own.board or of_line.board,
        own.kind or of_line.kind,
        of_line.year if own.year is None else own.year,
    )


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "texten är inte UTF-8"
    return reason(error) if isinstance(error, OSError) else str(error)


def _chat(options: argparse.Namespace) -> int:
    asker = asker_of(options)
    history: list[str] = []
    tell("Ställ en fråga. ”ny” börjar om, ”sluta” avslutar.")
    for text in _lines():
        if text.casefold() in ("sluta", "avsluta", "quit", "exit"):
            break
        if text.casefold() == "ny":
            history.clear()
            tell("Nytt samtal.")
            continue
        _told(asker, Question(text, tuple(history), _filters(options)))
        print()
        history.append(text)
    return DONE


def _lines() -> Iterator[str]:
    while True:
        try:
            text = input("Fråga: " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        except UnicodeDecodeError:
            tell("texten är inte UTF-8; skriv den igen")
            continue
        if text:
            yield text


def _search(options: argparse.Namespace) -> int:
    asker = asker_of(options)
    question = Question(options.query, (), _filters(options))
    passages = asker.search(question, options.limit, explain=options.explain)
    if options.json:
        _print_json([hit_json(hit) for hit in passages])
    else:
        print_passages(passages)
    sys.stdout.flush()
    for notice in asker.notices:
        tell(f"Obs: {notice.message}")
    return DONE


def _tables(options: argparse.Namespace) -> int:
    reader = IndexReader(index_folder(options))
    known = {document.id for document in reader.store.documents()}
    if options.id not in known:
        tell(_unknown(options.id, known))
        return NOT_ALL
    tables = reader.store.tables(options.id)
    if options.table:
        tables = [table for table in tables if table.id == options.table]
        if not tables:
            tell(f"{options.id} har ingen tabell {options.table}; visa alla utan --table")
            return NOT_ALL
    if options.json:
        _print_json([table_json(table) for table in tables])
    elif tables:
        print_tables(tables)
    else:
        print(f"{options.id} har inga tabeller.")
    return DONE


def _figures(options: argparse.Namespace) -> int:
    from app.figures_command import list_figures

    return list_figures(index_folder(options), _filters(options), options)


def _wording(options: argparse.Namespace) -> int:
    from app.wording_command import wording

    return wording(index_folder(options), _filters(options), options)


def _audit(options: argparse.Namespace) -> int:
    from app.audit_command import list_findings

    filters, whole = _filters(options), options.all
    return list_findings(index_folder(options), filters, whole=whole, as_json=options.json)


def _overview(options: argparse.Namespace) -> int:
    from app.overview_commands import list_deviations, list_forecasts, list_goals, list_risks

    folder, filters, as_json = index_folder(options), _filters(options), options.json
    if options.command == "goals":
        return list_goals(folder, filters, as_json=as_json)
    if options.command == "risks":
        return list_risks(folder, filters, as_json=as_json)
    if options.forecasts:
        return list_forecasts(folder, filters, as_json=as_json)
    return list_deviations(folder, filters, whole=options.all, as_json=as_json)


def _unknown(name: str, known: Iterable[str]) -> str:
    """That there is no such document, and what may have been meant."""
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"; menade du {near[0]}?" if near else "; se: namndkoll documents"
    return f"inget dokument heter {name}{hint}"


def _serve(options: argparse.Namespace) -> int:
    from app.web.application import serve

    return serve(asker_of(options), options.host, options.port, options.allow_host)


def _mcp(options: argparse.Namespace) -> int:
    from app.mcp_server import serve_stdio

    return serve_stdio(asker_of(options))


def _eval(options: argparse.Namespace) -> int:
    options.index = index_folder(options)
    # by name: measuring is a program beside this one, and neither imports the other
    status: int = import_module("eval.commands").perform(options)
    return status

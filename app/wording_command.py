"""`namndkoll wording`: a text's wordings over the years, or what changed between two documents."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from app.terminal import tell
from app.wording_json import comparison_json, history_json
from app.wording_view import print_comparison, print_history, told_of
from ingest.errors import reason
from rag.answer import Filters
from rag.index import IndexReader
from rag.store import StoredDocument
from rag.wording.between import compare
from rag.wording.search import WordingTextError, find_wording

DONE, NOT_ALL, USAGE = 0, 1, 2


def wording(folder: Path, filters: Filters, options: argparse.Namespace) -> int:
    """Tell the life of a text, or compare two documents; returns the exit status."""
    given = [bool(options.text), options.file is not None, options.between is not None]
    if sum(given) != 1:
        tell("ange en av: en text (- läser standard in), --file FIL, eller --between ID ID")
        return USAGE
    if options.between:
        return _between(folder, options.between, as_json=options.json)
    try:
        text = _text(options)
    except UnicodeDecodeError:
        tell("texten är inte UTF-8; spara den som UTF-8 och försök igen")
        return NOT_ALL
    except OSError as error:
        tell(f"{options.file} går inte att läsa: {reason(error)}")
        return NOT_ALL
    try:
        history = find_wording(index := IndexReader(folder), text, filters)
    except WordingTextError as error:
        tell(f"{error}{_instead(error)}")
        return NOT_ALL
    if options.json:
        print(json.dumps(history_json(history), ensure_ascii=False))
        for line in told_of(history):
            tell(line)
    else:
        print_history(history)
    for notice in index.notices:
        tell(f"Obs: {notice}")
    return DONE


def _instead(error: WordingTextError) -> str:
    if error.word:
        return f", eller sök ordet med: namndkoll search {error.word}"
    if error.long:
        return ", eller jämför två hela dokument med: namndkoll wording --between ID ID"
    return ""


def _text(options: argparse.Namespace) -> str:
    if options.file is not None:
        return str(options.file.read_text(encoding="utf-8-sig"))
    if options.text != "-":
        return str(options.text)
    return sys.stdin.buffer.read().decode("utf-8-sig")


def _between(folder: Path, names: list[str], *, as_json: bool) -> int:
    index = IndexReader(folder)
    known = {document.id: document for document in index.store.documents()}
    unknown = [name for name in names if name not in known]
    for name in unknown:
        tell(_unknown(name, known))
    if unknown:
        return NOT_ALL
    if names[0] == names[1]:
        tell("ange två olika dokument")
        return USAGE
    comparison = compare(index, known[names[0]], known[names[1]])
    if as_json:
        print(json.dumps(comparison_json(comparison), ensure_ascii=False))
    else:
        print_comparison(comparison)
    return DONE


def _unknown(name: str, known: Mapping[str, StoredDocument]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"; menade du {near[0]}?" if near else "; se: namndkoll documents"
    return f"inget dokument heter {name}{hint}"

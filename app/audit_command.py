"""`namndkoll audit`: where documents disagree with themselves or each other."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from app.as_json import finding_json
from app.swedish import FINDINGS
from ingest.types import Finding
from rag.answer import Filters
from rag.audit import Audit, audit, findings
from rag.index import IndexReader

_WIDTH = 96


def list_findings(folder: Path, filters: Filters, *, whole: bool, as_json: bool) -> int:
    """Tell what is found (with `whole`, what rounding explains too); returns the exit status."""
    store = IndexReader(folder).store
    if as_json:
        listed = [finding_json(f) for f in findings(store, filters, include_rounding=whole)]
        print(json.dumps(listed, ensure_ascii=False))
        return 0
    result = audit(store, filters)
    told = result.told(include_rounding=whole)
    if not result.documents and filters:
        print("Inget dokument passar filtren. Visa alla med: namndkoll documents")
    else:
        _print(told)
        print(_summary(result, told))
    return 0


def _print(found: Sequence[Finding]) -> None:
    """Findings under the document where they are stated, one paragraph each, with their places."""
    for document, group in groupby(found, key=lambda finding: finding.places[0].document):
        print(f"{document}\n")
        for finding in group:
            rounding = " (förklaras av avrundning)" if finding.explained_by_rounding else ""
            text = f"{FINDINGS[finding.kind]}{rounding}. {finding.message}"
            print(_indented(text, "  ", "  "))
            for place in finding.places:
                other = f"{place.document}, " if place.document != document else ""
                quote = textwrap.shorten(place.quote, 3 * _WIDTH, placeholder=" …")
                print(_indented(f"{other}sidan {place.page}: ”{quote}”", "    – ", "      "))
            print()


def _indented(text: str, first: str, rest: str) -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )


def _summary(result: Audit, told: Sequence[Finding]) -> str:
    """What was checked and what was found, in a line or two."""
    documents = f"{len(result.documents)} dokument"
    if told:
        count = "1 motsägelse" if len(told) == 1 else f"{len(told)} motsägelser"
        line = f"{count}. Kontrollerat: {documents}, {result.checked} av {result.tables} tabeller."
    else:
        line = (
            f"Inga motsägelser hittades i {result.checked} kontrollerade tabeller "
            f"(av {result.tables}) i {documents}."
        )
    left = len(result.findings) - len(told)
    if left:
        what = "1 skillnad" if left == 1 else f"{left} skillnader"
        line += f"\n{what} som avrundning förklarar är utelämnad{'' if left == 1 else 'e'}; "
        line += "visa dem med --all." if left > 1 else "visa den med --all."
    return line

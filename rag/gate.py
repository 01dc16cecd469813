"""What must hold before an answer leaves: every quote stands on its page, every marker is cited."""

from __future__ import annotations

import re

from rag.answer import Answer, Citation
from rag.quotes import find_quote, squeezed
from rag.store import Store

_MARKER = re.compile(r"\[(\d+)\]")

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class GateError(Exception):
    """An answer that says what its citations do not hold. Never shown; it is refused instead."""


def check(answer: Answer, store: Store) -> None:
    """Raise `GateError` unless every quote, marker and number of the answer has its source."""
    for citation in answer.citations:
        check_citation(citation, store)
    known = {citation.id for citation in answer.citations}
    used = {int(digits) for digits in _MARKER.findall(_own_words(answer))}
    if used - known:
        raise GateError(f"markers without citation: {sorted(used - known)}")
    if answer.status == "answered" and not used:
        raise GateError("an answer without citation")
    _check_numbers(answer)


def check_citation(citation: Citation, store: Store) -> None:
    """Raise `GateError` unless the quote stands on the page, character for character."""
    page = store.page(citation.document, citation.page)
    if page is None:
        raise GateError(f"no page {citation.page} in {citation.document}")
    if find_quote(page, citation.quote) is None:
        raise GateError(f"quote is not on page {citation.page} of {citation.document}")
    if page.words and not citation.boxes:
        raise GateError(f"quote without rectangle on page {citation.page} of {citation.document}")


def _own_words(answer: Answer) -> str:
    """The answer's text without its quotes and what it calls their places.

    "[7]" in a quote or a title is the document's own, and no marker.
    """
    text = squeezed(answer.text)
    for citation in sorted(answer.citations, key=lambda c: -len(c.quote)):
        text = text.replace(f"”{citation.quote}”", "”…”")
    for citation in answer.citations:
        if citation.source:
            text = text.replace(squeezed(citation.source), "…")
    return text


def _check_numbers(answer: Answer) -> None:
    """Every number outside the quotes stands in one; signs and refusals are not looked at."""
    if answer.refused:
        return
    held = {
        number
        for citation in answer.citations
        for source in (citation.quote, citation.title, str(citation.page), citation.page_label)
        for number in _NUMBER.findall(source)
    }
    said = _NUMBER.findall(_MARKER.sub(" ", _own_words(answer)))
    loose = [number for number in said if number not in held]
    if loose:
        raise GateError(f"numbers without source: {loose}")

"""What must hold before an answer leaves: every quote stands on its page, every marker is cited."""

from __future__ import annotations

import re

from rag.answer import Answer, Citation
from rag.quotes import find_quote, squeezed
from rag.store import Store

_MARKER = re.compile(r"\[(\d+)\]")


class GateError(Exception):
    """An answer that says what its citations do not hold. Never shown; it is refused instead."""


def check(answer: Answer, store: Store) -> None:
    """Raise `GateError` unless every quote, marker and number of the answer has its source."""
    for citation in answer.citations:
        check_citation(citation, store)
    known = {citation.id for citation in answer.citations}
    used = {int(digits) for digits in _MARKER.findall(answer.text)}
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


def _check_numbers(answer: Answer) -> None:
    """Every number in the text of an answer stands in a quote, or says where the quote is from."""
    if answer.refused:
        return
    sources = [citation.quote for citation in answer.citations]
    sources += [
        f"{citation.title} {citation.page} {citation.page_label} {' '.join(citation.section)}"
        for citation in answer.citations
    ]
    held = set(re.findall(r"\d+", " ".join(sources)))
    said = re.findall(r"\d+", _MARKER.sub(" ", squeezed(answer.text)))
    loose = [digits for digits in said if digits not in held]
    if loose:
        raise GateError(f"numbers without source: {loose}")

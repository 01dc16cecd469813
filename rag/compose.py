"""Evidence → an answer in Swedish made of quotes, or a refusal that says what was searched."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer import Answer, Citation, Question
from rag.evidence import Evidence, Place, TableRow
from rag.quotes import boxes_of, quote_of
from rag.scope import Scope
from rag.store import StoredDocument

_LONGEST_WORD = 40  # letters
_NAMED = 3  # documents that a refusal names; more are counted


def cite(number: int, evidence: Evidence, part: Place | None = None) -> Citation:
    """Evidence, or another part of its source, as citation `number`."""
    passage = evidence.passage
    page, span = (part.page, part.span) if part else (evidence.page, evidence.span)
    return Citation(
        number,
        passage.document.id,
        passage.document.identity.title,
        page.number,
        page.label,
        passage.stored.chunk.section,
        quote_of(page, span),
        boxes_of(page, span),
        passage.document.sha256,
        _source(evidence),
    )


def quoted(question: Question, chosen: Sequence[Evidence]) -> Answer:
    """An answer that says nothing but what it quotes. A table's row comes with its header."""
    citations: list[Citation] = []
    paragraphs: list[str] = []
    for evidence in chosen:
        citation = cite(len(citations) + 1, evidence)
        citations.append(citation)
        if evidence.row is None:
            paragraphs.append(f"{_source(evidence)}: ”{citation.quote}” [{citation.id}]")
            continue
        lines = [f"{_source(evidence)}, ur en tabell: {_row(evidence.row)} [{citation.id}]"]
        for header in evidence.headers:
            above = cite(len(citations) + 1, evidence, header)
            citations.append(above)
            if not evidence.row.names:
                lines.append(f"Tabellens rubrik: ”{above.quote}” [{above.id}]")
            else:
                lines[0] += f"[{above.id}]"
        paragraphs.append("\n".join(lines))
    return Answer(question.text, "answered", "\n\n".join(paragraphs), tuple(citations))


def _row(row: TableRow) -> str:
    """A row cell by cell, so that an empty one does not let the next slip into its place."""
    first, *rest = [cell or "(tom)" for cell in row.cells]
    if row.names:
        told = [f"{name}: {cell}" for name, cell in zip(row.names[1:], rest, strict=True)]
        return f"{first} – {'; '.join(told)}"
    return " | ".join([first, *rest])


def _source(evidence: Evidence) -> str:
    """Who says it, as a person would: "Delårsbokslut 2024, Alingsås, s. 14"."""
    document, page = evidence.passage.document, evidence.page
    place = f"s. {page.label or page.number}" if document.suffix == ".pdf" else ""
    parts = (document.identity.title, document.identity.municipality, place)
    return ", ".join(part for part in parts if part)


def _may_be_repeated(word: str) -> bool:
    """Whether a word of the question may stand in a refusal: no number but a year."""
    return not any(map(str.isdigit, word)) or re.fullmatch(r"(?:19|20)\d\d", word) is not None


def refusal(
    question: Question,
    scope: Scope,
    documents: Sequence[StoredDocument],
    absent: Sequence[str] = (),
    nearest: Evidence | None = None,
    *,
    number: bool = False,
) -> Answer:
    """A refusal: what was searched, what is missing, and the nearest thing that was found."""
    if not documents:
        text = "Det finns inga dokument i indexet. Läs in med: namndkoll ingest MAPP"
        return Answer(question.text, "refused", text)
    if not scope.documents:
        text = (
            "Inget av dokumenten passar filtren, så inget har sökts igenom. Ta bort ett filter, "
            "eller se vad som finns med: namndkoll documents"
        )
        return Answer(question.text, "refused", text)
    if not [*scope.words, *scope.carried]:
        text = "Frågan säger inte vad den gäller. Skriv några ord om det du vill veta."
        return Answer(question.text, "refused", text)
    lines = ["Jag hittar inget i dokumenten som svarar på det."]
    if scope.lacking:
        named = f"{scope.lacking[:1].upper()}{scope.lacking[1:]}"
        lines = [f"{named} finns inte i underlaget."]
    elif missing := [word for word in absent if _may_be_repeated(word)]:
        named = ", ".join(f"”{shortened(word)}”" for word in missing[:4])
        lines.append(f"Det här nämns inte tillsammans med resten av frågan: {named}.")
    elif number:
        lines.append("Frågan gäller ett tal, och inget tal jag hittar hör säkert till den.")
    lines.append(f"Sökt i {_searched(scope.documents)}.")
    lines.extend(_unread(scope.documents))
    citations: tuple[Citation, ...] = ()
    if nearest is not None:
        citations = (cite(1, nearest),)
        said = f"”{citations[0].quote}”" if nearest.row is None else _row(nearest.row)
        lines.append(f"Närmast kommer {_source(nearest)}: {said} [1]")
    return Answer(question.text, "refused", "\n".join(lines), citations)


def shortened(word: str) -> str:
    """A word as it can be shown: what is longer than any word is cut."""
    return word if len(word) <= _LONGEST_WORD else f"{word[:_LONGEST_WORD]}…"


def searched(documents: Sequence[StoredDocument]) -> str:
    """What was looked through, and what of it could not be read."""
    return "\n".join([f"Sökt i {_searched(documents)}.", *_unread(documents)])


def _searched(documents: Sequence[StoredDocument]) -> str:
    names = [
        ", ".join(part for part in (d.identity.title, d.identity.municipality) if part)
        for d in documents[:_NAMED]
    ]
    if len(documents) > _NAMED:
        return f"{len(documents)} dokument, bland dem {'; '.join(names)}"
    return "; ".join(names)


def _unread(documents: Sequence[StoredDocument]) -> list[str]:
    """What could not be searched: silence there means nothing."""
    return [
        f"Obs: {_pages(document.unread)} i {document.identity.title} har inte kunnat läsas; "
        "svaret kan stå där."
        for document in documents
        if document.unread
    ]


def _pages(numbers: Sequence[int]) -> str:
    """Page numbers from 1, runs drawn together: "sidorna 3–5 och 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    word = "sidan" if len(numbers) == 1 else "sidorna"
    listed = f"{', '.join(told[:-1])} och {told[-1]}" if len(told) > 1 else told[0]
    return f"{word} {listed}"

"""Occurrences → the life of a wording: by year, what each changed, gaps, and where it is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.store import StoredDocument
from rag.wording.diff import difference
from rag.wording.types import Absence, History, Missing, Occurrence, Source

_ORDER = ("budget", "plan", "policy", "tjänsteskrivelse", "protokoll", "", "delårsrapport")
_LAST = ("årsredovisning",)


def source_of(document: StoredDocument) -> Source:
    """What a document is, with the first year that it is about: a budget's plan years follow."""
    identity = document.identity
    return Source(
        document.id,
        identity.title or document.id,
        identity.municipality,
        identity.board,
        identity.kind,
        min(identity.years, default=0),
        document.sha256,
    )


def when(source: Source) -> tuple[int, int, str]:
    """The order of documents: by year, a year's budget before its report, then by id."""
    known = [*_ORDER, *_LAST]
    kind = source.kind if source.kind in known else ""
    return source.year, known.index(kind), source.document


def history_of(
    text: str,
    found: Sequence[Occurrence],
    searched: Sequence[StoredDocument],
    held: Sequence[StoredDocument],
) -> History:
    """The life of a wording that was looked for in `searched`, of the documents that are `held`."""
    ordered = sorted(found, key=lambda one: (*when(one.source), _place(one)))
    years = [one.source.year for one in ordered if one.source.year]
    return History(
        text=text,
        occurrences=tuple(_with_previous(one, ordered) for one in ordered),
        first=min(years, default=0),
        last=max(years, default=0),
        missing=tuple(_missing(ordered, [source_of(document) for document in held])),
        absent=tuple(_absent(ordered, searched)),
        searched=len(searched),
    )


def _place(one: Occurrence) -> tuple[int, int]:
    span = one.passage.parts[0].span
    return span.page, span.start


def _with_previous(one: Occurrence, ordered: Sequence[Occurrence]) -> Occurrence:
    """With the difference from the wording of the nearest earlier year, of the same board.

    Of a year's documents the one of the same kind is compared with: a budget with the last budget.
    """
    source = one.source
    earlier = [
        other
        for other in ordered
        if other.source.owner == source.owner and 0 < other.source.year < source.year
    ]
    if not earlier:
        return one
    before = max(
        earlier,
        key=lambda other: (
            other.source.year,
            other.source.kind == source.kind,
            other.similarity,
            when(other.source),
        ),
    )
    change = difference(before.passage.text, one.passage.text)
    return replace(one, previous=before.source.document, previous_difference=change)


def _missing(ordered: Sequence[Occurrence], held: Sequence[Source]) -> Iterator[Missing]:
    """Documents of the kinds that held it, which are lacking between a board's first and last."""
    owners = dict.fromkeys(one.source.owner for one in ordered)
    for owner in owners:
        own = [one.source for one in ordered if one.source.owner == owner and one.source.year]
        years = [source.year for source in own]
        there = {(source.kind, source.year) for source in held if source.owner == owner}
        for year in range(min(years, default=0) + 1, max(years, default=0)):
            for kind in dict.fromkeys(source.kind for source in sorted(own, key=when)):
                if kind and (kind, year) not in there:
                    yield Missing(*owner, kind, year)


def _absent(ordered: Sequence[Occurrence], searched: Sequence[StoredDocument]) -> Iterator[Absence]:
    """The documents of the same boards that do not hold the wording, in order."""
    holding = {one.source.document for one in ordered}
    unread = {document.id: document.unread for document in searched}
    for source in sorted(map(source_of, searched), key=when):
        own = [one.source for one in ordered if one.source.owner == source.owner]
        if not own or source.document in holding:
            continue
        moment = when(source)
        told = "between"
        if moment < min(map(when, own)):
            told = "before"
        elif moment > max(map(when, own)):
            told = "after"
        yield Absence(source, told, unread[source.document])

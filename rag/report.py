"""What became of a file that was read in: light, for what lists documents without reading any."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.types import Identity, Problem
from rag.store import StoredDocument

UNKNOWN = Identity()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file. `status`: added, replaced, unchanged or failed."""

    id: str
    path: str
    status: str
    identity: Identity = UNKNOWN
    pages: int = 0
    tables: int = 0
    figures: int = 0
    chunks: int = 0
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something could not be done, with the file or with a page of it."""
        return self.status == "failed" or any(not problem.informs for problem in self.problems)


def report_of(document: StoredDocument, status: str = "") -> Report:
    """A stored document as a report."""
    return Report(
        document.id,
        document.path,
        status,
        document.identity,
        document.pages,
        document.tables,
        document.figures,
        document.chunks,
        document.seconds,
        document.problems,
    )

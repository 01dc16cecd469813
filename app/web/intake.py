"""Documents that are sent up → the index, one at a time, with progress and a way to stop.

A document is one transaction of the store, so one that is stopped leaves nothing behind.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ingest.errors import UnreadableFileError
from rag.errors import IndexFaultError
from rag.index import writing
from rag.ingesting import Found, failed_report, ingest
from rag.report import Report

_KEPT = 200  # jobs remembered, for browsers that ask late how theirs went

Stage = Literal["waiting", "reading", "indexing", "done", "failed", "stopped"]


class StoppedError(Exception):
    """The person stopped the reading. No kind of fault, so that nothing takes it for one."""


@dataclass(slots=True)
class Job:
    """A document on its way in. A watcher of its reading, which it can end."""

    id: str
    path: Path
    stage: Stage = "waiting"
    done: int = 0
    pages: int = 0
    message: str = ""
    report: Report | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    def begin(self, files: int, pages: int) -> None:
        """So many pages are to be read."""
        self._go_on()
        self.pages, self.stage = pages, "reading"

    def page(self, path: Path, pages: int) -> None:
        """`pages` more are done. Raises `StoppedError` where the person has had enough."""
        self._go_on()
        self.done += pages

    def file(self, report: Report) -> None:
        """The document is in the store, or cannot be read: too late to stop."""
        self.report, self.stage = report, "indexing"

    def embedded(self, done: int, total: int) -> None:
        """Nothing to tell: it takes a moment."""

    def _go_on(self) -> None:
        if self.stop.is_set():
            raise StoppedError


class Intake:
    """Reads documents that are sent up into the index in `folder`, one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._jobs: dict[str, Job] = {}
        self._one = threading.Lock()

    def take(self, path: Path) -> Job:
        """Begin to read the file at `path`, alone in a folder that is removed afterwards."""
        job = Job(secrets.token_urlsafe(12), path)
        self._jobs[job.id] = job
        while len(self._jobs) > _KEPT:
            del self._jobs[next(iter(self._jobs))]
        threading.Thread(target=self._work, args=(job,), daemon=True).start()
        return job

    def job(self, name: str) -> Job | None:
        """A job by its id, which only the browser that sent the document knows."""
        return self._jobs.get(name)

    def _work(self, job: Job) -> None:
        try:
            with self._one:
                self._read(job)
        except StoppedError:
            job.stage = "stopped"
        except (IndexFaultError, UnreadableFileError, OSError) as error:
            # what is in the store is in, though the search caches may lag: words are searched
            within = job.report is not None and job.report.status != "failed"
            job.message, job.stage = str(error), "done" if within else "failed"
        finally:
            shutil.rmtree(job.path.parent, ignore_errors=True)

    def _read(self, job: Job) -> None:
        if job.stop.is_set():
            raise StoppedError
        with writing(self._folder) as writer:
            embedder = writer.choose_embedder(None)
            [report] = ingest(writer, [Found(job.path, sent=True)], job) or [
                failed_report(job.path, UnreadableFileError("filen gick inte att läsa"))
            ]
            writer.catch_up(embedder, None, job.embedded)
        job.report = report
        if report.status == "failed":
            job.message = "; ".join(problem.message for problem in report.problems)
        job.stage = "failed" if report.status == "failed" else "done"

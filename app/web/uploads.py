"""Documents sent up by the browser: taken in with a limit, followed page by page, stopped."""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from pathlib import Path

import fastapi
from fastapi.responses import JSONResponse

from app.web.intake import Job
from app.web.view import Site
from ingest.document import MAX_BYTES, SUFFIXES

_ROOM = 3  # times a document's size that must be free: it, the index's copy, what is read of it


def add_routes(app: fastapi.FastAPI, site: Site) -> None:
    """Put the routes for uploads on an application."""

    @app.post("/inlasning")
    async def _take(request: fastapi.Request, namn: str) -> JSONResponse:
        name = Path(unicodedata.normalize("NFC", namn).replace("\\", "/")).name
        fault = _fault(request, name)
        if fault:
            return _told(400, fault)
        folder = Path(tempfile.mkdtemp(prefix="namndkoll-"))
        try:
            size = await _received(request, folder / name)
            if size > MAX_BYTES:
                fault = f"Filen är större än {MAX_BYTES // 1_000_000} MB. Dela den i flera."
            elif size == 0:
                fault = "Filen är tom."
            elif shutil.disk_usage(site.folder).free < _ROOM * size:
                fault = "Disken hos servern är nästan full. Säg till den som sköter den."
        except Exception:  # the browser stopped, the line broke, the disk is full
            fault = "Filen kom inte fram hel. Försök igen."
        if fault:
            shutil.rmtree(folder, ignore_errors=True)
            return _told(400, fault)
        return JSONResponse(_state(site.intake.take(folder / name)))

    @app.get("/inlasning/{job}")
    def _follow(job: str) -> JSONResponse:
        found = site.intake.job(job)
        return JSONResponse(_state(found)) if found else _told(404, "Inläsningen finns inte.")

    @app.delete("/inlasning/{job}")
    def _stop(job: str) -> JSONResponse:
        found = site.intake.job(job)
        if found is None:
            return _told(404, "Inläsningen finns inte.")
        found.stop.set()
        return JSONResponse(_state(found))


def _fault(request: fastapi.Request, name: str) -> str:
    """Why a file is not taken in at all, in Swedish; "" where it is."""
    if not name or name.startswith(".") or len(name.encode()) > 200:
        return "Filens namn går inte att använda. Byt namn på den."
    if Path(name).suffix.lower() not in SUFFIXES:
        kinds = ", ".join(suffix.lstrip(".").upper() for suffix in SUFFIXES)
        return f"Det går att läsa in {kinds}, inte {Path(name).suffix or 'filer utan ändelse'}."
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > MAX_BYTES:
        return f"Filen är större än {MAX_BYTES // 1_000_000} MB. Dela den i flera."
    return ""


async def _received(request: fastapi.Request, path: Path) -> int:
    """Write the body to `path`, and no more of it than may be read; how many bytes came."""
    size = 0
    with path.open("wb") as file:
        async for part in request.stream():
            size += len(part)
            if size > MAX_BYTES:
                break
            file.write(part)
    return size


def _state(job: Job) -> dict[str, object]:
    report = job.report
    return {
        "job": job.id,
        "stage": job.stage,
        "done": job.done,
        "pages": job.pages,
        "message": job.message,
        "document": report.id if report and job.stage == "done" else "",
        "status": report.status if report else "",
        "problems": [
            {"page": problem.page, "message": problem.message}
            for problem in (report.problems if report else ())
        ],
    }


def _told(status: int, why: str) -> JSONResponse:
    return JSONResponse({"error": why}, status)

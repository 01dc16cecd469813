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
from app.words import key, say, spoken
from ingest.document import MAX_BYTES, SUFFIXES

_LOST = key("Filen kom inte fram hel. Försök igen.")
_NONE = key("Inläsningen finns inte.")
_TOO_LARGE = key("Filen är större än {most} MB. Dela den i flera.")
_ROOM = 3  # times a document's size that must be free: it, the index's copy, what is read of it


def add_routes(app: fastapi.FastAPI, site: Site) -> None:
    """Put the routes for uploads on an application."""

    @app.post("/inlasning")
    async def _take(request: fastapi.Request, namn: str, lang: str = "") -> JSONResponse:
        name = Path(unicodedata.normalize("NFC", namn).replace("\\", "/")).name
        with spoken(lang):
            fault = _fault(request, name)
            if fault:
                return _told(400, fault)
            folder = Path(tempfile.mkdtemp(prefix="namndkoll-"))
            fault = await _fault_of_body(request, folder / name, site)
            if fault:
                shutil.rmtree(folder, ignore_errors=True)
                return _told(400, fault)
        return JSONResponse(_state(site.intake.take(folder / name)))

    @app.get("/inlasning/{job}")
    def _follow(job: str, lang: str = "") -> JSONResponse:
        found = site.intake.job(job)
        with spoken(lang):
            return JSONResponse(_state(found)) if found else _told(404, say(_NONE))

    @app.delete("/inlasning/{job}")
    def _stop(job: str, lang: str = "") -> JSONResponse:
        found = site.intake.job(job)
        with spoken(lang):
            if found is None:
                return _told(404, say(_NONE))
        found.stop.set()
        return JSONResponse(_state(found))


def _fault(request: fastapi.Request, name: str) -> str:
    """Why a file is not taken in at all; "" where it is."""
    if not name or name.startswith(".") or len(name.encode()) > 200:
        return say("Filens namn går inte att använda. Byt namn på den.")
    if Path(name).suffix.lower() not in SUFFIXES:
        kinds = ", ".join(suffix.lstrip(".").upper() for suffix in SUFFIXES)
        other = Path(name).suffix or say("filer utan ändelse")
        return say("Det går att läsa in {kinds}, inte {other}.", kinds=kinds, other=other)
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > MAX_BYTES:
        return say(_TOO_LARGE, most=MAX_BYTES // 1_000_000)
    return ""


async def _fault_of_body(request: fastapi.Request, path: Path, site: Site) -> str:
    """Write the body to `path`; why that, or reading it, cannot be done; "" where it can."""
    try:
        size = await _received(request, path)
        if size > MAX_BYTES:
            return say(_TOO_LARGE, most=MAX_BYTES // 1_000_000)
        if size == 0:
            return say("Filen är tom.")
        if shutil.disk_usage(site.folder).free < _ROOM * size:
            return say("Disken hos servern är nästan full. Säg till den som sköter den.")
    except Exception:  # the browser stopped, the line broke, the disk is full
        return say(_LOST)
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

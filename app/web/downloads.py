"""Questions sent by the browser → their answers, worked out anew, as a file to take along.

The files are Swedish, as the answers are, whatever language the page is in.

Nothing of a person is kept: while a file is made there is a count of how far it has come, under a
name that the browser made up.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import quote

import fastapi
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.calls import fault_of_index
from app.take_along import as_csv, as_docx, as_xlsx
from app.web.asked import Asked, answer
from app.web.view import OTHER_VERSION, CallError, Site, fault_told
from app.words import SWEDISH, key, say, spoken
from ingest.errors import UnreadableFileError
from rag.answer import Answer
from rag.errors import IndexFaultError

MOST = 30
"""Questions of a pack: more is no underlag for one meeting, and takes long to make."""
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_LARGEST = 2_000_000  # bytes of what a browser sends: so many of the longest questions and talks
_AT_ONCE = 2  # files that are made at the same time; the others wait their turn
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')
_LONGEST_NAME = 80  # characters
_PACK, _UNNAMED = "Mötesunderlag", "Svar"  # names of files, which are Swedish
_OVER = key("Filen är klar eller avbruten.")


class Wanted(BaseModel):
    """What is to be taken along. `work` is the name that its progress is asked for by."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["docx", "xlsx", "csv"]
    questions: tuple[Asked, ...] = Field(min_length=1)
    pack: bool = False
    work: str = Field(default="", pattern="^[0-9a-f]{0,40}$")


@dataclass(slots=True)
class _Work:
    """How far a file has come; `stop` is set by who does not want it any more."""

    of: int
    done: int = 0
    stop: bool = False


class _StoppedError(Exception):
    pass


def add_routes(app: fastapi.FastAPI, site: Site) -> None:
    """Put the routes for downloads on an application."""
    going: dict[str, _Work] = {}
    turns = asyncio.Semaphore(_AT_ONCE)

    @app.post("/nedladdning")
    async def _make(request: fastapi.Request, lang: str = "") -> Response:
        with spoken(lang):
            try:
                return await _made(site, await _received(request), going, turns)
            except CallError as error:
                return _told(400, str(error), error.own)
            except (IndexFaultError, UnreadableFileError) as error:
                fault = fault_told(fault_of_index(error))
                return _told(400, str(fault), fault.own)
            except _StoppedError:
                return _told(409, say("Avbrutet."))

    @app.get("/nedladdning/{work}")
    def _follow(work: str, lang: str = "") -> JSONResponse:
        found = going.get(work)
        with spoken(lang):
            if found is None:
                return _told(404, say(_OVER))
        return JSONResponse({"done": found.done, "of": found.of})

    @app.delete("/nedladdning/{work}")
    def _stop(work: str, lang: str = "") -> JSONResponse:
        found = going.get(work)
        with spoken(lang):
            if found is None:
                return _told(404, say(_OVER))
        found.stop = True
        return JSONResponse({"done": found.done, "of": found.of})


async def _made(
    site: Site, body: bytes, going: dict[str, _Work], turns: asyncio.Semaphore
) -> Response:
    """The file that was asked for, once it is its turn, with its progress kept in `going`."""
    wanted = _wanted(body)
    work = _Work(len(wanted.questions))
    if wanted.work:
        going[wanted.work] = work
    try:
        async with turns:
            return await run_in_threadpool(_file, site, wanted, work)
    finally:
        going.pop(wanted.work, None)


async def _received(request: fastapi.Request) -> bytes:
    """What was sent, and no more than may be. Raises `CallError`."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _LARGEST:
            raise CallError(say("Det är mer text än vad som tas emot. Ta bort någon fråga."))
        parts.append(part)
    return b"".join(parts)


def _wanted(body: bytes) -> Wanted:
    try:
        wanted = Wanted.model_validate_json(body)
    except ValidationError as error:
        raise CallError(say(OTHER_VERSION)) from error
    count = len(wanted.questions)
    if count > MOST:
        raise CallError(
            say(
                "Underlaget har {count} frågor, och högst {most} ryms. Ta bort {over}, eller dela "
                "det i två.",
                count=count,
                most=MOST,
                over=count - MOST,
            )
        )
    return wanted


def _file(site: Site, wanted: Wanted, work: _Work) -> Response:
    """The file as it is sent. Raises `CallError`, `IndexFaultError`, `UnreadableFileError`."""
    answers: list[Answer] = []
    for place, asked in enumerate(wanted.questions, start=1):
        if work.stop:
            raise _StoppedError
        try:
            answers.append(answer(site.asker, asked))
        except CallError as error:
            which = say("Fråga {place} gick inte att besvara.", place=place)
            raise CallError(f"{which} {error}" if wanted.pack else str(error)) from error
        work.done = place
    with spoken(SWEDISH):
        data = _data(site, wanted, answers)
    name = f"{_name(answers, pack=wanted.pack)}.{wanted.kind}"
    headers = {
        "Content-Disposition": f'attachment; filename="svar.{wanted.kind}"; '
        f"filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "no-store",
    }
    return Response(data, media_type=_TYPES[wanted.kind], headers=headers)


def _data(site: Site, wanted: Wanted, answers: Sequence[Answer]) -> bytes:
    if wanted.kind == "docx":
        # without `pack` there is one heading, so there is one answer
        several = wanted.pack or len(answers) > 1
        return as_docx(site.asker, answers, pack=several)
    if wanted.kind == "xlsx":
        return as_xlsx(answers)
    if not any(one.figures for one in answers):
        raise CallError(say("Svaret har inga tal att spara i en CSV-fil."))
    return as_csv(answers)


def _name(answers: Sequence[Answer], *, pack: bool) -> str:
    """What a file is called, without its ending."""
    if pack:
        return f"{_PACK} {date.today().isoformat()}"
    told = "".join(sign if sign.isprintable() else " " for sign in answers[0].question)
    name = " ".join(_NOT_IN_NAMES.sub(" ", told).split())[:_LONGEST_NAME].strip(" .")
    return name or _UNNAMED


def _told(status: int, why: str, own: str = "") -> JSONResponse:
    return JSONResponse({"error": why} | ({"own": own} if own else {}), status)

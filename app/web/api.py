"""/api: the JSON of the command line over HTTP, its OpenAPI document, and a page that tells of it.

Read-only. What cannot be done is `{"error": …}` in Swedish, with the status that says why.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import fastapi
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from app.calls import HALF_CHARACTERS, WENT_WRONG, BadCallError, Calls, fault_of, fault_of_index
from app.line import FullLineError, Line
from app.web.api_page import page_html
from rag.errors import IndexFaultError
from rag.question_set import FilterFields
from rag.tools import MOST_PASSAGES

PATH = "/api"

_ABOUT = """\
Svar ur nämndernas dokument, som JSON. Samma frågor ger samma svar som kommandona med --json, och \
inget går att ändra härifrån. Tal är strängar med decimalpunkt; rutor är punkter från sidans övre \
vänstra hörn; sidor räknas från 1. Det som inte går att göra besvaras med {"error": "…"} och en \
status som säger varför."""
_CSP = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; frame-ancestors 'none'"
)


class _Sent(BaseModel):
    model_config = ConfigDict(extra="forbid")

    filters: FilterFields = Field(
        FilterFields(), description="document, municipality, board, kind, year: var svaret får stå"
    )


class AskSent(_Sent):
    """En fråga."""

    question: str = Field(description="Frågan, på svenska", examples=["Lokalhyror budget 2026?"])
    history: tuple[str, ...] = Field(
        (), description="Tidigare frågor i samma samtal, den äldsta först"
    )


class SearchSent(_Sent):
    """En sökning."""

    query: str = Field(description="Ord att söka efter", examples=["lokalhyror"])
    limit: int = Field(10, ge=1, le=MOST_PASSAGES, description="Högst så många träffar")
    explain: bool = Field(False, description="Ta med varför varje träff hittades")


class Narrowed(FilterFields):
    """Which documents; each name as the documents have it."""

    document: tuple[str, ...] = Field((), description="Dokumentets id; kan upprepas")
    municipality: str = Field("", description="Kommunens namn")
    board: str = Field("", description="Nämndens namn")
    kind: str = Field("", description="Slag: budget, delårsrapport, årsredovisning …")
    year: int | None = Field(None, description="Dokument om detta år")


class FiguresWanted(Narrowed):
    """Which figures."""

    table: str | None = Field(None, description="Bara ur denna tabell (t1, t2 …)")


class AuditWanted(Narrowed):
    """Which findings."""

    all: bool = Field(False, description="Också det som avrundning förklarar")


class WordingWanted(Narrowed):
    """Which wording."""

    text: str = Field(description="En mening eller ett stycke")


class Fault(BaseModel):
    """Varför det inte gick."""

    error: str


def api_app(calls: Calls, line: Line) -> fastapi.FastAPI:
    """The application at `PATH`; `line` is where its work waits its turn."""
    api = fastapi.FastAPI(
        title="Nämndkoll",
        description=_ABOUT,
        version="1",
        docs_url=None,
        redoc_url=None,
        responses={"4XX": {"model": Fault, "description": "Något i frågan är fel"},
                   "5XX": {"model": Fault, "description": "Servern kan inte svara nu"}},
    )  # fmt: skip
    _tell_faults(api)

    @api.post("/ask", summary="Ställ en fråga", response_description="Ett svar, som ask --json")
    async def _ask(sent: AskSent) -> JSONResponse:
        return await _done(line, partial(calls.ask, sent.question, sent.history, sent.filters))

    @api.post("/search", summary="Sök stycken", response_description="En lista, som search --json")
    async def _search(sent: SearchSent) -> JSONResponse:
        work = partial(calls.search, sent.query, sent.limit, sent.filters, explain=sent.explain)
        return await _done(line, work)

    @api.get(
        "/documents",
        summary="Vilka dokument som finns",
        response_description="En lista, som documents --json",
    )
    async def _documents(wanted: Annotated[Narrowed, fastapi.Query()]) -> JSONResponse:
        return await _done(line, partial(calls.documents, wanted))

    @api.get(
        "/figures",
        summary="Nyckeltalen som har lästs",
        response_description="En lista, som figures --json",
    )
    async def _figures(wanted: Annotated[FiguresWanted, fastapi.Query()]) -> JSONResponse:
        return await _done(line, partial(calls.figures, wanted, wanted.table))

    @api.get(
        "/audit",
        summary="Var dokumenten säger emot sig själva eller varandra",
        response_description="En lista, som audit --json",
    )
    async def _audit(wanted: Annotated[AuditWanted, fastapi.Query()]) -> JSONResponse:
        return await _done(line, partial(calls.audit, wanted, whole=wanted.all))

    @api.get(
        "/wording",
        summary="Följ en formulering genom åren",
        response_description="En lista, som wording --json",
    )
    async def _wording(wanted: Annotated[WordingWanted, fastapi.Query()]) -> JSONResponse:
        return await _done(line, partial(calls.wording, wanted.text, wanted))

    return api


def add_page(app: fastapi.FastAPI, api: fastapi.FastAPI) -> None:
    """Put the page that tells of an API where it is mounted."""

    @app.get(PATH, include_in_schema=False)
    @app.get(f"{PATH}/", include_in_schema=False)
    def _page(request: fastapi.Request) -> HTMLResponse:
        address = str(request.base_url).rstrip("/")
        return HTMLResponse(
            page_html(api.openapi(), address + PATH), headers={"Content-Security-Policy": _CSP}
        )


async def _done(line: Line, work: Callable[[], Any]) -> JSONResponse:
    try:
        return JSONResponse(await line.do(work))
    except BadCallError as error:
        return _told(422, str(error))
    except UnicodeEncodeError:
        return _told(422, HALF_CHARACTERS)
    except FullLineError as error:
        return _told(503, str(error), {"Retry-After": "5"})
    except IndexFaultError as error:
        return _told(503, fault_of_index(error))
    except Exception:
        # of ours: the caller is told that, and whoever runs the service sees what
        traceback.print_exc(file=sys.stderr)
        return _told(500, WENT_WRONG)


def _tell_faults(api: fastapi.FastAPI) -> None:
    @api.exception_handler(RequestValidationError)
    async def _bad(request: fastapi.Request, error: RequestValidationError) -> JSONResponse:
        faults = error.errors()
        status = 400 if any(fault["type"] == "json_invalid" for fault in faults) else 422
        return _told(status, fault_of(faults))

    @api.exception_handler(HTTPException)
    async def _other(request: fastapi.Request, error: HTTPException) -> JSONResponse:
        told = {
            400: fault_of([{"loc": (), "type": "json_invalid"}]),
            404: f"Adressen finns inte. Vad som finns står på {PATH}.",
            405: "Adressen finns, men inte med den metoden.",
        }
        return _told(error.status_code, told.get(error.status_code, "Det gick inte."))


def _told(status: int, why: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": why}, status, headers)

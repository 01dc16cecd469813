"""The page as an application: headers that keep it to itself, files, and Gradio; served."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

import fastapi
import gradio as gr
import uvicorn

from app import mcp_server
from app.calls import Calls
from app.line import Line
from app.terminal import tell
from app.web import api, files
from app.web.guard import Guard
from app.web.intake import Intake
from app.web.shell import VIEWS, blocks_of, page_html
from app.web.view import Site
from app.words import language, spoken
from ingest.errors import reason
from rag.asking import Asker

_CSP = "; ".join((
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
))  # fmt: skip
"""Nothing is fetched from anywhere else, whatever a document says."""

_GRADIO_UPLOAD = "1kb"
"""Gradio has a door for files of its own, which no view uses: documents come in by
`app.web.uploads`, with the limit that reading has. Left alone it would take files of any size."""


def serve(asker: Asker, host: str, port: int, hosts: Iterable[str] = ()) -> int:
    """Serve the page of `asker` until interrupted; returns the exit status.

    `hosts` are names that programs may call the server by (see `app.web.guard`).
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        tell(f"{host}:{port} går inte att använda ({reason(error)}); välj en annan --port")
        return 1
    shown = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    tell(f"Öppna http://{shown}:{port} (avsluta med Ctrl+C)")
    if host not in ("127.0.0.1", "localhost", "::1"):
        tell(
            "Obs: sidan har ingen inloggning; alla som når datorn kan ställa frågor, lägga till "
            "dokument och ta bort dem."
        )
    uvicorn.run(build_app(asker, [host, *hosts]), host=host, port=port, log_level="warning")
    return 0


def build_app(asker: Asker, hosts: Iterable[str] = ()) -> fastapi.FastAPI:
    """The page as an application, with the headers that keep it to itself."""
    calls, line = Calls(asker), Line()
    routes, opened = mcp_server.http_routes(mcp_server.build_server(calls, line))

    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        async with opened():
            yield

    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    site = Site(asker, Intake(asker.index.folder))
    app.add_middleware(Guard, hosts=tuple(hosts))

    @app.middleware("http")
    async def _headers(
        request: fastapi.Request,
        call_next: Callable[[fastapi.Request], Awaitable[fastapi.Response]],
    ) -> fastapi.Response:
        response = await call_next(request)
        if request.url.path == "/" and response.headers.get("content-type", "").startswith("text/"):
            with spoken(request.query_params.get("lang")):
                response = await _as_ours(response)
        response.headers.setdefault("Content-Security-Policy", _CSP)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Frame-Options"] = "DENY"
        return response

    files.add_routes(app, site)
    app.router.routes.extend(routes)
    programs = api.api_app(calls, line)
    api.add_page(app, programs)
    app.mount(api.PATH, programs)
    page: fastapi.FastAPI = gr.mount_gradio_app(
        app,
        blocks_of(site),
        path="/",
        footer_links=[],
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        max_file_size=_GRADIO_UPLOAD,
        show_error=False,
        ssr_mode=False,
    )
    return page


async def _as_ours(response: fastapi.Response) -> fastapi.Response:
    """Gradio's page with its language told, and our markup, looks and scripts in its head."""
    body = b"".join([part async for part in response.body_iterator])  # type: ignore[attr-defined]
    text = body.decode().replace('lang="en"', f'lang="{language()}"', 1)
    text = text.replace("</head>", f"{files.head_html(VIEWS, page_html())}</head>", 1)
    kept = {k: v for k, v in response.headers.items() if k.lower() != "content-length"}
    return fastapi.Response(text, response.status_code, kept)

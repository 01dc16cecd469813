"""What is sent here, before anything reads it: from where, to which name, how much, of what kind.

A page of another site can send what it likes without asking, so nothing that it sends is taken
in. It can also lead a browser to this computer by a name of its own (DNS rebinding). So /api and
/mcp answer to known names alone, and are not read by a page of another origin either, as the MCP
specification asks of servers.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.calls import LONGEST_CALL

_FOR_PROGRAMS = ("/api", "/mcp")
_READING = ("GET", "HEAD", "OPTIONS")
_OTHER_PAGE = "En sida på en annan plats får inte fråga eller ändra något här."
_TOO_MUCH = f"Det är mer än vad som tas emot ({LONGEST_CALL // 1000} kB)."


class Guard:
    """Lets calls through to `app` that may be made. `hosts` are names that the server goes by,
    beside localhost, the name of the computer, and all addresses that are numbers: no name leads
    to those, so nobody can have led the browser there."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = {"localhost", socket.gethostname().casefold()}
        self._hosts |= {host.casefold() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a call, or let it through; one of a program with its whole body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not _is_for_programs(scope["path"]):
            if scope["method"] not in _READING and _is_from_elsewhere(headers):
                await JSONResponse({"error": _OTHER_PAGE}, 403)(scope, receive, send)
            else:
                await self._app(scope, receive, send)
            return
        status, fault = self._fault(headers, scope["method"])
        if not fault and scope["path"] == "/mcp" and scope["method"] != "POST":
            # nothing is ever sent that was not asked for, so there is no stream to wait at
            status, fault = 405, "Skicka MCP-meddelanden med POST."
        body = b"" if fault else await _body(receive)
        if body is None:
            status, fault = 413, _TOO_MUCH
        if fault:
            await JSONResponse({"error": fault}, status)(scope, receive, send)
            return
        told = False

        async def once() -> Message:
            nonlocal told
            if told:
                return await receive()
            told = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, once, send)

    def _fault(self, headers: Headers, method: str) -> tuple[int, str]:
        """Status and reason of a call that is refused; "" where it is not."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            return 421, (
                "Servern känner inte till det här namnet. Den som sköter den kan lägga till det: "
                "namndkoll serve --allow-host NAMN"
            )
        # a link may lead here from anywhere: what it opens is read by the person alone
        followed = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
        if _is_from_elsewhere(headers) and not followed:
            return 403, _OTHER_PAGE
        kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
        if method == "POST" and kind != "application/json":
            return 415, "Skicka JSON, med Content-Type: application/json."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > LONGEST_CALL:
            return 413, _TOO_MUCH
        return 200, ""

    def _is_ours(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").casefold()
        except ValueError:  # a bracket that is not closed
            return False
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self._hosts
        return True


def _is_for_programs(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in _FOR_PROGRAMS)


def _is_from_elsewhere(headers: Headers) -> bool:
    """Whether a browser sent it for a page of another origin. What no browser sent is not.

    Browsers say so themselves (Sec-Fetch-Site) where they can trust the line; else they name the
    origin of all that changes something, which is then ours or not. A proxy may have put its own
    name in place of the one that the browser called, and tells that one beside it.
    """
    told = headers.get("sec-fetch-site")
    if told is not None:
        return told not in ("same-origin", "none")
    origin = headers.get("origin")
    if origin is None:
        return False
    called = (headers.get("host", ""), headers.get("x-forwarded-host", ""))
    return origin.casefold().partition("://")[2] not in {name.casefold() for name in called if name}


async def _body(receive: Receive) -> bytes | None:
    """The whole body of a call; None where it is too long."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > LONGEST_CALL:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)

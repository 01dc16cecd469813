"""What programs send, before anything reads it: from where, to which name, how much, of what kind.

A page of another site can lead a browser to this computer by a name of its own (DNS rebinding), or
send what it likes without asking. So /api and /mcp answer to known names alone, and to no page of
another origin, as the MCP specification asks of servers.
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

_GUARDED = ("/api", "/mcp")
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
        """Refuse a call, or let it through with its whole body."""
        if scope["type"] != "http" or not _is_guarded(scope["path"]):
            await self._app(scope, receive, send)
            return
        status, fault = self._fault(Headers(scope=scope), scope["method"])
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
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.casefold() != host.casefold():
            return 403, "En sida på en annan plats får inte fråga här."
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


def _is_guarded(path: str) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in _GUARDED)


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

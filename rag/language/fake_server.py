"""A small server that speaks as OpenAI's and Ollama's do, on loopback: for tests, and for trying
what happens when a model is slow, broken or lies. It behaves as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """How the server answers one request.

    `tokens` are sent one by one with `pause` seconds after each, or for ever if `endless`; `calls`
    are tool calls as (name, arguments as text). `body`, where it is given, is sent as it stands
    with `kind` as its type. With `silent` nothing is ever sent. `cut` ends a stream half way.
    """

    tokens: Sequence[str] = ()
    calls: Sequence[tuple[str, str]] = ()
    status: int = 200
    body: bytes | None = None
    kind: str = "application/json"
    pause: float = 0.0
    silent: bool = False
    endless: bool = False
    cut: bool = False


Behaviour = Callable[[dict[str, Any]], Reply]
"""A request as JSON → the reply."""


def says(text: str, **how: Any) -> Behaviour:
    """Always says `text`, in words."""
    words = [word if at == 0 else f" {word}" for at, word in enumerate(text.split(" "))]
    return lambda _: Reply(tuple(words), **how)


def fails(status: int) -> Behaviour:
    """Always answers with an error of HTTP."""
    body = json.dumps({"error": {"message": "so it was told", "type": "fake"}}).encode()
    return lambda _: Reply(status=status, body=body)


def ollama_fails(status: int, message: str) -> Behaviour:
    """Always answers with an error as Ollama puts it."""
    return lambda _: Reply(status=status, body=json.dumps({"error": message}).encode())


def in_turn(*replies: Reply) -> Behaviour:
    """Each reply once, and the last one for ever."""
    left = list(replies)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


class FakeServer(ThreadingHTTPServer):
    """The server; `requests` keeps what it was asked, as JSON."""

    daemon_threads = True

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviour = behaviour
        self.requests: list[dict[str, Any]] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        """What OPENAI_BASE_URL is to be; for Ollama without "/v1"."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


@contextmanager
def served(behaviour: Behaviour) -> Iterator[FakeServer]:
    """A server that runs as long as the block does."""
    server = FakeServer(behaviour)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: FakeServer
    protocol_version = "HTTP/1.0"  # a body ends where the connection does

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: tests read what was asked from `requests`."""

    def do_POST(self) -> None:
        """Answer as the behaviour says; a client that has left is no error."""
        length = int(self.headers.get("Content-Length", 0))
        asked = json.loads(self.rfile.read(length) or b"{}")
        self.server.requests.append(asked)
        reply = self.server.behaviour(asked)
        with suppress(OSError):
            self._answer(asked, reply)

    def _answer(self, asked: dict[str, Any], reply: Reply) -> None:
        if reply.silent:
            self.server.closing.wait(60)
            return
        self.send_response(reply.status)
        if reply.body is not None:
            self.send_header("Content-Type", reply.kind)
            self.end_headers()
            self.wfile.write(reply.body)
            return
        ollama = self.path.endswith("/api/chat")
        stream = bool(asked.get("stream", ollama))
        kind = "application/x-ndjson" if ollama else "text/event-stream"
        self.send_header("Content-Type", kind if stream else "application/json")
        self.end_headers()
        for part in (_ollama if ollama else _openai)(reply, stream=stream):
            self.wfile.write(part)
            self.wfile.flush()
            if self.server.closing.wait(reply.pause):
                return


def _tokens(reply: Reply) -> Iterator[str]:
    yield from reply.tokens
    while reply.endless:
        yield from reply.tokens


def _openai(reply: Reply, *, stream: bool) -> Iterator[bytes]:
    calls = [
        {"index": at, "id": f"call_{at}", "type": "function",
         "function": {"name": name, "arguments": arguments}}
        for at, (name, arguments) in enumerate(reply.calls)
    ]  # fmt: skip
    head = {"id": "fake", "created": 0, "model": "fake"}
    ends = "tool_calls" if calls else "stop"
    if not stream:
        message = {"role": "assistant", "content": "".join(reply.tokens)}
        if calls:
            message["tool_calls"] = calls  # type: ignore[assignment]
        choice = {"index": 0, "message": message, "finish_reason": ends}
        yield json.dumps({**head, "object": "chat.completion", "choices": [choice]}).encode()
        return

    def event(delta: dict[str, Any], finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        data = {**head, "object": "chat.completion.chunk", "choices": [choice]}
        return f"data: {json.dumps(data)}\n\n".encode()

    yield event({"role": "assistant", "content": "", **({"tool_calls": calls} if calls else {})})
    for token in _tokens(reply):
        yield event({"content": token})
    if reply.cut:
        yield b'data: {"id": "fake", "choi'
        return
    yield event({}, ends)
    yield b"data: [DONE]\n\n"


def _ollama(reply: Reply, *, stream: bool) -> Iterator[bytes]:
    head = {"model": "fake", "created_at": "2026-01-01T00:00:00Z"}
    for token in _tokens(reply) if stream else ["".join(reply.tokens)]:
        message = {"role": "assistant", "content": token}
        yield json.dumps({**head, "message": message, "done": not stream}).encode() + b"\n"
    if reply.calls:
        calls = [
            {"function": {"name": name, "arguments": json.loads(arguments)}}
            for name, arguments in reply.calls
        ]
        told = {"role": "assistant", "content": "", "tool_calls": calls}
        yield json.dumps({**head, "message": told, "done": False}).encode() + b"\n"
    if stream and reply.cut:
        yield b'{"model": "fake", "mess'
    elif stream:
        last = {"message": {"role": "assistant", "content": ""}, "done": True}
        yield json.dumps({**head, **last, "done_reason": "stop"}).encode() + b"\n"

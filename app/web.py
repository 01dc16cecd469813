"""The web page: a conversation, and the page that is cited with the quote marked. In Gradio.

The only module that imports gradio, fastapi and uvicorn.
"""

from __future__ import annotations

import base64
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import fastapi
import gradio as gr
import uvicorn

from app.conversation import Turn, conversation_html, text_html
from app.page_images import marked_page
from app.terminal import tell
from ingest.errors import UnreadableFileError, reason
from rag.answer import Answer, Citation, Question
from rag.asking import LONGEST_QUESTION, Asker
from rag.errors import IndexFaultError
from rag.index import kept_file
from rag.quotes import find_quote

_AT_ONCE = 8  # questions taken in at the same time; the index answers them one after the other
_IN_LINE = 200
_AROUND = 700  # characters shown before and after a quote
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

_HEAD = "<script>document.documentElement.lang = 'sv';</script>"
_EMPTY = '<div class="empty">Här visas sidan som ett svar kommer från, med citatet markerat.</div>'
_EXAMPLES = (
    "Varför går vi back, och vad beror det på?",
    "Vad står det om digitalisering?",
    "Vilka åtgärder ska ge en budget i balans?",
)


def serve(folder: Path, host: str, port: int) -> int:
    """Serve the page until interrupted; returns the exit status.

    Raises `IndexFaultError` where the index cannot be opened.
    """
    asker = Asker(folder)
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
        tell("Obs: sidan har ingen inloggning; alla som når datorn kan ställa frågor.")
    uvicorn.run(build_app(asker), host=host, port=port, log_level="warning")
    return 0


def build_app(asker: Asker) -> fastapi.FastAPI:
    """The page as an application, with the headers that keep it to itself."""
    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.middleware("http")
    async def _headers(
        request: fastapi.Request,
        call_next: Callable[[fastapi.Request], Awaitable[fastapi.Response]],
    ) -> fastapi.Response:
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = _CSP
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    page: fastapi.FastAPI = gr.mount_gradio_app(
        app,
        _blocks(asker),
        path="/",
        footer_links=[],
        app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        max_file_size="1mb",
        show_error=False,
        ssr_mode=False,
        theme=gr.themes.Base(
            primary_hue="teal",
            neutral_hue="slate",
            font=["system-ui", "sans-serif"],
            font_mono=["ui-monospace", "monospace"],
        ),
        css_paths=Path(__file__).with_name("page.css"),
        head=_HEAD,
    )
    return page


def _blocks(asker: Asker) -> Any:
    with gr.Blocks(title="Nämndkoll", analytics_enabled=False, fill_width=True) as blocks:
        gr.HTML(
            "<h1>Nämndkoll</h1><p>Fråga vad nämnden har beslutat och redovisat. "
            "Varje svar är ett citat med sida.</p>",
            elem_id="head",
        )
        # of one person's session: what was asked and answered, and the last answer's sources
        said, cited = gr.State(()), gr.State(())
        page = gr.HTML(_EMPTY, elem_id="page", render=False)
        with gr.Row(equal_height=False):
            with gr.Column(scale=6):
                talk = gr.HTML(conversation_html(()), elem_id="conversation")
                ask = gr.Textbox(
                    label="Din fråga",
                    placeholder="Till exempel: Varför drar köp av tjänster över?",
                    max_length=LONGEST_QUESTION,
                    submit_btn="Fråga",
                    autofocus=True,
                )
                gr.Examples([[text] for text in _EXAMPLES], [ask], label="Prova")
                again = gr.Button("Börja om", size="sm", variant="secondary")
            with gr.Column(scale=5):
                _sources(asker, cited, page)
                page.render()  # type: ignore[no-untyped-call]

        def reply(text: str, before: tuple[Turn, ...]) -> tuple[Any, ...]:
            return _reply(asker, text, before)

        ask.submit(
            reply,
            [ask, said],
            [talk, said, cited, page, ask],
            concurrency_limit=_AT_ONCE,
            show_progress="minimal",
            api_visibility="private",
        )
        again.click(
            lambda: (conversation_html(()), (), (), _EMPTY, ""),
            None,
            [talk, said, cited, page, ask],
            api_visibility="private",
        )
    blocks.queue(max_size=_IN_LINE)
    return blocks


def _sources(asker: Asker, cited: gr.State, page: gr.HTML) -> None:
    """A button for each source of the last answer; it opens the page with the quote marked."""

    @gr.render(inputs=[cited])  # type: ignore[untyped-decorator]
    def _draw(citations: tuple[Citation, ...]) -> None:
        with gr.Column(elem_id="sources"):
            for citation in citations:
                button = gr.Button(f"[{citation.id}]  {_label(citation)}", size="sm")
                button.click(
                    lambda chosen=citation: _figure(asker, chosen),
                    None,
                    [page],
                    show_progress="hidden",
                    api_visibility="private",
                )


def _reply(asker: Asker, text: str, before: tuple[Turn, ...]) -> tuple[Any, ...]:
    """The conversation with one answer more, and the first source opened."""
    text = text.strip()
    if not text:
        return conversation_html(before), before, (), _EMPTY, ""
    try:
        answer = asker.ask(Question(text, tuple(turn.asked for turn in before)))
    except IndexFaultError as error:
        answer = Answer(text, "refused", f"Det gick inte att svara: {error}.")
    turns = (*before, Turn(text, answer.text, tuple(w.message for w in answer.warnings)))
    first = _figure(asker, answer.citations[0]) if answer.citations else _EMPTY
    return conversation_html(turns), turns, answer.citations, first, ""


def _label(citation: Citation) -> str:
    return f"{citation.title}, sidan {citation.page_label or citation.page}"


def _figure(asker: Asker, citation: Citation) -> str:
    """The cited page as HTML; everything that comes from a document is escaped."""
    title = text_html(_label(citation))
    section = text_html(" › ".join(citation.section))
    caption = f"<figcaption><strong>{title}</strong><span>{section}</span></figcaption>"
    alt = text_html(f"{_label(citation)}. Markerat: {citation.quote}")
    if not citation.boxes:
        return f'<figure>{caption}<div class="text">{_in_text(asker, citation)}</div></figure>'
    path = kept_file(asker.index.folder, citation.sha256, ".pdf")
    try:
        data = base64.b64encode(marked_page(path, citation.page, citation.boxes)).decode()
    except (UnreadableFileError, OSError, IndexError):
        told = "Dokumentet har lästs in på nytt eller tagits ut sedan svaret gavs. Fråga igen."
        return f'<figure>{caption}<div class="text">{told}</div></figure>'
    return f'<figure>{caption}<img src="data:image/jpeg;base64,{data}" alt="{alt}"></figure>'


def _in_text(asker: Asker, citation: Citation) -> str:
    """The quote in the text around it, for a document without fixed pages."""
    page = asker.index.store.page(citation.document, citation.page)
    span = find_quote(page, citation.quote) if page else None
    if page is None or span is None:
        return f"<mark>{text_html(citation.quote)}</mark>"
    before = page.text[max(0, span.start - _AROUND) : span.start]
    after = page.text[span.end : span.end + _AROUND]
    quote = page.text[span.start : span.end]
    return f"{text_html(before)}<mark>{text_html(quote)}</mark>{text_html(after)}"

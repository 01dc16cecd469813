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

from app.conversation import Turn, conversation_html
from app.inline import place_of, text_html
from app.terminal import tell
from ingest.errors import UnreadableFileError, reason
from ingest.page_images import marked_page
from ingest.types import Box, Page
from rag.answer import Answer, Citation, Question
from rag.asking import LONGEST_QUESTION, Asker
from rag.errors import IndexFaultError
from rag.index import kept_file
from rag.offers import answer_of, choices, is_answered, question_of
from rag.quotes import find_quote

_AT_ONCE = 8  # questions taken in at the same time; the index answers them one after the other
_IN_LINE = 200
_EDGE = 0.03  # of a page's width: kept beside what is printed
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

_HEAD = """<meta name="color-scheme" content="light">
<script>
document.documentElement.lang = 'sv';
// the page is drawn for paper's white: a dark theme of the system would hide its text
const light = () => document.querySelectorAll('.dark').forEach(one => one.classList.remove('dark'));
new MutationObserver(light).observe(
  document.documentElement, {attributeFilter: ['class'], subtree: true});
light();
</script>"""
_EMPTY = '<div class="empty">Här visas sidan som ett svar kommer från, med citatet markerat.</div>'
_BUTTONS = """
element.addEventListener('click', event => {
  const button = event.target.closest('button[data-turn]');
  if (!button) return;
  const chosen = key => Number(button.dataset[key]);
  if (button.dataset.source) trigger('select', {turn: chosen('turn'), source: chosen('source')});
  else trigger('click', {turn: chosen('turn'), choice: chosen('choice')});
});
"""
"""Tells which button of the conversation was pressed: numbers only, looked up in the session."""
_TO_THE_MARK = """
let shown = null, asked = false;
const show = () => {
  const sheet = element.querySelector('.sheet'), image = sheet?.querySelector('img');
  if (!image || image === shown) return;
  shown = image;
  const move = () => {
    const at = (size, share) => image[size] * Number(share);
    const down = at('offsetHeight', sheet.dataset.down);
    const right = at('offsetWidth', sheet.dataset.right) + image.offsetLeft;
    sheet.scrollTop = down - sheet.clientHeight * 0.5;
    sheet.scrollLeft = right - sheet.clientWidth * 0.6;
    if (asked && innerWidth < 900) element.scrollIntoView({block: 'start'});
    asked = false;
  };
  image.complete ? move() : image.addEventListener('load', move);
};
document.addEventListener('click', event => {
  if (event.target.closest('button[data-source], #sources button')) { asked = true; shown = null; }
});
new MutationObserver(show).observe(element, {childList: true, subtree: true, attributes: true});
show();
"""
"""Scrolls a page that is opened to its mark; on a narrow screen, to the page that was asked for."""
_EXAMPLES = (
    "Varför går vi back, och vad beror det på?",
    "Hur utvecklas lokalhyrorna år för år?",
    "Vad står det om digitalisering?",
    "Vilka åtgärder ska ge en budget i balans?",
)


def serve(asker: Asker, host: str, port: int) -> int:
    """Serve the page until interrupted; returns the exit status."""
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
            "Varje svar visar sidan som det står på.</p>",
            elem_id="head",
        )
        # of one person's session: what was asked and answered, and the last answer
        said, cited = gr.State(()), gr.State(None)
        page = gr.HTML(_EMPTY, elem_id="page", render=False, js_on_load=_TO_THE_MARK)
        with gr.Row(equal_height=False):
            with gr.Column(scale=5):
                talk = gr.HTML(conversation_html(()), elem_id="conversation", js_on_load=_BUTTONS)
                ask = gr.Textbox(
                    label="Din fråga",
                    placeholder="Till exempel: Varför drar köp av tjänster över?",
                    max_length=LONGEST_QUESTION,
                    submit_btn="Fråga",
                    autofocus=True,
                )
                gr.Examples([[text] for text in _EXAMPLES], [ask], label="Prova")
                again = gr.Button("Börja om", size="sm", variant="secondary")
            with gr.Column(scale=6):
                _sources(asker, cited, page)
                page.render()  # type: ignore[no-untyped-call]
        _wire(asker, (ask, talk, again), (said, cited, page))
    blocks.queue(max_size=_IN_LINE)
    return blocks


def _wire(asker: Asker, shown: tuple[Any, Any, Any], kept: tuple[Any, Any, Any]) -> None:
    """What asking, pressing a button of the conversation and beginning anew do."""
    ask, talk, again = shown
    said, cited, page = kept

    def reply(text: str, before: tuple[Turn, ...]) -> tuple[Any, ...]:
        return _reply(asker, text, before)

    def choose(before: tuple[Turn, ...], event: gr.EventData) -> tuple[Any, ...]:
        return _chosen(asker, before, event._data)

    def reopen(before: tuple[Turn, ...], event: gr.EventData) -> Any:
        return _opened(asker, before, event._data)

    ask.submit(
        reply,
        [ask, said],
        [talk, said, cited, page, ask],
        concurrency_limit=_AT_ONCE,
        show_progress="minimal",
        api_visibility="private",
    )
    talk.click(
        choose,
        [said],
        [talk, said, cited, page, ask],
        concurrency_limit=_AT_ONCE,
        show_progress="hidden",
        api_visibility="private",
    )
    talk.select(reopen, [said], [page], show_progress="hidden", api_visibility="private")
    again.click(
        lambda: (conversation_html(()), (), None, _EMPTY, ""),
        None,
        [talk, said, cited, page, ask],
        api_visibility="private",
    )


def _sources(asker: Asker, cited: gr.State, page: gr.HTML) -> None:
    """A button for each source of the last answer; it opens the page with the quote marked."""

    @gr.render(inputs=[cited])  # type: ignore[untyped-decorator]
    def _draw(answer: Answer | None) -> None:
        if answer is None:
            return
        with gr.Column(elem_id="sources"):
            for citation in answer.citations:
                button = gr.Button(_source_name(answer, citation), size="sm")
                button.click(
                    lambda chosen=citation: _figure(asker, chosen),
                    None,
                    [page],
                    show_progress="hidden",
                    api_visibility="private",
                )


def _source_name(answer: Answer, citation: Citation) -> str:
    """The place of a citation, after what stands there where others are of the same page."""
    place = place_of(citation)
    same = [other for other in answer.citations if place_of(other) == place]
    told = {f.label for f in answer.figures if f.citations == (citation.id,)}
    named = f"{told.pop()}: " if len(same) > 1 and len(told) == 1 else ""
    return f"[{citation.id}]  {named}{place}"


def _reply(asker: Asker, text: str, before: tuple[Turn, ...]) -> tuple[Any, ...]:
    """The conversation with one answer more, and the first source opened."""
    text = text.strip()
    if not text:
        return conversation_html(before), before, None, _EMPTY, ""
    question = Question(text, tuple(turn.asked for turn in before))
    return _with(asker, before, _answer(asker, question))


def _answer(asker: Asker, question: Question) -> Answer:
    try:
        return asker.ask(question)
    except IndexFaultError as error:
        return Answer(question.text, "refused", f"Det gick inte att svara: {error}.")


def _with(asker: Asker, before: tuple[Turn, ...], answer: Answer) -> tuple[Any, ...]:
    turns = (*before, Turn(answer.question, answer))
    first = _figure(asker, answer.citations[0]) if answer.citations else _EMPTY
    return conversation_html(turns), turns, answer, first, ""


def _chosen(asker: Asker, before: tuple[Turn, ...], pressed: Any) -> tuple[Any, ...]:
    """The conversation with the answer about the number that was chosen of those offered."""
    turn = _turn(before, pressed)
    offered = choices(turn.answer) if turn else ()
    index = _number(pressed, "choice")
    if turn is None or not 0 <= index < len(offered):
        return tuple(gr.skip() for _ in range(5))
    choice = offered[index]
    answer = _answer(asker, question_of(choice, turn.answer))
    if not is_answered(choice, answer):  # its words can mean other numbers too
        answer = answer_of(choice, turn.answer)
    return _with(asker, before, answer)


def _opened(asker: Asker, before: tuple[Turn, ...], pressed: Any) -> Any:
    """The page of the citation whose button was pressed."""
    turn, number = _turn(before, pressed), _number(pressed, "source")
    citations = turn.answer.citations if turn else ()
    found = [citation for citation in citations if citation.id == number]
    return _figure(asker, found[0]) if found else gr.skip()


def _turn(before: tuple[Turn, ...], pressed: Any) -> Turn | None:
    index = _number(pressed, "turn")
    return before[index] if 0 <= index < len(before) else None


def _number(pressed: Any, key: str) -> int:
    """A number that the browser sent; −1 where it is none."""
    value = pressed.get(key) if isinstance(pressed, dict) else None
    return value if isinstance(value, int) else -1


def _figure(asker: Asker, citation: Citation) -> str:
    """The cited page as HTML; everything that comes from a document is escaped."""
    title = text_html(place_of(citation))
    section = text_html(" › ".join(citation.section))
    caption = f"<figcaption><strong>{title}</strong><span>{section}</span></figcaption>"
    alt = text_html(f"{place_of(citation)}. Markerat: {citation.quote}")
    if not citation.boxes:
        return f'<figure>{caption}<div class="text">{_in_text(asker, citation)}</div></figure>'
    path = kept_file(asker.index.folder, citation.sha256, ".pdf")
    page = asker.index.store.page(citation.document, citation.page)
    try:
        left, width = _printed(page, citation.boxes) if page else (0.0, 1.0)
        drawn = marked_page(path, citation.page, citation.boxes, left + _EDGE / 2)
        data = base64.b64encode(drawn).decode()
    except (UnreadableFileError, OSError, IndexError):
        page = None
    if page is None:
        told = "Dokumentet har lästs in på nytt eller tagits ut sedan svaret gavs. Fråga igen."
        return f'<figure>{caption}<div class="text">{told}</div></figure>'
    first = citation.boxes[0]
    right, down = (first[0] + first[2]) / 2 / page.width, (first[1] + first[3]) / 2 / page.height
    return (
        f'<figure>{caption}<div class="sheet" tabindex="0" role="group" aria-label="{title}" '
        f'data-right="{right:.4f}" data-down="{down:.4f}"><div class="paper">'
        f'<img src="data:image/jpeg;base64,{data}" alt="{alt}" '
        f'style="width:{100 / width:.2f}%;margin-left:{-100 * left / width:.2f}%">'
        "</div></div></figure>"
    )


def _printed(page: Page, marked: tuple[Box, ...]) -> tuple[float, float]:
    """Where what is printed on a page begins, and how wide it is: shares of the page's width.

    The rest is empty margin, left out of sight so that the print is larger.
    """
    boxes = [*marked, *(word.box for word in page.words)]
    if not boxes or page.width <= 0:
        return 0.0, 1.0
    left = max(0.0, min(box[0] for box in boxes) / page.width - _EDGE)
    right = min(1.0, max(box[2] for box in boxes) / page.width + _EDGE)
    return (left, right - left) if right - left > 0.3 else (0.0, 1.0)


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

"""The views → one page in Gradio: head, menu, a section for each view, and a line to the server.

What the browser asks for goes through Gradio's queue and comes back as JSON; the page's own
scripts put it where it belongs. So nothing of a conversation is kept on the server.
"""

from __future__ import annotations

import json
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from queue import SimpleQueue
from typing import Any

import gradio as gr

from app.calls import LONGEST_CALL, WENT_WRONG, fault_of_index
from app.line import AT_ONCE, IN_LINE
from app.web import (
    about_view,
    ask_view,
    audit_view,
    deviations_view,
    documents_view,
    goals_view,
    pack_view,
    wording_view,
)
from app.web.inline import text_html
from app.web.view import OTHER_VERSION, CallError, Reply, Site, View, fault_told
from app.words import ENGLISH, SWEDISH, language, say, spoken
from ingest.errors import UnreadableFileError
from rag.errors import IndexFaultError
from rag.language.asking import WordingAsker

VIEWS: tuple[View, ...] = (
    ask_view.VIEW,
    deviations_view.VIEW,
    goals_view.VIEW,
    wording_view.VIEW,
    audit_view.VIEW,
    documents_view.VIEW,
    pack_view.VIEW,
    about_view.VIEW,
)
"""In the order of the menu. A view more is a module, and a line here."""

# Tells the page's scripts how to call this view. The event's name must stand in quotes here.
_LINE = """
(window.namndkollLines ??= {})['SLUG'] = {props, watch, call: data => trigger('call', data)};
window.dispatchEvent(new CustomEvent('namndkoll:line', {detail: 'SLUG'}));
"""

_PUT = """
if (!element.querySelector('.top')) {
  element.append(document.getElementById('sida').content.cloneNode(true));
}
"""
_LANGUAGES = {SWEDISH: "Svenska", ENGLISH: "English"}


def blocks_of(site: Site) -> Any:
    """The page as Gradio's blocks."""
    with gr.Blocks(title="Nämndkoll", analytics_enabled=False, fill_width=True) as blocks:
        # the markup is in the page's head, in the language that the page was asked for in
        gr.HTML("", html_template="", js_on_load=_PUT, apply_default_css=False, elem_id="page")
        for view in VIEWS:
            if not view.calls:
                continue
            # never drawn: only its value is read, by the scripts
            line = gr.HTML(
                "",
                html_template="",
                js_on_load=_LINE.replace("SLUG", view.slug),
                apply_default_css=False,
                elem_classes="line",
            )
            line.call(
                _answering(site, view),
                None,
                [line],
                concurrency_limit=AT_ONCE,
                trigger_mode="multiple",
                show_progress="hidden",
                api_visibility="private",
            )
    blocks.queue(max_size=IN_LINE, default_concurrency_limit=AT_ONCE)
    return blocks


def _answering(site: Site, view: View) -> Callable[[gr.EventData], Any]:
    """What answers the calls of browsers to a view, as JSON; a live view in several pieces."""

    def answer(event: gr.EventData) -> str:
        return _json(answered(site, view, event._data))

    def answer_live(event: gr.EventData) -> Iterator[str]:
        for piece in pieces(site, view, event._data):
            yield _json(piece)

    # without a model there is nothing to wait for
    return answer_live if view.live and isinstance(site.asker, WordingAsker) else answer


def _json(reply: Reply) -> str:
    return json.dumps(reply, ensure_ascii=False)


def pieces(site: Site, view: View, sent: object) -> Iterator[Reply]:
    """What a view answers, as it comes: each piece but the last one has `more`."""
    told: SimpleQueue[Reply] = SimpleQueue()

    def work() -> None:
        told.put(answered(site, view, sent, lambda piece: told.put(piece | {"more": True})))

    threading.Thread(target=work, daemon=True).start()
    more = True
    while more:
        piece = told.get()
        more = "more" in piece
        yield piece


def answered(
    site: Site, view: View, sent: object, shown: Callable[[Reply], None] | None = None
) -> Reply:
    """What a view answers to what was sent; `error` says why it cannot, in the language of the
    page that sent it, and `own` what the program says of that in Swedish, where it does. `shown`
    gets what there is of the answer meanwhile."""
    call = sent if isinstance(sent, dict) else {}
    with spoken(call.get("lang")):
        return _reply(site, view, call, shown)


def _reply(
    site: Site, view: View, call: Mapping[str, Any], shown: Callable[[Reply], None] | None
) -> Reply:
    number = call.get("number")
    reply: Reply = {"number": number if isinstance(number, int) else -1}
    name, data = call.get("name"), call.get("data")
    asked = view.calls.get(name) if isinstance(name, str) else None
    if asked is None or not isinstance(data, Mapping):
        return reply | {"error": say(OTHER_VERSION)}
    try:
        if len(json.dumps(data)) > LONGEST_CALL:
            raise CallError(say("Det är mer text än vad som tas emot."))
        live = view.live.get(str(name)) if shown else None
        if live and shown:
            told = live(site, data, lambda piece: shown(reply | piece))
        else:
            told = asked(site, data)
        return reply | told
    except CallError as error:
        return reply | {"error": str(error), "own": error.own}
    except (IndexFaultError, UnreadableFileError) as error:
        fault = fault_told(fault_of_index(error))
        return reply | {"error": str(fault), "own": fault.own}
    except Exception:
        # of ours: the person is told that, and whoever runs the service sees what
        traceback.print_exc(file=sys.stderr)
        return reply | {"error": say(WENT_WRONG)}


def page_html() -> str:
    """The markup of the page, in the language that is spoken."""
    listed = [view for view in VIEWS if view.listed]
    others = [view for view in VIEWS if not view.listed]
    return (
        f'<a class="skip" href="#huvudinnehall">{say("Hoppa till innehållet")}</a>'
        '<header class="top"><div class="brand">'
        f'<a href="#fraga" aria-label="{say("Nämndkoll, till Fråga")}">'
        '<span class="mark" aria-hidden="true">Nämnd</span>koll</a></div>'
        f'<nav aria-label="{say("Huvudmeny")}"><ul>{"".join(map(_link, listed))}</ul></nav>'
        f'<div class="looks">{_other_language()}'
        f'<button type="button" class="quiet" id="theme">{say("Mörkt")}</button></div></header>'
        '<div id="huvudinnehall" tabindex="-1">'
        f"{''.join(map(_section, VIEWS))}</div>"
        f'<footer class="foot"><ul>{"".join(map(_link, others))}'
        f'<li><a href="api"{_swedish_only()}>{say("För program")}</a></li></ul></footer>'
        # what is announced to those who listen: an answer once, and what was done
        '<div id="announced" class="unseen" role="status" aria-live="polite"></div>'
        '<div id="told" role="alert"></div>'
    )


def _other_language() -> str:
    """A link to the page in the other language, in its own words."""
    other = SWEDISH if language() == ENGLISH else ENGLISH
    return (
        f'<a class="language" href="?lang={other}" lang="{other}" hreflang="{other}">'
        f"{_LANGUAGES[other]}</a>"
    )


def _swedish_only() -> str:
    return f' hreflang="{SWEDISH}"' if language() == ENGLISH else ""


def _link(view: View) -> str:
    return (
        f'<li><a href="#{view.slug}" data-view="{view.slug}">{text_html(say(view.name))}</a></li>'
    )


def _section(view: View) -> str:
    name = text_html(say(view.name))
    return (
        f'<section class="view" id="vy-{view.slug}" data-name="{name}" hidden '
        f'aria-label="{name}">{view.markup()}</section>'
    )

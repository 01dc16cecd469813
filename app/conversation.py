"""A conversation → HTML. What people type and what documents say is text, never markup."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was typed, its answer, and what the person should know beside it."""

    asked: str
    answer: str
    warnings: tuple[str, ...] = ()


def conversation_html(turns: Sequence[Turn]) -> str:
    """The whole conversation, oldest first, as a log that screen readers follow."""
    if not turns:
        inner = '<p class="hint">Ställ en fråga om nämndens dokument.</p>'
    else:
        inner = "".join(map(_turn, turns))
    return (
        '<div class="scroll" tabindex="0" role="log" aria-live="polite" aria-label="Samtalet">'
        f'<div class="turns">{inner}</div></div>'
    )


def _turn(turn: Turn) -> str:
    warnings = "".join(f'<p class="warning">Obs: {text_html(w)}</p>' for w in turn.warnings)
    paragraphs = "".join(f"<p>{text_html(part)}</p>" for part in turn.answer.split("\n") if part)
    return (
        '<div class="asked"><span class="who">Du frågade</span>'
        f'<div data-testid="user"><p>{text_html(turn.asked)}</p></div></div>'
        '<div class="answered"><span class="who">Nämndkoll svarade</span>'
        f'<div data-testid="bot">{paragraphs}{warnings}</div></div>'
    )


def text_html(value: str) -> str:
    """`value` as HTML that shows exactly these characters."""
    # braces and dollars too: the page's components fill in templates
    escaped = html.escape(value, quote=True)
    return escaped.replace("{", "&#123;").replace("}", "&#125;").replace("$", "&#36;")

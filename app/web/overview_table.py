"""Tables of overviews as HTML, for wide pages and narrow ones, and the places of their charts."""

from __future__ import annotations

from collections.abc import Sequence

from app.web.inline import SV, line_html, term_html, text_html
from app.words import say
from rag.overviews.numbers import Number


def head(name: str, kind: str = "", *, own: bool = False) -> str:
    """The head of a column; `own` where it is the document's."""
    of = (f' class="{kind}"' if kind else "") + (SV if own else "")
    return f'<th scope="col" role="columnheader"{of}>{text_html(name)}</th>'


def cell(name: str, shown: str, kind: str = "") -> str:
    """A cell; `name` is its column's, shown beside it where the table has no room for columns."""
    of = f"{kind} none".strip() if not shown else kind
    return f'<td role="cell" class="{of}" data-head="{text_html(name)}">{shown}</td>'


def grid(name: str, heads: str, bodies: str, kind: str = "") -> str:
    """A table that becomes a list of rows where it is narrow, and still is a table to listeners."""
    return (
        f'<table class="figures overview {kind}" role="table" aria-label="{text_html(name)}">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>{bodies}</table>'
    )


def body(rows: Sequence[str], title: str = "", columns: int = 1) -> str:
    """Rows under a title of their own; nothing where there are none."""
    if not rows:
        return ""
    above = ""
    if title:
        above = (
            f'<tr role="row" class="group"><th role="rowheader" scope="rowgroup" '
            f'colspan="{columns}">{text_html(title)}</th></tr>'
        )
    return f'<tbody role="rowgroup">{above}{"".join(rows)}</tbody>'


def contradictions(findings: Sequence[str]) -> str:
    """What is found about numbers that do not fit together."""
    return "".join(
        f'<p class="contradiction"><strong>{say("Säger emot sig.")}</strong> '
        f"<span{SV}>{line_html(one, ())}</span></p>"
        for one in findings
    )


def chart_html(key: str, name: str, told: str, heading: str = "h3") -> str:
    """A place for a chart; the numbers that it draws stand in a table that `told` names."""
    picture = say("Diagram: {name}. {told}", name=text_html(name), told=text_html(told))
    return (
        f'<figure class="chart"><figcaption><{heading}>{text_html(name)}</{heading}>'
        f'<p class="aside">{text_html(told)}</p></figcaption><div class="plot" role="img" '
        f'data-chart="{key}" aria-label="{picture}"></div>'
        "</figure>"
    )


def way_html(effect: Number | None, said: str) -> str:
    """Which way a line went, in words, with a sign so that colour is not alone."""
    sign, kind = "", "even"
    if effect is not None and effect.value:
        sign, kind = ("▼ ", "worse") if effect.value < 0 else ("▲ ", "better")
    return (
        f'<span class="way {kind}"><span aria-hidden="true">{sign}</span>{term_html(said)}</span>'
    )

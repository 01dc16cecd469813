"""A line of an answer → HTML. What people type and what documents say is text, never markup."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping, Sequence

from app.answer_parts import place_name, place_of
from app.swedish import NUMBER
from app.words import ENGLISH, SWEDISH, language, say, term
from rag.answer import Citation

_PIECE = re.compile(rf"\[(?P<marker>\d+)\]|(?P<number>{NUMBER.pattern})")
_MARKED = re.compile(r"(.*?)((?<![^ ])[^ ]{1,30} (?:\[\d+\])+|$)", re.S)


def text_html(value: str) -> str:
    """`value` as HTML that shows exactly these characters."""
    # braces and dollars too: the page's components fill in templates
    escaped = html.escape(value, quote=True)
    return escaped.replace("{", "&#123;").replace("}", "&#125;").replace("$", "&#36;")


SV = f' lang="{SWEDISH}"'
"""Of an element that holds what documents or answers say, whatever language the page is in."""


def sv_html(value: str) -> str:
    """A few words of a document among our own, told to be Swedish where ours are not."""
    shown = text_html(value)
    return f"<span{SV}>{shown}</span>" if language() == ENGLISH and value else shown


def term_html(value: str) -> str:
    """A word that the program uses of documents, told to be Swedish where it has no English."""
    known = term(value)
    return text_html(known) if known != value else sv_html(value)


def place_html(citation: Citation) -> str:
    """The document and page of a citation, as HTML."""
    page = text_html(str(citation.page_label or citation.page))
    return place_name(sv_html(citation.title), page)


def opener(citation: Citation, shown: str = "", kind: str = "marker") -> str:
    """A button that opens the page of a citation; `shown` is HTML, else the citation's number."""
    told = say("Visa källa {number}: {place}", number=citation.id, place=place_of(citation))
    about = text_html(told)
    return (
        f'<button type="button" class="{kind}" data-source="{citation.id}" '
        f'aria-label="{about}" title="{about}">{shown or citation.id}</button>'
    )


def line_html(line: str, citations: Sequence[Citation], results: Collection[str] = ()) -> str:
    """A line with its numbers held together, and its markers as buttons.

    `results` are numbers, as they are written, that were asked for: they stand out.
    """
    by_id = {citation.id: citation for citation in citations}
    shown: list[str] = []
    # a marker stays on the line of the word before it
    for rest, marked in _MARKED.findall(line):
        shown.append(_pieces(rest, by_id, results))
        if marked:
            shown.append(f'<span class="kept">{_pieces(marked, by_id, results)}</span>')
    return "".join(shown)


def _pieces(text: str, by_id: Mapping[int, Citation], results: Collection[str]) -> str:
    shown: list[str] = []
    at = 0
    for piece in _PIECE.finditer(text):
        shown.append(text_html(text[at : piece.start()]))
        at = piece.end()
        cited = by_id.get(int(piece["marker"])) if piece["marker"] else None
        if cited:
            shown.append(opener(cited))
        elif piece["number"]:
            shown.append(number_html(piece["number"], asked=piece["number"] in results))
        else:
            shown.append(text_html(piece[0]))
    return "".join(shown) + text_html(text[at:])


def number_html(number: str, *, asked: bool = False) -> str:
    """A number, as Swedish writes it, that never breaks over lines; one that was asked for stands
    out."""
    kind = "number asked" if asked else "number"
    of = SV if language() == ENGLISH else ""
    return f'<span class="{kind}"{of}>{text_html(number)}</span>'

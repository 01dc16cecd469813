"""Numbers of an overview → buttons that open their cells, or formulas with such buttons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from app.web.inline import SV, number_html, text_html
from app.web.places import cited_places
from app.words import say
from rag.answer import Citation
from rag.overviews.numbers import Number
from rag.spoken import formula_text, number
from rag.store import Store


class Places:
    """The places that a reply points at, each once, by their order in `as_json`."""

    def __init__(self) -> None:
        self._at: dict[tuple[object, ...], int] = {}
        self._cited: list[Citation] = []

    def at(self, sources: Iterable[Citation]) -> list[int]:
        """Where the places of some sources stand in the list, from 0."""
        found: list[int] = []
        for one in sources:
            key = one.document, one.page, one.quote, one.boxes
            if key not in self._at:
                self._at[key] = len(self._cited)
                self._cited.append(one)
            found.append(self._at[key])
        return list(dict.fromkeys(found))

    def as_json(self, store: Store) -> list[dict[str, Any]]:
        """All places as the page's viewer wants them, without numbers of their own."""
        with store.snapshot():  # each page is read once
            return [place | {"id": 0} for place in cited_places(store, self._cited)]


def short(one: Number, unit: str) -> str:
    """A number as it stands in a column that is counted in `unit`: without it."""
    if one.unit == "%":
        return f"{number(one.value, '')}\u00a0%"
    return number(one.value, "") if one.unit == unit else one.text


def opens(sources: Sequence[Citation], shown: str, about: str, places: Places) -> str:
    """A button that opens the places of some sources; `shown` is HTML, `about` text."""
    at = ",".join(map(str, places.at(sources)))
    said = text_html(say("{about} – visa sidan", about=about))
    return (
        f'<button type="button" class="opens" data-places="{at}" aria-label="{said}">'
        f"{shown}</button>"
    )


def number_cell(one: Number | None, unit: str, about: str, places: Places) -> str:
    """A number in a table. A printed one opens its cell; one that was worked out shows how, with
    a button for each cell that it was worked out of. `about` says which number it is."""
    if one is None:
        return ""
    shown = number_html(short(one, unit))
    said = f"{about}: {one.text}"
    if one.printed:
        return opens(one.sources, shown, said, places)
    worked = text_html(say("{number}, uträknat – visa uträkningen", number=said))
    return (
        f'<details class="by-formula"><summary aria-label="{worked}">{shown}</summary>'
        f"{formula_html(one, places)}</details>"
    )


def page_told(page: int) -> str:
    """What a button is called that opens a page."""
    return say("Sidan {page}", page=page)


def formula_html(one: Number, places: Places) -> str:
    """How a number was worked out, and buttons for the cells that it was worked out of."""
    told = f"{formula_text(one.formula)} = {one.text}"
    buttons = "".join(
        opens((source,), page_told(source.page), f"{source.source}: {source.quote}", places)
        for source in one.sources
    )
    return (
        f'<div class="formula"><p>{say("Uträknat:")} <span{SV}>{text_html(told)}</span></p>'
        f'<p class="pages">{buttons}</p></div>'
    )

"""Filters of a view: what may be chosen, how it is drawn, and what the browser sends of it."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from app.web.view import CallError
from app.words import key, say, term
from rag.answer import Filters
from rag.question_set import FilterFields
from rag.store import StoredDocument

_FILTERS = (
    ("municipality", key("Kommun"), key("Alla kommuner")),
    ("board", key("Nämnd"), key("Alla nämnder")),
    ("kind", key("Slag"), key("Alla slag")),
    ("year", key("År"), key("Alla år")),
    ("document", key("Dokument"), key("Alla dokument")),
)


def choices_of(documents: Sequence[StoredDocument]) -> dict[str, list[list[str]]]:
    """What may be chosen of each filter: pairs of value and name."""
    known = [document.identity for document in documents]

    def each(values: set[str]) -> list[list[str]]:
        return [[value, value] for value in sorted(values) if value]

    return {
        "municipality": each({one.municipality for one in known}),
        "board": each({one.board for one in known}),
        "kind": [[kind, term(kind)] for kind, _ in each({one.kind for one in known})],
        "year": each({str(year) for one in known for year in one.years}),
        "document": [[one.id, one.identity.title or one.id] for one in documents],
    }


def filters_html() -> str:
    """The filters folded away; `static/filters.js` fills them in."""
    selects = "".join(
        f'<label>{say(name)}<select name="{of}"><option value="">{say(every)}</option></select>'
        "</label>"
        for of, name, every in _FILTERS
    )
    return (
        f'<details class="filters"><summary>{say("Begränsa till …")}</summary>'
        f'<div class="choosing">{selects}<button type="button" class="quiet" data-do="unfilter">'
        f"{say('Ta bort alla')}</button></div></details>"
    )


def filters_of(sent: object) -> Filters:
    """What was chosen, checked. Raises `CallError`."""
    try:
        return FilterFields.model_validate(sent).to_filters()
    except ValidationError as error:
        raise CallError(say("Filtren kom inte fram som de skulle. Ladda om sidan.")) from error

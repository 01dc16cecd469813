"""Granskning: where the documents disagree with themselves or each other, both places shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from app.swedish import FINDINGS
from app.web.inline import SV, line_html, number_html, sv_html, text_html
from app.web.places import found_place
from app.web.view import Reply, Site, View
from app.words import counted, key, say
from ingest.types import Finding
from rag.answer import NO_FILTERS
from rag.audit import Audit, audit
from rag.spoken import number
from rag.store import StoredDocument

_LEAD = key(
    "Dokumenten räknade mot sig själva och mot varandra: summor, skillnader, procent, "
    "riskvärden, och text mot tabell. Båda ställena visas."
)
_ROUNDED = key(
    "Delarna är avrundade var för sig, så summan kan skilja på sista siffran. Det är inget fel."
)
_DECIMALS = 6  # of a number that a document states, at most
_SHARE_DECIMALS = 2
_FIGURES = (key("Står"), key("Enligt resten"), key("Skiljer"))
_SHARE = 0.42  # of its width: how high a glimpse of a page is
_CLOSER = 1.14  # times the frame's width: how wide the page is behind it, margins out of sight


def _open(site: Site, sent: Mapping[str, Any]) -> Reply:
    """All findings, with the pages of their places."""
    store = site.asker.index.store
    result = audit(store, NO_FILTERS)
    documents = {document.id: document for document in result.documents}
    told = result.told(include_rounding=False)
    rounded = [finding for finding in result.findings if finding.explained_by_rounding]
    ordered = [*told, *rounded]
    places = [
        [
            found_place(documents[place.document], store.page(place.document, place.page), place)
            for place in finding.places
        ]
        for finding in ordered
    ]
    names = {name: document.identity.title or name for name, document in documents.items()}
    kinds = {finding.kind for finding in told}
    shown = [_finding(n, one, places[n], names) for n, one in enumerate(ordered)]
    return {
        "summary": _summary(result, told),
        "html": "".join(shown[: len(told)]),
        "rounded": "".join(shown[len(told) :]),
        "places": places,
        "kinds": [[kind, say(FINDINGS[kind])] for kind in FINDINGS if kind in kinds],
        "documents": _named(told, documents),
    }


def _named(found: Sequence[Finding], documents: Mapping[str, StoredDocument]) -> list[list[str]]:
    """The documents that findings are about: pairs of id and title."""
    names = dict.fromkeys(place.document for finding in found for place in finding.places)
    return [[name, documents[name].identity.title or name] for name in names]


def _summary(result: Audit, told: Sequence[Finding]) -> str:
    found = counted(len(told), "{count} motsägelse.", "{count} motsägelser.")
    checked = say(
        "{checked} av {tables} tabeller har summor som går att räkna efter, i {count} dokument.",
        checked=result.checked,
        tables=result.tables,
        count=len(result.documents),
    )
    return f"{found if told else say('Inga motsägelser.')} {checked}"


def _finding(at: int, found: Finding, places: list[dict[str, Any]], names: dict[str, str]) -> str:
    about = " ".join(dict.fromkeys(place.document for place in found.places))
    whose = dict.fromkeys(names[place.document] for place in found.places)
    told = say(" och ").join(map(sv_html, whose))
    terms = "".join(
        f"<div><dt>{say(name)}</dt><dd>{number_html(number(_short(value), found.unit))}</dd></div>"
        for name, value in zip(
            _FIGURES, (found.stated, found.expected, found.difference), strict=True
        )
    )
    glimpses = "".join(_glimpse(at, n, place) for n, place in enumerate(places))
    return (
        f'<article class="finding" data-kind="{found.kind}" data-documents="{text_html(about)}">'
        f'<p class="kind">{say(FINDINGS[found.kind])} · {told}</p>'
        f"<h3{SV}>{line_html(found.message, ())}</h3><dl>{terms}</dl>"
        f'<div class="glimpses">{glimpses}</div></article>'
    )


def _short(value: Decimal) -> Decimal:
    """A share that has been worked out, as the finding's own words have it."""
    exponent = value.as_tuple().exponent
    endless = isinstance(exponent, int) and exponent < -_DECIMALS
    return round(value, _SHARE_DECIMALS) if endless else value


def _glimpse(finding: int, at: int, place: dict[str, Any]) -> str:
    """A place as it looks on its page; pressed, it opens the page."""
    name = text_html(place["name"])
    title, quote = place["title"], " ".join(place["quote"].split())
    page = text_html(place["name"].removeprefix(title))
    shown = f'<q class="quoted"{SV}>{text_html(quote[:400])}</q>'
    if "picture" in place and place["marks"]:
        shown = _cut(place)
    return (
        f'<button type="button" class="glimpse" data-finding="{finding}" data-place="{at}" '
        f'aria-label="{say("Visa {place}: {quote}", place=name, quote=text_html(quote[:160]))}">'
        f"<span>{sv_html(title)}{page}</span>{shown}</button>"
    )


def _cut(place: dict[str, Any]) -> str:
    """The part of a page around its marks."""
    width, height = place["size"]
    left, top, wide, high = place["marks"][0]
    tall = _CLOSER * height / width  # of the page behind the frame, in widths of the frame
    down = (top + high / 2) / 100 * tall - _SHARE / 2
    down, aside = min(max(down, 0), max(tall - _SHARE, 0)), (_CLOSER - 1) / 2
    if left / 100 * _CLOSER < aside:  # the mark stands in the margin
        aside = 0
    elif (left + wide) / 100 * _CLOSER > aside + 1:
        aside = _CLOSER - 1
    lit = "".join(
        f'<span class="lit" style="left:{x}%;top:{y}%;width:{w}%;height:{h}%"></span>'
        for x, y, w, h in place["marks"]
    )
    return (
        f'<span class="cut"><span class="paper" style="width:{100 * _CLOSER:.0f}%;'
        f'aspect-ratio:{width}/{height};margin:{-100 * down:.2f}% 0 0 {-100 * aside:.2f}%">'
        f'<img src="{place["picture"]}" alt="" loading="lazy">{lit}</span></span>'
    )


def _markup() -> str:
    return (
        f'<div class="sheet"><h1>{say("Granskning")}</h1><p class="lead">{say(_LEAD)}</p>'
        f'<p class="summary" role="status">{say("Går igenom dokumenten …")}</p>'
        f'<form class="narrowing" hidden><label>{say("Dokument")}<select name="document">'
        f'<option value="">{say("Alla dokument")}</option></select></label>'
        f'<label>{say("Slag")}<select name="kind"><option value="">{say("Alla slag")}</option>'
        f'</select></label></form><h2 class="unseen">{say("Motsägelser")}</h2>'
        '<div class="findings"></div><details class="rounding" hidden><summary></summary>'
        f'<p class="aside">{say(_ROUNDED)}</p><div class="findings"></div></details></div>'
        f'<aside class="viewer" aria-label="{say("Sidan")}" hidden></aside>'
    )


VIEW = View("granskning", key("Granskning"), _markup, {"open": _open})

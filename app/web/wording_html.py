"""A wording's history, and a comparison of two documents → HTML, all texts escaped."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from app.answer_parts import place_name
from app.web.inline import SV, line_html, number_html, sv_html, text_html
from app.web.places import PassagePlaces
from app.wording_view import (
    ABSENCES,
    STATUSES,
    changed_by,
    in_a_row,
    kind_told,
    readable,
    sections_of,
    telling,
    unchanged_told,
    unread_told,
)
from app.words import key, language, say, term
from rag.wording.types import (
    DELETE,
    EQUAL,
    INSERT,
    Absence,
    Aligned,
    Comparison,
    Difference,
    History,
    NumberChange,
    Occurrence,
    Passage,
    Source,
)

MOST = 200
"""Occurrences that are shown: further down nobody reads, and a phrase can stand in thousands."""
_AROUND = 8  # unchanged words that are shown on each side of a change
_BEGINNING = 60  # words of a text that is shown as it stands
_LEFT = 6  # fewer words than these are not folded away
_SHORT = 240  # characters of an unchanged paragraph
_WORD = re.compile(r"\S+\s*|\s+")
_MARKS = {
    DELETE: ("del", key("borttaget")),
    INSERT: ("ins", key("tillagt")),
}


# ---- texts


def _whole(text: str) -> str:
    """A text as it stands, what is long folded away after its beginning."""
    return _folded(text, _BEGINNING, 0)


def _folded(text: str, head: int, tail: int) -> str:
    """A text whose middle is behind a button, where it is long; `head` and `tail` are words."""
    words = _WORD.findall(text)
    end = max(head, len(words) - tail)
    middle = words[head:end]
    if len(middle) < _LEFT:
        return line_html(text, ())
    before, after = "".join(words[:head]), "".join(words[end:])
    several = key("Visa {count} oförändrade ord") if tail else key("Visa {count} ord till")
    count = say(several, count=len(middle))
    return (
        f'{line_html(before, ())}<button type="button" class="more" aria-expanded="false" '
        f'aria-label="{count}" title="{count}" lang="{language()}">…</button>'
        f'<span class="middle" hidden>{line_html("".join(middle), ())}</span>'
        f"{line_html(after, ())}"
    )


def difference_html(difference: Difference, shown: Collection[str] = (DELETE, INSERT)) -> str:
    """A text with what was struck and added marked, by elements and in words, not by colour alone.

    `shown` are the operations that are shown: with one of them, one side of the two texts.
    """
    pieces = [piece for piece in difference.pieces if piece[0] == EQUAL or piece[0] in shown]
    told: list[str] = []
    end = ""
    for at, (operation, text) in enumerate(pieces):
        if end and not end[-1].isspace() and text[0].isalnum():
            told.append(" ")
        end = text
        if operation == EQUAL:
            head, tail = (_AROUND if at else 0), (_AROUND if at < len(pieces) - 1 else 0)
            told.append(_folded(text, head, tail) if head or tail else _whole(text))
            continue
        name, said = _MARKS[operation]
        body = text.rstrip()
        told.append(
            f"<{name}>{_unseen(say(said) + ': ')}{line_html(body, ())}"
            f"{_unseen(' (' + say('slut') + ')')}</{name}>{text[len(body) :]}"
        )
    return "".join(told)


def _unseen(text: str) -> str:
    """Words of ours inside those of a document, for those who listen."""
    return f'<span class="unseen" lang="{language()}">{text}</span>'


def numbers_html(changes: Sequence[NumberChange]) -> str:
    """The numbers that became others, and by how much."""
    items = "".join(f"<li>{_number(change)}</li>" for change in changes)
    name = say("Tal som ändrats")
    return f'<ul class="numbers" aria-label="{name}">{items}</ul>' if items else ""


def _number(change: NumberChange) -> str:
    by = changed_by(change)
    return (
        f'{number_html(change.before)} <span aria-hidden="true">→</span>'
        f'<span class="unseen">{say("blev")}</span> {number_html(change.after)}'
        + (f" ({number_html(by)})" if by else "")
    )


def _opener(places: PassagePlaces, source: Source, passage: Passage, *, named: bool) -> str:
    """A button that opens the page of a passage; it shows the document's name, if `named`."""
    pages = sorted({part.page for part in passage.parts})
    told = passage.parts[0].page_label or str(pages[0])
    if len(pages) > 1:
        told += f"–{passage.parts[-1].page_label or pages[-1]}"
    title = sv_html(source.title)
    shown = place_name(title, text_html(told))
    if not named:
        shown = say("Visa sidan {page}", page=text_html(told))
        shown += f'<span class="unseen"> {say("i {title}", title=title)}</span>'
    number = places.number_of(source, passage)
    return f'<button type="button" class="quiet opens" data-places="{number}">{shown}</button>'


# ---- a wording, year by year


def history_html(history: History, places: PassagePlaces) -> str:
    """The years that a wording stands in, or is missing from, oldest first."""
    occurrences = history.occurrences[:MOST]
    absent = [one for one in telling(history) if one.when != "before"]
    if len(occurrences) < len(history.occurrences):
        absent = [one for one in absent if one.source.year <= occurrences[-1].source.year]
    titles = {one.source.document: one.source.title for one in history.occurrences}
    several = len({one.source.owner for one in history.occurrences}) > 1
    years = sorted(
        {one.source.year for one in occurrences}
        | {one.year for one in history.missing}
        | {one.source.year for one in absent}
    )
    shown: list[str] = []
    for year in years:
        here = [one for one in occurrences if one.source.year == year]
        told = "".join(_occurrence(one, titles, places, several=several) for one in here)
        told += _silent(year, history, [one for one in absent if one.source.year == year])
        gap = "" if here else " gap"
        shown.append(
            f'<li class="year{gap}"><h3>{year or say("Okänt år")}</h3>'
            f'<div class="told">{told}</div></li>'
        )
    return f'<ol class="years">{"".join(shown)}</ol>{_not_yet(history)}'


def _silent(year: int, history: History, absent: Sequence[Absence]) -> str:
    """Which documents of a year are not there, or do not hold the wording."""
    lines = []
    for owner in dict.fromkeys((one.board, one.municipality) for one in history.missing):
        kinds = [
            term(one.kind)
            for one in history.missing
            if one.year == year and (one.board, one.municipality) == owner
        ]
        if kinds:
            of = ", ".join(part for part in owner if part)
            said = in_a_row(kinds)
            kinds_told = text_html(f"{said[:1].upper()}{said[1:]}")
            lines.append(
                say(
                    "{kinds} {year} saknas i underlaget ({board}).",
                    kinds=kinds_told,
                    year=year,
                    board=sv_html(of),
                )
            )
    for when in ("between", "after"):
        titles = [_absent(one) for one in absent if one.when == when]
        if titles:
            lines.append(f"{say(ABSENCES[when])}: {'; '.join(titles)}.")
    return "".join(f'<p class="silent">{line}</p>' for line in lines)


def _not_yet(history: History) -> str:
    before = [_absent(one) for one in telling(history) if one.when == "before"]
    told = f"{say(ABSENCES['before'])}: {'; '.join(before)}."
    return f'<p class="aside">{told}</p>' if before else ""


def _absent(one: Absence) -> str:
    return sv_html(one.source.title) + text_html(unread_told(one))


def _occurrence(
    one: Occurrence, titles: dict[str, str], places: PassagePlaces, *, several: bool
) -> str:
    source = one.source
    where = [part for part in source.owner if part and several]
    where += [one.passage.section[-1]] if one.passage.section else []
    return (
        f'<article class="occurrence"><header><h4{SV}>{text_html(source.title)}</h4>'
        f'<p class="how {one.kind}">{text_html(kind_told(one))}</p></header>'
        + (f'<p class="aside"{SV}>{text_html(" · ".join(where))}</p>' if where else "")
        + f'<div class="own">{_own(one)}</div><div class="before">{_before(one, titles)}</div>'
        f"{_opener(places, source, one.passage, named=False)}</article>"
    )


def _own(one: Occurrence) -> str:
    """The text against what was looked for."""
    return _changed(one.difference, one.passage.text)


def _before(one: Occurrence, titles: dict[str, str]) -> str:
    """The text against the wording of an earlier year."""
    change = one.previous_difference
    if change is None:
        told = f'<p class="since">{say("Ingen tidigare lydelse att jämföra med.")}</p>'
        return f"{told}<blockquote{SV}>{_whole(one.passage.text)}</blockquote>"
    how = key("Oförändrat sedan {title}.")
    if change.changed:
        how = key("Ändrat sedan {title}.") if readable(change) else key("Omskrivet sedan {title}.")
    since = say(how, title=sv_html(titles.get(one.previous, one.previous)))
    return f'<p class="since">{since}</p>{_changed(change, one.passage.text)}'


def _changed(difference: Difference, text: str) -> str:
    inside = difference.changed and readable(difference)
    shown = difference_html(difference) if inside else _whole(text)
    return f"<blockquote{SV}>{shown}</blockquote>{numbers_html(difference.numbers)}"


# ---- two documents


def comparison_html(comparison: Comparison, places: PassagePlaces) -> str:
    """What is new, gone and changed under each heading of the newer document."""
    shown: list[str] = []
    for name, became, runs in sections_of(comparison):
        items = "".join(_run(comparison, run, places) for run in runs)
        shown.append(f'<section class="part"><h3>{sv_html(name)}{became}</h3>{items}</section>')
    return "".join(shown)


def _run(comparison: Comparison, run: Sequence[Aligned], places: PassagePlaces) -> str:
    if run[0].status != "unchanged":
        return "".join(_aligned(comparison, one, places) for one in run)
    texts = [one.new.text for one in run if one.new is not None]
    items = "".join(
        f"<li{SV}>{line_html(text[:_SHORT], ())}{' …' if len(text) > _SHORT else ''}</li>"
        for text in texts
    )
    return (
        f'<details class="same"><summary>{unchanged_told(len(run))}</summary>'
        f"<ul>{items}</ul></details>"
    )


def _aligned(comparison: Comparison, one: Aligned, places: PassagePlaces) -> str:
    old = _side(comparison.older, one.old, one, DELETE, places)
    new = _side(comparison.newer, one.new, one, INSERT, places)
    numbers = [change for change in one.difference.numbers if change.difference is not None]
    return (
        f'<article class="change" data-status="{one.status}">'
        f'<p class="how {one.status}">{say(STATUSES[one.status])}</p>'
        f'<div class="sides">{old}{new}</div>{numbers_html(numbers)}</article>'
    )


def _side(
    source: Source, passage: Passage | None, one: Aligned, marked: str, places: PassagePlaces
) -> str:
    """One document's side of a change; empty where the document has nothing there."""
    if passage is None:
        told = key("Finns inte i {title}.") if marked == INSERT else key("Fanns inte i {title}.")
        shown = say(told, title=sv_html(source.title))
        return f'<div class="side none"><p class="aside">{shown}</p></div>'
    inside = one.status == "changed" and readable(one.difference)
    text = difference_html(one.difference, (marked,)) if inside else _whole(passage.text)
    return (
        f'<div class="side">{_opener(places, source, passage, named=True)}'
        f"<blockquote{SV}>{text}</blockquote></div>"
    )

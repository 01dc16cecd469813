"""The life of a wording, and the comparison of two documents → text for people, in the terminal."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.swedish import NUMBER
from app.words import counted as number_of
from app.words import key, say
from rag.spoken import number
from rag.wording.types import (
    DELETE,
    EQUAL,
    EXACT,
    NEAR,
    REWORDED,
    Absence,
    Aligned,
    Comparison,
    Difference,
    History,
    NumberChange,
    Occurrence,
    Source,
)

_WIDTH = 96
_HELD = "\ue000"  # stands for a space that no line may be broken at
_KINDS = {EXACT: key("ordagrant"), NEAR: key("nästan ordagrant"), REWORDED: key("omformulerat")}
STATUSES = {"appeared": key("Nytt"), "disappeared": key("Borttaget"), "changed": key("Ändrat")}
"""What became of a paragraph, in the order that a heading tells it."""
_HEADINGS = {"appeared": key("ny rubrik"), "disappeared": key("rubriken är borttagen")}
_NARROWING = "begränsa med --board, --kind eller --year"
_UNCHANGED = 0.5  # of the letters; a text of which more is changed is shown as it is
_CERTAIN = 0.5  # of the real documents' rewordings below it, half were about something else
_AROUND = 5  # unchanged words that are shown on each side of a change
ABSENCES = {
    "after": key("Finns inte längre i"),
    "between": key("Saknas däremellan i"),
    "before": key("Fanns ännu inte i"),
}
"""How it is told that documents do not hold a wording, by when."""
_COLOURS = {DELETE: "31", "insert": "32"}


def print_history(history: History) -> None:
    """The occurrences year by year, each with what differs; then gaps, and where it is gone."""
    if not history.occurrences:
        print(_not_found(history))
        return
    print(_filled(first_and_last(history, _NARROWING)) + "\n")
    for year, group in groupby(history.occurrences, key=lambda one: one.source.year):
        print(str(year) if year else "Okänt år")
        for one in group:
            _print_occurrence(one)
    both = [d for one in history.occurrences for d in (one.difference, one.previous_difference)]
    if any(d is not None and d.changed and readable(d) for d in both):
        print("Så läses ändringarna: [−står i din text, eller stod förut−] [+står i dokumentet+]\n")
    for line in told_of(history):
        print(_filled(line, "", "  "))


def told_of(history: History) -> Iterator[str]:
    """What is missing, and where the wording does not stand, in Swedish, a sentence a line."""
    yield from missing_told(history)
    for when, told in ABSENCES.items():
        absent = [one for one in telling(history) if one.when == when]
        if absent:
            yield f"{told}: {'; '.join(map(_absent, absent))}."


def telling(history: History) -> list[Absence]:
    """The documents whose silence says something."""
    # a report that never repeats what a budget says tells nothing by not doing it
    kinds = {one.source.kind for one in history.occurrences}
    return [one for one in history.absent if one.when == "after" or one.source.kind in kinds]


def missing_told(history: History) -> Iterator[str]:
    """The years between first and last for which a board's document is not there."""
    for owner, group in groupby(history.missing, key=lambda one: (one.board, one.municipality)):
        documents = in_a_row([f"{one.kind} {one.year}" for one in group])
        of = ", ".join(part for part in owner if part)
        yield f"{documents[0].upper()}{documents[1:]} saknas i underlaget ({of})."


def in_a_row(names: Sequence[str]) -> str:
    """Names as a sentence has them: "a, b och c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{say(' och ')}{names[-1]}"


def _absent(one: Absence) -> str:
    return f"{_named(one.source)}{unread_told(one)}"


def unread_told(one: Absence) -> str:
    """Which pages could not be read, where it may stand after all; "" where all could."""
    pages = ", ".join(map(str, one.unread))
    return f" ({say('sidan {pages} kunde inte läsas', pages=pages)})" if pages else ""


def _named(source: Source) -> str:
    return f"{source.title} ({source.document})"


def _not_found(history: History) -> str:
    if not history.searched:
        return "Inget dokument passar filtren. Visa alla med: namndkoll documents"
    where = "det enda dokumentet" if history.searched == 1 else f"{history.searched} dokument"
    told = f"Formuleringen hittades inte i {where}."
    if history.phrase:
        return f"{told} Så kort text söks ordagrant; klistra in hela meningen."
    return f"{told} Sök på ämnet i stället med: namndkoll search"


def first_and_last(history: History, narrowing: str) -> str:
    """In how many places and documents, from when to when; `narrowing` says how to search less."""
    count = len(history.occurrences)
    held = len({one.source.document for one in history.occurrences})
    stands = number_of(count, "{count} ställe", "{count} ställen")
    told = say(
        "{places} i {held} av {searched} dokument.",
        places=stands,
        held=held,
        searched=history.searched,
    )
    if history.more:
        told += f" {say('Det kan finnas fler; {narrowing}.', narrowing=narrowing)}"
    if not history.first:
        return told
    if history.first == history.last:
        return f"{told} {say('Bara {year}.', year=history.first)}"
    between = say("Först {first}, senast {last}.", first=history.first, last=history.last)
    return f"{told} {between}"


def _print_occurrence(one: Occurrence) -> None:
    pages = sorted({part.page for part in one.passage.parts})
    page = str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"
    print(_filled(f"{_named(one.source)}, sidan {page}: {kind_told(one)}", "  ", "    "))
    same = not one.difference.changed or not readable(one.difference)
    text = f"”{one.passage.text}”" if same else shown(one.difference)
    print(_filled(text, "    ", "    "))
    if one.difference.numbers:
        print(_filled(f"Tal, från din text: {_numbers(one.difference)}", "    ", "      "))
    if one.previous_difference is not None:
        _print_previous(one.previous, one.previous_difference)
    print()


def _print_previous(document: str, before: Difference) -> None:
    if not before.changed:
        print(f"    Oförändrat sedan {document}")
        return
    how = f"Ändrat sedan {document}: {shown(before)}"
    told = how if readable(before) else f"Omskrivet sedan {document}"
    print(_filled(told, "    ", "      "))
    if before.numbers:
        print(_filled(f"Tal: {_numbers(before)}", "      ", "        "))


def readable(difference: Difference) -> bool:
    """Whether so much is unchanged that the changes can be read inside the text."""
    equal = sum(len(text) for operation, text in difference.pieces if operation == EQUAL)
    return equal > _UNCHANGED * sum(len(text) for _, text in difference.pieces)


def kind_told(one: Occurrence) -> str:
    """How like the wording an occurrence is, in Swedish."""
    if one.kind == EXACT:
        return say(_KINDS[EXACT])
    kind, alike = say(_KINDS[one.kind]), round(100 * one.similarity)
    if one.kind == REWORDED and one.similarity < _CERTAIN:
        kind = say("kanske {kind}", kind=kind)
    return say("{kind} ({alike} % lika)", kind=kind, alike=alike)


def _numbers(difference: Difference) -> str:
    return "; ".join(map(number_told, difference.numbers))


def number_told(change: NumberChange) -> str:
    """A number that changed: "80 → 75 (−5)"."""
    by = changed_by(change)
    return f"{change.before} → {change.after}{f' ({by})' if by else ''}"


def changed_by(change: NumberChange) -> str:
    """By how much a number changed, with its sign; "" where that says nothing."""
    if change.difference is None:
        return ""
    return f"{'+' if change.difference > 0 else ''}{number(change.difference, '')}"


def shown(difference: Difference) -> str:
    """A difference with its changes marked, and unchanged text in between folded to a few words."""
    pieces = difference.pieces
    parts: list[str] = []
    for index, (operation, text) in enumerate(pieces):
        if operation == EQUAL:
            parts.append(_folded(text, first=index == 0, last=index == len(pieces) - 1))
        else:
            apart = bool(parts) and not parts[-1].endswith(" ") and text[0].isalnum()
            parts.append(" " * apart + _marked(operation, text))
    return "".join(parts)


def _folded(text: str, *, first: bool, last: bool) -> str:
    words = text.split()
    head = [] if first else words[:_AROUND]
    tail = [] if last else words[-_AROUND:]
    if len(words) <= len(head) + len(tail) + 2:
        return text
    gap = " " if text.endswith(" ") else ""
    return " ".join([*head, "…", *tail]) + gap


def _marked(operation: str, text: str) -> str:
    """A changed piece between signs, in colour where the terminal has any; spaces stay outside."""
    body = text.rstrip()
    gap = text[len(body) :]
    sign = "−" if operation == DELETE else "+"
    whole = f"[{sign}{body}{sign}]"
    if sys.stdout.isatty() and "NO_COLOR" not in os.environ:
        whole = f"\033[{_COLOURS[operation]}m{whole}\033[0m"
    return whole + gap


def _filled(text: str, first: str = "", others: str = "") -> str:
    held = NUMBER.sub(lambda found: found[0].replace(" ", _HELD), text)
    lines = textwrap.fill(
        held, _WIDTH, initial_indent=first, subsequent_indent=others, break_on_hyphens=False
    )
    return lines.replace(_HELD, " ")


# ---- two documents


def print_comparison(comparison: Comparison) -> None:
    """What appeared, disappeared and changed, in the order of the newer; the rest is folded."""
    older, newer = comparison.older, comparison.newer
    print(_filled(f"Från {_named(older)} till {_named(newer)}") + "\n")
    for name, became, runs in sections_of(comparison):
        print(name + became)
        for run in runs:
            if run[0].status == "unchanged":
                print(f"  … {unchanged_told(len(run))}")
            for one in run:
                if one.status != "unchanged":
                    _print_aligned(one)
        print()
    print(counted(comparison))
    if any(one.status == "changed" and readable(one.difference) for one in comparison.aligned):
        print("Så läses ändringarna: [−struket−] [+tillagt+]")


def sections_of(comparison: Comparison) -> Iterator[tuple[str, str, list[list[Aligned]]]]:
    """The sections in which something is new, gone or changed, and what is in them.

    A section is its heading, what became of it, and runs of what follows it; each run is
    unchanged, or has no part that is.
    """
    for name, group in groupby(comparison.aligned, key=_section):
        aligned = list(group)
        if all(one.status == "unchanged" for one in aligned):
            continue
        states = {one.status for one in aligned if one.what == "heading"}
        runs: list[list[Aligned]] = []
        for _, run in groupby(aligned, key=lambda one: one.status == "unchanged"):
            items = [one for one in run if one.what != "heading" or one.status == "changed"]
            runs += [items] if items else []
        told = next((f" ({say(told)})" for state, told in _HEADINGS.items() if state in states), "")
        yield name, told, runs


def _section(one: Aligned) -> str:
    passage = one.new or one.old
    return passage.section[-1] if passage is not None and passage.section else say("Utan rubrik")


def unchanged_told(count: int) -> str:
    """How many paragraphs are unchanged, in Swedish."""
    return number_of(count, "{count} stycke oförändrat", "{count} stycken oförändrade")


def _print_aligned(one: Aligned) -> None:
    label = f"{STATUSES[one.status]}, {_pages(one)}: "
    only = one.new or one.old
    if one.status == "changed" and readable(one.difference):
        print(_filled(label + shown(one.difference), "  ", "    "))
    elif one.old is not None and one.new is not None:
        print(_filled(f"{label}förut ”{_short(one.old.text)}”", "  ", "    "))
        print(_filled(f"nu ”{_short(one.new.text)}”", "    ", "    "))
    elif only is not None:
        print(_filled(label + _short(only.text), "  ", "    "))
    numbers = [change for change in one.difference.numbers if change.difference is not None]
    if numbers:
        print(_filled(f"Tal: {'; '.join(map(number_told, numbers))}", "    ", "      "))


def _pages(one: Aligned) -> str:
    pages = [str(side.page) for side in (one.old, one.new) if side is not None]
    return f"sidan {' → '.join(pages)}"


def _short(text: str) -> str:
    return textwrap.shorten(text, 5 * _WIDTH, placeholder=" …")


def counted(comparison: Comparison) -> str:
    """How many paragraphs are changed, new, gone and unchanged, in Swedish."""
    changed, new, gone, same = (
        comparison.count(status) for status in ("changed", "appeared", "disappeared", "unchanged")
    )
    told = (
        number_of(changed, "{count} ändrat", "{count} ändrade"),
        number_of(new, "{count} nytt", "{count} nya"),
        number_of(gone, "{count} borttaget", "{count} borttagna"),
        unchanged_told(same),
    )
    return f"{', '.join(told)}."

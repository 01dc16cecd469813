"""The life of a wording, and the comparison of two documents → text for people, in the terminal."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from app.swedish import NUMBER
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
_KINDS = {EXACT: "ordagrant", NEAR: "nästan ordagrant", REWORDED: "omformulerat"}
_STATUS = {"appeared": "Nytt", "disappeared": "Borttaget", "changed": "Ändrat"}
_HEADINGS = {"appeared": " (ny rubrik)", "disappeared": " (rubriken är borttagen)"}
_UNCHANGED = 0.5  # of the letters; a text of which more is changed is shown as it is
_CERTAIN = 0.5  # of the real documents' rewordings below it, half were about something else
_AROUND = 5  # unchanged words that are shown on each side of a change
_COLOURS = {DELETE: "31", "insert": "32"}


def print_history(history: History) -> None:
    """The occurrences year by year, each with what differs; then gaps, and where it is gone."""
    if not history.occurrences:
        print(_not_found(history))
        return
    print(_filled(_first_and_last(history)) + "\n")
    for year, group in groupby(history.occurrences, key=lambda one: one.source.year):
        print(str(year) if year else "Okänt år")
        for one in group:
            _print_occurrence(one)
    both = [d for one in history.occurrences for d in (one.difference, one.previous_difference)]
    if any(d is not None and d.changed and _readable(d) for d in both):
        print("Så läses ändringarna: [−står i din text, eller stod förut−] [+står i dokumentet+]\n")
    for line in told_of(history):
        print(_filled(line, "", "  "))


def told_of(history: History) -> Iterator[str]:
    """What is missing, and where the wording does not stand, in Swedish, a sentence a line."""
    yield from missing_told(history)
    # a report that never repeats what a budget says tells nothing by not doing it
    kinds = {one.source.kind for one in history.occurrences}
    for when, told in (
        ("after", "Finns inte längre i: "),
        ("between", "Saknas däremellan i: "),
        ("before", "Fanns ännu inte i: "),
    ):
        absent = [
            one
            for one in history.absent
            if one.when == when and (when == "after" or one.source.kind in kinds)
        ]
        if absent:
            yield told + "; ".join(map(_absent, absent)) + "."


def missing_told(history: History) -> Iterator[str]:
    """The years between first and last for which a board's document is not there."""
    for owner, group in groupby(history.missing, key=lambda one: (one.board, one.municipality)):
        documents = _listed([f"{one.kind} {one.year}" for one in group])
        of = ", ".join(part for part in owner if part)
        yield f"{documents[0].upper()}{documents[1:]} saknas i underlaget ({of})."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"


def _absent(one: Absence) -> str:
    pages = ", ".join(map(str, one.unread))
    unread = f" (sidan {pages} kunde inte läsas)" if pages else ""
    return f"{_named(one.source)}{unread}"


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


def _first_and_last(history: History) -> str:
    count = len(history.occurrences)
    held = len({one.source.document for one in history.occurrences})
    told = (
        f"{count} {'ställe' if count == 1 else 'ställen'} i {held} av {history.searched} dokument."
    )
    if history.more:
        told += " Det kan finnas fler; begränsa med --board, --kind eller --year."
    if not history.first:
        return told
    if history.first == history.last:
        return f"{told} Bara {history.first}."
    return f"{told} Först {history.first}, senast {history.last}."


def _print_occurrence(one: Occurrence) -> None:
    pages = sorted({part.page for part in one.passage.parts})
    page = str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"
    print(_filled(f"{_named(one.source)}, sidan {page}: {kind_told(one)}", "  ", "    "))
    same = not one.difference.changed or not _readable(one.difference)
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
    told = how if _readable(before) else f"Omskrivet sedan {document}"
    print(_filled(told, "    ", "      "))
    if before.numbers:
        print(_filled(f"Tal: {_numbers(before)}", "      ", "        "))


def _readable(difference: Difference) -> bool:
    """Whether so much is unchanged that the changes can be read inside the text."""
    equal = sum(len(text) for operation, text in difference.pieces if operation == EQUAL)
    return equal > _UNCHANGED * sum(len(text) for _, text in difference.pieces)


def kind_told(one: Occurrence) -> str:
    """How like the wording an occurrence is, in Swedish."""
    if one.kind == EXACT:
        return _KINDS[EXACT]
    maybe = "kanske " if one.kind == REWORDED and one.similarity < _CERTAIN else ""
    return f"{maybe}{_KINDS[one.kind]} ({round(100 * one.similarity)} % lika)"


def _numbers(difference: Difference) -> str:
    return "; ".join(map(number_told, difference.numbers))


def number_told(change: NumberChange) -> str:
    """A number that changed: "80 → 75 (−5)"."""
    told = f"{change.before} → {change.after}"
    if change.difference is None:
        return told
    sign = "+" if change.difference > 0 else ""
    return f"{told} ({sign}{number(change.difference, '')})"


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
    for section, group in groupby(comparison.aligned, key=_section):
        _print_section(section, list(group))
    print(_counted(comparison))
    if any(one.status == "changed" and _readable(one.difference) for one in comparison.aligned):
        print("Så läses ändringarna: [−struket−] [+tillagt+]")


def _section(one: Aligned) -> str:
    passage = one.new or one.old
    return passage.section[-1] if passage is not None and passage.section else "Utan rubrik"


def _print_section(name: str, group: Sequence[Aligned]) -> None:
    """A section with what is new, gone and changed in it; one where nothing is, is passed over."""
    if all(one.status == "unchanged" for one in group):
        return
    states = {one.status for one in group if one.what == "heading"}
    print(name + next((told for state, told in _HEADINGS.items() if state in states), ""))
    for unchanged, run in groupby(group, key=lambda one: one.status == "unchanged"):
        items = [one for one in run if one.what != "heading" or one.status == "changed"]
        if unchanged and items:
            print(f"  … {_unchanged(len(items))}")
        for one in () if unchanged else items:
            _print_aligned(one)
    print()


def _unchanged(count: int) -> str:
    return f"{count} stycken oförändrade" if count > 1 else "1 stycke oförändrat"


def _print_aligned(one: Aligned) -> None:
    label = f"{_STATUS[one.status]}, {_pages(one)}: "
    only = one.new or one.old
    if one.status == "changed" and _readable(one.difference):
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


def _counted(comparison: Comparison) -> str:
    changed, new, gone, same = (
        comparison.count(status) for status in ("changed", "appeared", "disappeared", "unchanged")
    )
    return (
        f"{changed} {'ändrat' if changed == 1 else 'ändrade'}, "
        f"{new} {'nytt' if new == 1 else 'nya'}, "
        f"{gone} {'borttaget' if gone == 1 else 'borttagna'}, {_unchanged(same)}."
    )

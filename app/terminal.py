"""Answers, documents and passages → text for people, in the terminal."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import Literal

from app.swedish import GRADES, NUMBER
from app.why import why_found
from ingest.types import Table
from rag.answer import Answer
from rag.asking import Hit
from rag.coverage import coverage
from rag.store import StoredDocument

_WIDTH = 96
_HELD = "\ue000"  # stands for a space within a number while lines are filled


def tell(message: str) -> None:
    """A notice to the person, on standard error: standard output is for answers."""
    print(message, file=sys.stderr, flush=True)


def print_answer(answer: Answer) -> None:
    """The answer, then where each quote stands, then what the person should know."""
    paragraphs = [filled(paragraph) for paragraph in answer.text.split("\n") if paragraph]
    # lines that go on over several are told apart by an empty line
    long = any("\n" in lines and not lines.startswith("– ") for lines in paragraphs)
    for before, lines in zip(["", *paragraphs], paragraphs, strict=False):
        if before and long and not (before.startswith("– ") and lines.startswith("– ")):
            print()
        print(lines)
    if answer.citations:
        print("\nKällor")
    for citation in answer.citations:
        place = " › ".join(citation.section)
        page = citation.page_label or str(citation.page)
        printed = f" (tryckt {page})" if page != str(citation.page) else ""
        where = f"{citation.document}, sidan {citation.page}{printed}"
        print(filled(f"[{citation.id}] {where}: {place}", "  ", "      "))
    # the two streams are often one terminal
    sys.stdout.flush()
    for warning in answer.warnings:
        tell("\n" + filled(f"Obs: {warning.message}", "", "     "))


def filled(text: str, first: str = "", others: str | None = None) -> str:
    """A paragraph in lines of the terminal's width, no number of it broken over two."""
    if others is None:
        others = "  " if text.startswith("– ") else ""
    held = NUMBER.sub(lambda found: found[0].replace(" ", _HELD), text)
    lines = textwrap.fill(
        held, _WIDTH, initial_indent=first, subsequent_indent=others, break_on_hyphens=False
    )
    return lines.replace(_HELD, " ")


def print_passages(passages: Sequence[Hit]) -> None:
    """Passages with their place, best first."""
    if not passages:
        print("Inget hittades.")
    for number, hit in enumerate(passages, start=1):
        print(f"{number}. {hit.document}, sidan {hit.page}: {' › '.join(hit.section)}")
        shown = textwrap.shorten(hit.text, 3 * _WIDTH, placeholder=" …")
        print(textwrap.indent(textwrap.fill(shown, _WIDTH - 3), "   "))
        for place in hit.also:
            how = "ordagrant" if place.exact else "nästan ordagrant"
            print(
                filled(f"Står {how} också i {place.document}, sidan {place.page}", "   · ", "     ")
            )
        if hit.why is not None:
            for line in why_found(hit.why):
                print(filled(line, "   · ", "     "))


def print_tables(tables: Sequence[Table]) -> None:
    """Each table with its place, unit and cells, header levels in bold; then what was checked."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    for table in tables:
        pages = (
            str(table.page) if table.page == table.last_page else f"{table.page}–{table.last_page}"
        )
        place = " › ".join(table.section)
        about = ", ".join(part for part in (table.caption.replace("\n", " "), table.unit) if part)
        console.print(Text(f"{table.id}, sidan {pages}: {place}", style="bold"))
        if about:
            console.print(Text(about))
        shown = Grid(box=None, show_header=False, pad_edge=False)
        grid = table.grid()
        for column in range(table.columns):
            numbers = sum(row[column][-1:].isdigit() for row in grid[table.header_rows :])
            shown.add_column(justify="right" if numbers * 2 > len(grid) else "left")
        for index, row in enumerate(grid):
            style = "bold" if index < table.header_rows else ""
            shown.add_row(*(Text(cell, style=style) for cell in row))
        console.print(shown)
        console.print(Text(f"Bedömning: {GRADES[table.grade]}", style="italic"))
        for check in table.checks:
            console.print(Text(f"  · {check}", style="italic"))
        console.print()


def print_grid(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()
) -> None:
    """A table with its heads in bold; columns `right` (from 0) hold numbers."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        numbers = number in right
        justify: Literal["left", "right"] = "right" if numbers else "left"
        grid.add_column(head, justify=justify, overflow="fold", no_wrap=numbers)
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 160, highlight=False).print(grid)


def print_documents(documents: Sequence[StoredDocument]) -> None:
    """A table of the documents, and what years and kinds are missing between them."""
    from rich.console import Console
    from rich.table import Table

    if not documents:
        print("Inga dokument. Läs in med: namndkoll ingest MAPP")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("id", "titel", "kommun", "nämnd", "slag", "år"):
        table.add_column(name, overflow="fold")
    for name in ("sidor", "tabeller", "nyckeltal"):
        table.add_column(name, justify="right")
    for document in documents:
        identity = document.identity
        years = ", ".join(str(year) for year in identity.years)
        table.add_row(
            document.id,
            identity.title,
            identity.municipality,
            identity.board,
            identity.kind,
            years,
            str(document.pages),
            str(document.tables),
            str(document.figures),
        )
    Console(width=None if sys.stdout.isatty() else 180).print(table)
    for document in documents:
        for problem in document.problems:
            page = f", sidan {problem.page}" if problem.page else ""
            print(f"Obs: {document.id}{page}: {problem.message}")
    for line in missing_between(documents):
        print(line)


def missing_between(documents: Sequence[StoredDocument]) -> list[str]:
    """For each board, the kinds of document that it has for some years but not for all between."""
    return [
        f"Saknas: {board.name}: {kind} för {', '.join(map(str, years))}"
        for board in coverage(documents)
        for kind, years in board.gaps()
    ]

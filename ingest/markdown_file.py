"""A Markdown file → drafts on one page. The only module that imports markdown-it-py."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.assemble import DraftPage
from ingest.errors import UnreadableFileError
from ingest.text_file import decode
from ingest.types import BlockKind
from ingest.unplaced import PageList, grid_raster

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*\n", re.S | re.M)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.S)
_BREAK = re.compile(r"<br\s*/?>", re.I)


def read_markdown(data: bytes) -> list[DraftPage]:
    """The headings, paragraphs, list items and tables of a Markdown file, on one page.

    Raises `UnreadableFileError` for a file that is empty or no text.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    pages = PageList()
    _Writer(pages).write(parser.parse(_FRONT_MATTER.sub("", text)))
    found = pages.pages()
    if not found:
        raise UnreadableFileError(
            "filen innehåller ingen löptext; kontrollera att rätt fil valdes och läs in den på nytt"
        )
    return found


class _Writer:
    """Turns the parser's tokens into blocks."""

    def __init__(self, pages: PageList) -> None:
        self._pages = pages
        self._heading = 0
        self._marker: str | None = None  # of a list item whose first paragraph is to come
        self._grid: list[list[str]] = []
        self._header_rows = 0
        self._in_table = False

    def write(self, tokens: list[Token]) -> None:
        """Add all blocks to the pages, in order."""
        for token in tokens:
            match token.type:
                case "heading_open":
                    self._heading = int(token.tag[1:])
                case "heading_close":
                    self._heading = 0
                case "list_item_open":
                    self._marker = f"{token.info}{token.markup}" if token.info else ""
                case "list_item_close":
                    self._marker = None
                case "inline":
                    self._inline(_plain(token))
                case "fence" | "code_block":
                    self._pages.add(BlockKind.PARAGRAPH, token.content)
                case "html_block":
                    self._pages.add(BlockKind.PARAGRAPH, _without_tags(token.content))
                case _:
                    self._table_token(token)

    def _inline(self, text: str) -> None:
        if self._in_table:
            self._grid[-1].append(text)
        elif self._heading:
            self._pages.add(BlockKind.HEADING, text.replace("\n", " "), self._heading)
        elif self._marker is not None:
            self._pages.add(BlockKind.LIST_ITEM, f"{self._marker} {text}" if text else "")
            self._marker = None
        else:
            self._pages.add(BlockKind.PARAGRAPH, text)

    def _table_token(self, token: Token) -> None:
        match token.type:
            case "table_open":
                self._in_table, self._grid, self._header_rows = True, [], 0
            case "tr_open":
                self._grid.append([])
            case "thead_close":
                self._header_rows = len(self._grid)
            case "table_close":
                self._in_table = False
                self._end_table()

    def _end_table(self) -> None:
        raster = grid_raster(self._grid, self._header_rows)
        if raster is not None:
            self._pages.add_raster(raster)
            return
        # a single column is text in a frame
        for row in self._grid:
            self._pages.add(BlockKind.PARAGRAPH, " ".join(row))


def _plain(token: Token) -> str:
    """The text of an inline token as a reader sees it, with line feeds where lines break."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "html_inline":
            parts.append(_without_tags(child.content))
        elif child.type == "image":
            parts.append(_plain(child))
        else:
            parts.append(child.content)
    return "".join(parts)


def _without_tags(html: str) -> str:
    return _TAG.sub("", _BREAK.sub("\n", html))

"""Markdown files: sections, lists, tables and what surrounds them."""

from pathlib import Path

import pytest

from ingest.assemble import assemble
from ingest.chunks import build_chunks
from ingest.errors import UnreadableFileError
from ingest.markdown_file import read_markdown
from ingest.types import BlockKind, Page, Table

REPORT = """\
---
title: Delårsrapport
---
# Delårsrapport 2024

Socialnämnden redovisar **ett underskott**
på 4,2 mnkr, se [bilagan](https://example.se/bilaga).

## Ekonomi

Tabell 1: Utfall per verksamhet, tkr

| Verksamhet | Budget | Utfall |
|------------|-------:|-------:|
| Äldreomsorg | 120 000 | 124 200 |
| Övrigt | | *8 100* |

### Åtgärder

- anställningsstopp

  från den 1 maj
- lägre inköp
  1. av konsulter
  2. av resor

Setext
------

Rad ett<br>rad två &amp; `kod`

<div>Nämnden <b>beslutar</b></div>

```
a = 1
```
"""


def read(tmp_path: Path, text: str, charset: str = "utf-8") -> tuple[list[Page], list[Table]]:
    path = tmp_path / "rapport.md"
    path.write_bytes(text.encode(charset))
    return assemble(read_markdown(path.read_bytes()))


def test_blocks_in_order_with_their_sections(tmp_path: Path) -> None:
    (page,), _ = read(tmp_path, REPORT)
    top, economy = ("Delårsrapport 2024",), ("Delårsrapport 2024", "Ekonomi")
    steps, setext = (*economy, "Åtgärder"), ("Delårsrapport 2024", "Setext")
    assert [(b.kind, b.text, b.section) for b in page.blocks] == [
        (BlockKind.HEADING, "Delårsrapport 2024", top),
        (
            BlockKind.PARAGRAPH,
            "Socialnämnden redovisar ett underskott på 4,2 mnkr, se bilagan.",
            top,
        ),
        (BlockKind.HEADING, "Ekonomi", economy),
        (BlockKind.CAPTION, "Tabell 1: Utfall per verksamhet, tkr", economy),
        (BlockKind.TABLE, "", economy),
        (BlockKind.HEADING, "Åtgärder", steps),
        (BlockKind.LIST_ITEM, "anställningsstopp", steps),
        (BlockKind.PARAGRAPH, "från den 1 maj", steps),
        (BlockKind.LIST_ITEM, "lägre inköp", steps),
        (BlockKind.LIST_ITEM, "1. av konsulter", steps),
        (BlockKind.LIST_ITEM, "2. av resor", steps),
        (BlockKind.HEADING, "Setext", setext),
        (BlockKind.PARAGRAPH, "Rad ett rad två & kod", setext),
        (BlockKind.PARAGRAPH, "Nämnden beslutar", setext),
        (BlockKind.PARAGRAPH, "a = 1", setext),
    ]
    assert (page.number, page.label, page.width, page.height) == (1, "", 0, 0)


def test_table_with_caption_unit_and_chunks(tmp_path: Path) -> None:
    pages, (table,) = read(tmp_path, REPORT)
    assert table.grid() == [
        ["Verksamhet", "Budget", "Utfall"],
        ["Äldreomsorg", "120 000", "124 200"],
        ["Övrigt", "", "8 100"],
    ]
    assert (table.header_rows, table.unit, table.columns) == (1, "tkr", 3)
    assert table.section == ("Delårsrapport 2024", "Ekonomi")
    for cell in table.cells:
        if cell.span is not None:
            assert pages[0].text[cell.span.start : cell.span.end] == cell.text
    (chunk,) = [chunk for chunk in build_chunks(pages, [table]) if chunk.table]
    assert chunk.text.endswith("Äldreomsorg\t120 000\t124 200\nÖvrigt\t8 100")
    assert "Enhet: tkr" in chunk.context


def test_header_of_words_over_words(tmp_path: Path) -> None:
    _, (table,) = read(tmp_path, "| Roll | Namn | Parti |\n|-|-|-|\n| Ordförande | Å. Ek | |\n")
    assert table.header_rows == 1


def test_two_tables_stay_two(tmp_path: Path) -> None:
    text = "| a | b |\n|-|-|\n| 1 | 2 |\n\n<!-- bryt -->\n\n| c | d |\n|-|-|\n| 3 | 4 |\n"
    _, tables = read(tmp_path, text)
    assert [table.grid()[1] for table in tables] == [["1", "2"], ["3", "4"]]


def test_a_table_of_one_column_is_text(tmp_path: Path) -> None:
    (page,), tables = read(tmp_path, "| Fakta |\n|-|\n| Nämnden har 13 ledamöter. |\n")
    assert tables == []
    assert [block.text for block in page.blocks] == ["Fakta", "Nämnden har 13 ledamöter."]


@pytest.mark.parametrize("charset", ["cp1252", "utf-16", "utf-8-sig"])
def test_character_sets(charset: str, tmp_path: Path) -> None:
    (page,), _ = read(tmp_path, "# Åtgärder för äldre\r\n\r\nÖvrigt\r\n", charset)
    assert [block.text for block in page.blocks] == ["Åtgärder för äldre", "Övrigt"]
    assert page.blocks[1].section == ("Åtgärder för äldre",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "filen är tom"),
        (b"---\n\n<!-- inget -->\n", "ingen löptext"),
        (b"\x00\x01\x02\x03", "inte en textfil"),
    ],
)
def test_what_holds_no_text_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "fil.md"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=message):
        read_markdown(path.read_bytes())

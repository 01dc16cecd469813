"""Plain text files: character sets, pages, headings, lists, and what is refused."""

from pathlib import Path

import pytest

from ingest.assemble import assemble
from ingest.chunks import build_chunks
from ingest.errors import UnreadableFileError
from ingest.text_file import decode, read_text
from ingest.types import BlockKind, Page

PROTOCOL = """\
1 Ekonomi

Nämnden redovisar ett underskott på 4,2 mnkr.
Åtgärder pågår för att nå en budget i balans.

1.1 Åtgärder
Förvaltningen har beslutat om
- anställningsstopp från den 1 maj,
  med undantag för sjuksköterskor
- lägre inköp av övriga tjänster

2 Mål
Målen följs upp i augusti.
\f
12 lägenheter färdigställdes under året.

Nämnden beslutar att
1. godkänna rapporten
2. Överlämna den till kommunstyrelsen
a) för kännedom
"""


def pages_of(tmp_path: Path, data: bytes) -> list[Page]:
    path = tmp_path / "protokoll.txt"
    path.write_bytes(data)
    return assemble(read_text(path.read_bytes()))[0]


def test_headings_lists_and_pages(tmp_path: Path) -> None:
    first, second = pages_of(tmp_path, PROTOCOL.replace("\n", "\r\n").encode())
    assert [(block.kind, block.text, block.section) for block in first.blocks] == [
        (BlockKind.HEADING, "1 Ekonomi", ("1 Ekonomi",)),
        (
            BlockKind.PARAGRAPH,
            "Nämnden redovisar ett underskott på 4,2 mnkr. "
            "Åtgärder pågår för att nå en budget i balans.",
            ("1 Ekonomi",),
        ),
        (BlockKind.HEADING, "1.1 Åtgärder", ("1 Ekonomi", "1.1 Åtgärder")),
        (BlockKind.PARAGRAPH, "Förvaltningen har beslutat om", ("1 Ekonomi", "1.1 Åtgärder")),
        (
            BlockKind.LIST_ITEM,
            "- anställningsstopp från den 1 maj, med undantag för sjuksköterskor",
            ("1 Ekonomi", "1.1 Åtgärder"),
        ),
        (
            BlockKind.LIST_ITEM,
            "- lägre inköp av övriga tjänster",
            ("1 Ekonomi", "1.1 Åtgärder"),
        ),
        (BlockKind.HEADING, "2 Mål", ("2 Mål",)),
        (BlockKind.PARAGRAPH, "Målen följs upp i augusti.", ("2 Mål",)),
    ]
    assert [block.level for block in first.blocks if block.level] == [1, 2, 1]
    assert (first.number, second.number, first.label, first.width) == (1, 2, "", 0)
    assert [(block.kind, block.text) for block in second.blocks] == [
        (BlockKind.PARAGRAPH, "12 lägenheter färdigställdes under året."),
        (BlockKind.PARAGRAPH, "Nämnden beslutar att"),
        (BlockKind.LIST_ITEM, "1. godkänna rapporten"),
        (BlockKind.LIST_ITEM, "2. Överlämna den till kommunstyrelsen"),
        (BlockKind.LIST_ITEM, "a) för kännedom"),
    ]


def test_numbers_that_count_on_are_a_list(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, b"Beslut:\n1. Rapporten\n2. Budgeten\n\n1. Ost\n2. Smor")
    assert [(block.kind, block.text) for block in page.blocks] == [
        (BlockKind.PARAGRAPH, "Beslut:"),
        (BlockKind.LIST_ITEM, "1. Rapporten"),
        (BlockKind.LIST_ITEM, "2. Budgeten"),
        (BlockKind.LIST_ITEM, "1. Ost"),
        (BlockKind.LIST_ITEM, "2. Smor"),
    ]


def test_every_span_and_chunk_is_a_range_of_its_page(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, PROTOCOL.encode())
    for page in pages:
        assert page.words == ()  # no word has a place
        for block in page.blocks:
            found = page.text[block.span.start : block.span.end]
            assert found.split() == block.text.split()
    chunks = build_chunks(pages, [])
    assert chunks[1].section == ("1 Ekonomi", "1.1 Åtgärder")
    assert "anställningsstopp" in chunks[1].text
    # a section runs on over a page break, and each piece knows its page
    assert [span.page for span in chunks[-1].spans] == [1, 1, 2, 2, 2, 2, 2]


def test_an_empty_page_keeps_its_number(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, b"Ett\f\n\fTre\f\n")
    assert [(page.number, page.text) for page in pages] == [(1, "Ett"), (2, ""), (3, "Tre")]


SENTENCE = "Å, ä och ö: vård- och omsorgsnämnden på Östergatan – 12 §"


@pytest.mark.parametrize(
    "charset",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"],
)
def test_character_sets(charset: str, tmp_path: Path) -> None:
    assert decode(SENTENCE.encode(charset)) == SENTENCE
    (page,) = pages_of(tmp_path, SENTENCE.encode(charset))
    assert page.text == SENTENCE


def test_utf_16_big_endian_with_its_mark() -> None:
    assert decode(b"\xfe\xff" + SENTENCE.encode("utf-16-be")) == SENTENCE


def test_a_single_letter_in_cp1252() -> None:
    assert decode("Skåne".encode("cp1252")) == "Skåne"


@pytest.mark.parametrize("charset", ["mac_roman", "cp850"])
def test_older_character_sets(charset: str) -> None:
    text = "Nämnden följer upp målen för äldreomsorgen på Östergatan under året. " * 3
    assert decode(text.encode(charset)) == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "filen är tom"),
        (b" \n\t\f\n", "filen är tom"),
        (b"\xef\xbb\xbf", "filen är tom"),
        (b"PK\x03\x04\x14\x00\x00\x00", "inte en textfil"),
        (bytes(range(1, 32)) * 20, "inte en textfil"),
        (b"\xff\xfeN\x00\xe4", "teckenkodningen"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "fil.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=message):
        read_text(path.read_bytes())


def test_a_pdf_named_txt_is_refused() -> None:
    head = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Length 400>>\nstream\n"
    with pytest.raises(UnreadableFileError, match="inte en textfil"):
        decode(head + bytes(range(1, 256)) * 4)

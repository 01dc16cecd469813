"""Answers as Word documents: what a person reads, and the structures that Word and readers use."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import numpy as np
import pytest
from answers import PERCENT, RANKING, SUM, TREND, UNKNOWN, answer, asked, told
from PIL import Image

from app.cutouts import Cutouts, by_page
from app.word_export import answer_as_docx, pack_as_docx
from ingest.page_images import Cutout
from rag.answer import Answer
from rag.asking import Asker

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def asker(samples_index: Path) -> Asker:
    return Asker(samples_index)


@pytest.fixture(scope="module")
def cutouts(asker: Asker) -> Cutouts:
    return Cutouts(asker.index.folder, asker.index.store)


@pytest.fixture(scope="module")
def answers(asker: Asker) -> list[Answer]:
    return asked(asker, RANKING, TREND, SUM, PERCENT, UNKNOWN)


@pytest.fixture(scope="module")
def pack(answers: list[Answer], cutouts: Cutouts) -> bytes:
    return pack_as_docx(answers, cutouts)


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def styled(document: Any, style: str) -> list[str]:
    return [p.text.replace("\xa0", " ") for p in document.paragraphs if p.style.name == style]


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name).decode()


def test_an_answer_has_its_question_sentence_numbers_formula_and_source(
    answers: list[Answer], cutouts: Cutouts
) -> None:
    document = opened(answer_as_docx(answers[2], cutouts))
    assert styled(document, "Heading 1") == [SUM]
    assert styled(document, "Heading 2") == ["Talen", "Så är det räknat", "Källor"]
    (sentence,) = styled(document, "Svar")
    assert sentence.startswith("Tillsammans −518 500 tkr: Hemtjänst −207 900 tkr")
    assert styled(document, "Uträkning") == ["−207 900 + (−310 600) = −518 500 tkr"]
    (table,) = document.tables
    rows = [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Post", "Avser", "Värde", "Dokument", "Sida"]
    assert rows[1][2:] == ["−518 500 tkr", "uträknat, se nedan", ""]
    assert rows[2] == [
        "Hemtjänst",
        "Budget 2026",
        "−207 900 tkr",
        "Budget 2026 med plan 2027–2028 [1]",
        "7",
    ]
    quotes = [citation.quote for citation in answers[2].citations]
    assert styled(document, "Citat ur källa") == [
        f"[{number}]\u2002”{quote}”" for number, quote in enumerate(quotes, start=1)
    ]


def test_the_cited_page_is_cut_out_around_the_marks_with_its_words(
    answers: list[Answer], cutouts: Cutouts
) -> None:
    (citations,) = by_page(answers[2].citations)
    piece = cutouts.of(citations)
    assert isinstance(piece, Cutout)
    assert 350 < piece.width < 560
    assert 100 < piece.height < 430
    with Image.open(io.BytesIO(piece.jpeg)) as image:
        red, green, blue = np.moveaxis(np.asarray(image.convert("RGB")), 2, 0)
    assert ((red > 240) & (green > 220) & (blue < 160)).sum() > 1000
    xml = part(answer_as_docx(answers[2], cutouts), "word/document.xml")
    (described,) = re.findall(r'descr="([^"]*)"', xml)
    assert described.startswith("Utsnitt av Budget 2026 med plan 2027–2028, sidan 7. Markerat: ")
    assert answers[2].citations[1].quote in described


def test_a_page_whose_file_is_gone_is_told_and_its_quote_stands(
    asker: Asker, answers: list[Answer], tmp_path: Path
) -> None:
    elsewhere = Cutouts(tmp_path, asker.index.store)
    document = opened(answer_as_docx(answers[2], elsewhere))
    assert not document.inline_shapes
    assert "Sidan kan inte visas" in " ".join(styled(document, "Stilla"))
    assert len(styled(document, "Citat ur källa")) == len(answers[2].citations)


def test_a_document_without_pages_has_its_quote_alone(cutouts: Cutouts) -> None:
    document = opened(answer_as_docx(answer("Det kostar 1 tkr. [1]", told("1")), cutouts))
    assert not document.inline_shapes
    assert styled(document, "Citat ur källa") == ["[1]\u2002”Rad 1 2”"]


def test_a_contradiction_stands_in_a_paragraph_of_its_own(cutouts: Cutouts) -> None:
    one = answer("Det kostar 1 tkr. [1]", told("1"), conflict="Summan är 2 tkr.")
    document = opened(answer_as_docx(one, cutouts))
    (told_so,) = styled(document, "Motsägelse")
    assert told_so == "Underlaget säger emot sig självt. Summan är 2 tkr. [1]"


def test_a_refusal_says_so_and_shows_what_comes_nearest(
    answers: list[Answer], cutouts: Cutouts
) -> None:
    refused = answers[4]
    assert refused.refused
    document = opened(answer_as_docx(refused, cutouts))
    assert styled(document, "Obs")[0] == "Inget säkert svar i dokumenten."
    assert not document.tables


def test_a_pack_lists_its_questions_and_those_without_an_answer(
    pack: bytes, answers: list[Answer]
) -> None:
    document = opened(pack)
    titles = [f"{place}. {one.question}" for place, one in enumerate(answers, start=1)]
    assert styled(document, "Title") == ["Underlag till mötet: 5 frågor"]
    assert styled(document, "toc 1") == titles
    assert styled(document, "Heading 1") == titles
    assert styled(document, "Obs")[0] == "Dokumenten ger inget säkert svar på fråga 5."
    heads = [section.header.paragraphs[0].text for section in document.sections]
    assert heads[2] == "Nämndkoll: svar ur nämndens egna dokument\tFråga 2 av 5"
    assert r' TOC \o "1-1"' in part(pack, "word/document.xml")


def test_links_of_a_pack_lead_to_its_own_sources(pack: bytes) -> None:
    xml = part(pack, "word/document.xml")
    names = re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', xml)
    anchors = set(re.findall(r'w:anchor="([^"]+)"', xml))
    assert len(names) == len(set(names))
    assert anchors <= set(names)
    assert {"svar_1", "svar_5", "kalla_1_1", "kalla_3_2"} <= anchors


def test_a_pack_draws_rankings_and_years(pack: bytes) -> None:
    described = re.findall(r'descr="([^"]*)"', part(pack, "word/document.xml"))
    charts = [text for text in described if "diagram" in text]
    assert charts[0].startswith("Stapeldiagram. Helår 2025 Avvikelse. Nämnd och ledning: 1")
    assert charts[1].startswith("Linjediagram. 80–89 år, 2024–2030. 2024: 2\xa0310\xa0personer;")
    assert styled(opened(pack), "Caption") == [
        "Diagram: Helår 2025 Avvikelse, tkr",
        "Diagram: 80–89 år, 2024–2030, personer",
    ]
    assert all(described)


def test_a_table_repeats_its_head_and_keeps_its_rows_whole(pack: bytes) -> None:
    for table in opened(pack).tables:
        first, *others = table.rows
        assert first._tr.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row._tr.find(f"{W}trPr/{W}tblHeader") is None for row in others)
        assert all(row._tr.find(f"{W}trPr/{W}cantSplit") is not None for row in table.rows)
        assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val")


def test_the_document_is_swedish_a4_with_page_numbers_and_no_author(pack: bytes) -> None:
    document = opened(pack)
    core = document.core_properties
    assert (core.title, core.author, core.language) == (
        "Underlag till mötet: 5 frågor",
        "",
        "sv-SE",
    )
    assert 'w:lang w:val="sv-SE"' in part(pack, "word/styles.xml")
    assert {round(section.page_width.mm) for section in document.sections} == {210}
    footer = re.findall(r"<w:(?:t|instrText)\b[^>]*>([^<]*)<", part(pack, "word/footer1.xml"))
    assert footer == ["Sida ", " PAGE ", "1", " av ", " NUMPAGES ", "1"]
    assert all(section.footer.is_linked_to_previous for section in document.sections[1:])
    assert {paragraph.style.font.name for paragraph in document.paragraphs} == {"Arial"}


def test_the_same_answers_are_the_same_bytes(
    pack: bytes, answers: list[Answer], cutouts: Cutouts
) -> None:
    assert pack_as_docx(answers, cutouts) == pack
    assert "dcterms:created" not in part(pack, "docProps/core.xml")


def test_letters_that_a_file_cannot_hold_are_left_out(cutouts: Cutouts) -> None:
    one = answer("Det\x07 kostar\ufffe 1 tkr. [1]", told("1", label="R\x00ad"), quote="R\x0cad")
    document = opened(answer_as_docx(one, cutouts))
    assert styled(document, "Svar") == ["Det kostar 1 tkr. [1]"]
    assert document.tables[0].rows[1].cells[0].text == "Rad"

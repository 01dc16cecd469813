"""Ranges of a page's text → sentences, rows, quotes, and the rectangles they stand in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.types import Box, Page, ParsedDocument, Span, WordBox
from rag.quotes import boxes_of, find_quote, quote_of, rows, sentences, squeezed


def page_of(text: str, words: tuple[WordBox, ...] = ()) -> Page:
    return Page(1, "1", 595.0, 842.0, text, words, ())


def parts(text: str, start: int = 0, end: int | None = None) -> list[str]:
    span = Span(1, start, len(text) if end is None else end)
    return [text[found.start : found.end] for found in sentences(text, span)]


# ---- sentences


@pytest.mark.parametrize(
    "text",
    [
        "Kostnaden ökade. Intäkten minskade.",
        "Varför? Därför att det regnade.",
        "Klart! Nästa punkt.",
        "”Det är klart.” Nästa punkt.",
        "Utfallet är 9,6 mnkr.¹ Prognosen är sämre.",
        "Mötet slutar … Nästa möte är i maj.",
        "Ökningen är 4 procent. 12 platser tillkom.",
        "Nämnden beslutar följande. • Avtalet sägs upp.",
        "Det skedde 2025. Därefter hände inget.",
        "Resultatet blev 3.5 procent. Målet var 4.",
        "Överskottet är 4,2 mnkr. Nämnden är nöjd.",
        "Mötet (det sista.) Nästa.",
    ],
)
def test_two_sentences_are_parted(text: str) -> None:
    found = parts(text)
    assert len(found) == 2
    assert " ".join(found) == text


@pytest.mark.parametrize(
    "text",
    [
        "Det gäller bl.a. hemtjänsten och t.ex. hyrorna.",
        "Se kap. 3 i lagen.",
        "Platser fr.o.m. 2026 ingår.",
        "Enligt 3 kap. 2 § socialtjänstlagen gäller det.",
        "Se s. 14 i bilagan.",
        "Mötet börjar kl. 13 i salen.",
        "Ärendet har dnr. 2025/14 hos nämnden.",
        "Det blev ca. 14 platser.",
        "Den 3. Maj är sista dagen",
        "Resultatet är 3.5 procent",
        "Beslut fattades 2025-03-01",
        "Lokaler, resor m.m. Detta ingår",
        "Chefen, f.d. Lärare, slutade",
        "Rektorn, p.g.a. Covid, var borta",
        "utan stor bokstav. och utan slut",
    ],
)
def test_abbreviations_decimals_and_dates_end_no_sentence(text: str) -> None:
    assert parts(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Det gäller t.ex. Norrvik och andra.",
        "Det gäller bl.a. Lindgården och andra.",
        "Enheterna Björken m.fl. Lindgården ingår",
        "Det gäller t.ex. 12 platser.",
    ],
)
def test_abbreviation_before_a_name_or_a_number_ends_no_sentence(text: str) -> None:
    assert parts(text) == [text]


def test_sentences_stay_inside_their_range() -> None:
    text = "Före. Ett här. Två där. Efter."
    start, end = text.index("Ett"), text.index(" Efter")
    assert parts(text, start, end) == ["Ett här.", "Två där."]
    assert parts(text, start, start) == []


@given(st.text(alphabet="aB1 .!?\n”¹", max_size=60), st.data())
def test_sentences_hold_all_but_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = list(sentences(text, Span(1, start, end)))
    assert all(part.start < part.end for part in found)
    assert [part.page for part in found] == [1] * len(found)
    places = [place for part in found for place in (part.start, part.end)]
    assert places == sorted(places)
    held = {index for part in found for index in range(part.start, part.end)}
    assert held <= set(range(start, end))
    assert "".join(text[i] for i in range(start, end) if i not in held).strip() == ""


# ---- rows


def test_rows_are_the_lines_of_a_range() -> None:
    text = "Rubrik\nBelopp\t2025\n\nLöner\t12,5\r\nHyror\t3,7\nEfter"
    span = Span(4, text.index("Belopp"), text.index("\nEfter"))
    found = list(rows(text, span))
    assert [row.page for row in found] == [4, 4, 4]
    assert [squeezed(text[row.start : row.end]) for row in found] == [
        "Belopp 2025",
        "Löner 12,5",
        "Hyror 3,7",
    ]
    assert list(rows(text, Span(4, 3, 3))) == []


# ---- quotes


def test_squeezed_folds_every_kind_of_white_space() -> None:
    assert squeezed(" a\n\tb\xa0 c\u2009d ") == "a b c d"
    assert squeezed(" \n ") == ""


def test_a_quote_is_found_across_lines_and_cells() -> None:
    page = page_of("Först.\nHyrorna ökar\nmed\t3,7\xa0mnkr. Sist.")
    span = find_quote(page, "Hyrorna ökar med 3,7  mnkr.")
    assert span == Span(1, 7, 33)
    assert quote_of(page, span) == "Hyrorna ökar med 3,7 mnkr."


def test_the_first_of_equal_places_is_found() -> None:
    assert find_quote(page_of("lika olika lika"), "lika") == Span(1, 0, 4)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "  ",
        "Hyrorna ökar med 3,8 mnkr.",
        "hyrorna ökar",
        "Hyrornaökar",
        "Hyrorna ökar . 3,7",
        "Hyr.*",
    ],
)
def test_what_is_not_on_the_page_is_not_found(quote: str) -> None:
    assert find_quote(page_of("Hyrorna ökar med 3,7 mnkr."), quote) is None


@pytest.mark.parametrize("quote", ["2,5 mnkr", "kostar 1", "kostar 12", "kostar 12,"])
def test_a_part_of_a_number_is_not_found(quote: str) -> None:
    assert find_quote(page_of("Cyklarna kostar 12,5 mnkr."), quote) is None


# ---- rectangles


def words_of(*boxes: Box) -> tuple[WordBox, ...]:
    return tuple(WordBox(4 * index, 4 * index + 3, box) for index, box in enumerate(boxes))


def test_each_line_has_one_rectangle() -> None:
    words = words_of((50, 100, 70, 110), (74, 99, 99, 111), (50, 114, 80, 124))
    page = page_of("aaa bbb ccc", words)
    assert boxes_of(page, Span(1, 0, 11)) == ((50, 99, 99, 111), (50, 114, 80, 124))
    assert boxes_of(page, Span(1, 5, 11)) == ((74, 99, 99, 111), (50, 114, 80, 124))
    assert boxes_of(page, Span(1, 4, 7)) == ((74, 99, 99, 111),)


def test_a_wide_gap_parts_columns() -> None:
    page = page_of("aaa bbb", words_of((50, 100, 70, 110), (300, 100, 330, 110)))
    assert boxes_of(page, Span(1, 0, 7)) == ((50, 100, 70, 110), (300, 100, 330, 110))


def test_a_range_without_words_has_no_rectangle() -> None:
    page = page_of("aaa bbb", words_of((50, 100, 70, 110)))
    assert boxes_of(page, Span(1, 3, 4)) == ()
    assert boxes_of(page, Span(1, 4, 7)) == ()
    assert boxes_of(page_of("aaa"), Span(1, 0, 3)) == ()


@given(st.data())
def test_any_quote_of_a_sample_page_is_found_again_and_has_its_rectangles(
    samples: tuple[ParsedDocument, ...], data: st.DataObject
) -> None:
    page = data.draw(st.sampled_from([p for document in samples for p in document.pages]))
    block = data.draw(st.sampled_from([b for b in page.blocks if b.span.end > b.span.start]))
    units = list((rows if block.table else sentences)(page.text, block.span))
    first = data.draw(st.integers(0, len(units) - 1))
    last = data.draw(st.integers(first, len(units) - 1))
    start, end = units[first].start, units[last].end
    span = Span(page.number, start, end)
    quote = quote_of(page, span)
    found = find_quote(page, quote)
    assert found is not None
    assert found.page == page.number
    assert quote_of(page, found) == quote
    assert found.start <= start + len(page.text[start:end]) - len(page.text[start:end].lstrip())
    for place in (span, found):
        boxes = boxes_of(page, place)
        assert boxes
        for x0, y0, x1, y1 in boxes:
            assert -0.01 <= x0 < x1 <= page.width + 0.01
            assert -0.01 <= y0 < y1 <= page.height + 0.01


@given(st.data())
def test_sentences_and_rows_of_a_sample_page_have_rectangles(
    samples: tuple[ParsedDocument, ...], data: st.DataObject
) -> None:
    page = data.draw(st.sampled_from([p for document in samples for p in document.pages]))
    block = data.draw(st.sampled_from(page.blocks))
    for part in (*sentences(page.text, block.span), *rows(page.text, block.span)):
        assert block.span.start <= part.start < part.end <= block.span.end
        assert find_quote(page, quote_of(page, part)) is not None
        assert boxes_of(page, part)

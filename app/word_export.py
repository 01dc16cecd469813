"""Answers → a Word document for a meeting folder: one answer, or several with a contents list."""

from __future__ import annotations

from collections.abc import Sequence

from app.answer_chart import chart_of
from app.answer_parts import (
    FigureRow,
    figure_rows,
    formulas,
    is_aside,
    is_rounded,
    place_in,
    place_of,
    sentences,
    state_of,
)
from app.cutouts import Cutouts, by_page
from app.swedish import CONFLICT, notice_lead
from app.word_paper import TEXT_WIDTH, Cell, Paper
from ingest.page_images import Cutout
from rag.answer import Answer, Citation
from rag.spoken import number

_POINTS = 72 / 2.54  # in a centimetre
_ABOUT = (
    "Varje tal är läst ur ett dokument eller uträknat ur tal som är det. Källorna står sist i "
    "svaret, med stället markerat på sidan."
)
_HEADS = (Cell("Post"), Cell("Avser"), Cell("Värde", right=True), Cell("Dokument"), Cell("Sida"))
_WIDTHS = (3.9, 2.9, 2.9, 4.9, 1.4)
_CHART_DOTS = 200 / 2.54  # pixels in a centimetre of a chart


def answer_as_docx(answer: Answer, cutouts: Cutouts) -> bytes:
    """One answer as a Word document; its question is the heading."""
    paper = Paper(answer.question)
    paper.running_head("Nämndkoll: svar ur nämndens egna dokument")
    _answer(paper, answer, 1, answer.question, cutouts)
    paper.paragraph(_ABOUT, "Stilla")
    return paper.data()


def pack_as_docx(answers: Sequence[Answer], cutouts: Cutouts) -> bytes:
    """A meeting pack: a contents list, then each answer on a page of its own."""
    paper = Paper(_title(answers))
    head = "Nämndkoll: svar ur nämndens egna dokument"
    paper.running_head(head)
    paper.title(_title(answers))
    paper.paragraph(_ABOUT, "Stilla")
    titles = [f"{place}. {answer.question}" for place, answer in enumerate(answers, start=1)]
    paper.contents([(title, f"svar_{place}") for place, title in enumerate(titles, start=1)])
    for line in _to_know(answers):
        paper.paragraph(line, "Obs")
    for place, (title, answer) in enumerate(zip(titles, answers, strict=True), start=1):
        paper.begin_section()
        paper.running_head(head, f"Fråga {place} av {len(answers)}")
        _answer(paper, answer, place, title, cutouts)
    return paper.data()


def _title(answers: Sequence[Answer]) -> str:
    return f"Underlag till mötet: {len(answers)} {'fråga' if len(answers) == 1 else 'frågor'}"


def _to_know(answers: Sequence[Answer]) -> list[str]:
    """Which answers to read with care, before anything else."""
    states = [state_of(answer) for answer in answers]
    told = (
        ("inget säkert svar", "Dokumenten ger inget säkert svar på fråga"),
        ("källorna säger olika", "Dokumenten säger emot sig själva eller varandra i fråga"),
    )
    lines: list[str] = []
    for state, said in told:
        places = [str(place) for place, one in enumerate(states, start=1) if one == state]
        if places:
            listed = " och ".join(filter(None, (", ".join(places[:-1]), places[-1])))
            lines.append(f"{said} {listed}.")
    return lines


def _answer(paper: Paper, answer: Answer, place: int, title: str, cutouts: Cutouts) -> None:
    paper.begin_sources(place)
    paper.heading(title, 1, f"svar_{place}")
    if answer.refused:
        paper.paragraph("", "Obs", "Inget säkert svar i dokumenten.")
    for line in sentences(answer, table=True):
        listed = line.startswith("– ")
        style = "List Bullet" if listed else "Stilla" if is_aside(line, answer) else "Svar"
        paper.paragraph(line.removeprefix("– "), style)
    for warning in answer.warnings:
        marked = "".join(f" [{number}]" for number in warning.citations)
        style = "Motsägelse" if warning.kind == CONFLICT else "Obs"
        paper.paragraph(f"{warning.message}{marked}", style, notice_lead(warning.kind))
    _chart(paper, answer)
    _figures(paper, answer)
    worked = formulas(answer)
    if worked:
        paper.heading("Så är det räknat", 2)
    for formula in worked:
        paper.paragraph(formula, "Uträkning")
    _sources(paper, answer, cutouts)


def _chart(paper: Paper, answer: Answer) -> None:
    chart = chart_of(answer)
    if chart is None:
        return
    from app.charts import draw  # matplotlib is heavy

    drawn = draw(chart)
    width, height = (int.from_bytes(drawn[at : at + 4]) for at in (16, 20))  # of a PNG
    paper.picture(drawn, width / _CHART_DOTS, chart.told, height / width)
    paper.paragraph(f"Diagram: {chart.title}{f', {chart.unit}' if chart.unit else ''}", "Caption")


def _figures(paper: Paper, answer: Answer) -> None:
    """The figures as a table; what only says one of them in millions is in the sentence."""
    rows = [row for row in figure_rows(answer) if not is_rounded(row.figure)]
    if not rows:
        return
    paper.heading("Talen", 2)
    told = "Talen i svaret, med vad de avser och var de står"
    paper.table(_HEADS, [_row(row) for row in rows], _WIDTHS, told)


def _row(row: FigureRow) -> tuple[Cell, ...]:
    figure, bold = row.figure, row.figure.role == "result"
    value = Cell(number(figure.value, figure.unit), right=True, bold=bold)
    post, about = Cell(figure.label, bold=bold), Cell(row.about)
    if row.citation is None:
        return post, about, value, Cell("uträknat, se nedan"), Cell("")
    title, page = place_in(row.citation)
    return post, about, value, Cell(title, marker=row.citation.id), Cell(page)


# ---- sources


def _sources(paper: Paper, answer: Answer, cutouts: Cutouts) -> None:
    if answer.citations:
        paper.heading("Källor", 2)
    for citations in by_page(answer.citations):
        first = citations[0]
        paper.heading(place_of(first), 3)
        section = " › ".join(first.section)
        if section:
            paper.paragraph(section, "Avsnitt")
        for citation in citations:
            paper.source(citation.id, f"”{citation.quote}”", "Citat ur källa")
        piece = cutouts.of(citations)
        if isinstance(piece, Cutout):
            told = _told(citations)
            width, ratio = piece.width / _POINTS, piece.height / piece.width
            paper.picture(piece.jpeg, min(width, TEXT_WIDTH), told, ratio)
        elif piece:
            paper.paragraph(piece, "Stilla")


def _told(citations: Sequence[Citation]) -> str:
    """What a piece of a page shows, in words."""
    quotes = "; ".join(citation.quote for citation in citations)
    return f"Utsnitt av {place_of(citations[0])}. Markerat: {quotes}"

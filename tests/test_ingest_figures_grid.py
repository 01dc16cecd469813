"""Labels of rows and columns as they are read: on one line, without the marks of footnotes."""

from pathlib import Path

import pytest
from pdf_pages import BOLD, PROSE, sheet

from ingest.document import parse
from ingest.figures.grid import plain


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("Ersättning till andra huvudmän a)", "Ersättning till andra huvudmän"),
        ("Lokaler\nb)", "Lokaler"),
        ("Lokaler (del) b)", "Lokaler (del)"),
        ("Lokaler (del a)", "Lokaler (del a)"),
        ("Lokaler¹", "Lokaler"),
        ("Lokaler²)", "Lokaler"),
        ("Lokaler **", "Lokaler"),
        ("Timmar (h)", "Timmar (h)"),
        ("a)", "a)"),
    ],
)
def test_plain(printed: str, label: str) -> None:
    assert plain(printed) == label


def test_a_raised_letter_stands_on_the_line_of_its_word(tmp_path: Path) -> None:
    path = tmp_path / "sida.pdf"
    rows = [
        ("Lokaler", "4 200", "4 310"),
        ("Köpta platser", "8 100", "8 350"),
        ("Övrigt", "1", "2"),
    ]
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for x, head in ((60, "Tkr"), (250, "2023"), (330, "2024")):
            page.put(x, 200, head, font=BOLD)
        for number, (label, *numbers) in enumerate(rows, 1):
            page.put(60, 200 + 18 * number, label)
            if label == "Köpta platser":
                page.put(123, 200 + 18 * number - 4, "a)", size=6)
            for x, number_ in zip((250, 330), numbers, strict=True):
                page.put(x, 200 + 18 * number, number_)
        page.lines(60, 420, PROSE)
    parsed = parse(path)
    figures = {figure.row[-1]: figure.printed for figure in parsed.figures if figure.table}
    assert figures.get("Köpta platser") == "8 350", figures

"""PDFs that the tests read, drawn here by reportlab, each to a given path.

Places are points from the upper left corner; `y` is where the letters stand.
"""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 600, 800
BOLD, ITALIC = "Helvetica-Bold", "Helvetica-Oblique"

PROSE = (
    "Nämnden redovisar ett underskott på fyra miljoner kronor för perioden,",
    "vilket är en miljon kronor bättre än samma period året innan. Orsaken är",
    "att kostnaderna för bemanning har sjunkit sedan sommaren och att antalet",
    "timmar i hemtjänsten har minskat mer än vad som var tänkt från början.",
)


class Sheet:
    """The page being drawn."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def put(self, x: float, y: float, text: str, size: float = 10, font: str = "Helvetica") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - y, text)

    def put_right(self, x: float, y: float, text: str, font: str = "Helvetica") -> None:
        """Write `text` so that it ends at `x`."""
        self.canvas.setFont(font, 10)
        self.canvas.drawRightString(x, HEIGHT - y, text)

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 10) -> float:
        """Write lines 13 points apart; returns where a next paragraph stands."""
        for index, text in enumerate(texts):
            self.put(x, y + 13 * index, text, size)
        return y + 13 * len(texts) + 10

    def turned(self, x: float, y: float, text: str, angle: float) -> None:
        """Write `text` from (x, y) on, `angle` degrees counter-clockwise."""
        self.canvas.saveState()
        self.canvas.translate(x, HEIGHT - y)
        self.canvas.rotate(angle)
        self.canvas.setFont("Helvetica", 10)
        self.canvas.drawString(0, 0, text)
        self.canvas.restoreState()

    def rectangle(self, x0: float, y0: float, x1: float, y1: float, **how: int) -> None:
        self.canvas.rect(x0, HEIGHT - y1, x1 - x0, y1 - y0, **how)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1)

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a grey picture with black bars."""
        image = Image.new("L", (60, 80), 220)
        ImageDraw.Draw(image).rectangle((10, 10, 50, 14), fill=0)
        self.canvas.drawImage(ImageReader(image), x0, HEIGHT - y1, x1 - x0, y1 - y0)

    def invisible(self, x: float, y: float, text: str) -> None:
        """Write text that is neither filled nor stroked, as OCR programs do."""
        self.canvas.saveState()  # the mode would hold for all text after
        run = self.canvas.beginText(x, HEIGHT - y)
        run.setFont("Helvetica", 10)
        run.setTextRenderMode(3)
        run.textOut(text)
        self.canvas.drawText(run)
        self.canvas.restoreState()

    def white(self, x: float, y: float, text: str) -> None:
        self.canvas.setFillGray(1)
        self.put(x, y, text)
        self.canvas.setFillGray(0)

    def turn(self) -> None:
        """Begin a new page."""
        self.canvas.showPage()


@contextmanager
def sheet(path: Path, **settings: object) -> Iterator[Sheet]:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1, **settings)
    yield Sheet(canvas)
    canvas.showPage()
    canvas.save()


# places, directions and visibility


def words_at_known_places(path: Path) -> None:
    with sheet(path) as page:
        page.put(100, 200, "Summa 1250", size=20)
        page.put(100, 300, "Fet", font=BOLD)
        page.put(200, 300, "sned", font=ITALIC)


def raised_digits(path: Path) -> None:
    """A footnote digit after a number, three together after a word, and one before its note."""
    with sheet(path) as page:
        page.put(100, 200, "1250", size=12)
        page.put(100 + pdfmetrics.stringWidth("1250", "Helvetica", 12), 195, "3", size=7)
        page.put(100, 230, "Kostnad", size=12)
        page.put(100 + pdfmetrics.stringWidth("Kostnad", "Helvetica", 12), 225, "123", size=7)
        page.put(100, 700, "3", size=6)
        page.put(105, 703, "Exklusive", size=9)


def turned_page(path: Path, rotation: int) -> None:
    """A page with /Rotate whose word stands at (100, 200) for the reader, upright."""
    with sheet(path) as page:
        page.canvas.setPageRotation(rotation)
        origin = {0: (100, 600), 90: (200, 100), 180: (500, 200), 270: (600, 500)}[rotation]
        page.canvas.translate(*origin)
        page.canvas.rotate(rotation)
        page.canvas.setFont("Helvetica", 10)
        page.canvas.drawString(0, 0, "Upprätt")
        page.canvas.line(0, -10, 100, -10)


def cropped_page(path: Path) -> None:
    """A page whose visible part begins 50 points from the left and 70 from the top."""
    with sheet(path) as page:
        page.canvas.setCropBox((50, 30, 550, 730))
        page.put(100, 200, "Beskuren")


def turned_text(path: Path) -> None:
    with sheet(path) as page:
        page.put(100, 100, "upprätt")
        page.turned(100, 300, "uppåt", 90)
        page.turned(200, 300, "nedåt", 270)
        page.turned(300, 300, "bakvänt", 180)


def hidden_text(path: Path) -> None:
    with sheet(path) as page:
        page.put(100, 100, "synlig")
        page.invisible(100, 150, "osynlig")
        page.white(100, 200, "vit")
        page.canvas.setFillGray(0.2)
        page.rectangle(90, 235, 300, 260, stroke=0, fill=1)
        page.white(100, 250, "ljus")
        page.put(100, 300, "liten", size=1)
        page.put(-200, 350, "vänster")
        page.put(700, 350, "höger")
        page.put(100, -50, "ovan")
        page.put(100, 900, "under")


def white_text_on_white(path: Path) -> None:
    """White letters on a white rectangle, and on a dark one that stands elsewhere."""
    with sheet(path) as page:
        page.canvas.setFillGray(1)
        page.rectangle(90, 85, 300, 110, stroke=0, fill=1)
        page.canvas.setFillGray(0.2)
        page.rectangle(90, 400, 300, 425, stroke=0, fill=1)
        page.white(100, 100, "vit")


def ruling_lines(path: Path) -> None:
    """A line across, one down, a thin filled bar, a box, and a white box that is not seen."""
    with sheet(path) as page:
        page.line(100, 100, 300, 100)
        page.line(400, 100, 400, 300)
        page.rectangle(100, 199, 300, 201, stroke=0, fill=1)
        page.rectangle(100, 300, 300, 400, stroke=1, fill=0)
        page.canvas.setFillGray(1)
        page.rectangle(100, 500, 300, 600, stroke=0, fill=1)


def lines_in_a_form(path: Path) -> None:
    """A line and a word drawn once as a form, and placed 100 points right and 200 down."""
    with sheet(path) as page:
        page.canvas.beginForm("stampel", 0, 0, WIDTH, HEIGHT)
        page.put(50, 95, "Stämpel")
        page.line(50, 100, 150, 100)
        page.canvas.endForm()
        page.canvas.translate(100, -200)
        page.canvas.doForm("stampel")


def white_text_beside_a_form(path: Path) -> None:
    """White letters on bare paper, on a page that also places a form with a word far below."""
    with sheet(path) as page:
        page.canvas.beginForm("sidmall", 0, 0, WIDTH, HEIGHT)
        page.put(50, 50, "Mall")
        page.put(50, 700, "Mall")
        page.put(400, 700, "Mall")
        page.canvas.endForm()
        page.canvas.doForm("sidmall")
        page.white(60, 400, "vit")


def locked(path: Path, user: str, owner: str) -> None:
    """A page in AES-256; `user` is what opens it, "" for a file that everybody may read."""
    with sheet(path) as page:
        page.put(100, 100, "Hemlig")
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt(user, owner, algorithm="AES-256")
    writer.write(path)


# running lines, columns, headings, lists


def running_lines(path: Path, repeats: int = 2) -> None:
    """Four pages with header and footer; the first one is printed as page 3.

    With `repeats` 1 the first page is so short that it is taken for a cover.
    """
    with sheet(path) as page:
        for index in range(4):
            if index:
                page.turn()
            page.put(60, 40, "Norrviks kommun", size=8)
            page.put(400, 40, "Delårsrapport 2025", size=8)
            name = ("Äldreomsorg", "Hemtjänst", "Bemanning", "Lokaler")[index]
            page.lines(60, 150, (f"{name} redovisas på den här sidan.", *PROSE * repeats))
            page.put(280, 770, f"Sida {3 + index} av 20", size=8)


LEFT = (
    "Vänster spalt börjar med en",
    "mening om äldreomsorgen och",
    "dess kostnader under året som",
    "gick. Den fortsätter här med",
    "flera ord om bemanningen och",
    "slutar till sist i vänster spalt.",
)
RIGHT = (
    "Höger spalt handlar i stället",
    "om hemtjänsten och antalet",
    "timmar som har utförts under",
    "perioden. Den har lika många",
    "rader som den andra spalten",
    "och slutar i höger spalt.",
)


def two_columns(path: Path) -> None:
    """A line across the page, two columns of prose, and a line across the page again."""
    with sheet(path) as page:
        page.lines(60, 150, PROSE[:1])
        page.lines(60, 190, LEFT)
        page.lines(320, 190, RIGHT)
        page.lines(60, 300, PROSE[1:2])


def footnote(path: Path) -> None:
    with sheet(path) as page:
        page.lines(60, 150, PROSE)
        page.put(60, 220, "Kostnaden var 1250")
        mark = 60 + pdfmetrics.stringWidth("Kostnaden var 1250", "Helvetica", 10)
        page.put(mark, 216, "1", size=6)
        page.put(mark + 6, 220, "tkr under perioden.")
        page.put(60, 700, "1", size=5)
        page.put(65, 703, "Exklusive kostnader som täcks av statsbidrag,", size=8)
        page.put(65, 713, "enligt beslut i mars.", size=8)


def numbered_headings(path: Path) -> None:
    with sheet(path) as page:
        page.put(60, 140, "1 Ekonomi", 16, BOLD)
        y = page.lines(60, 165, PROSE)
        page.put(60, y + 10, "1.1 Prognos", 12, BOLD)
        y = page.lines(60, y + 30, PROSE[:2])
        page.put(60, y + 10, "1.1.1 Risker", 12, BOLD)
        y = page.lines(60, y + 30, PROSE[2:])
        page.put(60, y + 10, "2 Personal", 16, BOLD)
        page.lines(60, y + 35, PROSE)


def unnumbered_headings(path: Path) -> None:
    """Levels told by size alone, and a bold sentence that is no heading."""
    with sheet(path) as page:
        page.put(60, 140, "Ekonomi", 18, BOLD)
        page.put(60, 165, "Det här är en ingress i fet stil som slutar med punkt.", font=BOLD)
        y = page.lines(60, 190, PROSE)
        page.put(60, y + 10, "Hemtjänst", 13, BOLD)
        y = page.lines(60, y + 30, PROSE)
        page.put(60, y + 10, "Personal", 18, BOLD)
        page.lines(60, y + 35, PROSE)


def lists(path: Path) -> None:
    with sheet(path) as page:
        page.lines(60, 140, PROSE)
        page.put(60, 210, "Nämnden har beslutat om följande åtgärder:")
        page.put(70, 230, "•")
        page.lines(82, 230, ("anställningsstopp från den första maj,", "med undantag för natt"))
        page.put(70, 258, "•")
        page.put(82, 258, "lägre inköp av övriga tjänster")
        page.put(70, 285, "–")
        page.put(82, 285, "färre vikarier")
        page.put(70, 310, "a)")
        page.put(84, 310, "uppföljning varje månad")


CONTENTS = (("1 Ekonomi", 2), ("1.1 Prognos", 2), ("2 Personal", 3), ("3 Mål", 3), ("4 Risk", 4))


def contents_list(path: Path) -> None:
    """A page of contents with leaders, and the page that it leads to."""
    with sheet(path) as page:
        page.put(60, 140, "Innehåll", 16, BOLD)
        for index, (title, number) in enumerate(CONTENTS):
            y = 170 + 16 * index
            page.put(60, y, title)
            page.put(140, y, "." * 120)
            page.put_right(520, y, str(number))
        page.turn()
        page.put(60, 140, "1 Ekonomi", 16, BOLD)
        page.lines(60, 165, PROSE)


# tables


def grid(page: Sheet, top: float, xs: Sequence[float], rows: Sequence[Sequence[str]]) -> float:
    """Draw a table with all lines, the first row bold; returns its lower edge."""
    y = top
    for index, row in enumerate(rows):
        height = 8 + 12 * max(text.count("\n") + 1 for text in row)
        for x, text in zip(xs, row, strict=False):
            for place, part in enumerate(text.split("\n")):
                page.put(x + 4, y + 13 + 12 * place, part, font="Helvetica" if index else BOLD)
        for x0, x1 in itertools.pairwise(xs):
            page.rectangle(x0, y, x1, y + height, stroke=1, fill=0)
        y += height
    return y


COSTS = (
    ("Verksamhet", "Budget 2025", "Utfall 2025"),
    ("Hemtjänst", "1 250", "1 310"),
    ("Särskilt boende", "", "980"),
    ("Korttidsboende", "75", ""),
    ("Summa", "1 325", "2 290"),
)


def ruled_table(path: Path) -> None:
    """A ruled table with empty cells, a caption with its unit above and prose around."""
    with sheet(path) as page:
        page.put(60, 120, "Ekonomi", 16, BOLD)
        page.lines(60, 140, PROSE)
        page.put(60, 215, "Tabell 1. Kostnader per verksamhet, tkr")
        grid(page, 225, (60, 200, 320, 440), COSTS)
        page.lines(60, 400, PROSE)


def unruled_table(path: Path) -> None:
    """Columns of numbers without any line, some places empty."""
    rows = (
        ("Verksamhet", "2023", "2024", "2025"),
        ("Hemtjänst", "1 100", "1 250", "1 310"),
        ("Särskilt boende", "900", "", "980"),
        ("Korttidsboende", "70", "75", "80"),
        ("Summa", "2 070", "1 325", "2 370"),
    )
    with sheet(path) as page:
        page.lines(60, 140, PROSE)
        page.put(60, 215, "Tabell 2. Kostnader i tkr")
        for index, (name, *values) in enumerate(rows):
            font = "Helvetica" if index else BOLD
            page.put(60, 235 + 15 * index, name, font=font)
            for x, text in zip((270, 350, 430), values, strict=True):
                page.put_right(x, 235 + 15 * index, text, font)
        page.lines(60, 340, PROSE)


def lines_in_cells(path: Path) -> None:
    rows = (
        ("Mål", "Bedömning"),
        ("Trygg\näldreomsorg", "Målet nås\ndelvis under\nåret"),
        ("God ekonomi", "Målet nås inte"),
    )
    with sheet(path) as page:
        page.lines(60, 140, PROSE)
        grid(page, 215, (60, 200, 400), rows)


def bands_over_columns(path: Path) -> None:
    """A ruled table with two header levels, the upper one over two columns each."""
    xs = (60, 180, 250, 320, 390, 460)
    with sheet(path) as page:
        page.lines(60, 140, PROSE)
        page.put(60, 215, "Belopp i mnkr:")
        for x0, x1, text in ((60, 180, ""), (180, 320, "Budget"), (320, 460, "Utfall")):
            page.rectangle(x0, 225, x1, 245, stroke=1, fill=0)
            page.put(x0 + 4, 238, text, font=BOLD)
        rows = (
            ("Verksamhet", "2024", "2025", "2024", "2025"),
            ("Skola", "7,5", "8,1", "-7,9", "–"),
        )
        grid(page, 245, xs, (*rows, ("Förskola", "3,0", "3,2", "3,1", "3,3")))


def table_over_two_pages(path: Path, header_again: bool = True) -> None:
    """A table that ends one page and goes on at the top of the next, below running lines."""
    with sheet(path) as page:
        page.put(60, 40, "Norrviks kommun", size=8)
        page.lines(60, 140, PROSE)
        page.put(60, 600, "Kostnader per verksamhet (tkr)")
        grid(page, 610, (60, 200, 320, 440), COSTS[:3])
        page.put(60, 780, "1", size=8)
        page.turn()
        page.put(60, 40, "Norrviks kommun", size=8)
        rest = (COSTS[0], *COSTS[3:])
        bottom = grid(page, 110, (60, 200, 320, 440), rest if header_again else rest[1:])
        page.lines(60, bottom + 40, PROSE)
        page.put(60, 780, "2", size=8)


# a document's identity


def report(
    path: Path, cover: Sequence[str], body: Sequence[str], title: str = "", author: str = ""
) -> None:
    """A cover whose first line is large, and two pages of text between which nothing differs."""
    with sheet(path) as page:
        page.canvas.setTitle(title)
        page.canvas.setAuthor(author)
        for index, text in enumerate(cover):
            page.put(
                60, 250 + 40 * index, text, 12 if index else 26, "Helvetica" if index else BOLD
            )
        for _ in range(2):
            page.turn()
            page.lines(60, 150, body)


# pages that cannot be read


def scanned(path: Path, pages: int = 1) -> None:
    with sheet(path) as page:
        for index in range(pages):
            if index:
                page.turn()
            page.picture(0, 0, WIDTH, HEIGHT)


def one_scanned_page(path: Path) -> None:
    """Three pages of which the second is a picture."""
    with sheet(path) as page:
        page.lines(60, 150, PROSE * 2)
        page.turn()
        page.picture(0, 0, WIDTH, HEIGHT)
        page.turn()
        page.lines(60, 150, ("Sista sidan.",))


def scanned_after_blank(path: Path) -> None:
    """A blank page, and then a picture."""
    with sheet(path) as page:
        page.turn()
        page.picture(0, 0, WIDTH, HEIGHT)


def blank_page_between(path: Path) -> None:
    with sheet(path) as page:
        page.lines(60, 150, PROSE * 2)
        page.turn()
        page.turn()
        page.lines(60, 150, ("Sista sidan.",))


def blank(path: Path) -> None:
    with sheet(path):
        pass


def searchable_scan(path: Path, more: str = "", beside: str = "") -> None:
    """A picture over the whole page that shows text, with the text invisibly on it.

    `more` lies invisibly where the picture shows nothing, `beside` on the last line, behind it.
    """
    image = Image.new("L", (2 * WIDTH, 2 * HEIGHT), 235)
    font = ImageFont.load_default(20)
    for index, text in enumerate(PROSE):
        ImageDraw.Draw(image).text((120, 2 * (150 + 13 * index)), text, 40, font, anchor="ls")
    with sheet(path) as page:
        page.canvas.drawImage(ImageReader(image), 0, 0, WIDTH, HEIGHT)
        for index, text in enumerate(PROSE):
            page.invisible(60, 150 + 13 * index, text)
        page.invisible(60, 600, more)
        end = 60 + pdfmetrics.stringWidth(f"{PROSE[-1]} ", "Helvetica", 10)
        page.invisible(end, 150 + 13 * (len(PROSE) - 1), beside)


def hidden_words_beside_a_logo(path: Path) -> None:
    """A visible word, a small picture, and many invisible words where the picture is not."""
    with sheet(path) as page:
        page.picture(60, 40, 100, 80)
        page.put(60, 150, "Remiss")
        for index, text in enumerate(PROSE):
            page.invisible(60, 400 + 13 * index, text)


def hidden_words_in_text(path: Path) -> None:
    with sheet(path) as page:
        page.lines(60, 150, PROSE)
        page.white(60, 300, "Bifall ansökan")


def recoded_letters(path: Path, recode: Callable[[int], int], lines: int = 24) -> None:
    """A page of text, and one whose font maps each letter to the code that `recode` makes of it.

    Both look alike to a reader: only the font's table of characters is wrong.
    """
    folder = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", str(folder / "Vera.ttf")))
    with sheet(path) as page:
        page.lines(60, 150, PROSE)
        page.turn()
        for index in range(lines):
            page.put(60, 150 + 13 * index, PROSE[index % len(PROSE)], font="Vera")
    writer = PdfWriter(clone_from=PdfReader(path))
    for font in writer.pages[1]["/Resources"]["/Font"].values():
        table = font.get("/ToUnicode")
        if table is not None:
            text = re.sub(
                r"<(\w\w)> <(\w{4})>",
                lambda match: f"<{match[1]}> <{recode(int(match[2], 16)):04X}>",
                table.get_object().get_data().decode(),
            )
            table.get_object().set_data(text.encode())
    writer.write(path)


def private_letters(path: Path) -> None:
    """Letters moved to the private use area."""
    recoded_letters(path, lambda code: code if code <= 32 else 0xE000 + code)


def shifted_letters(path: Path) -> None:
    """Letters that stand for others, between true spaces."""
    keys = {
        ord(a): ord(b)
        for a, b in zip(
            "abcdefghijklmnopqrstuvwxyzåäö", "qzxwvbtfghkjmlpdcrsnyxwzqkvbt", strict=True
        )
    }
    recoded_letters(path, lambda code: keys.get(code, code))


def letters_as_glyph_numbers(path: Path) -> None:
    """Letters and spaces as the font counts its glyphs: what a font without a table gives."""
    recoded_letters(path, lambda code: max(0, code - 29))


def letters_without_codes(path: Path) -> None:
    """Letters that the font's table gives no character at all."""
    recoded_letters(path, lambda code: code if code == 32 else 0)


def a_list_of_names(path: Path) -> None:
    """Forty names of homes and nothing else: no word of it is common in running text."""
    names = "Fågelsången Granbacken Solgläntan Ekliden Björkhagen Tallmon Strandgården Åkerbo"
    with sheet(path) as page:
        for index, name in enumerate(names.split() * 5):
            page.put(60, 120 + 15 * index, name)


def damaged_page(path: Path) -> None:
    """Three pages, in whose list something that is no page stands in the second place."""
    with sheet(path) as page:
        for index in range(3):
            if index:
                page.turn()
            page.lines(60, 150, PROSE * 2)
    data = path.read_bytes()
    font = re.search(rb"(\d+) 0 obj\n<<\n/BaseFont", data)
    assert font is not None
    path.write_bytes(
        re.sub(rb"(/Kids \[ \d+ 0 R )\d+( 0 R)", lambda kids: kids[1] + font[1] + kids[2], data)
    )


def contradiction(path: Path) -> None:
    """A budget's table, and a sentence below it that says another number for one of its rows."""
    with sheet(path) as page:
        page.put(70, 90, "Verksamhetsplan 2025", size=20, font=BOLD)
        page.put(70, 115, "Fritidsnämnden, Sundby kommun")
        page.put(70, 160, "Ekonomi", size=14, font=BOLD)
        rows = (
            ("Belopp i tkr", "Budget 2024", "Budget 2025"),
            ("Föreningsbidrag", "1 100", "1 200"),
            ("Ridhuset", "2 100", "2 300"),
            ("Badplatser", "400", "500"),
            ("Summa", "3 600", "4 000"),
        )
        for index, (label, *values) in enumerate(rows):
            y = 190 + 18 * index
            page.put(70, y, label)
            for x, value in zip((300, 420), values, strict=True):
                page.put_right(x, y, value)
        page.put(70, 310, "Ridhuset för 2025 budgeteras till 2 450 tkr.")


def many_pages(path: Path, pages: int) -> None:
    """A report of so many pages, each with prose and a table."""
    with sheet(path) as page:
        for number in range(1, pages + 1):
            if number > 1:
                page.turn()
            page.put(60, 80, f"Avsnitt {number}", 14, BOLD)
            named = [f"{word}{number}" for word in ("enhet", "plats", "park", "skola")]
            y = page.lines(
                60, 120, [f"{one}: {text}" for one, text in zip(named, PROSE, strict=True)]
            )
            for index, label in enumerate(named[:3]):
                page.put(60, y + 18 * index, label)
                page.put_right(300, y + 18 * index, f"{number} {100 + index}")
                page.put_right(400, y + 18 * index, f"{number} {200 + index}")

"""A canvas, what a document is and how it is set in; its cover, header and footer drawn on it."""

from dataclasses import dataclass
from typing import Any

from corpus.house import House

MM = 72.0 / 2.54 * 0.1


@dataclass(frozen=True)
class Meta:
    """What the cover, the running header and footer, and the PDF metadata say."""

    title: str
    board: str
    municipality: str
    decided: str
    reference: str
    subtitle: str


class Pages(list[int]):
    """Page numbers that the copies of a paragraph go on noting in the same list."""

    def __deepcopy__(self, memo: object) -> "Pages":
        return self


@dataclass(frozen=True)
class Painter:
    """Draws a document's furniture; `colours` has accent, line, ink, muted and white."""

    meta: Meta
    house: House
    colours: dict[str, Any]

    def cover(self, canvas: Any, size: tuple[float, float], heading: Any) -> None:
        """Draw the cover around its title, a paragraph."""
        width, height = size
        side = self.house.side * MM
        canvas.saveState()
        canvas.setFillColor(self.colours["accent"])
        canvas.rect(0, height - 150 * MM, width, 150 * MM, stroke=0, fill=1)
        canvas.setFillColor(self.colours["white"])
        canvas.setFont(self.house.regular, 11)
        canvas.drawString(side, height - 32 * MM, self.meta.municipality)
        heading.wrap(width - 2 * side, 100 * MM)
        heading.drawOn(canvas, side, height - 112 * MM)
        canvas.setFont(self.house.regular, 13)
        canvas.drawString(side, height - 124 * MM, self.meta.board)
        canvas.setFillColor(self.colours["ink"])
        lines = [self.meta.subtitle, "", self.meta.decided, self.meta.reference]
        for index, line in enumerate(lines):
            canvas.setFont(self.house.regular, 10)
            canvas.drawString(side, height - 172 * MM - index * 6.5 * MM, line)
        canvas.restoreState()

    def running(self, canvas: Any, page: int) -> None:
        """Draw the header (where the house has one) and the footer."""
        width, height = canvas._pagesize
        side = self.house.side * MM
        canvas.setFont(self.house.regular, 7.5)
        canvas.setFillColor(self.colours["muted"])
        canvas.setStrokeColor(self.colours["line"])
        canvas.setLineWidth(0.5)
        if self.house.running == "both":
            canvas.drawString(side, height - 17 * MM, self.meta.board)
            canvas.drawRightString(width - side, height - 17 * MM, self.meta.municipality)
            canvas.line(side, height - 19.5 * MM, width - side, height - 19.5 * MM)
        foot = self.meta.title if self.house.cover else f"{self.meta.board} – {self.meta.title}"
        canvas.drawString(side, 12 * MM, foot)
        canvas.drawRightString(width - side, 12 * MM, str(page))

"""Figures and findings that tests make, on the sample documents and on invented ones."""

from decimal import Decimal

from ingest.types import Box, Figure, Finding, ParsedDocument, Period, Place, Span
from rag.quotes import boxes_of

BOX: Box = (100.004, 200.0, 150.556, 210.1)


def figure(number: int = 1, **fields: object) -> Figure:
    """A figure of a table of money, with `fields` in place of its own."""
    usual: dict[str, object] = {
        "id": f"f{number}",
        "value": Decimal("-541226"),
        "unit": "tkr",
        "printed": "−541 226",
        "row": ("Kostnader", "Köp av tjänster"),
        "column": ("Jan–aug", "Utfall 2025"),
        "measure": "utfall",
        "period": Period(2025, 1, 8),
        "page": 5,
        "box": BOX,
        "span": Span(5, 10, 18),
        "table": "t2",
        "cell": (3, 1),
        "grade": "proved",
    }
    return Figure(**(usual | fields))  # type: ignore[arg-type]


def in_prose(document: ParsedDocument, sentence: str, printed: str, **fields: object) -> Figure:
    """A figure that stands in a sentence of a document, where it stands."""
    for page in document.pages:
        at = page.text.find(sentence)
        if at >= 0:
            start = at + sentence.index(printed)
            span = Span(page.number, start, start + len(printed))
            own: dict[str, object] = {
                "printed": printed,
                "page": page.number,
                "span": span,
                "box": boxes_of(page, span)[0],
                "sentence": Span(page.number, at, at + len(sentence)),
                "table": "",
                "cell": (-1, -1),
                "column": (),
                "grade": "unproved",
            }
            return figure(**(own | fields))
    raise AssertionError(f"{document.id} does not say {sentence!r}")


def finding(document: str, *pages: int, **fields: object) -> Finding:
    """A sum that does not add up, with one place on each of `pages`."""
    places = tuple(
        Place(document, page, Span(page, 0, 9), f"citat från sidan {page}", (BOX,))
        for page in pages or (5,)
    )
    usual: dict[str, object] = {
        "kind": "sum",
        "message": "Summa kostnader anges till 120 tkr, men raderna ger 110 tkr.",
        "stated": Decimal(120),
        "expected": Decimal("110.0"),
        "unit": "tkr",
        "explained_by_rounding": False,
        "places": places,
    }
    return Finding(**(usual | fields))  # type: ignore[arg-type]

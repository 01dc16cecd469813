"""Charts as pictures: drawn within their bounds, the same each time, whatever the numbers are."""

import io
from decimal import Decimal

import pytest
from PIL import Image

from app.answer_chart import Chart, Point
from app.charts import draw


def chart(kind: str, *values: str, label: str = "Rad") -> Chart:
    points = tuple(
        Point(f"{label} {place}", Decimal(value), 2020 + place, "utfall", place)
        for place, value in enumerate(values)
    )
    return Chart(kind, "Rubrik", "tkr", points, "Diagram.")


@pytest.mark.parametrize("kind", ["bars", "line"])
@pytest.mark.parametrize(
    "values", [("1", "2", "3"), ("-3", "-2", "-1"), ("0", "0", "0"), ("-5", "0.1", "900000")]
)
def test_a_chart_is_a_picture_as_wide_as_a_page(kind: str, values: tuple[str, ...]) -> None:
    with Image.open(io.BytesIO(draw(chart(kind, *values)))) as image:
        assert image.width == 1260
        edge = image.convert("L")
        border = [edge.getpixel((x, y)) for x in (0, image.width - 1) for y in range(image.height)]
        assert min(border) > 250, "something is cut off at the side"


def test_long_names_and_many_bars_make_it_higher() -> None:
    few = draw(chart("bars", "1", "2", "3"))
    many = draw(
        chart("bars", *["1"] * 20, label="En verksamhet med ett mycket långt namn i nämnden")
    )
    heights = [Image.open(io.BytesIO(data)).height for data in (few, many)]
    assert heights[1] > 4 * heights[0]


def test_the_same_numbers_are_the_same_picture() -> None:
    assert draw(chart("line", "1", "2", "3")) == draw(chart("line", "1", "2", "3"))

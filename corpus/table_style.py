"""A table's content, look and colours in; the commands that rule and pad it out."""

from typing import Any

from corpus.tables import Look, TableSpec

PADDING = 4  # points left and right of a cell's text
AIR = 5.5  # points more above and below it in an airy table


def table_style(spec: TableSpec, look: Look, colours: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Commands for the whole table; `colours` has accent, tint, line and group."""
    accent, tint, line = colours["accent"], colours["tint"], colours["line"]
    head_rows, rules = spec.header_rows, look.rules
    last_head = head_rows - 1
    air = AIR if look.airy else 0
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, last_head), "BOTTOM"),
        ("VALIGN", (0, head_rows), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 3 + air),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5 + air),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("BACKGROUND", (0, 0), (-1, last_head), tint),
    ]
    if spec.grid or rules == "grid":
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, line))
    elif rules == "zebra":
        stripes = range(head_rows, head_rows + len(spec.rows), 2)
        commands += [("BACKGROUND", (0, row), (-1, row), tint) for row in stripes]
    elif rules == "none":
        commands.append(("LINEBELOW", (0, last_head), (-1, last_head), 0.8, accent))
    elif rules == "lines":
        commands += [
            ("LINEABOVE", (0, 0), (-1, 0), 1, accent),
            ("LINEBELOW", (0, last_head), (-1, last_head), 0.8, accent),
            ("LINEBELOW", (0, head_rows), (-1, -1), 0.4, line),
            ("LINEBELOW", (0, -1), (-1, -1), 1, accent),
        ]
    for band in spec.bands:
        commands.append(("SPAN", (band.first, 0), (band.last, 0)))
        if rules in ("lines", "grid"):
            commands.append(("LINEBELOW", (band.first, 0), (band.last, 0), 0.5, accent))
    for index in spec.groups:
        row = index + head_rows
        commands.append(("SPAN", (0, row), (-1, row)))
        commands.append(("BACKGROUND", (0, row), (-1, row), colours["group"]))
    if spec.totals and rules in ("lines", "grid"):
        commands.append(("LINEABOVE", (0, -spec.totals), (-1, -spec.totals), 0.8, accent))
    return commands

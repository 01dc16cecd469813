"""The samples' tables and texts, and how an expected figure is proven by them."""

import ast
import json
import operator
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from corpus.generate import BUILDS, TRUTH

MONEY = {"kr": 0, "tkr": 3, "mkr": 6}
"""The power of ten of each unit of money."""
_WORDS = {"kronor": "kr", "kr": "kr", "tkr": "tkr", "mnkr": "mkr", "procent": "%", "%": "%"}
_UNSAID = {"st", "personer", "timmar", "årsarbetare", "dagar", "risk", "procentenheter", "%"}
"""Units that a table leaves to its caption, or to a heading over several columns."""
_NUMBER = re.compile(
    r"[-\u2212\u2013+]?\d{1,3}(?:[ \u00a0]\d{3})+(?:,\d+)?|[-\u2212\u2013+]?\d+(?:,\d+)?"
)
_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "+": "", " ": "", "\u00a0": "", ",": "."})


class ProofError(Exception):
    """An expectation that the documents do not hold, and why."""


@dataclass(frozen=True)
class Value:
    """A number with its unit; "" where the document says none."""

    number: Decimal
    unit: str = ""

    def in_unit(self, unit: str) -> Decimal:
        """The number in another unit of money; as it is where either unit is none."""
        if self.unit in MONEY and unit in MONEY:
            return self.number.scaleb(MONEY[self.unit] - MONEY[unit])
        return self.number

    def may_be(self, unit: str) -> bool:
        """Whether an expectation in `unit` can be of this value; where either says none it can."""
        if not unit or self.unit == unit:
            return True
        if self.unit in MONEY or unit in MONEY:
            return self.unit in MONEY and unit in MONEY
        return not self.unit and unit in _UNSAID


@dataclass(frozen=True)
class Cell:
    """A number of a table, with where it stands."""

    document: str
    pages: range
    caption: str
    row: str
    column: str
    index: int
    value: Value


def folded(text: str) -> str:
    """Without case, white space, hyphens and signs, as quotes are compared."""
    return re.sub(r"[\s\-\u00ad\u2013\u2212]+", "", text).casefold()


def number_of(text: str) -> Decimal | None:
    """A number as it is printed; None where the text is none."""
    return Decimal(text.translate(_SIGNS)) if _NUMBER.fullmatch(text.strip()) else None


def _unit(table: Mapping[str, Any], column: str, row: str) -> str:
    if "%" in column or row.endswith("%"):
        return "%"
    if "Årsarbetare" in column:
        return "årsarbetare"
    for end, unit in (("dagar", "dagar"), ("mnkr", "mkr"), ("personer", "personer")):
        if row.endswith(f", {end}"):
            return unit
    return str(table["unit"])


@cache
def cells() -> tuple[Cell, ...]:
    """Every number of every table."""
    return tuple(_cells())


def _cells() -> Iterator[Cell]:
    for path in sorted((TRUTH / "tables").glob("*.json")):
        for table in json.loads(path.read_text(encoding="utf-8")):
            pages = range(table["page"], table["last_page"] + 1)
            for row in table["rows"]:
                for index, (column, text) in enumerate(zip(table["header"], row, strict=True)):
                    if index and (number := number_of(text)) is not None:
                        value = Value(number, _unit(table, column, row[0]))
                        place = (path.stem, pages, table["caption"], row[0], column, index)
                        yield Cell(*place, value)


@cache
def pages_of(document: str) -> tuple[str, ...]:
    """All that can be read on each page, the scanned one too: a text a line, a row a line."""
    report = BUILDS[f"{document}.pdf"]()
    with tempfile.TemporaryDirectory() as folder:
        count = report.write(Path(folder) / "sample.pdf")
    lines: list[list[str]] = [[] for _ in range(count)]
    for text, pages in report.texts:
        for page in pages:
            lines[page - 1].append(re.sub(r"<[^>]+>", "", text))
    for page, notes in report.notes.items():
        lines[page - 1] += notes
    for spec, pages in zip(report.tables, report.places, strict=True):
        for page in pages:
            lines[page - 1].append(spec.caption)
            lines[page - 1] += [" ".join(row) for row in report.look.rows(spec)]
    return tuple("\n".join(page) for page in lines)


def documents() -> set[str]:
    """The names of the samples, without suffix."""
    return {name.removesuffix(".pdf") for name in BUILDS}


def cell_of(proof: Mapping[str, Any]) -> Cell:
    """The one cell that a proof names by document, row, column and, where it must, table.

    A column is named by its heading, or by its place where two have the same heading.
    """
    column = proof["column"]
    found = [
        cell
        for cell in cells()
        if cell.document == proof["document"]
        and cell.row == proof["row"]
        and column in (cell.column, cell.index)
        and proof.get("table", "") in cell.caption
    ]
    if len(found) != 1:
        where = ", ".join(str(proof[key]) for key in ("document", "row", "column"))
        raise ProofError(f"{len(found)} cells are {where}")
    return found[0]


def numbers_in(text: str) -> Iterator[Value]:
    """The numbers of running text, with the unit that follows each."""
    for match in _NUMBER.finditer(text):
        after = re.match(r"[\s\u00a0]*(\w+|%)", text[match.end() :])
        number = number_of(match[0])
        if number is not None:
            yield Value(number, _WORDS.get(after[1], "") if after else "")


_OPERATORS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def worked_out(formula: str, names: Mapping[str, Decimal]) -> Decimal:
    """What a formula of four operations makes."""
    return _worked_out(ast.parse(formula.strip(), mode="eval").body, names)


def _worked_out(node: ast.expr, names: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.BinOp(left, made, right) if type(made) in _OPERATORS:
            return _OPERATORS[type(made)](_worked_out(left, names), _worked_out(right, names))
        case ast.UnaryOp(ast.USub(), inner):
            return -_worked_out(inner, names)
        case ast.Name(name) if name in names:
            return names[name]
        case ast.Constant(value) if isinstance(value, int | float):
            return Decimal(str(value))
    raise ProofError(f"no formula: {ast.unparse(node)}")


def constants_in(formula: str) -> set[Decimal]:
    """The numbers that a formula writes out, without sign."""
    nodes = ast.walk(ast.parse(formula.strip(), mode="eval"))
    return {Decimal(str(n.value)) for n in nodes if isinstance(n, ast.Constant)}


def is_close(expected: Mapping[str, Any], value: Value) -> bool:
    """Whether a value is what a figure of an expectation says."""
    unit = expected.get("unit", "")
    told, wanted = value.in_unit(unit), Decimal(expected["value"])
    if expected.get("either_sign"):
        told, wanted = abs(told), abs(wanted)
    return value.may_be(unit) and abs(told - wanted) <= Decimal(expected.get("tolerance", "0"))

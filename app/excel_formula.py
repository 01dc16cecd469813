"""A recorded computation → the formula of a spreadsheet over the cells of its operands."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from decimal import Decimal

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_TIGHT = (ast.Mult, ast.Div)


def excel_formula(formula: str, operands: Sequence[tuple[Decimal, str]]) -> str:
    """`"-10 - (-12)"` over cells that hold −10 and −12: `"=E2-E3"`.

    `operands` are values and the names of their cells, in the order that the formula uses them. A
    number that no cell holds (a hundred, a thousand) stands as it is. Raises `ValueError` or
    `SyntaxError` where `formula` is no arithmetic.
    """
    return "=" + _Writer(list(operands)).whole(ast.parse(formula, mode="eval").body)


class _Writer:
    def __init__(self, cells: list[tuple[Decimal, str]]) -> None:
        self._free, self._used = cells, list[tuple[Decimal, str]]()

    def whole(self, node: ast.expr) -> str:
        """The formula; a hundred at its end makes per cent, and is no operand's value."""
        match node:
            case ast.BinOp(
                left=left, op=ast.Mult() | ast.Div() as op, right=ast.Constant(value=int(last))
            ):
                scales = last > 1 and str(last).strip("0") == "1"
                if scales and (isinstance(left, ast.BinOp) or len(self._free) < 2):
                    return f"{self._side(left, op, right=False)}{_SIGNS[type(op)]}{last}"
        return self.written(node)

    def written(self, node: ast.expr) -> str:
        """A part of the formula, from left to right: two equal operands keep their order."""
        match node:
            case ast.Constant(value=int() | float()):
                return self._number(Decimal(repr(node.value)))
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float()) as held):
                return self._number(-Decimal(repr(held.value)))
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return f"-({self.written(inner)})"
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
                first, second = self._side(left, op, right=False), self._side(right, op, right=True)
                return f"{first}{_SIGNS[type(op)]}{second}"
        raise ValueError(f"not arithmetic: {ast.dump(node)}")

    def _side(self, node: ast.expr, op: ast.operator, *, right: bool) -> str:
        text = self.written(node)
        loose = isinstance(node, ast.BinOp) and (
            right or (isinstance(op, _TIGHT) and not isinstance(node.op, _TIGHT))
        )
        return f"({text})" if loose or (right and text.startswith("-")) else text

    def _number(self, value: Decimal) -> str:
        for wanted, sign in ((value, ""), (-value, "-")):
            for cells in (self._free, self._used[::-1]):
                found = next((cell for cell in cells if cell[0] == wanted), None)
                if found is not None:
                    if cells is self._free:
                        cells.remove(found)
                        self._used.append(found)
                    return f"{sign}{found[1]}"
        return f"{value:f}"

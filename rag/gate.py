"""What must hold before an answer leaves: every quote stands on its page, every marker is cited."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from ingest.numbers import format_quantity
from rag.answer import Answer, Citation, ToldFigure
from rag.quotes import find_quote, squeezed
from rag.store import Store

_MARKER = re.compile(r"\[(\d+)\]")

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class GateError(Exception):
    """An answer that says what its citations do not hold. Never shown; it is refused instead."""


def check(answer: Answer, store: Store) -> None:
    """Raise `GateError` unless every quote, marker and number of the answer has its source."""
    for citation in answer.citations:
        check_citation(citation, store)
    known = {citation.id for citation in answer.citations}
    used = {int(digits) for digits in _MARKER.findall(_own_words(answer))}
    if used - known:
        raise GateError(f"markers without citation: {sorted(used - known)}")
    if answer.status == "answered" and not used:
        raise GateError("an answer without citation")
    _check_numbers(answer)


def check_citation(citation: Citation, store: Store) -> None:
    """Raise `GateError` unless the quote stands on the page, character for character."""
    page = store.page(citation.document, citation.page)
    if page is None:
        raise GateError(f"no page {citation.page} in {citation.document}")
    if find_quote(page, citation.quote) is None:
        raise GateError(f"quote is not on page {citation.page} of {citation.document}")
    if page.words and not citation.boxes:
        raise GateError(f"quote without rectangle on page {citation.page} of {citation.document}")


def _own_words(answer: Answer) -> str:
    """The answer's text without its quotes and what it calls their places.

    "[7]" in a quote or a title is the document's own, and no marker.
    """
    text = squeezed(answer.text)
    for citation in sorted(answer.citations, key=lambda c: -len(c.quote)):
        text = text.replace(f"”{citation.quote}”", "”…”")
    for citation in answer.citations:
        if citation.source:
            text = text.replace(squeezed(citation.source), "…")
    return text


def _check_numbers(answer: Answer) -> None:
    """Every number outside the quotes stands in one; signs and refusals are not looked at."""
    if answer.refused:
        return
    for figure in answer.figures:
        check_formula(figure, answer.figures)
    held = {
        number
        for citation in answer.citations
        for source in (
            citation.quote,
            citation.title,
            str(citation.page),
            citation.page_label,
            *citation.section,
        )
        for number in _NUMBER.findall(source)
    }
    for figure in answer.figures:
        own = format_quantity(figure.value, _decimals(figure.value), separator=" ", minus="-")
        for source in (
            own,
            figure.period,
            figure.label,
            figure.head,
            figure.formula.replace(".", ","),
        ):
            held.update(_NUMBER.findall(source))
    said = _NUMBER.findall(_MARKER.sub(" ", _own_words(answer)))
    loose = [number for number in said if number not in held]
    if loose:
        raise GateError(f"numbers without source: {loose}")


def check_formula(figure: ToldFigure, figures: Sequence[ToldFigure]) -> None:
    """Raise `GateError` unless a formula gives its figure, to the last decimal that is told.

    Its numbers must be the values of the operands told beside it (or of its own unit's powers of
    ten); it holds numbers, + - * / and brackets, and nothing else is worked out.
    """
    if not figure.formula:
        return
    try:
        value = worked_out(figure.formula)
    except (SyntaxError, ArithmeticError, ValueError) as error:
        raise GateError(f"formula cannot be worked out: {figure.formula}") from error
    half = Decimal(1).scaleb(-_decimals(figure.value)) / 2  # of the last decimal: rounded
    if abs(value - figure.value) > half:
        raise GateError(f"formula {figure.formula} is {value}, not {figure.value}")
    operands = {abs(other.value) for other in figures if other.role == "operand"}
    if figure.role == "context":  # a result, rounded
        operands |= {abs(other.value) for other in figures if other.role == "result"}
    used = {abs(Decimal(digits)) for digits in _OPERAND.findall(figure.formula)}
    loose = [number for number in used - operands if not _is_power_of_ten(number)]
    if loose and operands:
        raise GateError(f"formula {figure.formula} has numbers without source: {loose}")


def _is_power_of_ten(number: Decimal) -> bool:
    return number.normalize().as_tuple().digits == (1,)


def worked_out(formula: str) -> Decimal:
    """What a formula comes to. Raises `SyntaxError`, `ArithmeticError` or `ValueError`."""
    return _worked_out(ast.parse(formula, mode="eval").body)


def _worked_out(node: ast.expr) -> Decimal:
    match node:
        case ast.Constant(value=int() | float()):
            return Decimal(repr(node.value))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_worked_out(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            return _OPERATIONS[type(op)](_worked_out(left), _worked_out(right))
    raise ValueError(f"not arithmetic: {ast.dump(node)}")


_OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_OPERAND = re.compile(r"\d+(?:\.\d+)?")


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

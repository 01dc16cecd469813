"""Numbers that were rounded when they were printed: what they may have been, and whether they fit.

A printed number stands for a value within half a unit of its last digit. A sum of such numbers may
therefore miss its printed total by half a unit for each addend and half a unit for the total.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.types import Figure

_MONEY = {"kr": 0, "tkr": 3, "mkr": 6, "mdkr": 9}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an identity came out: `difference` is stated minus expected, `slack` what rounding can
    explain of it. Both are counted in the unit of the figures."""

    stated: Decimal
    expected: Decimal
    slack: Decimal

    @property
    def difference(self) -> Decimal:
        """How much more is stated than expected."""
        return self.stated - self.expected

    @property
    def exact(self) -> bool:
        """Whether stated and expected are the same number."""
        return self.stated == self.expected

    @property
    def holds(self) -> bool:
        """Whether rounding explains all of the difference."""
        return abs(self.difference) <= self.slack


def half_unit(figure: Figure) -> Decimal:
    """Half a unit of a figure's last printed digit: "8,0" may be 7.95 to 8.05."""
    return Decimal(5).scaleb(-figure.decimals - 1)


def value_of(figure: Figure) -> Decimal:
    """The value of a figure that has one."""
    assert figure.value is not None
    return figure.value


def linear(stated: Figure, terms: Sequence[tuple[int, Figure]]) -> Outcome:
    """`stated` against the sum of `terms`, each with its sign (1 or -1)."""
    expected = sum((sign * value_of(term) for sign, term in terms), Decimal(0))
    slack = sum((half_unit(term) for _, term in terms), half_unit(stated))
    return Outcome(value_of(stated), expected, slack)


def reworked(signs: Sequence[int]) -> Callable[[Sequence[Figure]], Outcome]:
    """How to work out the first of some figures from the others, which have these signs."""
    return lambda figures: linear(figures[0], list(zip(signs, figures[1:], strict=True)))


def like_a_mean(outcome: Outcome, terms: Sequence[tuple[int, Figure]]) -> bool:
    """Whether what is stated lies among terms of one sign, so that it is hardly their sum."""
    values = [sign * value_of(term) for sign, term in terms]
    if outcome.holds or len(values) < 2 or min(values) * max(values) <= 0:
        return False
    return min(values) <= outcome.stated <= max(values)


def ratio(stated: Figure, part: Figure, whole: Figure, *, sign: str = "") -> Outcome | None:
    """`stated` per cent against part / whole; None where the whole may be nothing.

    `sign` "none" compares without signs, "part" gives the share that of the part: "−3,5 % av
    budget" of costs below nothing. The slack follows from the extremes that part and whole may
    have been before rounding.
    """
    below, above = abs(value_of(part)), abs(value_of(whole))
    if above <= 2 * half_unit(whole):
        return None
    negative = value_of(part) < 0 if sign == "part" else value_of(part) * value_of(whole) < 0
    expected = (-1 if negative and sign != "none" else 1) * 100 * below / above
    highest = 100 * (below + half_unit(part)) / (above - half_unit(whole))
    lowest = 100 * (below - half_unit(part)) / (above + half_unit(whole))
    spread = max(highest - abs(expected), abs(expected) - lowest)
    stands = abs(value_of(stated)) if sign == "none" else value_of(stated)
    return Outcome(stands, expected, half_unit(stated) + spread)


def same_kind(a: str, b: str) -> bool:
    """Whether two units can be compared: the same, or both money."""
    return a == b or (a in _MONEY and b in _MONEY)


def in_unit(value: Decimal, unit: str, wanted: str) -> Decimal:
    """Money in another unit of money, by powers of ten; anything else as it is."""
    if unit == wanted:
        return value
    return value.scaleb(_MONEY[unit] - _MONEY[wanted])


def is_money(unit: str) -> bool:
    """Whether a unit is one of kr, tkr, mkr and mdkr."""
    return unit in _MONEY

"""Integers and decimals in; Swedish number strings out (1 234, −3,5 mnkr, 8,6 %)."""

from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"


def tkr(value: int | None) -> str:
    """Format whole thousands of kronor, or any integer, for a table cell."""
    if value is None:
        return ""
    digits = f"{abs(value):,}".replace(",", NBSP)
    return MINUS + digits if value < 0 else digits


def decimal(value: float | Decimal | None, places: int = 1) -> str:
    """Format a number with a decimal comma, rounded half up."""
    if value is None:
        return ""
    step = Decimal(1).scaleb(-places)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,}".replace(",", NBSP).replace(".", ",")
    return MINUS + text if rounded < 0 else text


def mnkr(thousands: int) -> str:
    """Format an amount given in thousands of kronor as an unsigned amount in millions."""
    return decimal(Decimal(abs(thousands)) / 1000) + NBSP + "mnkr"


def share(part: int, whole: int) -> Decimal:
    """Return part as a percentage of whole, rounded to one decimal."""
    ratio = Decimal(part) * 100 / Decimal(abs(whole))
    return ratio.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def percent(value: float | Decimal) -> str:
    """Format a percentage for prose."""
    return decimal(value) + NBSP + "procent"

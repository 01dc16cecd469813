"""What a question asks for: the one structure that all operations work from."""

from __future__ import annotations

from dataclasses import dataclass

from rag.question.limits import NO_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question asks for.

    `operation` is one of figure, change, percent_change, deviation, share, total, rank, trend,
    assessment. `subject` are the words that must be found, `carried` those of the questions before
    that help. `years` are named ones, in the order that the question names them; `months` the
    first and the last month asked for, (0, 0) for none. `unit` is the one that the answer is
    wanted in, "" for the document's own.
    """

    operation: str
    subject: tuple[str, ...]
    carried: tuple[str, ...]
    measures: tuple[str, ...]
    years: tuple[int, ...]
    months: tuple[int, int]
    whole_year: bool
    unit: str
    percent: bool
    kind: str
    """What kind of number is asked for: money, percent, time, count, risk, or ""."""
    lowest_first: bool
    worst_first: bool
    risk: bool
    rows: str
    """Which rows are to be ranked: costs, ages, or "" for all."""
    leans: bool
    others: tuple[Understanding, ...] = ()
    """What else the question asks for ("…, och vad är målet?"), each complete in itself."""
    pair: tuple[Understanding, ...] = ()
    """The two that are compared ("mellan X och Y"), the later or first named last."""
    than: tuple[Understanding, ...] = ()
    """What is compared and what it is compared with ("X högre än Y"), where both are named."""
    whole: Understanding | None = None
    """What a share is a share of, where the question says so."""
    both: bool = False
    """Whether a change is asked for both as an amount and in per cent."""
    one_only: bool = False
    """Whether only the first of a ranking is asked for."""
    best_first: bool = False
    top: int = 0
    """How many of a ranking are asked for; 0 for all."""
    each_month: bool = False
    """Whether a trend is asked for month by month."""
    in_all: int = 0
    """How many rows there are, where the question says so: "de fyra områdena"; 0 where not."""
    nouns: tuple[str, ...] = ()
    """What the rows are called by the question: "verksamhet", "åtgärd"."""
    several: bool = False
    """Whether measures are listed: "utfall och mål"."""
    negated: bool = False
    bands: tuple[tuple[int, int], ...] = ()
    """Ages and other ranges that are named: "65–79 år" is (65, 79), "90 år och äldre" (90, 0)."""
    whole_board: bool = False
    """Whether the board as a whole is named, or a budget, forecast or deviation and no more."""
    phrases: tuple[tuple[str, ...], ...] = ()
    """The subject's words, phrase by phrase: "X och Y" has two."""
    vague: bool = False
    """Whether a forecast is asked for in no plainer words than "väntas", "beräknas"."""
    changes: bool = False
    """Whether words of change are said: "ökning", "mer än"."""
    limits: Limits = NO_LIMITS

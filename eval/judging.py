"""An answer beside what its question expects → a verdict with reasons.

A number told as the result that is not among the expected ones is wrong, whatever else the answer
holds; so is any result where the documents do not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ingest.checks.arithmetic import in_unit, is_money
from rag.quotes import squeezed
from rag.spoken import number

VERDICTS = ("right", "uncited", "incomplete", "refused", "answered", "misquoted", "wrong")
"""From best to worst. "uncited" lacks nothing but an expected source, or names another page than
the one its quote stands on; "incomplete" lacks something else that was expected; "refused" is
answerable; "answered" is something told, no number among it, where the documents do not hold the
answer; "misquoted" quotes what stands on no page."""

NAMES = {
    "right": "rätt",
    "uncited": "utan väntad källa",
    "incomplete": "ofullständigt",
    "refused": "avstår fast svaret finns",
    "answered": "svarar fast svaret inte finns",
    "misquoted": "fel citat",
    "wrong": "fel tal",
}
"""The verdicts in Swedish."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is: what was expected, and what was found. Swedish."""

    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth.

    `cited` tells of each expected source whether a citation stands on an expected page, `quoted`
    whether one also holds the expected words. `sound` tells of each citation of the answer whether
    it is on a page that some expected source names; empty where the question expects none.
    """

    verdict: str
    reasons: tuple[Reason, ...] = ()
    cited: tuple[bool, ...] = ()
    quoted: tuple[bool, ...] = ()
    sound: tuple[bool, ...] = ()


def judge(
    expect: Mapping[str, Any], answer: Mapping[str, Any], pages: Mapping[str, str] | None = None
) -> Verdict:
    """The verdict on an answer in its JSON form, by what its question expects.

    `pages` are the texts of the cited pages by "document#page"; quotes are held against them.
    """
    verdict = _judge(expect, answer)
    if pages is None or verdict.verdict == "wrong":
        return verdict
    misplaced, false = _not_there(answer["citations"], pages)
    if not (misplaced or false):
        return verdict
    reasons = tuple(
        Reason("ett citat som står på sin sida", f"”{one['quote']}” ({_places([one])}){elsewhere}")
        for one, elsewhere in [*false, *misplaced]
    )
    worse = max(verdict.verdict, "misquoted" if false else "uncited", key=VERDICTS.index)
    return replace(verdict, verdict=worse, reasons=(*reasons, *verdict.reasons))


_Faulty = list[tuple[Mapping[str, Any], str]]


def _not_there(
    citations: Sequence[Mapping[str, Any]], pages: Mapping[str, str]
) -> tuple[_Faulty, _Faulty]:
    """Citations whose quote stands on another page of the document, and those of the rest whose
    quote is not on the page that they name; each with what there is to say of it."""
    misplaced: _Faulty = []
    false: _Faulty = []
    for one in citations:
        quote = squeezed(one["quote"])
        if quote in pages.get(f"{one['document']}#{one['page']}", ""):
            continue
        begins = f"{one['document']}#"
        on = [key for key, text in pages.items() if key.startswith(begins) and quote in text]
        if on:
            misplaced.append((one, f", men det står på s. {on[0].removeprefix(begins)}"))
        else:
            false.append((one, ", där det inte står"))
    return misplaced, false


def _judge(expect: Mapping[str, Any], answer: Mapping[str, Any]) -> Verdict:
    results = [figure for figure in answer["figures"] if figure["role"] == "result"]
    refused = answer["status"] == "refused"
    if expect.get("status") == "refused":
        if refused:
            return Verdict("right")
        told = _told(results) or answer["answer"]
        return Verdict("wrong" if results else "answered", (Reason("inget svar", told),))
    sources = expect.get("citations", [])
    cited = tuple(_cites(one, answer["citations"], words=False) for one in sources)
    quoted = tuple(_cites(one, answer["citations"], words=True) for one in sources)
    sound = tuple(any(_is_on(one, citation) for one in sources) for citation in answer["citations"])
    loose = [told for told in results if not any(same(one, told) for one in _figures(expect))]
    if loose:
        wanted = ", ".join(said(one) for one in _figures(expect))
        reason = Reason(wanted or "inget tal", _told(loose))
        return Verdict("wrong", (reason,), cited, quoted, sound)
    if refused:
        return Verdict("refused", (Reason(_wanted(expect), answer["answer"]),))
    lacking = _lacking(expect, answer, results)
    unsourced = [
        Reason(f"källan {place(one)}", _places(answer["citations"]))
        for one, held in zip(sources, quoted, strict=True)
        if not held
    ]
    verdict = "incomplete" if lacking else "uncited" if unsourced else "right"
    return Verdict(verdict, (*lacking, *unsourced), cited, quoted, sound)


def _figures(expect: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    figures: Sequence[Mapping[str, Any]] = expect.get("figures", [])
    return figures


def _lacking(
    expect: Mapping[str, Any], answer: Mapping[str, Any], results: Sequence[Mapping[str, Any]]
) -> list[Reason]:
    lacking = [
        Reason(said(one), _told(results) or "inget tal")
        for one in _figures(expect)
        if not any(same(one, told) for told in results)
    ]
    text = bare(answer["answer"])
    for group in expect.get("text_any", []):
        if not any(bare(words) in text for words in group):
            lacking.append(Reason(f"”{group[0]}” i svaret", answer["answer"]))
    kinds = [warning["kind"] for warning in answer["warnings"]]
    if expect.get("warning") and expect["warning"] not in kinds:
        lacking.append(Reason(f"varningen {expect['warning']}", ", ".join(kinds) or "ingen"))
    return lacking


def same(expected: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether a result is an expected figure: money may come in another unit of money, a number
    stands for its row where the question says which, and any unit will do where it says none."""
    value, wanted = Decimal(told["value"]), Decimal(expected["value"])
    unit = expected.get("unit", told["unit"])
    if told["unit"] != unit:
        if not (is_money(told["unit"]) and is_money(unit)):
            return False
        value = in_unit(value, told["unit"], unit)
    if expected.get("label") and bare(expected["label"]) not in bare(told["label"]):
        return False
    if expected.get("either_sign"):
        value, wanted = abs(value), abs(wanted)
    return abs(value - wanted) <= Decimal(expected.get("tolerance", "0"))


def _cites(
    expected: Mapping[str, Any], citations: Sequence[Mapping[str, Any]], *, words: bool
) -> bool:
    held = bare(expected.get("quote_contains") or "") if words else ""
    return any(_is_on(expected, one) and held in bare(one["quote"]) for one in citations)


def _is_on(expected: Mapping[str, Any], citation: Mapping[str, Any]) -> bool:
    """Whether a citation stands on an expected page; no pages mean any page of the document."""
    right_page = not expected["pages"] or citation["page"] in expected["pages"]
    return bool(right_page and citation["document"] == expected["document"])


def bare(text: str) -> str:
    """A text without case, white space and hyphens, as texts are compared."""
    return re.sub(r"[\s\-\u00ad–−]+", "", text).casefold()


def said(one: Mapping[str, Any]) -> str:
    """A figure, expected or told, as prose writes it: "−13 141 tkr (Köp av tjänster)"."""
    words = number(Decimal(one["value"]), one.get("unit", ""))
    return f"{words} ({one['label']})" if one.get("label") else words


def _told(results: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(said(one) for one in results)


def place(source: Mapping[str, Any]) -> str:
    """An expected source: document, pages and words."""
    pages = ", ".join(str(page) for page in source["pages"])
    held = f", med ”{source['quote_contains']}”" if source.get("quote_contains") else ""
    return f"{source['document']}{f' s. {pages}' if pages else ''}{held}"


def _places(citations: Sequence[Mapping[str, Any]]) -> str:
    places = dict.fromkeys(f"{one['document']} s. {one['page']}" for one in citations)
    return ", ".join(places) or "ingen källa"


def _wanted(expect: Mapping[str, Any]) -> str:
    figures = [said(one) for one in _figures(expect)]
    words = [f"”{group[0]}”" for group in expect.get("text_any", [])]
    sources = [place(one) for one in expect.get("citations", [])]
    return ", ".join([*figures, *words] or sources) or "ett svar"

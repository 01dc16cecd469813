"""Why a passage was found → a few lines for people."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rag.explaining import Explanation, Match
from rag.model_names import shown

_WAYS = {
    "exact": "samma ord",
    "form": "böjt",
    "part": "del av ord",
    "synonym": "betyder samma",
    "formal": "så skriver rapporter",
}
_PLACES = {"text": "texten", "heading": "rubriken", "document": "dokumentets namn"}
_PARTS = {
    "lexical": "ord",
    "vectors": "vektorer",
    "soft": "liknande ord",
    "year": "rätt år",
    "kind": "rätt slags dokument",
    "prose": "löpande text",
}
_MOST = 4  # words of the passage that are shown for one of the question; the surest come first


def why_found(why: Explanation) -> list[str]:
    """A line for each word of the question, one for the score, one for the reranker."""
    lines = [
        f"{asked}: {'; '.join(_each_once(found)[:_MOST])}"
        for asked, found in groupby(why.matches, key=lambda match: match.asked)
    ]
    if why.missing:
        lines.append(f"finns inte här: {', '.join(why.missing)}")
    lines.append(_score(why))
    if (judged := why.judged) is not None:
        before = f"låg {judged.before} före omsorteringen"
        lines.append(f"omsorterad av {shown(judged.model)}: {_number(judged.score)}; {before}")
    return lines


def _each_once(matches: Iterable[Match]) -> list[str]:
    """Each word that was found, with how and, where it is not in the text alone, where."""
    places: dict[tuple[str, str], list[str]] = {}
    printed: dict[tuple[str, str], str] = {}
    for match in matches:
        key = (match.found.casefold(), match.way)
        printed.setdefault(key, match.found)
        held = places.setdefault(key, [])
        if _PLACES[match.place] not in held:
            held.append(_PLACES[match.place])
    return [
        f"”{found}” ({', '.join((_WAYS[key[1]], *_where(places[key])))})"
        for key, found in printed.items()
    ]


def _where(places: list[str]) -> list[str]:
    return [] if places == [_PLACES["text"]] else [f"i {' och '.join(places)}"]


def _score(why: Explanation) -> str:
    parts = {name: getattr(why.parts, name) for name in _PARTS}
    told = [
        f"{_PARTS[name]} {_number(value, sign=True)}"
        for name, value in parts.items()
        if value or name in ("lexical", "vectors")
    ]
    return f"poäng {_number(why.parts.total)}: {', '.join(told)}"


def _number(value: float, *, sign: bool = False) -> str:
    text = f"{value:+.2f}" if sign else f"{value:.2f}"
    return text.replace("-", "−").replace(".", ",")

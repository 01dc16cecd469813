"""An answer ↔ keys: what a model is told of, and what stands for each key in the end.

{F1} is a figure, {Q1} a quote with its marker, {C1} a marker, {N1} a row's name, {P1} a period,
{D1} a document's title. The model is shown no digit, and has no need to write one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from rag.answer import Answer
from rag.said.facts import Material
from rag.said.sentences import Sentence
from rag.spoken import number, period_text

_DIGITS = re.compile(r"\d[\d\s.,]*\d|\d")
_KEY = re.compile(r"\{([NPD])(\d+)\}")
_MEASURES = {"": "talet", "avvikelse": "avvikelsen från budget", "förändring": "förändringen"}
_BETWEEN = re.compile(r"\d{4}–\d{4}")
_SHOWN = 1_500  # characters of a quote
_WAYS = {
    "worse": "sämre än budget, ett underskott",
    "better": "bättre än budget, ett överskott",
    "up": "en ökning",
    "down": "en minskning",
    "most": "det största",
    "least": "det minsta",
}


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one answer. `names`, `periods` and `titles` are counted from 1."""

    answer: Answer
    material: Material
    names: tuple[str, ...]
    periods: tuple[str, ...]
    titles: tuple[str, ...]

    def expand(self, text: str) -> str:
        """A model's text with the keys of names, periods and titles replaced; others stay."""
        held = {"N": self.names, "P": self.periods, "D": self.titles}

        def word_of(match: re.Match[str]) -> str:
            words = held[match[1]]
            at = int(match[2]) - 1
            return words[at] if 0 <= at < len(words) else match[0]

        return _KEY.sub(word_of, text)

    def description(self) -> str:
        """What the model is told of each key, in Swedish, without a digit but those of keys."""
        lines = [self._figure(index) for index in range(len(self.answer.figures))]
        for citation in self.answer.citations:
            title = self.titles.index(citation.title) + 1 if citation.title in self.titles else 0
            place = f" ur {{D{title}}}" if title else ""
            quote = masked(citation.quote[:_SHOWN])
            lines.append(f"{{Q{citation.id}}} = citat{place}, källa {{C{citation.id}}}: ”{quote}”")
        lines += [f"{{N{at}}} = namnet {masked(n)}" for at, n in enumerate(self.names, start=1)]
        lines += [f"{{P{at}}} = {self._time(p)}" for at, p in enumerate(self.periods, start=1)]
        lines += [f"{{D{at}}} = {masked(t)}" for at, t in enumerate(self.titles, start=1)]
        return "\n".join(lines)

    def _time(self, period: str) -> str:
        """What a period is: a year among others, or a time of its own."""
        years = sorted(one for one in self.periods if one.isdigit())
        if period not in years or len(years) < 2:
            return "från ett år till ett annat" if _BETWEEN.fullmatch(period) else "en tid"
        ends = {years[0]: "det första året", years[-1]: "det sista året"}
        return ends.get(period, "ett år däremellan")

    def _figure(self, index: int) -> str:
        figure, fact = self.answer.figures[index], self.material.facts[index]
        parts = [_MEASURES.get(figure.measure, figure.measure)]
        if figure.label:
            parts.append(f"för {{N{self.names.index(figure.label) + 1}}}")
        if figure.period:
            parts.append(f"tid {{P{self.periods.index(period_text(figure.period)) + 1}}}")
        parts.append(f"i {figure.unit}" if figure.unit else "utan enhet")
        parts += [_WAYS[way] for way in sorted(fact.ways)]
        parts.append("det som frågades" if figure.role == "result" else "underlag")
        parts.append("källa " + "".join(f"{{C{cited}}}" for cited in figure.citations))
        return f"{{F{index + 1}}} = {', '.join(parts)}"

    def shown(self, sentence: Sentence) -> str:
        """A held sentence as it is shown: keys replaced, its figures' markers after it."""
        text, marked = sentence.text, set()
        for mention in reversed(sentence.mentions):
            if mention.kind == "figure":
                put = self._value(mention.number - 1, bare=mention.start in sentence.spoken)
            elif mention.kind == "quote" and mention.text.startswith("{"):
                put = f"”{self.material.quotes[mention.number]}”"
            elif mention.kind == "marker":
                put = f"[{mention.number}]"
                marked.add(mention.number)
            else:
                continue
            text = text[: mention.start] + put + text[mention.end :]
        cited = [c for _, fact in sentence.facts for c in fact.figure.citations]
        cited += [m.number for m in sentence.mentions if m.kind == "quote"]
        lacking = [f"[{c}]" for c in dict.fromkeys(cited) if c not in marked]
        return f"{text} {''.join(lacking)}" if lacking else text

    def _value(self, index: int, *, bare: bool) -> str:
        figure = self.answer.figures[index]
        value: Decimal = abs(figure.value) if bare else figure.value
        return number(value, figure.unit)


def keyring(answer: Answer, material: Material) -> Keyring:
    """The keys of an answer."""
    names = dict.fromkeys(figure.label for figure in answer.figures if figure.label)
    periods = dict.fromkeys(period_text(f.period) for f in answer.figures if f.period)
    titles = dict.fromkeys(citation.title for citation in answer.citations if citation.title)
    return Keyring(answer, material, tuple(names), tuple(periods), tuple(titles))


def masked(text: str) -> str:
    """A text with each number as "▢": it says that one stands there, and not which."""
    return _DIGITS.sub("▢", text)

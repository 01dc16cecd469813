"""The look-ups of a model's plan → an answer, where they are bound to every part of the question.

The model chose what was looked up; here it is held against what was asked, word by word: years,
measures, percent, rows, boards, and how many there are said to be. A part that nothing is bound to,
or that two different numbers fit, leaves the program's refusal as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.checks.arithmetic import in_unit, is_money
from ingest.identity import years_named
from rag.alike import alike
from rag.answer import Answer, Citation, Notice, ToldFigure
from rag.question.parts import parts_of
from rag.said.swedish import DIRECTIONS, GLUE, MEASURES, MONTHS, NEGATIONS, NUMBER_WORDS
from rag.spoken import number
from rag.store import StoredDocument
from rag.terms import STOP_WORDS, UNIT_WORDS, words

Step = tuple[str, Answer]
"""What was looked up, as the model said it, and what was found."""
_HELD = 0.85  # of two words being one
_WORDS_ASKED = re.compile(
    r"\b(?:varför|orsak\w*|förklar\w*|beror|berodde|anledning\w*|motiver\w*|vem"
    r"|(?:vad|hur) (?:säger|skriver|anger|uppger|sägs|står|gör|görs|ska|tänker|planerar|arbetar"
    r"|hanteras|händer|hände|beskrivs|skrev|sade))\b",
    re.I,
)
_CHOICE = re.compile(r"\bvilk(?:en|et|a)\b|\bjämför", re.I)
_BOARDS = re.compile(r"\bnämnd(?:en|er|erna|ernas)?\b", re.I)
_PERCENT = re.compile(r"\bprocent\w*|%", re.I)
_MEANT = {"worse": "avvikelse", "better": "avvikelse"}
_TOGETHER = frozenset(
    """avviker avvek avvikit vilken vilket vilka jämför jämföra nämnd nämnden nämnderna nämndernas
    rapport rapporten rapporterna dokument dokumenten verksamhet verksamheten verksamheter
    verksamheterna enhet enheter enheterna alla båda bägge svar största belopp gör görs ska
    """.split()
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a question: what it asks, read by closed lists."""

    text: str
    choice: bool
    words_asked: bool
    years: frozenset[int]
    measures: frozenset[str]
    percent: bool
    subject: frozenset[str]
    counted: int


def planned(
    answer: Answer, steps: Sequence[Step], documents: Sequence[StoredDocument]
) -> Answer | None:
    """The answer that the steps make to the question of a refusal; None where they do not bind
    every part of it. `documents` are those that may answer."""
    parts = [_part(text) for text in parts_of(answer.question)]
    found = _each_once([step for _, step in steps if not step.refused and step.citations])
    asked = [part for part in parts if not part.words_asked]
    turned = not NEGATIONS.isdisjoint(words(answer.question))
    if not asked or turned or any(_conflict(step) for step in found):
        return None
    boards = {one.id: _board(one) for one in documents}
    used: list[Answer] = []
    meant: list[ToldFigure] = []
    finding = ""
    for part in asked:
        fitting = [step for step in found if _fits(step, part, parts)]
        chosen = _chosen(part, fitting, boards)
        if chosen is None:
            return None
        used += [step for step in fitting if step not in used]
        meant.append(chosen[0])
        finding = finding or chosen[1]
    for part in parts:
        if not part.words_asked:
            continue
        told = next((step for step in found if _tells(step, part, meant, used)), None)
        if told is None:
            return None
        used += [told] if told not in used else []
    if _loose(parts, used):
        return None
    return _made(answer, used, meant, finding)


def _each_once(steps: Sequence[Answer]) -> list[Answer]:
    """The steps without those whose number another one tells with more said of it."""
    found: dict[object, Answer] = {}
    for step in sorted(steps, key=lambda one: -len(one.citations)):
        results = tuple(_key(figure) for figure in _results(step))
        found.setdefault(results or step.text, step)
    return [step for step in steps if any(step is one for one in found.values())]


def _part(text: str) -> _Part:
    said = words(text)
    measures = {MEASURES[word] for word in said if word in MEASURES}
    measures |= {_MEANT[way] for word in said if (way := DIRECTIONS.get(word, "")) in _MEANT}
    if "avvikelse" in measures:
        measures = {"avvikelse"}
    counted = next((int(NUMBER_WORDS[w]) for w in said if w in NUMBER_WORDS), 0)
    return _Part(
        text,
        _CHOICE.search(text) is not None,
        _WORDS_ASKED.search(text) is not None,
        frozenset(years_named(text)),
        frozenset(measures - {""}),
        _PERCENT.search(text) is not None,
        frozenset(_subject(said)),
        counted,
    )


def _subject(said: Iterable[str]) -> Iterable[str]:
    """The words of a part that say what it is about."""
    for word in said:
        plain = word in STOP_WORDS or word in GLUE or word in UNIT_WORDS or word in _TOGETHER
        known = word in MEASURES or word in DIRECTIONS or word in MONTHS or word in NUMBER_WORDS
        if not plain and not known and not word.isdigit():
            yield word


def _results(step: Answer) -> list[ToldFigure]:
    return [figure for figure in step.figures if figure.role == "result"]


def _conflict(step: Answer) -> bool:
    return any(notice.kind == "source_conflict" for notice in step.warnings)


def _fits(step: Answer, part: _Part, parts: Sequence[_Part]) -> bool:
    """Whether a step's number is of the kind, the time and the thing that a part asks for."""
    results = _results(step)
    if len(results) != 1:
        return False
    figure = results[0]
    years = part.years or parts[0].years
    own = {int(year) for year in re.findall(r"(?:19|20)\d\d", figure.period)}
    if years and own != years:
        return False
    if part.percent != (figure.unit == "%"):
        return False
    if part.measures and not ({figure.measure} <= part.measures):
        return False
    if part.choice:  # a row that the question names, or one that it asks of every board
        label = [word for word in words(figure.label) if word not in STOP_WORDS]
        return all(_is_held(word, part.subject) for word in label) and bool(label)
    called = _words_of(step)
    return bool(part.subject) and all(_is_held(word, called) for word in part.subject)


def _key(figure: ToldFigure) -> tuple[object, ...]:
    return figure.label, figure.value, figure.unit, figure.period


def _cited(step: Answer) -> set[int]:
    """The citations that a step's figures rest on; others are quotes."""
    return {cited for figure in step.figures for cited in figure.citations}


def _words_of(step: Answer) -> frozenset[str]:
    """The words of a step's rows, columns, documents and quotes."""
    texts = [f"{figure.label} {figure.head}" for figure in step.figures]
    texts += [f"{c.title} {c.source} {' '.join(c.section)} {c.quote}" for c in step.citations]
    return frozenset(word for text in texts for word in words(text))


def _is_held(word: str, held: frozenset[str]) -> bool:
    return any(alike(one, word) >= _HELD or alike(word, one) >= _HELD for one in held)


def _chosen(
    part: _Part, steps: Sequence[Answer], boards: Mapping[str, str]
) -> tuple[ToldFigure, str] | None:
    """The number that a part asks for, and the program's line that chooses it; None where the
    steps do not decide."""
    keyed = {_key(figure): figure for step in steps for figure in _results(step)}
    told = list(keyed.values())
    if not part.choice:
        return (told[0], "") if len(told) == 1 else None
    if len(told) < 2 or (part.counted and part.counted != len(told)):
        return None
    first = [next(step for step in steps if figure in _results(step)) for figure in told]
    own = [boards.get(step.citations[0].document, "") for step in first]
    of_boards = _BOARDS.search(part.text) is not None
    if of_boards and (sorted(own) != sorted({*boards.values()}) or "" in own):
        return None  # each board once, and all of them
    if not of_boards and len({figure.label for figure in told}) < len(told):
        return None
    return _largest(part, told, steps)


def _board(document: StoredDocument) -> str:
    return f"{document.identity.municipality} {document.identity.board}".strip()


def _largest(
    part: _Part, told: Sequence[ToldFigure], steps: Sequence[Answer]
) -> tuple[ToldFigure, str] | None:
    """Which of several numbers is the largest or least, where they can be compared."""
    ways = {DIRECTIONS[word] for word in words(part.text) if word in DIRECTIONS}
    alike_units = all(is_money(f.unit) for f in told) or len({f.unit for f in told}) == 1
    same = len({(f.measure, f.period) for f in told}) == 1
    one_side = len({f.value < 0 for f in told}) == 1
    if len(ways & {"most", "least"}) != 1 or not (alike_units and same and one_side):
        return None
    below = told[0].value < 0
    if ("worse" in ways and not below) or ("better" in ways and below):
        return None
    unit = told[0].unit
    sizes = sorted((abs(in_unit(f.value, f.unit, unit)), at) for at, f in enumerate(told))
    first, second = sizes[-2:][::-1] if "most" in ways else sizes[:2]
    if first[0] == second[0]:
        return None
    figure = told[first[1]]
    step = next(step for step in steps if figure in _results(step))
    source = next(c.source for c in step.citations if c.id == figure.citations[0])
    word = "Störst" if "most" in ways else "Minst"
    value = number(figure.value, figure.unit)
    return figure, f"{word} av dem är {figure.label}, {value}, i {source}."


def _tells(step: Answer, part: _Part, meant: Sequence[ToldFigure], used: Sequence[Answer]) -> bool:
    """Whether a step quotes what a part asks for, of the number that the part before means."""
    if not meant or not step.citations:
        return False
    figure = meant[-1]
    if told := _results(step):  # a number, and what the report says of it
        same_number = {_key(f) for f in told} == {_key(figure)}
        return same_number and len(step.citations) > len(_cited(step))
    own = next(one for one in used if figure in _results(one))
    documents = {c.document for c in own.citations if c.id in figure.citations}
    quoted = {c.document for c in step.citations}
    if not documents & quoted:
        return False
    same = any((f.label, f.value) == (figure.label, figure.value) for f in step.figures)
    label = [word for word in words(figure.label) if word not in STOP_WORDS]
    quotes = frozenset(w for c in step.citations for w in words(c.quote))
    named = bool(label) and all(_is_held(word, quotes) for word in label)
    return (same or named) and all(_is_held(word, _words_of(step)) for word in part.subject)


def _loose(parts: Sequence[_Part], used: Sequence[Answer]) -> list[str]:
    """The words of the question's subject that none of the steps holds."""
    held = frozenset(word for step in used for word in _words_of(step))
    return [word for part in parts for word in part.subject if not _is_held(word, held)]


# ---- the answer


def _made(
    answer: Answer, used: Sequence[Answer], meant: Sequence[ToldFigure], finding: str
) -> Answer:
    """The program's lines of the steps that are used, with what was asked for marked as such."""
    lines: list[str] = []
    citations: list[Citation] = []
    figures: list[ToldFigure] = []
    warnings: list[Notice] = []
    # what was chosen first; the order of look-ups is the model's
    for step in sorted(used, key=lambda one: not any(f in meant for f in one.figures)):
        by = len(citations)
        text = moved(step.text, by)
        source = step.citations[0].source
        first = text.split("\n", 1)[0]
        lines.append(text if source in first else f"{source}: {text}")
        citations += [replace(c, id=c.id + by) for c in step.citations]
        figures += [
            replace(
                figure,
                role="operand" if figure.role == "result" and figure not in meant else figure.role,
                citations=tuple(c + by for c in figure.citations),
            )
            for figure in step.figures
        ]
        warnings += [
            replace(w, citations=tuple(c + by for c in w.citations)) for w in step.warnings
        ]
    figures.sort(key=lambda figure: figure.role != "result")
    if finding:
        lines.insert(0, f"{finding} {''.join(f'[{cited}]' for cited in figures[0].citations)}")
    return replace(
        answer,
        status="answered",
        text="\n".join(dict.fromkeys("\n".join(lines).split("\n"))),
        citations=tuple(citations),
        figures=tuple(figures),
        warnings=tuple(dict.fromkeys((*answer.warnings, *warnings))),
    )


def moved(text: str, by: int) -> str:
    """A text with its markers moved on; "[7]" within a quote is the document's own."""
    pieces = re.split(r"(”[^”]*”)", text)
    pieces[::2] = [
        re.sub(r"\[(\d+)\]", lambda found: f"[{int(found[1]) + by}]", one) for one in pieces[::2]
    ]
    return "".join(pieces)

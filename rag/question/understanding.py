"""A question and its history → what is asked for, as far as words can say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from ingest.figures.labels import months_of
from rag.answer import Question
from rag.question import signs
from rag.question.asked import Understanding
from rag.question.limits import limits_of
from rag.question.operation import operation_of
from rag.question.years import DENIED_YEAR, years_away, years_of_question
from rag.scope import DOCUMENT_WORDS, Scope, refers_back, understand
from rag.terms import fold, plain, subject_words, words

_PAIR = re.compile(r"\bmellan (.+?) och (.+)", re.I | re.S)
_SHARE_OF = re.compile(
    r"\b(?:del|andel|procent)(?:en)? av\s+(.+?)\s+(?:går till|gick till|är|var|utgör(?:s|des)? av"
    r"|utgör|utgjordes av|utgjorde|ska|består av|bestod av|kommer från|kom från|läggs på|lades på"
    r"|motsvarar|motsvarade)"
    r"\s+(.+)",
    re.I | re.S,
)
_OF_BOARD = re.compile(r"namnd|styrelse|forvaltning|kommunen")
_CLAUSE = re.compile(
    r",?\s+och\s+(?=(?:hur|vad|var|vilk\w+|när|mål\b|målet|målvärdet|nuläget|utfallet|prognosen|budgeten)\b)"
    r"|,\s+(?=(?:hur|vad|vilk\w+)\b)",
    re.I,
)
_THAN = re.compile(
    r"\b(?:högre|lägre|mer|mindre|fler|färre|större|dyrare|billigare|längre|kortare|bättre|sämre)"
    r"\s+(.+?)\s+än\s+(?:för\s+|hos\s+|bland\s+)?(.+)",
    re.I | re.S,
)
_SHARE_OF_IT = re.compile(r"\b(?:del|andel|procent)(?:en)? av\s+(.+?)\s+(?:är|blir) det\b", re.I)
_GOES_ON = frozenset({"trend", "rank", "deviation", "total", "change", "gap"})
_IN_PERCENT = {"change": "percent_change", "deviation": "deviation", "rank": "rank"}
_MEASURE_END = re.compile(
    r"s?(?:utfall|budget|prognos|pengar|projekt|(?<!prog)(?<!og)ram)(?:et|en|na|arna)?s?\Z"
)
_GOAL_END = re.compile(r"(?<=\w{4})smål(?:et|en)?\Z")  # "besöksmål", not "klagomål"
_SHORTEST_KEPT = 6  # letters before the measure
_SAME_NAME = 88  # of 100: "välfärdsförvaltnigen"
_PARTS = re.compile(r"(?<=[.!?:])\s+")
_INTRODUCES = re.compile(r"(?:hej|jag|min|mitt|mina|vi|som)\b(?!.*\?)", re.I | re.S)
_OF_THEM = re.compile(r"\bav (?:dem|dom|dessa|de)\b")
_NUMBERS = {
    word: n for n, word in enumerate("en tva tre fyra fem sex sju atta nio tio elva".split(), 1)
}
_MONTHS_LONG = re.compile(
    rf"\b(?:efter|pa|under|forsta) (?:de (?:forsta )?)?({'|'.join(_NUMBERS)}|\d\d?)"
    r" (?:forsta )?manader"
)
_INSTEAD = re.compile(r"\bi\s?st[äa]llet\b(?:\s+för)?", re.I)
_MADE_IN = re.compile(
    rf"\bprognos\w*\s+(?:som gjordes\s+|gjord\s+)?(?:per|i|från|efter)\s+({signs.MONTH})\w*"
    rf"|\b({signs.MONTH})\w{{0,2}}prognos\w*"
)
_YEAR_SAID = re.compile(
    r"\b(?:förra|forra|föregående|foregaende|nästa|nasta|kommande|innevarande)\s+"
    r"(?:år|ar)(?:et|ets|s)?\b|\b(?:dvs|d\.v\.s\.|alltså)(?!\w)",
    re.I,
)
_STALL = frozenset({"stället", "stallet", "istället"})
_UNTIL = re.compile(r"\bt\.?\s?o\.?\s?m\.?\s", re.I)
_AND = re.compile(r"\boch\b|\bsamt\b|\bplus\b|\brespektive\b|[,+/&]", re.I)
_BAND = re.compile(
    r"(?<!\d)(\d{1,3})(?:\s*(?:[-–−]|till)\s*(\d{1,3}))?\s*-?\s*(år\w*\s*(?:och|eller|\+|>)|år>|åringar"
    r"|år\b|\+)?(?!\d|\s*(?:kr|tkr|mkr|mnkr|procent|%))",
    re.I,
)
_TOKENS = frozenset("t o m f r".split())


def read_question(question: Question, scope: Scope) -> Understanding:
    """Understand a question in its scope; what it leaves out is taken from the one before."""
    own = _read(question.text, scope, scope.words)
    if question.history and (leans := _leans(question.text, own)):
        before = _read_history(question, scope)
        if before.years and (offset := years_away(question.text)):
            own = replace(own, years=(before.years[-1] + offset,))
            before = replace(before, months=(0, 0))
        filled = _filled(own, before, leans=leans)
        if own.operation == "share" and (of := _SHARE_OF_IT.search(question.text)):
            whole = _part(of[1], own, scope)
            whole = replace(
                whole,
                years=whole.years or before.years,
                measures=whole.measures or before.measures,
            )
            return replace(before, operation="share", percent=True, kind="", whole=whole)
        if own.operation == "share" and _OF_THEM.search(plain(fold(question.text))):
            return replace(filled, carried=before.subject, whole=before)
        return filled
    return _with_parts(own, question.text, scope)


def _with_parts(own: Understanding, text: str, scope: Scope) -> Understanding:
    """A question with the parts that it is put together of."""
    if own.operation in ("change", "percent_change") and (pair := _PAIR.search(text)):
        compared = _compared(own, (pair[1], pair[2]), scope)
        if compared is not None:
            return compared
    own = replace(own, than=_than(own, text, scope))
    if own.operation == "share" and not own.limits.used and (of := _SHARE_OF.search(text)):
        whole, part = (_of_time(_part(side, own, scope), own) for side in of.groups())
        of_board = _OF_BOARD.search(plain(fold(of[1]))) is not None
        if (whole.subject or of_board) and (part.subject or "avvikelse" in part.measures):
            return replace(part, operation="share", percent=True, whole=whole)
    clauses = _CLAUSE.split(text)
    if not signs.NUMBER.search(plain(fold(clauses[0]))):  # "brand på natten, vilket riskvärde?"
        return own
    if len(clauses) > 1 and own.operation not in ("list", "rank", "trend"):
        first, *rest = (_part(clause, own, scope) for clause in clauses)
        others = tuple(_completed(other, first) for other in rest)
        return replace(first, operation=first.operation, others=others)
    return own


def _compared(own: Understanding, sides: tuple[str, str], scope: Scope) -> Understanding | None:
    """A question with the two that it compares ("mellan X och Y"); itself where they are two years
    of one thing, None where they are no different."""
    first, second = (_of_time(_part(side, own, scope), own) for side in sides)
    outside = [w for w in own.subject if w not in (*first.subject, *second.subject)]
    first, second = (replace(side, subject=(*outside, *side.subject)) for side in (first, second))
    if not (first.measures or second.measures):  # "ökar budgeten mellan 2025 och 2026"
        first, second = (replace(side, measures=own.measures) for side in (first, second))
    if (first.subject, first.measures, first.years) == (own.subject, own.measures, own.years):
        return own
    same_thing = (first.subject, first.measures) == (second.subject, second.measures)
    one_time = same_thing and first.months == second.months and not first.measures
    if one_time and (*first.years, *second.years) == own.years:
        return own  # "mellan 2023 och 2024, i kronor"
    if same_thing and first.years == second.years:
        return None
    return replace(own, pair=(first, second))


def _part(text: str, own: Understanding, scope: Scope) -> Understanding:
    """One part of a question; the words of the others help to find what it means."""
    said = set(subject_words(text))
    part = _read(text, scope, [word for word in scope.words if word in said])
    rest = tuple(word for word in own.subject if word not in part.subject)
    return replace(
        part,
        carried=rest,
        years=part.years or own.years,
        months=part.months if part.months[1] else own.months,
        unit=part.unit or own.unit,
        whole_year=own.whole_year,
    )


def _than(own: Understanding, text: str, scope: Scope) -> tuple[Understanding, ...]:
    """The two things of one time that "X högre än Y" compares; none where it names no two."""
    sides = _THAN.search(text)
    if sides is None or own.operation != "change":
        return ()
    if len(own.years) > 1 or set(own.measures) - {"utfall"}:
        return ()
    first, second = (_of_time(_part(side, own, scope), own) for side in sides.groups())
    apart = first.subject and second.subject and not set(second.subject) <= set(first.subject)
    return (first, second) if apart else ()


def _of_time(part: Understanding, own: Understanding) -> Understanding:
    """A part of a question that is of what has been where the whole of it is."""
    return replace(part, limits=replace(part.limits, past=part.limits.past or own.limits.past))


def _completed(other: Understanding, first: Understanding) -> Understanding:
    """A further clause: it asks about what the first one does, unless it says otherwise."""
    return replace(
        other,
        subject=other.subject or first.subject,
        carried=(*first.subject, *other.carried) if other.subject else first.carried,
        leans=not other.subject,
    )


def _read_history(question: Question, scope: Scope) -> Understanding:
    """The question before, with what it took from those before it."""
    *earlier, last = question.history
    asked = Question(last, tuple(earlier), question.filters)
    own = _read(last, scope, understand(asked, scope.documents).words)
    if not earlier or not (leans := _leans(last, own)):
        return own
    return _filled(own, _read_history(asked, scope), leans=leans)


def _filled(own: Understanding, before: Understanding, *, leans: bool) -> Understanding:
    """A question with what it leaves out filled in from the one before, and nothing more."""
    operation = own.operation
    if own.percent and not own.subject and operation in ("figure", "share"):
        operation = _IN_PERCENT.get(before.operation, "share")
    elif operation == "figure" and before.operation in _GOES_ON:
        operation = before.operation
    return Understanding(
        operation,
        own.subject or before.subject,
        (*before.subject, *before.carried) if own.subject else before.carried,
        own.measures or before.measures,
        own.years or before.years,
        own.months if own.months[1] or own.whole_year else before.months,
        own.whole_year or before.whole_year,
        own.unit or before.unit,
        own.percent,
        own.kind or before.kind,
        own.lowest_first,
        own.worst_first,
        own.risk or before.risk,
        own.rows or before.rows,
        leans,
        one_only=own.one_only or (before.one_only and not own.top),
        best_first=own.best_first,
        top=own.top,
        in_all=own.in_all,
        nouns=own.nouns or before.nouns,
        bands=own.bands or before.bands,
        limits=replace(own.limits, roles=own.limits.roles or before.limits.roles),
    )


def _leans(text: str, own: Understanding) -> bool:
    bare = plain(fold(text))
    follows = re.match(
        r"(?:och|men|sa|da)\b|.*\b(?:ar|blir) det\W*$|(?:visa )?samma (?:sak|for)"
        r"|hur ar det (?:for|med)\b|i (?:procent|mkr|tkr|mnkr)\b|gor (?:likadant|samma)\b",
        bare,
    )
    return bool(follows) or refers_back(text) or not own.subject


def _bare(word: str) -> str:
    """A word without the measure at its end: "investeringsutfallet" asks about investments."""
    goal = _GOAL_END.sub("", word)
    if goal != word:
        return goal
    kept = _MEASURE_END.sub("", word)
    return kept if len(kept) >= _SHORTEST_KEPT else word


def _calls(word: str, scope: Scope) -> bool:
    """Whether a word, misspelt perhaps, is what a board in scope or its office is called."""
    stems = {
        plain(part).removesuffix("en").removesuffix("namnd")
        for document in scope.documents
        for part in words(document.identity.board)
        if plain(part).endswith(("namnden", "namnd"))
    }
    names = [f"{stem}{end}" for stem in stems for end in ("namnden", "namndens", "forvaltningen")]
    return any(fuzz.ratio(plain(word), name) >= _SAME_NAME for name in names)


def _core(text: str, found: Sequence[str]) -> Sequence[str]:
    """The words without those of an introduction ("Jag sitter i nämnden: …", "Min son har …")."""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    core = [part for part in parts if not _INTRODUCES.match(part)]
    said = {word for part in core for word in words(part)}
    kept = [word for word in found if word in said]
    return kept if len(core) < len(parts) and any(map(_is_subject, kept)) else found


def _read(text: str, scope: Scope, found: Sequence[str]) -> Understanding:
    text = signs.NO_SUMS.sub(" ", text)  # rows are ranked without them
    beside = set(words(text))
    found = [w for w in _core(text, found) if w in beside and not _calls(w, scope)]
    text = _INSTEAD.sub(" ", _UNTIL.sub("till och med ", text))
    found = [word for word in found if not _EACH_MONTH.search(text) or not _IS_MONTH.match(word)]
    made = _MADE_IN.search(fold(text))  # "prognosen per april" is of the year, made in April
    beside = set(words(_YEAR_SAID.sub(" ", text)))
    found = [word for word in found if word in beside and not _ONLY_PER.fullmatch(text)]
    found = [word for word in found if not made or made[0] != word]
    found = [word for word in found if word not in _STALL or word in words(text)]
    bare = plain(fold(text))
    said = plain(fold(DOCUMENT_WORDS.sub(" ", text)))
    subject = tuple(_bare(word) for word in found if _is_subject(word))
    years = years_of_question(text, bare, scope.documents)
    measures = _measures(bare, said)
    wanted = signs.UNIT_WANTED.search(bare)
    percent = bool(signs.PERCENT.search(bare)) or "%" in bare
    percent = percent and not signs.POINTS.search(bare)
    months = (0, 0) if made else months_of(text)
    if {"prognos", "avvikelse"} <= set(measures) and not months_of(_TERTIAL.sub(" ", text))[1]:
        months = (0, 0)  # "sämsta prognosen mot budget i tertial 1" is of the year
    if months == (12, 12) and _YEARS_END.search(bare):
        months = (0, 0)  # how many there were on the last day of a year is of that year
    if lasted := _MONTHS_LONG.search(bare):
        months = (1, _NUMBERS.get(lasted[1]) or int(lasted[1]))
    return Understanding(
        operation_of(bare, years, measures, percent=percent),
        subject,
        (),
        measures,
        years,
        months,
        bool(signs.WHOLE_YEAR.search(bare)),
        signs.UNITS.get(wanted["unit"], "") if wanted else "",
        percent,
        next((name for name, form in signs.KINDS if form.search(bare)), "")
        or ("percent" if _PERCENT_LAST.search(text) else ""),
        bool(signs.RANK_LOW.search(bare)),
        bool(signs.RANK_WORST.search(bare)),
        bool(signs.RISK.search(bare)),
        next((name for name, form in signs.ROWS if form.search(bare)), ""),
        False,
        both=bool(signs.BOTH.search(bare)),
        one_only=bool(signs.ONE.search(bare)) and not signs.ALL.search(bare),
        best_first=bool(signs.RANK_BEST.search(bare)),
        top=_number(signs.TOP, signs.IN_ALL.sub(" ", bare)),
        in_all=_number(signs.IN_ALL, bare),
        each_month=bool(signs.EACH_MONTH.search(bare)),
        nouns=tuple(dict.fromkeys(signs.ROW_NOUN.findall(bare))),
        bands=bands_of(text),
        several=bool(signs.GOAL_AND_OUTCOME.search(bare))
        or bool(re.search(r"\boch\b|\bsamt\b|\brespektive\b|[,/+]", bare)),
        negated=bool(re.search(r"\b(?:inte|ej|aldrig)\b", DENIED_YEAR.sub(" ", bare))),
        whole_board=bool(measures) or bool(signs.WHOLE_BOARD.search(bare)),
        vague="prognos" in measures and "prognos" not in bare,
        phrases=_phrases(text, subject),
        changes=bool(signs.CHANGE.search(bare)),
        limits=replace(limits_of(text), made_in=_month_of(made) if made else 0),
    )


def _measures(bare: str, said: str) -> tuple[str, ...]:
    """The measures that a question names, in plain letters; `said` is without what reports are
    called."""
    measures = tuple(name for name, form in signs.MEASURES if form.search(said))
    if signs.RANK.search(bare) and signs.CHANGE.search(bare) and "avvikelse" not in measures:
        measures = ("förändring",)
    if signs.RANK.search(bare) and signs.RISK.search(bare) and not measures:
        measures = ("riskvärde",)
    named = set(measures) & {"budget", "prognos", "plan", "avvikelse", "målvärde"}
    if named and "utfall" in measures and not signs.OUTCOME.search(said):
        measures = tuple(name for name in measures if name != "utfall")
    if "utfall" in measures and signs.OF_BUDGET.search(said):  # "hur mycket av budgeten användes"
        measures = tuple(name for name in measures if name != "budget")
    if "avvikelse" in measures:
        measures = tuple(dict.fromkeys(("avvikelse", *measures)))
    return measures


def _month_of(made: re.Match[str]) -> int:
    return months_of(f"per {next(group for group in made.groups() if group)}")[1]


def _phrases(text: str, subject: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    named = set(subject)
    parts = ([w for w in map(_bare, words(part)) if w in named] for part in _AND.split(text))
    return tuple(tuple(part) for part in parts if part)


def _number(form: re.Pattern[str], bare: str) -> int:
    """The number that a form of words says, by a word or digits; 0 where they are not said."""
    found = form.search(bare)
    return number_named(found[1]) if found else 0


def number_named(word: str) -> int:
    """The whole number that a word or its digits say; 0 for other words."""
    named = _NUMBERS.get(plain(word), 0)
    return named or (int(word) if word.isdecimal() else 0)


def bands_of(text: str) -> tuple[tuple[int, int], ...]:
    """Ranges of ages and such in a text, in order; a range without an end has 0."""
    text = _WITHIN.sub(lambda said: f"{said[1]}{number_named(said[2].casefold())} år", text)
    found = [
        (int(m[1]), int(m[2] or 0))
        for m in _BAND.finditer(text)
        if m[2] or (m[3] and not 1900 <= int(m[1]) <= 2100)
    ]
    return tuple(dict.fromkeys(found))


def _is_subject(word: str) -> bool:
    bare = plain(word)
    if bare == "man" and word != bare:  # "män"
        return True
    if signs.MEASURE_WORD.match(bare):
        return False
    if signs.FILLER_VERB.fullmatch(bare):
        return False
    return bare not in signs.FILLERS and bare not in _TOKENS and not word.isdigit()


_WITHIN = re.compile(
    r"\b(inom (?:loppet av )?)(två|tre|fyra|fem|sex|sju|åtta|nio|tio) år\b(?! i rad)", re.I
)
_PERCENT_LAST = re.compile(r",\s*%(?=\W*\Z|\s+20\d\d)")  # "Personlig assistans, %"
_EACH_MONTH, _IS_MONTH = re.compile(r"\bmånad för månad\b", re.I), re.compile(r"månad(?:en)?\Z")
_YEARS_END = re.compile(r"\b31 dec(?:ember)?\b")
_TERTIAL = re.compile(r"\btertial\w*\s*[1-3]\b", re.I)
_ONLY_PER = re.compile(r"\W*(?:och\s+)?per\s+\w+(?:\s+då)?\W*", re.I)

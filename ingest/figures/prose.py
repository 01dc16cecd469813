"""Sentences → figures: what a number is about, its direction word, and its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.figures.context import Around
from ingest.figures.labels import PREVIOUS, counts_people, measure_of, months_of, years_of
from ingest.figures.places import box_of
from ingest.figures.sentences import direction_of, sentences
from ingest.numbers import Quantity, find_quantities
from ingest.types import BlockKind, Figure, Page, Period, Span

_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.FOOTNOTE)
_HOLDS_NUMBER = re.compile(r"\d|miljon|miljard|tusen|procent|dagar|månad|timm", re.I)
_COUNTED = frozenset({"", "st", "personer", "årsarbetare"})
_VERB = re.compile(
    r"\b(?:är|var|blir|blev|har|hade|uppgå\w*|uppgick|beräkna\w*|budgetera\w*|prognostisera\w*"
    r"|visa\w*|redovisa\w*|öka\w*|minska\w*|motsvara\w*|kosta\w*|ligger|låg|vänta\w*|bedöm\w*|utgör\w*"
    r"|utgjorde|överstig\w*|understig\w*|innebär|innebar|avser|avsåg|förvänta\w*|omfatta\w*|ger|gav"
    r"|får|fick|lägger|lade|sjunk\w*|sjönk|stig\w*|steg|fanns|finns|uppvisa\w*|landa\w*|består|bestod"
    r"|hamna\w*|går|gick|nå\w*|tilldela\w*|tillför\w*|avsätt\w*|kräver|sak\w*|anvis\w*|budgeterades"
    r"|planera\w*|investera\w*|ska|kommer|drivs|pågår|anställ\w*|genomför\w*|fattas|ta(?:r|s)|tog)\b|:",
    re.I,
)
_CHANGE = re.compile(
    r"\b(?:öka\w*|minska\w*|stig\w*|steg|sjunk\w*|sjönk|höj\w*|sänk\w*|ökning\w*|minskning\w*|höjning\w*"
    r"|sänkning\w*|utöka\w*|växer|besparing\w*|effektivisering\w*)\W+(?:[^\W\d]+\W+){0,3}"
    r"(?:med|om|på|motsvarande)\W+(?:[^\W\d]+\W+){0,2}\Z",
    re.I,
)
# "Målet är 80 procent", "ska öka till 6,5", "ska vara minst 90"; not "minska med"
_TARGET = re.compile(
    r"\bmål(?:et|värdet|nivån|sättningen)?\b(?:(?!uppfyll|\bnå)[^.;]){0,80}\Z"
    r"|\bska(?:ll)?\s+(?:\w+\s+){0,5}?"
    r"(?:(?:öka|minska|höjas|sänkas|uppgå)\s+till|vara\s+(?:minst|högst|lägst|max\w*))\W+(?:\w+\s+){0,2}\Z",
    re.I,
)
_PARTITIVE = re.compile(
    r"\A\s*(?:av\s+(?:dem|dessa|de|dom)\s+)?(?:är|var)\s+([^\W\d_]+(?:\s+[^\W\d_]+)?)", re.I
)
_NOUN = re.compile(r"\A\s*((?:[^\W\d_]+(?:-[^\W\d_]+)*\s*){1,4})")
_STOP = re.compile(
    r"\b(?:och|eller|av|i|på|för|från|till|under|som|med|per|vid|hos|inom|är|var|har|hade|varav|samt"
    r"|att|om|jämfört|mot|under|efter|sedan|då|när|men|medan|utan|ha|kvar|respektive|totalt|år)\b",
    re.I,
)
_YEAR_AFTER = re.compile(
    r"\A\W{0,2}\s*(?:(?:för|under|i|år|per|den|samma|motsvarande|period)\s+){0,3}"
    r"(?:(?!och\b|samt\b|men\b)\w+\s+)?((?:19|20)\d\d)\b(?!\s+\d)"
)
_COMPARED = re.compile(r"[,.;(]|\bjämför\w*|\bmot\b|\bän\b")
_MEASURES = frozenset({"budget", "prognos", "utfall", "plan", "avvikelse"})
# "2,1 mnkr högre än budget", "9 färre än i fjol", "4 mnkr över budget"; not "1 118 under perioden"
_THAN = re.compile(
    r"\A\s*(?:(högre|mer|bättre|dyrare|större|fler|lägre|mindre|sämre|billigare|färre)"
    r"(?:\s+[^\W\d]+){0,2}?\s+(?:än|jämfört)\b"
    r"|(över|under)(?=(?:\s+[^\W\d]+){0,2}?\s+\w*(?:budget|ram|prognos|plan|mål|snitt)))",
    re.I,
)
_COMPARED_WITH = re.compile(
    r"\bjämför\w*|\bmot\b|\bän\b|\bav\s+(?:de\s+|[^\W\d]+ts?\s+)?(?!budgeten\b)\w*budget"
)
_AGAINST_BUDGET = re.compile(
    r"\A\s*(?:mot|jämfört med|i förhållande till)\s+(?:[^\W\d]+\s+)?\w*budget", re.I
)
_SINCE_YEAR = re.compile(r"\b(?:sedan|från|än|mot|jämfört med)\s+(?:år\s+)?(?:19|20)\d\d", re.I)
# "(6,7 procent 2024)" says when of its own number, and not of what follows
_ASIDE = re.compile(r"\([^()]*\d[^()\d]+\b(?:19|20)\d\d[^()\d]*\)")
_AGAIN = re.compile(
    r"\s*,?\s*(?:eller|motsvarande|vilket motsvarar|\()\s*(?:cirka|ca|drygt|knappt)?\s*", re.I
)
_ONWARD = re.compile(r"[,;]|\b(?:och|men|medan|samt)\b")
_LAST_YEAR = re.compile(rf"(?<!\w)(?:{PREVIOUS})(?!\w)", re.I)
_LAST_YEAR_AFTER = re.compile(
    rf"[\s(]*(?:(?:under|för|i|vid|samma|motsvarande|period|tid|tidpunkt)\s+)*(?:{PREVIOUS})(?!\w)",
    re.I,
)
_LAST_YEAR_BEFORE = re.compile(rf"[(,]\s*(?:{PREVIOUS})\W*\Z", re.I)
_RELATED = re.compile(r"\bjämför|\b(?:mot|än|sedan|från|som|med)\s*\Z", re.I)
_UP = frozenset({"högre", "mer", "bättre", "över", "dyrare", "större", "fler"})
_OTHERS = re.compile(r"(?<=\w)\s+(?:tillhör\w*|sakna\w*|\w{3,}(?:ade|ades|ats)\b)")
_PART_OF = re.compile(
    r"\b(?:varav|därav|av (?:dem|dessa|vilka))\s*(?:(?:cirka|ca|drygt|knappt)\s*)?\Z", re.I
)
_AMOUNT = re.compile(
    r"\b(?:\w*budget\w*|\w*ram(?:en)?|anslag\w*|begär\w*|äska\w*|ansök\w*|kostnad\w*|intäkt\w*|krav"
    r"|kompensation\w*|bidrag\w*|belopp\w*|summa\w*)\b",
    re.I,
)
_AND_MORE = re.compile(r"(?:,|\b(?:och|samt))\s*\Z", re.I)
_WHERE = re.compile(r"\s*(?:i|på|hos|med)\b", re.I)
_OWN_WORDS = frozenset("årsarbetare timmar dagar dygn".split())
_LONGEST = 90  # characters of what a number is about


@dataclass(frozen=True, slots=True)
class _Clause:
    """A number in its sentence: `before` goes back to the number before, `after` to the next."""

    sentence: str
    before: str
    after: str
    quantity: Quantity


def prose_figures(pages: Sequence[Page], around: Around) -> list[Figure]:
    """The numbers of all paragraphs, lists, captions and footnotes."""
    found: list[Figure] = []
    for page in pages:
        made: list[Figure] = []
        for block in page.blocks:
            if block.kind in _PROSE:
                made.extend(sentence_figures(page, block.span, around))
        found.extend(
            replace(figure, id=f"p{page.number}.{number}") for number, figure in enumerate(made, 1)
        )
    return found


def sentence_figures(page: Page, span: Span, around: Around) -> Iterator[Figure]:
    """The numbers of the sentences in `span` of a page's text; `row` is what each is about."""
    if not _HOLDS_NUMBER.search(page.text, span.start, span.end):
        return
    for start, end in sentences(page.text, span.start, span.end):
        sentence = page.text[start:end]
        if not _HOLDS_NUMBER.search(sentence):
            continue
        # a line ends where there was no more room, in the middle of a number, too
        quantities = find_quantities(sentence.replace("\n", " "))
        clauses: list[_Clause] = []
        for position, quantity in enumerate(quantities):
            behind = quantities[position - 1].end if position else 0
            last = position + 1 == len(quantities)
            ahead = len(sentence) if last else quantities[position + 1].start
            before, after = sentence[behind : quantity.start], sentence[quantity.end : ahead]
            clauses.append(_Clause(sentence, before, after, quantity))
        made = [_figure(page, Span(page.number, start, end), one, around) for one in clauses]
        yield from _in_apposition(made, clauses)


def _in_apposition(made: Sequence[Figure], clauses: Sequence[_Clause]) -> Iterator[Figure]:
    """Figures as they are; a number that is said again in another unit is what that one is:
    "13 400 timmar eller 5,2 procent fler än budgeterat"."""
    for position, figure in enumerate(made):
        again = position + 1 < len(made) and _AGAIN.fullmatch(clauses[position].after)
        following = made[position + 1] if again else figure
        if following.measure in ("avvikelse", "förändring") and following.unit != figure.unit:
            yield replace(figure, measure=following.measure, direction=following.direction)
        elif position and _says_again(made[position - 1], figure, clauses[position - 1]):
            before = made[position - 1]
            yield replace(figure, measure=before.measure, direction=before.direction)
        elif figure.unit == "st" and (of := _whole_of(clauses, position)) is not None:
            yield replace(figure, unit=made[of].unit)  # "1 043 barn, varav 212 i …"
        else:
            yield figure


def _says_again(before: Figure, figure: Figure, clause: _Clause) -> bool:
    """Whether a number gives a change in per cent that the one before gives as an amount."""
    change = before.measure in ("avvikelse", "förändring") and not figure.measure
    return change and before.unit != figure.unit and bool(_AGAIN.fullmatch(clause.after))


def _whole_of(clauses: Sequence[_Clause], position: int) -> int | None:
    """The position of the number that one is a part of: "63 barn, varav 41 i … och 22 i …"."""
    for at in range(position, 0, -1):
        if _PART_OF.search(clauses[at].before):
            return at - 1
        if not (_AND_MORE.search(clauses[at].before) and _WHERE.match(clauses[at].after)):
            return None
    return None


def _figure(page: Page, sentence: Span, clause: _Clause, around: Around) -> Figure:
    quantity = clause.quantity
    span = Span(page.number, sentence.start + quantity.start, sentence.start + quantity.end)
    about = _about(clause)
    measure = _measure(clause)
    unit = quantity.unit
    if unit in ("", "st"):
        about = _OTHERS.split(about, maxsplit=1)[0].strip()
        last = about.split()[-1].casefold() if about else ""
        own = last if last in _OWN_WORDS else ""
        counted = not quantity.decimals and bool(about) and _counted(clause)
        unit = own or ("personer" if counts_people(about) else "st" if counted else unit)
    return Figure(
        id="",
        value=quantity.value,
        unit=unit,
        printed=page.text[span.start : span.end],
        row=(about,) if about else (),
        column=(),
        measure=measure,
        period=_period(clause, around, measure),
        page=page.number,
        box=box_of(page, span) or (0.0, 0.0, page.width, page.height),
        span=span,
        decimals=quantity.decimals,
        sentence=sentence,
        direction=_direction(clause),
        approximate=quantity.approximate,
        ocr=page.ocr,
    )


def _direction(clause: _Clause) -> str:
    than = _THAN.match(clause.after)
    if than:
        return "up" if (than[1] or than[2]).casefold() in _UP else "down"
    return direction_of(clause.before)


def _about(clause: _Clause) -> str:
    """What a number counts (the words after it), or whose amount it is (the sentence's subject)."""
    if clause.quantity.unit in _COUNTED:
        partitive = _PARTITIVE.match(clause.after)
        if partitive:
            return partitive[1].split()[0] if _STOP.search(partitive[1]) else partitive[1]
        noun = _NOUN.match(clause.after)
        phrase = _STOP.split(noun[1], maxsplit=1)[0].strip() if noun else ""
        if phrase:
            return " ".join(phrase.split())
    subject = clause.sentence[: clause.quantity.start]
    verb = _VERB.search(subject)
    subject = subject[: verb.start()] if verb and verb.start() > 2 else subject
    words = " ".join(subject.split()).strip(" -–:,")
    return words[-_LONGEST:].partition(" ")[2] if len(words) > _LONGEST else words


def _counted(clause: _Clause) -> bool:
    """Whether a number counts what follows it: "86 300." after a budget counts nothing."""
    noun = _NOUN.match(clause.after)
    phrase = _STOP.split(noun[1], maxsplit=1)[0].strip() if noun else ""
    return (
        bool(phrase)
        or _PART_OF.search(clause.before) is not None
        or not _AMOUNT.search(clause.before)
    )


def _measure(clause: _Clause) -> str:
    before = clause.before
    than = _THAN.match(clause.after)
    if than:
        against = clause.after[: than.end() + 40].partition(".")[0]
        return "avvikelse" if measure_of(against) == "budget" else "förändring"
    if _CHANGE.search(before):
        return "förändring"
    if _TARGET.search(before):
        return "målvärde"
    of_result = "resultat" in before.casefold() and _AGAINST_BUDGET.match(clause.after)
    if direction_of(before) in ("deficit", "surplus") or of_result:
        return "avvikelse"
    # what it is compared with has measures of its own
    told = _COMPARED_WITH.split(clause.after, maxsplit=1)[0]
    upto = clause.sentence[: clause.quantity.start] + told
    for text in (before, told.partition(",")[0], upto):
        measure = measure_of(text)
        if measure in _MEASURES:
            return measure
    return ""


def _is_last_year(clause: _Clause, told: str) -> bool:
    """Whether a number is said to be of the year before: right after it, or in what leads to it."""
    onward = _LAST_YEAR_BEFORE.search(told)  # "7,2 procent (föregående år 7,9 procent)"
    if (_LAST_YEAR_AFTER.match(told) and not onward) or _LAST_YEAR_BEFORE.search(clause.before):
        return True
    lead = _LAST_YEAR.split(clause.before, maxsplit=1)
    first = clause.sentence.startswith(clause.before)
    return first and len(lead) > 1 and not _RELATED.search(lead[0])


def _period(clause: _Clause, around: Around, measure: str) -> Period:
    told = _COMPARED_WITH.split(clause.after, maxsplit=1)[0]
    after = _YEAR_AFTER.match(told)
    last = clause.quantity.end + len(clause.after) == len(clause.sentence)
    told = _SINCE_YEAR.sub(" ", told)
    lead = _ASIDE.sub(" ", clause.sentence[: clause.quantity.start])
    before = years_of(_SINCE_YEAR.sub(" ", lead))
    behind = years_of(told if last else _ONWARD.split(told, maxsplit=1)[0])
    year = int(after[1]) if after else 0
    if clause.before.strip() == "(" and told.startswith(")"):
        return Period()  # "4,1 mnkr (2,2 mnkr)": as a rule last year's
    if not year:
        year = before[-1] if before else behind[0] if len(behind) == 1 else 0
        if _is_last_year(clause, told):
            year = (year or around.year_of("") or 1) - 1
            return Period(year)
    near = clause.before + _COMPARED.split(clause.after, maxsplit=1)[0]
    months = months_of(near, "prognos" if measure == "prognos" else "")
    interim = bool(months[1]) and months != (1, 12)
    return Period(year or (around.year if around.reports else 0), *months, interim)

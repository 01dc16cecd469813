"""What a label says: the measure, the period and the unit that it gives to the numbers under it.

A label is a column's header path, a row's label, a caption or a heading, as one text.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.types import Period
from ingest.units import UNITS, follows_number, unit_name

# In order: what stands first decides ("Avv. prognos/budget 2024" is a deviation).
_MEASURES: tuple[tuple[str, str], ...] = (
    ("riskvärde", r"risk(?:värde|tal|nivå|poäng|bedömning)\w*|s\s*[x×*]\s*[kv]\b"),
    ("sannolikhet", r"sannolikhet\w*"),
    ("konsekvens", r"konsekvens\w*|väsentlighet\w*|allvarlighet\w*|påverkan"),
    (
        "avvikelse",
        r"\w*avvikelse\w*|avv\b|avvik\b|budgetdiff\w*|över-?\s?/\s?underskott"
        r"|(?:diff\w*|skillnad|resultat)\.?\s+(?:mot|jmf|jämfört med|relativt)\s+\w*budget\w*"
        r"|(?:diff\w*|skillnad)\.?\s.*(?:budget|prognos).*",
    ),
    (
        "förändring",
        r"förändring\w*|diff\b|differens\w*|skillnad\w*|ökning\w*|minskning\w*|höjning|sänkning"
        r"|utveckling(?!\s+(?:och|av)\b|\s*[&/-])|förändr",
    ),
    (
        "målvärde",
        r"mål|målvärde\w*|målsättning\w*|målnivå\w*|börvärde\w*|måltal\w*|\w+mål(?=\s+20)",
    ),
    ("prognos", r"\w*prognos\w*|progn|(?:bedömt|beräknat|förväntat)\s+(?:utfall|resultat)"),
    ("utfall", r"\w*utfall\w*|\w*bokslut\w*|redovisat|förbrukats?|upparbetat"),
    (
        "plan",
        r"plan(?!\s+(?:och|&)|[-/]\s*\w*[^\W\d])|planerat|flerårsplan|verksamhetsplan(?=\s+20)",
    ),
    (
        "budget",
        r"\w*budget\w*|(?:kommun|nämnd|drift|resurs)?ram(?:ar|en)?|anslag\w*|bu(?=\W*\d)|kf-?beslut",
    ),
    ("nuläge", r"nuläge\w*|(?:aktuellt|nuvarande)\s+värde|start-?värde\w*|basvärde\w*"),
    (
        "utfall",
        r"ack\b|ackumulerat|resultat(?=\W*(?:\d|del|hel|jan|per\b|kv))|värde(?=\W*\d)|mätvärde\w*",
    ),
    ("andel", r"andel\w*|%|(?<!\b\d\s)(?<!\b\d\d\s)procent\w*"),  # "40 procent" is a quantity
    ("antal", r"antal\w*"),
)
_MEASURE = tuple((name, re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.I)) for name, form in _MEASURES)

_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d.,]*\d)(?!\s*(?:kr|tkr|mkr|st)\b)")
_SHORT_YEAR = re.compile(
    r"\b(?:budget|utfall|plan|prognos|bokslut|bu|helår|(?-i:VP|UT|U|B|P))\s?['’]?-?(\d\d)\b"
    r"(?![-–.,/]\d|\s\d)",
    re.I,
)
_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])(?:-([0-3]\d))?(?!\d)")
# "Budget 2025 (KF 2024-06-17)": when it was decided is not when it holds
_DECIDED = re.compile(
    r"\b(?:KF|KS|KSAU|kommunfullmäktige\w*|kommunstyrelse\w*|§\s*\d+)"
    r"[^\d\n]{0,12}20\d\d-\d\d-\d\d",
    re.I,
)
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(jan|feb|mars?|apr|maj|juni?|juli?|aug|sept?|okt|nov|dec)"
    r"(?:uari|ruari|il|usti|ember|tember|ober)?\b\.?"
)
_SPAN = re.compile(
    rf"\b{_MONTH}(?:\s+20\d\d)?\s*(?:-|–|−|till(?:\s+och\s+med)?|t\.?o\.?m\.?)"
    rf"\s*(?:den\s+)?(?:\d\d?\s+)?{_MONTH}",
    re.I,
)
_UNTIL = re.compile(
    rf"\b(?:per|t\.?\s?o\.?\s?m\.?|till och med|tom|ack\w*\.?|efter|fram till)\s+"
    rf"(?:och med\s+)?(?:den\s+)?(?:sista\s+(?:och med\s+)?|\d\d?\s+)?{_MONTH}",
    re.I,
)
_ONE_MONTH = re.compile(rf"\b{_MONTH}", re.I)
_PARTS: tuple[tuple[re.Pattern[str], tuple[int, int]], ...] = tuple(
    (re.compile(form, re.I), months)
    for form, months in (
        (r"\b(?:första|1:a)\s+halvår\w*|\bhalvår\s*1\b|\bh1\b", (1, 6)),
        (r"\b(?:andra|2:a)\s+halvår\w*|\bhalvår\s*2\b|\bh2\b", (7, 12)),
        (r"\btertial\s*1\b|\bt1\b|\bförsta\s+tertial\w*", (1, 4)),
        (r"\btertial\s*2\b|\bt2\b|\bandra\s+tertial\w*", (1, 8)),
        (r"\bkvartal\s*1\b|\b[qk]1\b|\bkv\s?1\b|\bförsta\s+kvartal\w*", (1, 3)),
        (r"\bkvartal\s*2\b|\b[qk]2\b|\bkv\s?2\b|\bandra\s+kvartal\w*", (4, 6)),
        (r"\bkvartal\s*3\b|\b[qk]3\b|\bkv\s?3\b|\btredje\s+kvartal\w*", (7, 9)),
        (r"\bkvartal\s*4\b|\b[qk]4\b|\bkv\s?4\b|\bfjärde\s+kvartal\w*", (10, 12)),
    )
)
_INTERIM = re.compile(
    r"\bdelår\w*|\btertial\w*|\bkvartal\w*|\bhalvår\w*|\bperiodens\b|\bperiodiser\w*"
    r"|\back\b|\backumulerat",
    re.I,
)
_WHOLE = re.compile(r"\bhelår\w*|\bårsbokslut\w*|\bårsprognos\w*", re.I)
PREVIOUS = r"(?:före?g(?:ående|\.)?|fg\.?|förra|fjol)\s?års?(?:et|ets)?|fjolårets?|i\s+fjol"
PREVIOUS += r"|året\s+(?:innan|före)"
_PREVIOUS = re.compile(rf"(?<!\w)(?:{PREVIOUS})(?!\w)", re.I)
_SINCE = re.compile(
    r"\b(?:mot|från|sedan|jfr|jmf|än|jämför\w*(?:\s+med)?)\.?\s+(?:[^\W\d]+\s+){0,2}(?:19|20)\d\d",
    re.I,
)
_ACCUMULATED = frozenset({"utfall", "budget", "avvikelse", "prognos"})

TOTAL_HEAD = re.compile(
    r"(?:totalt?|summa|sammanlagt|totalsumma)\b"
    r"|(?:total|slut|projekt)-?\s?(?:budget|ram|kalkyl|utgift|kostnad|prognos)\w*",
    re.I,
)
"""The head of a column over all years, beside those of a year."""

_TOKEN = re.compile(
    r"(?:tusen\w*|milj\w*\.?|mdr\.?|mn|t\.)\s?(?:kronor|kr)\b|[^\W\d_]+\.?|%-enheter|%", re.I
)
_STATED = re.compile(
    r"\(\s*([^()]{1,30}?)\s*\)|\b(?:i\s+antal|antal|i)\s+([\w.]+(?:\s+kronor)?)|,\s*([\w.%]+)\s*\Z",
    re.I,
)
_ANYWHERE = frozenset({"kr", "tkr", "mkr", "mdkr", "%", "procentenheter", "årsarbetare"})
_PEOPLE = re.compile(
    r"\b(?:kvinnor|män|flickor|pojkar|barn|unga|ungdomar|vuxna|äldre|invånare|chefer|personal"
    r"|\w*(?:personer|anställda|medarbetare|assistenter|chefer|elever|brukare|patienter|besökare"
    r"|sköterskor|sekreterare|handläggare|inspektörer|pedagoger|ingenjörer|chaufförer|läkare"
    r"|deltagare|vikarier|kunder|klienter|placerade|lärare"
    r"|medborgare|boende|medlemmar|gode män|ställföreträdare|föräldrar|familjehemsplacerade"
    r"|ledamöter))\b",
    re.I,
)
# what a volume is counted in, by the document's own word: "Hemtjänst, beviljade timmar"
_OWN_WORD = re.compile(r"(?:,|\bantal)\s+(?:\w+\s+)?(timmar|dagar|dygn)\s*\Z", re.I)
_THINGS = (
    r"\w*(?:platser|beslut|ärenden|hushåll|lägenheter|besök|anmälningar|ansökningar|utredningar"
    r"|placeringar|\w{2}dygn)"
)
_COUNTED_THINGS = re.compile(rf"(?:,|\bantal)\s+(?:\w+\s+)?{_THINGS}\s*\Z", re.I)
_BEGINS_WITH_THINGS = re.compile(
    rf"{_THINGS}(?:\s+(?:i|på|av|om|med|för|inom|hos|vid|till|per)\b|\s*\Z)", re.I
)
_OPENING = re.compile(r"[^\W\d_]+[ade]\s+")  # "Inskrivna barn (antal)"
_COUNT = re.compile(r"\bantal(?:et)?\b", re.I)


@lru_cache(maxsize=4096)
def measure_of(label: str) -> str:
    """The measure that a label names: "avvikelse", "budget" …; "" where it names none."""
    return next((name for name, form in _MEASURE if form.search(label)), "")


@lru_cache(maxsize=4096)
def years_of(label: str) -> tuple[int, ...]:
    """The years that a label names, in order; "Budget 26" is 2026."""
    label = _DECIDED.sub("", label)
    found = [(m.start(), int(m[1])) for m in _YEAR.finditer(label)]
    found += [(m.start(), int(m[1])) for m in _YEAR_MONTH.finditer(label)]
    if not found:
        found = [(m.start(), 2000 + int(m[1])) for m in _SHORT_YEAR.finditer(label)]
    return tuple(dict.fromkeys(year for _, year in sorted(found)))


@lru_cache(maxsize=4096)
def months_of(label: str, measure: str = "") -> tuple[int, int]:
    """The first and the last month that a label names, (0, 0) where it names none.

    A lone month ends what is counted from January where the measure adds up over the year. A
    forecast is for the year.
    """
    label = _DECIDED.sub("", label)
    if _WHOLE.search(label):
        return 0, 0
    span, until = _SPAN.search(label), _UNTIL.search(label)
    if span:
        return _month(span[1]), _month(span[2])
    if measure == "prognos":  # the month, or tertial, is when it was made
        return 0, 0
    if until:
        return 1, _month(until[1])
    return _part_of_year(label, measure)


def _part_of_year(label: str, measure: str) -> tuple[int, int]:
    for form, months in _PARTS:
        if form.search(label):
            return months
    dated = list(_YEAR_MONTH.finditer(label))
    if len({date[1] for date in dated}) == 1 < len(dated):  # 2024-01-01–2024-08-31
        return int(dated[0][2]), int(dated[-1][2])
    month = int(dated[0][2]) if dated else 0
    if not month:
        named = _ONE_MONTH.search(label)
        month = _month(named[1]) if named else 0
    if not month:
        return 0, 0
    return (1 if measure in _ACCUMULATED else month), month


def is_previous(label: str) -> bool:
    """Whether a label is about the year before: "Utfall fg år"."""
    return _PREVIOUS.search(label) is not None


def until_of(label: str) -> tuple[int, int]:
    """The months that a caption says its numbers run to: "ackumulerat till och med september"."""
    until = _UNTIL.search(label)
    return (1, _month(until[1])) if until else (0, 0)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def period_of(label: str, measure: str = "") -> Period:
    """The period that a label names; a label with two years ("2023/2024") is about the later.

    The only year of a change is not its own if it is what is compared with.
    """
    years = years_of(label)
    if measure == "förändring" and len(years) == 1 and _SINCE.search(label):
        years = ()
    first, last = months_of(label, measure)
    interim = bool(last and (first, last) != (1, 12)) or bool(
        _INTERIM.search(label) and not _WHOLE.search(label) and measure != "prognos"
    )
    return Period(max(years, default=0), first, last, interim)


@lru_cache(maxsize=4096)
def unit_of(label: str) -> str:
    """The unit that a label states, by its name in `Quantity`; "" where it states none.

    Money, per cent and årsarbetare count wherever they stand, unless a number is counted in them
    ("elpriset upp 10 procent"); days, years and such only where they are stated as a unit:
    "(dagar)", "antal dagar", "Väntetid, dagar". What is counted in people is "personer", what
    else is counted "st".
    """
    for token in _TOKEN.finditer(label):
        name = _unit(token[0])
        if name in _ANYWHERE and not follows_number(label, token.start()):
            return name
    for stated in _STATED.finditer(label):
        name = _unit(next(group for group in stated.groups() if group))
        if name:
            return name
    own = _OWN_WORD.search(label)
    if own:
        return unit_name(own[1].casefold())
    if _COUNTED_THINGS.search(label):
        return "st"
    counted = _COUNT.search(label)
    if counted:
        # "Antal anställda", "Tillsvidareanställda, antal"; not "Anmälningar om barn (antal)"
        ends = not label[counted.end() :].strip(" .:)")
        opening = _OPENING.match(label)
        people = _PEOPLE.match(label, opening.end() if opening else 0) or _PEOPLE.match(label)
        found = people if ends else _PEOPLE.search(label, counted.end())
        return "personer" if found else "st"
    return ""


@lru_cache(maxsize=4096)
def _unit(token: str) -> str:
    name = unit_name(token)
    return name if name in UNITS else ""


def begins_with_people(label: str) -> bool:
    """Whether a label counts people by its first word: "Personer med digital nattillsyn"."""
    first = _PEOPLE.match(label)
    return first is not None and " " in label[first.end() :]


def begins_with_things(label: str) -> bool:
    """Whether a label counts things by its first word: "Hushåll med försörjningsstöd"."""
    return _BEGINS_WITH_THINGS.match(label) is not None


def counts_people(label: str) -> bool:
    """Whether a label names a group of people: "Kvinnor", "Tillsvidareanställda"."""
    return _PEOPLE.search(label) is not None

"""What a question restricts its number to: per head, above a bound, without a part, so far.

What cannot be kept to must not be passed over: a number that leaves it out is another number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.figures.labels import months_of
from rag.question.signs import MONTH
from rag.terms import STOP_WORDS, fold, plain, words

_PER = re.compile(
    r"\bper (?!den\b|sista\b|\d|(?:ars)?skifte|automatik|post\b|telefon|definition"
    r"|verksamhet|omrade|kostnadsslag|avdelning|enhet\b|kategori|konto\b|projekt\b|namnd\b)"
    rf"(?!{MONTH}\b)([a-z]+)"
    r"|\b(?:i|om) (manaden|veckan|dagen|timmen|dygnet)\b|\bvarje (manad|vecka|dag|timme|dygn)\b"
)
_COSTS_ONE = re.compile(
    r"\bkosta\w* (?:en|ett) (elev|barn|plats|brukare|invanare|person|timme|dygn|dag|vecka|manad)\w*"
)
_WITHOUT = re.compile(
    r"\b(?:utan(?! att)|forutom|utover|exkl(?:usive|uderat)?|borträknat|bortraknat|oraknat|frånsett"
    r"|franset[tt]|utom(?! summ| total)|bortsett fran|om man (?:bortser|raknar bort)"
    r"|minus(?= [a-z])(?! (?:\w*budget|prognos|utfall|plan)))(?!\w)"
)
_WITH = re.compile(r"\b(?:inkl(?:usive|uderat)?|inraknat|medraknat)(?!\w)")
_BOUND = re.compile(
    r"\b(?P<least>\d+(?:[ ,.]\d+)*) (?P<onwards>eller"
    r" (?:mer|hogre|fler|storre|over|mindre|lagre|farre|under)|och (?:uppat|over|nedat|under))\b"
    r"|\b(?P<way>over|overstiger|hogre an|mer an|fler an|storre an|minst|under|understiger|lagre an"
    r"|mindre an|farre an|hogst|pa|lika med|ar) (?:riskvarde(?:t)? )?(?P<number>\d+(?:[ ,.]\d+)*)"
    r"(?! ?(?:ar|%?-?aring)|\d)"
)
_WAYS = {
    "over": ">", "overstiger": ">", "hogre an": ">", "mer an": ">", "fler an": ">",
    "storre an": ">", "minst": ">=", "under": "<", "understiger": "<", "lagre an": "<",
    "mindre an": "<", "farre an": "<", "hogst": "<=", "pa": "=", "lika med": "=", "ar": "=",
}  # fmt: skip
_DOWNWARDS = frozenset("mindre lagre farre under nedat".split())  # "12 eller lägre"
_NESTED = re.compile(
    r"\b(?:skillnad|differens|gap|klyft|avst[ao]nd)\w*\b.{0,80}\b(?:okat?|minskat?|vuxit|krympt"
    r"|forandra\w*|utveckla\w*|storre|mindre)\b.{0,40}\b(?:sedan|fran|jamfort|an)\b"
    r"|\b(?:okat?|minskat?|vuxit|krympt)\b.{0,40}\b(?:skillnad|differens|gap|klyft)\w*"
)
_SO_FAR = re.compile(
    r"\bhittills|\bsa langt\b|\bhitintills|\bi nulaget\b"
    rf"|\bperiodens?\b(?! (?:20\d\d|{MONTH}|fran\b))"
)
_CLOSED = re.compile(r"\b(?:ars)?bokslut(?:et|ets|en)?\b")
_SINCE_START = re.compile(
    r"\backumulera\w+ (?:utfall|kostnad|utgift)\w*"
    r"|\b(?:totalt|sammanlagt)\b.*\b(?:till och med|t\.? ?o\.? ?m\.?|hittills|fram till)(?!\w)"
    r"|\bsedan (?:starten|borjan|projektstart\w*)\b"
)
_AGAINST_FORECAST = re.compile(
    r"\b(?:mot|fran|jamfort med|an|sedan) (?:\w+ )?prognos(?:en|erna)?\b"
)
_USED = re.compile(
    r"\bhur (?:stor (?:del|andel)|manga procent) av .{0,60}"
    r"\b(?:pengarna|anslaget|ramen|\w*budget(?:en)?)\b.{0,60}"
    r"\b(?:anvan[dt]\w*|forbruka[dt]\w*|upparbetad\w*|gick at|gatt at)"
)
_APART = re.compile(
    rf"\bi (?P<later>{MONTH})(?: 20\d\d)? (?:an|jamfort med|mot)(?: i)? (?P<earlier>{MONTH})\b"
    rf"|\b(?:fran|mellan) (?P<first>{MONTH})(?: 20\d\d)? (?:till|och) (?P<last>{MONTH})\b"
)
_LEFT = re.compile(
    r"\b(?:aterstar|ar kvar|finns kvar|kvarstar|finns det kvar|ar det kvar)\b.{0,20}\bav"
    r" (?:\w+ ){0,5}\w*(?:budget|ramen|anslag|kalkyl)"
)
_AGE = re.compile(r"\b(\d{1,2})[ -]?aring(?:en|s|ens)?\b")
_COUNTS = re.compile(r"\bantal(?:et)?\b")
_IN_MEAN = re.compile(
    r"\bi (?:genom)?snitt(?:et)?\b|\bi medel(?:tal)?\b|\bgenomsnittlig\w*|\b(?:varje|vardera)\b"
)
_IN_ONE_MONTH = re.compile(rf"\b(?:i|under) {MONTH}(?:\w* manad)?\b(?! ?(?:-|–|till\b|t\.?o))")
_BY_MONTH = re.compile(rf"\b{MONTH}\b|\bmanader\b|\bhalvaret\b")
_SINCE = re.compile(
    r"\b(?:sedan|fran|jamfort med|jamfort mot|an|mot) (?:ar |aret |under |for |i |vad .{0,20}? )?"
    rf"(?:{MONTH} |samma (?:tid|period) )?(20\d\d)"
)
_ROLES = (
    ("kostnad", re.compile(r"\b(?:brutto)?(?:kostnad(?!ssl|sst)|utgift)\w*")),
    ("intäkt", re.compile(r"\b(?:intakt|inkomst)\w*")),
    ("netto", re.compile(r"\bnetto\w*")),
    ("brutto", re.compile(r"\bbrutto\w*")),
    ("ansok|sokt|begar|aska", re.compile(r"\w*ansok\w*|\b(?:sokte|sokt|begar\w*|aska\w*)")),
    ("forslag|foreslag", re.compile(r"\b(?:forslag\w*|foreslog|foreslag\w*)")),
    ("beslut|bevilj|tilldel", re.compile(r"\b(?:beslut\w*|bevilja\w*|tilldela\w*|fick|far)\b")),
    ("total", re.compile(r"\btotalt\b|\bsammanlagt\b")),
)
_WHICH_YEAR = re.compile(r"\bvilk(?:et|a) (?:av )?(?:de )?(?:ar|år)(?:en)?\b")
_PAST = re.compile(
    r"\b(?:var|blev|hade|fick|kostade|uppgick|betalade|gick|kopte|kom|okade|minskade|steg|sjonk"
    r"|landade|hamnade|slutade|(?:for)?andrats|okat|minskat|stigit|sjunkit|utgjorde|utgjordes|bestod|motsvarade)\b"
)
_MORE = re.compile(r"(?:dyrare|billigare|mer|mindre|hogre|högre|lagre|lägre)\b")
_PROJECT = re.compile(
    r"\b(?:projekt|total)(?:budget|kalkyl|kostnad|ram|utgift)\w*"
    r"|\btotal(?:a|t)? (?:\w+ )?(?:projekt|slut)?(?:budget|kalkyl|ram)\w*(?! for (?:ar )?20)"
)
_WHOLE = re.compile(
    r"\b(?:hela (?:projekt\w*|\w*budget(?:en)?|kostnad\w*|kalkyl\w*)|totalt|sammanlagt)\b"
    r"(?!.*\b20\d\d)"
)
_ISSUE = re.compile(
    r"\b(?:delarsbokslut|delarsrapport|delar|db|tertial|tertialrapport|t|uppfoljning|prognos)"
    r"\W?([1-4])\b"
)
_COUNTED = re.compile(
    r"\bhur (?:många|manga|mga)\s+(?:(?:olika|nya|fler|av|de|procent|kronor)\s+)*(\w+)"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a question restricts its number to.

    `per` is what it is divided by ("månad", "elev"), in plain letters. `without` and `including`
    say that something is counted out or in. `bound` is the comparison and the number that the
    answers must keep to. `nested` says that a change of a difference is asked for. `closed` says
    that the books of a year are, `since_start` what has been spent in all since something began,
    `mean` an average or what each has, `one_month` what is of one month alone. `made_in` is the
    month of the forecast that is asked for. `by_month` says that months are named. `since` is the
    year that a change is counted from, 0 for none. `roles` are the kinds of column that are named.
    `counted` is the noun after "hur många". `used` says that the share of a budget that was spent
    is asked for, `against_forecast` what lies between an outcome and its forecast.
    `project` says that what a project has in all is asked for, over its years.
    `apart` are the later and the earlier month that are compared, (0, 0) for none. `counts` says
    that the number of something is asked about, if only how it has changed. `left` says that what
    remains of a budget is asked for. `age` is that of one person ("en 4-åring"), 0 for none.
    `which_year` says that a year is asked for, `past` that the question is of what has been.
    `whole` says that all of something is meant, of no year, `issue` is the number of the report
    of the year that is named: "1" of "delårsbokslut 1".
    """

    per: str = ""
    without: bool = False
    including: bool = False
    bound: tuple[str, Decimal] | None = None
    nested: bool = False
    so_far: bool = False
    closed: bool = False
    since_start: bool = False
    mean: bool = False
    one_month: bool = False
    made_in: int = 0
    used: bool = False
    against_forecast: bool = False
    by_month: bool = False
    since: int = 0
    roles: tuple[str, ...] = ()
    counted: str = ""
    project: bool = False
    which_year: bool = False
    past: bool = False
    whole: bool = False
    issue: str = ""
    apart: tuple[int, int] = (0, 0)
    counts: bool = False
    left: bool = False
    age: int = 0


NO_LIMITS = Limits()


@lru_cache(maxsize=1024)
def limits_of(text: str) -> Limits:
    """The limits that a question states."""
    bare = plain(fold(text))
    per = _PER.search(bare)
    if per is None or "ar" in per.groups():  # "vad kostar en elev per år"
        per = _COSTS_ONE.search(bare) or per
    since = _SINCE.search(bare)
    bound = _BOUND.search(bare)
    counted = _COUNTED.search(fold(text))
    age = _AGE.search(bare)
    return Limits(
        per=next((group for group in per.groups() if group), "") if per else "",
        without=bool(_WITHOUT.search(bare)),
        including=bool(_WITH.search(bare)),
        bound=_bound(bound) if bound else None,
        nested=bool(_NESTED.search(bare)),
        by_month=bool(_BY_MONTH.search(bare)),
        so_far=bool(_SO_FAR.search(bare)),
        used=bool(_USED.search(bare)),
        against_forecast=bool(_AGAINST_FORECAST.search(bare)),
        closed=bool(_CLOSED.search(bare)),
        since_start=bool(_SINCE_START.search(bare)),
        mean=bool(_IN_MEAN.search(bare)),
        one_month=bool(_IN_ONE_MONTH.search(bare)),
        since=int(since[1]) if since else 0,
        roles=tuple(name for name, form in _ROLES if form.search(bare)),
        project=bool(_PROJECT.search(bare)),
        past=bool(_PAST.search(bare)),
        whole=bool(_WHOLE.search(bare)),
        issue=issues[0] if len(issues := issues_in(bare)) == 1 else "",
        apart=_months_apart(bare),
        counts=bool(_COUNTS.search(bare)),
        left=bool(_LEFT.search(bare)),
        age=int(age[1]) if age else 0,
        # "vilka är" is no "vilka år"
        which_year=bool(_WHICH_YEAR.search(fold(text).replace(" är", " "))),
        counted=counted[1] if counted and _is_counted(counted) else "",
    )


def issues_in(bare: str) -> list[str]:
    """The numbers of a year's reports that plain text names: 1 and 2 of "DB1–DB2"."""
    return sorted(set(_ISSUE.findall(bare)))


def _months_apart(bare: str) -> tuple[int, int]:
    found = _APART.search(bare)
    if found is None:
        return 0, 0
    later, earlier = (
        months_of(found[one] or found[other])[1]
        for one, other in (("later", "last"), ("earlier", "first"))
    )
    return (later, earlier) if later != earlier else (0, 0)


def _is_counted(found: re.Match[str]) -> bool:
    """Whether the word after "hur många" is a noun: "hur många procent har" counts nothing."""
    return bool(words(found[1])) and found[1] not in STOP_WORDS and not _MORE.match(found[1])


def _bound(found: re.Match[str]) -> tuple[str, Decimal] | None:
    number = (found["least"] or found["number"]).replace(" ", "").replace(",", ".")
    if re.fullmatch(r"(?:19|20)\d\d", number) or number.count(".") > 1:
        return None
    if found["onwards"]:
        return "<=" if found["onwards"].split()[-1] in _DOWNWARDS else ">=", Decimal(number)
    return _WAYS[found["way"]], Decimal(number)


def keeps(value: Decimal, bound: tuple[str, Decimal]) -> bool:
    """Whether a value is on the side of a bound that is asked for; amounts without their signs."""
    way, limit = bound
    size = abs(value)
    return {
        ">": size > limit,
        ">=": size >= limit,
        "<": size < limit,
        "<=": size <= limit,
        "=": size == limit,
    }[way]

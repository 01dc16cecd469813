"""The one list of Swedish units, and how a table, caption or line states its own.

A unit after a number is read by `ingest.numbers`; here it stands without one: "(tkr)", "Belopp i
tusentals kronor", "Kostnader, mnkr".
"""

from __future__ import annotations

import re

_KRONOR = r"(?:kronor|kr)"
# Genitives ("2 års") count the same thing. SEK in small letters is seconds.
UNITS = {
    "kr": r"kr|kronor|krona|(?-i:SEK)",
    "tkr": rf"tkr|kkr|tnkr|tsek|ksek|t\.\s?kr|(?:tusen|tusentals?)\s+{_KRONOR}",
    "mkr": rf"mkr|mnkr|msek|mn\s+kr|milj\.?\s*{_KRONOR}|(?:miljoner|miljon)\s+{_KRONOR}",
    "mdkr": rf"mdkr|mdrkr|mdsek|(?:mdr\.?|miljarder|miljard)\s+{_KRONOR}",
    "procentenheter": r"(?:procent|%-)(?:enheter|enhet)",
    "%": r"%(?!-)|procent",
    "st": r"st|styck|stycken",
    "dagar": r"dag|dagar|dagars|dgr",
    "timmar": r"timme|timmar|timmars|tim",
    "år": r"år(?!\s+(?:19|20)\d\d\b)|års",
    "månader": r"månad|månader|månaders|mån",
    "personer": r"person|personer|pers",
    "årsarbetare": r"årsarbetare|åa",
    "poäng": r"poäng",
}
"""The spellings of each unit, as a regular expression, by the name that `Quantity` gives it."""

_STATED_ALONE = ("kr", "tkr", "mkr", "mdkr", "procentenheter", "%")
_MONEY = _STATED_ALONE[:4]
# "%-sjukfrånvaron" is in percent, "%-enheter" is a unit of its own
_ANY = "|".join([*(UNITS[name] for name in _STATED_ALONE), "%(?=-(?!enhet))"])
# "st", "dagar" and "personer" are words of sentences too: a unit only where they are said to be.
_COUNTED = "|".join(spelled for name, spelled in UNITS.items() if name not in _STATED_ALONE)
# What follows a number is a quantity: "ökade med 5 %" states no unit for a table.
_ALONE = re.compile(rf"(?<![\w])(?:{_ANY})(?!\w)", re.I)
_AMONG = re.compile(
    rf"\(\s*(?:i\s+)?({_COUNTED}|antal)\.?\s*\)|\bi\s+(antal|(?!år)(?:{_COUNTED}))(?!\w)"
    rf"|\A(antal)\Z|,\s+(antal|st)\.?\Z",
    re.I,
)
_PREAMBLE = re.compile(
    r"(?:alla\s+)?(?:belopp(?:en)?|siffror(?:na)?|uppgifter(?:na)?|värden(?:a)?|tabellen)\s+"
    r"(?:(?:är\s+)?(?:anges|angivna|angivet|redovisas|uttrycks|är)\s+)?(?:i\s+)?",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=[A-ZÅÄÖ])")
_AT_END = re.compile(r"(?:[,:–-]\s+|\(\s*(?:i\s+)?|\bi\s+)\Z", re.I)


def find_unit(text: str) -> str:
    """The unit that a heading, a caption or a cell states, as printed; "" where it states none.

    Money and percent wherever they stand as words, other units only where they are said to be
    such: "(st)", "i dagar", "antal". A unit after a number is that number's.
    """
    found = [match for match in _ALONE.finditer(text) if not is_counted(text, match.start())]
    if found:
        return found[0][0]
    among = _AMONG.search(text.strip())
    return next((group for group in among.groups() if group), "") if among else ""


def is_counted(text: str, at: int) -> bool:
    """Whether a digit stands before what begins at `at`."""
    return text[:at].rstrip()[-1:].isdigit() and not re.search(r"(?:19|20)\d\d\s*\Z", text[:at])


def unit_name(printed: str) -> str:
    """The name that all spellings of a unit share: "tnkr" → "tkr"; `printed` itself if unknown."""
    for name, spelled in UNITS.items():
        if re.fullmatch(spelled, printed, re.I):
            return name
    return printed


def is_money(printed: str) -> bool:
    """Whether a unit is one of money."""
    return unit_name(printed) in _MONEY


def states_only_unit(text: str) -> bool:
    """Whether a line does nothing but state a unit: "(tkr)", "Belopp i tusental kronor."."""
    rest = _PREAMBLE.sub("", text.strip(), count=1).strip(" .:()")
    unit = find_unit(rest)
    return bool(unit) and unit == rest


def closing_unit(text: str) -> str:
    """The unit that a line near a table states for it: alone, at its end, or of "Belopp"."""
    first, *rest = _SENTENCE.split(text.strip())
    if rest and (unit := closing_unit(first)):  # "Budget 2025, tkr. Kostnader med minustecken."
        return unit
    line = text.strip().rstrip(" .:)")
    for match in _ALONE.finditer(line):
        said = _PREAMBLE.search(line[: match.start()])
        if is_counted(line, match.start()):
            continue
        if match.end() == len(line) and _AT_END.search(line[: match.start()]):
            return match[0]
        if said and said.end() == match.start():
            return match[0]
    return find_unit(text) if states_only_unit(text) else ""

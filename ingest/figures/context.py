"""What stands around a table: the document's year and months, and indicators listed above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.figures.labels import months_of, unit_of
from ingest.figures.units import RISK
from ingest.tables.unbroken import words_of
from ingest.types import Block, BlockKind, Identity, Page, Table
from ingest.units import closing_unit, find_unit, states_only_unit

_ITEM = re.compile(r"(?:\A|(?<=\s))(\d{1,2})[.)]\s+(?=[A-ZÅÄÖ])")
_LEAD = re.compile(
    r"\A(?:indikator(?:er)?|nyckeltal|mått|mätetal|mål|styrtal|uppföljning)\s*\d{0,2}[⁰¹²³⁴⁵⁶⁷⁸⁹]*\s*:\s*",
    re.I,
)
_KOLADA = re.compile(r"\b([UNC]\d{5})\b")
_AGENDA = re.compile(r"agenda\s*2030|globala?\s+mål|hållbarhetsmål", re.I)
_GOAL = re.compile(r"(?:\bmål\s*)?(?<![\d.,:])(\d{1,2})(?:[.:]\d{1,2})?(?=[.:\s,]|\Z)", re.I)
_SHORT = 100  # characters of a line that says what a table counts
_LONGEST = 400  # characters: a label above a table is shorter
_FOLLOWED = re.compile(
    r"(?:(?:per|t\.?o\.?m\.?|till och med)\s+|januari\s*(?:-|–|till\b)\s*)"
    r"(?:och med\s+)?(?:den\s+)?(?:sista\s+|\d\d?\s+)?"
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november)",
    re.I,
)
_AHEAD = frozenset({"budget", "plan", "målvärde", "prognos", *RISK})
_ALL_AMOUNTS = re.compile(
    r"\b(?:alla|samtliga)\s+(?:belopp|siffror|summor)\b[^.]{0,40}?\bi\s+"
    r"(?:\w*tals?\s+kronor|tusen\s+kronor|miljoner\s+kronor|\w+)",
    re.I,
)
_BY_NOTE = re.compile(r"\b(?:alla|samtliga)\s+belopp\w*\s+(?:\w+\s+)?enligt\s+not\s+(\d+)", re.I)
_NOTE = re.compile(r"not\s+(\d+)\s*[.:]?\s*", re.I)
INTERIM = "delårsrapport"
_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION)


@dataclass(frozen=True, slots=True)
class Around:
    """What holds for all figures of a document: its kind, year, and the months of its interim."""

    kind: str
    year: int
    months: tuple[int, int]
    money: str = ""
    """The unit of money that the document says all its amounts are in; "" where it does not."""
    words: frozenset[str] = frozenset()
    """The words of the document outside its tables, case folded: none of them is broken."""

    @property
    def reports(self) -> bool:
        """Whether the document follows up its own year, rather than plan it."""
        return self.kind in (INTERIM, "årsredovisning")

    def year_of(self, measure: str) -> int:
        """The year of a number that names none: the document's, if the measure is of that year."""
        return self.year if self.reports or measure in _AHEAD else 0


def around(pages: Sequence[Page], identity: Identity) -> Around:
    """The year of a document (0 where it has several or none) and the months it follows up."""
    year = identity.years[0] if len(identity.years) == 1 else 0
    counted: Counter[tuple[int, int]] = Counter()
    for page in pages:
        for match in _FOLLOWED.finditer(page.text):
            counted[months_of(match[0], "utfall")] += 1
    common = counted.most_common(2)
    # the months that are told twice as often as any other ones
    clear = common and (len(common) == 1 or common[0][1] >= 2 * common[1][1])
    words = words_of(
        [b.text for page in pages for b in page.blocks if b.kind is not BlockKind.TABLE]
    )
    months = common[0][0] if clear else (0, 0)
    return Around(identity.kind, year, months, _money(pages), words)


def _money(pages: Sequence[Page]) -> str:
    """The unit of "Alla belopp i tkr", or of a line "Belopp i mnkr" before the first table."""
    found = _money_of_note(pages)
    opening = True
    for page in pages:
        for block in page.blocks:
            text = " ".join(block.text.split())
            opening = opening and page.number == 1 and block.kind is not BlockKind.TABLE
            if block.kind is BlockKind.TABLE:
                continue
            said = [match[0] for match in _ALL_AMOUNTS.finditer(text)]
            if opening and states_only_unit(text):
                said.append(text)
            units = {unit_of(f"({find_unit(one)})") for one in said}
            found |= units & {"kr", "tkr", "mkr", "mdkr"}
    return found.pop() if len(found) == 1 else ""


def _money_of_note(pages: Sequence[Page]) -> set[str]:
    """The unit of "Not 1. Belopp i tusentals kronor.", where all amounts are said to be by it."""
    blocks = [" ".join(b.text.split()) for page in pages for b in page.blocks]
    notes = {match[1] for text in blocks for match in _BY_NOTE.finditer(text)}
    said = [text for text in blocks if (own := _NOTE.match(text)) and own[1] in notes]
    units = {unit_of(f"({closing_unit(_NOTE.sub('', text))})") for text in said}
    return units & {"kr", "tkr", "mkr", "mdkr"}


def indicators(table: Table, page: Page) -> dict[int, str]:
    """The items listed right above a table whose rows have no labels, by their number.

    Item 0 is what stands there without a number: what the whole table is about.
    """
    found: dict[int, str] = {}
    for block in reversed(_before(table, page)):
        if block.kind is BlockKind.HEADING:
            if not found:
                found[0] = block.text
            break
        if block.kind not in _TEXT:
            break
        text = _LEAD.sub("", " ".join(block.text.split()))
        items = list(_ITEM.finditer(text))
        numbers = [int(item[1]) for item in items]
        if numbers and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            ends = [item.start() for item in items[1:]] + [len(text)]
            for item, end in zip(items, ends, strict=True):
                found.setdefault(int(item[1]), text[item.end() : end].strip())
            if numbers[0] == 1:
                break
        elif text and not found:
            if len(text) <= _LONGEST:
                found[0] = text
            break
    return found


def counted_above(table: Table, page: Page) -> str:
    """The unit "st" where the line right above a table says that it counts: "Antal pågående
    ärenden vid årets slut."; "" where it does not, or where it counts something that has a unit."""
    above = " ".join(block.text for block in _before(table, page)[-1:] if block.kind in _TEXT)
    counts = re.match(r"antal\b", above.strip(), re.I) and len(above) <= _SHORT
    return "st" if counts and unit_of(above) == "st" else ""


def _before(table: Table, page: Page) -> list[Block]:
    blocks: list[Block] = []
    for block in page.blocks:
        if block.table == table.id:
            return blocks
        blocks.append(block)
    return []


def kolada_ids(text: str) -> list[str]:
    """Ids of national key figures (kolada.se): a letter and five digits."""
    return list(dict.fromkeys(_KOLADA.findall(text)))


def agenda_goals(pages: Sequence[Page]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The goals of Agenda 2030 (1 to 17) that each section links itself to."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for page in pages:
        for block in page.blocks:
            named = _AGENDA.search(block.text)
            if block.kind not in _TEXT or not named:
                continue
            after = block.text[named.start() :].replace("2030", "", 1)
            for goal in _GOAL.finditer(after):
                if 1 <= int(goal[1]) <= 17:
                    found.setdefault(block.section, {})[goal[1]] = None
    return {section: tuple(goals) for section, goals in found.items()}

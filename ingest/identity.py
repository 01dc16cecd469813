"""The pages of a document → what it is: title, municipality, board, kind and years.

Nothing here knows any one municipality: names are found by the words that stand beside them
("X kommun", "…nämnden"), and the cover and the running lines weigh more than the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.assemble import DraftPage
from ingest.types import BlockKind, Identity, Page, Table

KINDS: tuple[tuple[str, str], ...] = (
    ("delårsrapport", r"delårs\w*|tertial\w*|kvartals\w*|månads(?:rapport|uppföljning)\w*"),
    ("delårsrapport", r"\w*uppföljning(?:srapport\w*|en)?|prognosrapport\w*|helårsprognos\w*"),
    ("årsredovisning", r"årsredovisning\w*|årsbokslut\w*|årsrapport\w*|verksamhetsberättelse\w*"),
    ("årsredovisning", r"bokslut\w*|årsberättelse\w*"),
    ("protokoll", r"\w*protokoll\w*"),
    ("tjänsteskrivelse", r"tjänsteskrivelse\w*|tjänsteutlåtande\w*"),
    ("budget", r"\w*budget\w*|mål- och resursplan\w*"),
    ("plan", r"\w*plan(?:en|er)?"),
    ("policy", r"\w*policy\w*|riktlinje\w*|reglemente\w*"),
)
"""Kinds of document, each with the words that name it."""

_REPORTS = frozenset({"delårsrapport", "årsredovisning"})
_YEAR = re.compile(
    r"(?<![\d/§-])((?:19|20)\d\d)(?:\s?[–/-]\s?((?:20)?\d\d)(?![\d-]))?(?!\d|-\d\d-\d\d|/\d)"
)
_PAGE_NUMBER = re.compile(
    r"^\s*(sida\s*)?\d{1,3}\b(?!\s*\w*[-–]?\d)|(sida\s*)?\b\d{1,3}(\s*[/(]\s*\d+\)?)?\s*$", re.I
)
_NAME = r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:[- ][A-ZÅÄÖÉ][a-zåäöéü]+)?"
_MUNICIPALITY = re.compile(rf"\b({_NAME}) (?:kommun|stad)s?\b")
_IN_CAPITALS = re.compile(r"\b((?:[A-ZÅÄÖÉ]+[ -]){1,5})(?:KOMMUN|STAD)S?\b")
_SHORTEST = 2  # letters of a name, and more
_MOST_PIECES = 4  # of a name in spaced letters: "K VA RNVIKS"
_NOT_NAMES = frozenset(
    "En Varje Vår Din Er Denna Ingen Annan Samma Per Svensk Sveriges Hela Som Vilken Flera I "
    "Stor Liten Attraktiv Hållbar Trygg Inom För Av Till".split()
)
_BOARD = re.compile(
    r"\b((?:[a-zåäö]+-, )?(?:[a-zåäö]+- (?:och|samt|&) )?[a-zåäö]{3,}(?:nämnd(?:en)?|styrelsen)s?"
    r"|(?!hela|samma|denna|gamla|båda|nya)[a-zåäö]{3,}a nämnden"
    r"|nämnden för (?!att\b|den\b|det\b|en\b|ett\b|sin\b|hela\b)"
    r"[a-zåäö]+(?:, [a-zåäö]+)*(?: (?:och|samt) [a-zåäö]+)?)\b",
    re.I,
)
_FIRST_PAGES = 3
_WORD = re.compile(r"\w+")
_NO_BOARD = re.compile(r"sär|fack|bolagsstyrelse|regionstyrelse|länsstyrelse|socialstyrelse", re.I)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the file says outside its pages: metadata, and its name without the suffix."""

    title: str = ""
    author: str = ""
    stem: str = ""


def stands_on(text: str, drafts: Sequence[DraftPage]) -> bool:
    """Whether all words of `text` stand on the first pages, in any order: metadata may be false."""
    seen = " ".join(draft.text for page in drafts[:_FIRST_PAGES] for draft in page.drafts)
    return set(_WORD.findall(fold_name(text))) <= set(_WORD.findall(fold_name(seen)))


def is_file_name(title: str) -> bool:
    """Whether a title in metadata is what programs put there when nobody chose one."""
    return bool(re.search(r"\.\w{3,4}$|^Microsoft|untitled", title, re.I))


def recognise(
    drafts: Sequence[DraftPage], pages: Sequence[Page], tables: Sequence[Table], hints: Hints
) -> Identity:
    """What a document is, by its pages; empty fields where that cannot be told."""
    cover = _cover_text(pages)
    running = [
        block.text
        for page in pages
        for block in page.blocks
        if block.kind in (BlockKind.HEADER, BlockKind.FOOTER)
    ]
    body = "\n".join(page.text for page in pages)
    title = _title(_largest(drafts), running, hints)
    stamped = _stamped_kind(pages)
    sources = (title, cover, hints.title, hints.stem.replace("-", " ").replace("_", " "))
    weighed = ((20, [cover]), (1, running), (1, [body]))
    # what nobody sees on the pages decides nothing against them
    told = ((20, [hints.author, hints.title]),)
    board = _board(weighed) or _board(told)
    kind = stamped or next((kind for kind in map(kind_named, sources) if kind), "")
    # the title of a report names its year; what stands on its first page may name others
    lead = title if kind in _REPORTS else f"{title}\n{cover}"[:400]
    years = _years((lead, *sources, *running[:20], body))
    first = min(years_named(title), default=0)  # a budget looks ahead, and compares with what was
    return Identity(
        title=title,
        municipality=_municipality(weighed, body, hints.stem)
        or _municipality(told, body, hints.stem),
        board=board,
        kind=kind,
        years=tuple(year for year in years if year >= first) or years,
        figure_years=_figure_years(tables),
        aliases=aliases_of(board),
    )


def kind_named(text: str) -> str:
    """The kind of document that `text` names first ("Delårsbokslut 2024" → "delårsrapport")."""
    folded = fold_name(text)  # file names are often written without dots and rings
    found = [
        (match.start(), index, kind)
        for index, (kind, pattern) in enumerate(_FOLDED_KINDS)
        if (match := pattern.search(folded))
    ]
    return min(found)[2] if found else ""


def years_named(text: str) -> tuple[int, ...]:
    """The years that `text` names, ranges filled in ("2026–2028" → 2026, 2027, 2028); no dates."""
    years: set[int] = set()
    for match in _YEAR.finditer(text):
        first = int(match.group(1))
        end = match.group(2)
        last = (
            first if end is None else int(end) if len(end) == 4 else first // 100 * 100 + int(end)
        )
        years.update(range(first, last + 1) if first <= last <= first + 10 else (first,))
    return tuple(sorted(years))


def _stamped_kind(pages: Sequence[Page]) -> str:
    """The kind that a line of one word on the first page names: "TJÄNSTESKRIVELSE"."""
    blocks = pages[0].blocks[:12] if pages else ()
    lines = [line for block in blocks for line in block.text.split("\n") if len(line.split()) == 1]
    return next((kind for kind in map(kind_named, lines) if kind), "")


def _cover_text(pages: Sequence[Page]) -> str:
    """The first page's text where it is a cover; else the first few blocks of it."""
    if not pages:
        return ""
    blocks = pages[0].blocks
    cover = [block.text for block in blocks if block.kind is BlockKind.COVER]
    return "\n".join(cover or [block.text for block in blocks[:6]])


def _largest(drafts: Sequence[DraftPage]) -> str:
    """The text in the largest letters at the beginning of a document."""
    for page in drafts[:2]:
        texts = [
            draft
            for draft in page.drafts
            if draft.lines
            and draft.kind not in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.CONTENTS)
            and re.search(r"[^\W\d_]{3}", draft.text)
        ]
        if texts:
            size = max(draft.lines[0].size for draft in texts)
            first = next(i for i, d in enumerate(texts) if d.lines[0].size > size - 1)
            kept = [texts[first].text]
            # text documents have one size: their title is their first line
            if size > 12:
                for draft in texts[first + 1 :]:
                    if draft.lines[0].size <= size - 1:
                        break
                    kept.append(draft.text)
            return " ".join(kept)[:200]
    return ""


def _title(largest: str, running: list[str], hints: Hints) -> str:
    """The best of what may be the title: one that names both kind and year, else the largest."""
    metadata = "" if is_file_name(hints.title) else hints.title
    parts = (
        part
        for text in running
        for part in re.split(r"\s+[|–-]\s+", _PAGE_NUMBER.sub("", text).strip(" |–-"))
    )
    candidates = [text for text in (largest, metadata, *dict.fromkeys(parts)) if text]
    for text in candidates:
        if kind_named(text) and years_named(text) and len(text) < 160:
            return text
    return next(
        (text for text in candidates if kind_named(text)), largest or metadata or hints.stem
    )


Weighed = tuple[tuple[int, Sequence[str]], ...]


def _votes(weighed: Weighed, pattern: re.Pattern[str]) -> Counter[str]:
    votes: Counter[str] = Counter()
    for weight, texts in weighed:
        for text in texts:
            for match in pattern.finditer(text):
                votes[" ".join(match.group(1).split())] += weight
    return votes


def _municipality(weighed: Weighed, body: str, stem: str) -> str:
    votes: Counter[str] = Counter()
    capitals = Counter[str]()
    for written, number in _votes(weighed, _IN_CAPITALS).items():
        if name := _in_small_letters(written, body, stem):
            capitals[name] += number
    for name, number in (_votes(weighed, _MUNICIPALITY) + capitals).items():
        parts = name.split()
        while len(parts) > 1 and _is_no_name(parts[0]):
            del parts[0]  # "Socialnämnden Norrviks kommun"
        if not _is_no_name(parts[0]):
            votes[" ".join(parts)] += number
    names = {name: number for name, number in votes.items() if number > 1}
    if not names:
        return ""
    name = max(names, key=lambda n: (names[n], n))
    bare = name.removesuffix("s")
    if bare == name:
        return name
    # "Norrviks kommun" is Norrvik's, "Alingsås kommun" is Alingsås: does the bare name occur?
    tokens = re.split(r"[^a-z]+", fold_name(stem))
    if re.search(rf"\b{re.escape(bare)}\b", body) or fold_name(bare) in tokens:
        return bare
    if re.search(rf"\b(?:i|från|till|inom) {re.escape(name)}\b(?! kommun| stad)", body):
        return name  # "i Grums"
    # else the usual endings of place names tell: -fors, -ås, -äs and -os hold an s of their own
    return name if name.endswith(("fors", "ås", "äs", "os")) else bare


def _in_small_letters(written: str, body: str, stem: str) -> str:
    """The name at the end of a line in capitals, as the text or the file's name has it: "Norrviks"
    of "NORRVIKS" and of "NOR RVIKS", whose letters were set apart; "" where neither has it."""
    pieces = [piece.capitalize() for piece in re.split(r"[ -]", written)]
    tokens = re.split(r"[^a-z]+", fold_name(stem))
    for size in range(min(len(pieces), _MOST_PIECES), 0, -1):
        last = pieces[-size:]
        for name in dict.fromkeys((" ".join(last), "-".join(last), "".join(last).capitalize())):
            bare = name.removesuffix("s")
            forms = (name, bare)
            if len(bare) > _SHORTEST and (
                any(re.search(rf"\b{re.escape(form)}\b", body) for form in forms)
                or any(fold_name(form) in tokens for form in forms)
            ):
                return name
    return ""


def _is_no_name(word: str) -> bool:
    ends = ("nämnden", "nämndens", "styrelsen", "styrelsens", "förvaltningen", "förvaltningens")
    return word in _NOT_NAMES or word.endswith(ends) or bool(kind_named(word))


def _board(weighed: Weighed) -> str:
    votes: Counter[str] = Counter()
    for written, number in _votes(weighed, _BOARD).items():
        name = written[:1].upper() + written[1:].lower()
        if name.endswith(("nämndens", "styrelsens")):
            name = name[:-1]
        if name.endswith("nämnd"):
            name += "en"
        if not _NO_BOARD.match(name):
            votes[name] += number
    return max(votes, key=lambda n: (votes[n], n)) if votes else ""


def aliases_of(board: str) -> tuple[str, ...]:
    """Initials: Vård- och omsorgsnämnden → VON, Kommunstyrelsen → KS."""
    words = [word for word in re.findall(r"[^\W\d_]+", board) if word not in ("och", "samt", "för")]
    if not words:
        return ()
    tail = next((end for end in ("nämnden", "styrelsen") if words[-1].endswith(end)), "")
    initials = "".join(word[0] for word in words if word.lower() != tail) + tail[:1]
    return (initials.upper(),) if len(initials) > 1 else ()


def _years(sources: Iterable[str]) -> tuple[int, ...]:
    """The years of the first source that names any; of long text, the year named most."""
    for text in sources:
        years = years_named(text[:200_000])
        if not years:
            continue
        if len(text) <= 400:
            return years
        counts = Counter(int(match.group(1)) for match in _YEAR.finditer(text[:200_000]))
        return (counts.most_common(1)[0][0],)
    return ()


def _figure_years(tables: Sequence[Table]) -> tuple[int, ...]:
    """Years that stand in headers of columns."""
    found: set[int] = set()
    for table in tables:
        for cell in table.cells:
            if cell.row < max(1, table.header_rows) and len(cell.text) < 60:
                found.update(years_named(cell.text))
    return tuple(sorted(year for year in found if 1990 <= year <= 2060))


def fold_name(text: str) -> str:
    """A name without case and diacritics, for comparison ("Alingsås" → "alingsas")."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


_FOLDED_KINDS = tuple(
    (kind, re.compile(rf"\b(?:{fold_name(pattern)})\b")) for kind, pattern in KINDS
)

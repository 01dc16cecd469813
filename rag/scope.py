"""A question and filters → which documents may answer, and which words are still to be found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.identity import kind_named, years_named
from ingest.types import Identity
from rag.answer import Filters, Question
from rag.store import StoredDocument
from rag.terms import STOP_WORDS, plain, subject_words, terms, words

DOCUMENT_WORDS = re.compile(
    r"(?<!\bom )(?<!\bkring )\b(delårs(?:rapport|bokslut)|tertialrapport|årsredovisning|årsrapport"
    r"|verksamhetsberättelse|verksamhetsplan|nämndplan|protokoll)(?:en|et|ens|ets|s)?\b",
    re.I,
)
_REPORT_OF_YEAR = re.compile(
    rf"{DOCUMENT_WORDS.pattern}\s+(?:för\s+|från\s+)?(?:år\s+)?((?:19|20)\d\d)\b(?!\s*[-–])", re.I
)
_ABOUT = re.compile(
    r"\b(?:om|kring|angående|gällande|beträffande|rörande|ärendet om)\s+(?!att\b|hur\b|vad\b)", re.I
)
_THE_BUDGET = re.compile(r"\b(i|ur|enligt) budgeten\b|\bbudget(en)? (för )?(19|20)\d\d\b", re.I)
_ASKS_NUMBER = re.compile(
    r"\b(hur (mycket|många|manga|stor\w*|hög\w*|hog\w*|lång\w*|lang\w*|gamla?)"
    r"|vad (kosta\w*|stod|landa\w*)|(vad|vilket) (blev|blir|är|var) .*(resultat|kostnad|utfall)\w*"
    r"|belopp\w*|summa\w*|andel\w*|antal\w*|procent|tkr|mkr|mnkr|kronor|riskvärde\w*)\b",
    re.I,
)
_ASKS_WHY = re.compile(
    r"\b(varför|orsak\w*|förklar\w*|beror|berodde|anledning\w*|hur kommer det sig)\b", re.I
)
_ASKS_WORDING = re.compile(
    r"\b((?<!\w )var (i|står|nämns|skriv\w*|finns)|citera\w*|lyder|löd|formuler\w*|ordagrant"
    r"|vilken sida"
    r"|(något|nåt) skrivet|(vad|hur) (står|skriver|skrev|sägs|beskriv\w*))\b",
    re.I,
)
_ASKS_NAME = re.compile(
    r"\b(vad (heter|hette)|namnet på|vilket (företag|bolag)|vilken (leverantör|firma|person))\b",
    re.I,
)
_PART_NAME = 5  # letters of a part of a board's name
_QUOTED = re.compile(r"[\"”“„«»](?=\S)([^\"”“„«»]+?)[\"”“„«»]")
_REFERS_BACK = re.compile(
    r"^(och|men)\b|\b(varför|hur|när) då\b|^hur är det med\b"
    r"|\b(dem|dessa|dom där|de där|det där)\b|\b(den|det|de)( här| där)? \w{4,}(en|et|na)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look and for what. `words` are the subject; `years` those that the question names.

    `carried` are words of the question before, where this one leans on it.
    """

    documents: tuple[StoredDocument, ...]
    words: tuple[str, ...]
    carried: tuple[str, ...]
    years: tuple[int, ...]
    kind: str
    topic: str
    """The word after "om", "kring", "angående": what is spoken of must be there."""
    pairs: tuple[str, ...]
    """Words with a number, as terms: "mål 6" is mål_6."""
    number: bool
    """Whether only a number can answer."""
    spoken: tuple[str, ...] = ()
    """All words of the question in order, but for the names that narrow the documents."""
    phrases: tuple[str, ...] = ()
    """What stands in quotation marks: these words in this order."""
    lacking: str = ""
    """The report that the question names and that is not there: "delårsrapport 2024"."""


def filtered(documents: Sequence[StoredDocument], filters: Filters) -> list[StoredDocument]:
    """The documents that pass every filter. Names are compared without case, dots and endings."""
    return [document for document in documents if _passes(document, filters)]


def _passes(document: StoredDocument, filters: Filters) -> bool:
    identity = document.identity
    return (
        (not filters.documents or document.id in filters.documents)
        and _same(filters.municipality, identity.municipality)
        and (
            _same(filters.board, identity.board)
            or filters.board.casefold() in [alias.casefold() for alias in identity.aliases]
        )
        and (not filters.kind or _kind(filters.kind) == _kind(identity.kind))
        and (filters.year is None or filters.year in identity.years)
    )


def _kind(name: str) -> str:
    return kind_named(name) or name.casefold()


def _same(wanted: str, name: str) -> bool:
    return not wanted or _key(wanted) == _key(name)


def _key(name: str) -> str:
    """A name for comparison: "Alingsås kommun" and "alingsas" are one."""
    kept = [word for word in words(name) if word not in ("kommun", "kommuns", "stad", "stads")]
    return plain(" ".join(kept)).removesuffix("s")


def understand(
    question: Question, documents: Sequence[StoredDocument], *, wide: bool = False
) -> Scope:
    """Read the scope out of a question and its history.

    What the question names (a municipality, a board, a year, a kind of document) narrows the
    documents, as long as any are left; what it does not name is taken from the question before.
    With `wide`, years and kinds do not narrow: another document may tell of them, too.
    """
    allowed = filtered(documents, question.filters)
    subject = subject_words(question.text)
    # "Vad beror det på?" has no subject of its own; "Vad står det om digitalisering?" has
    leans = bool(question.history) and (_is_empty(question.text) or refers_back(question.text))
    carried: list[str] = []
    scoped, named = _narrow(allowed, question.text, wide=wide)
    if not leans and not _names_in(documents, question.text):
        for earlier in reversed(question.history):  # a conversation stays where it is
            if _names_in(documents, earlier):
                scoped, _ = _narrow(scoped, earlier, wide=True)
                break
    if leans:
        before = question.history[-1]
        scoped, named_before = _narrow(scoped, before, wide=wide)
        for earlier in _leaning_on(question.history):
            scoped, _ = _narrow(scoped, earlier, wide=wide)
        # a place or board that the question left is not looked for where it went
        left = _names_in(documents, before)
        carried = [w for w in subject_words(before) if w not in {*named_before, *left, *subject}]
        if _is_empty(question.text):
            subject = []
    kept = [word for word in subject if word not in named]
    years = years_named(question.text) or (years_named(question.history[-1]) if leans else ())
    return Scope(
        tuple(scoped),
        tuple(kept),
        tuple(carried),
        years,
        _kind_asked(question.text),
        _topic(question.text, kept),
        tuple(term for term in terms(question.text) if "_" in term),
        asks_for_number(question.text),
        tuple(word for word in words(question.text) if word not in named),
        tuple(_quoted(question.text)),
        _report_lacking(allowed, question.text),
    )


def _quoted(text: str) -> Iterator[str]:
    """What stands in quotation marks and has a word in it."""
    for match in _QUOTED.finditer(text):
        if words(match[1]):
            yield match[1]


def _report_lacking(documents: Sequence[StoredDocument], text: str) -> str:
    """The report of a year that a question names, where the boards it means have none such."""
    named = _REPORT_OF_YEAR.search(text)
    if named is None:
        return ""
    kind, year = kind_named(named[1]), int(named[2])
    found = words(text)
    kept = list(documents)
    for names_of in (_municipality_words, _board_words):
        hits = _each_name(names_of, kept, found, text)
        kept = [d for d in kept if hits[_name_key(d)]] or kept
    if any(d.identity.kind in ("", kind) and year in (d.identity.years or (year,)) for d in kept):
        return ""
    return f"{kind} {year}"


def _leaning_on(history: Sequence[str]) -> list[str]:
    """The questions that the last one of `history` leans on, newest first."""
    found: list[str] = []
    for later, earlier in zip(reversed(history), reversed(history[:-1]), strict=False):
        if not (refers_back(later) or len(subject_words(later)) < 2):
            break
        found.append(earlier)
    return found


def asks_for_number(question: str) -> bool:
    """Whether only a number can answer ("Hur mycket …", "Vilket belopp …")."""
    return bool(_ASKS_NUMBER.search(question)) and not asks_why(question)


def asks_why(question: str) -> bool:
    """Whether it is asked for reasons."""
    return bool(_ASKS_WHY.search(question))


def asks_for_wording(question: str) -> bool:
    """Whether it is asked where or how something is put ("Var står det …", "Hur lyder …")."""
    return bool(_ASKS_WORDING.search(question))


def asks_for_name(question: str) -> bool:
    """Whether only a name can answer ("Vad heter …", "Vilket företag …")."""
    return bool(_ASKS_NAME.search(question))


def refers_back(question: str) -> bool:
    """Whether a question points at the one before it ("Och …", "av dem")."""
    return bool(_REFERS_BACK.search(question))


def _is_empty(text: str) -> bool:
    """Whether a question has no subject of its own ("Vad beror det på?")."""
    return all(word in STOP_WORDS for word in words(text))


def _topic(text: str, kept: Sequence[str]) -> str:
    """The first word of the subject after "om" or its like; empty where there is none."""
    match = _ABOUT.search(text)
    if match is None:
        return ""
    return next((word for word in words(text[match.end() :])[:4] if word in kept), "")


def _kind_asked(text: str) -> str:
    """The kind of document that a question speaks of; "mot budget" speaks of none."""
    match = DOCUMENT_WORDS.search(text) or _THE_BUDGET.search(text)
    return kind_named(match.group()) if match else ""


def _narrow(
    documents: Sequence[StoredDocument], text: str, *, wide: bool
) -> tuple[list[StoredDocument], frozenset[str]]:
    """The documents that fit what `text` names, and the words that named it."""
    kept, named = list(documents), set[str]()
    found = words(text)
    for names_of in (_municipality_words, _board_words):
        hits = _each_name(names_of, kept, found, text)
        if names_of is _board_words and not any(hits.values()):
            hits = _each_name(_short_board_words, kept, found, text)
        fitting = [document for document in kept if hits[_name_key(document)]]
        if fitting:
            named |= {word for hit in hits.values() for word in hit}
            kept = fitting
    match = DOCUMENT_WORDS.search(text)
    kind = kind_named(match.group(1)) if match else ""
    if match and any(document.identity.kind == kind for document in kept):
        named |= set(words(match.group()))
    years = set(years_named(text))
    if not wide:
        kept = _if_any(kept, lambda d: bool(kind) and d.identity.kind == kind)
        if (report := _REPORT_OF_YEAR.search(text)) is not None:  # "enligt årsredovisningen 2024"
            of_year = int(report[2])
            kept = _if_any(kept, lambda d: d.identity.kind == kind and of_year in d.identity.years)
            years = {of_year}
        kept = _if_any(kept, lambda d: bool(years & {*d.identity.years, *d.identity.figure_years}))
    named |= {str(year) for year in years}
    return kept, frozenset(named)


def _names_in(documents: Sequence[StoredDocument], text: str) -> set[str]:
    """Words of `text` that name any document's municipality or board."""
    found = words(text)
    return {
        word
        for names_of in (_municipality_words, _board_words)
        for hits in _each_name(names_of, documents, found, text).values()
        for word in hits
    }


_Names = Callable[[Identity, list[str], str], set[str]]
_NameKey = tuple[str, str, tuple[str, ...]]


def _each_name(
    names_of: _Names, documents: Sequence[StoredDocument], found: list[str], text: str
) -> dict[_NameKey, set[str]]:
    """The words of a question that name a document, by what documents are called: many share it."""
    each = {_name_key(document): document.identity for document in documents}
    return {key: names_of(identity, found, text) for key, identity in each.items()}


def _name_key(document: StoredDocument) -> _NameKey:
    identity = document.identity
    return identity.municipality, identity.board, identity.aliases


def _if_any(
    documents: list[StoredDocument], fits: Callable[[StoredDocument], bool]
) -> list[StoredDocument]:
    return [document for document in documents if fits(document)] or documents


def _municipality_words(identity: Identity, found: list[str], text: str) -> set[str]:
    """Words of the question that name the document's municipality ("Alingsås", "alingsas")."""
    named = _run_of(_plainly(identity.municipality).split(), found)
    return named | ({"kommun", "kommunen", "kommuns", "stad"} & set(found) if named else set())


@lru_cache(maxsize=5_000)
def _plainly(name: str) -> str:
    """A name's words in plain letters."""
    return plain(" ".join(words(name)))


def _run_of(name: list[str], found: list[str]) -> set[str]:
    """The words of `found` that are `name` in a row, with or without a genitive s at the end."""
    size = len(name)
    for start in range(len(found) - size + 1) if name else ():
        run = found[start : start + size]
        bare = [plain(word) for word in run]
        if bare[:-1] == name[:-1] and bare[-1] in (name[-1], f"{name[-1]}s"):
            return set(run)
    return set()


def _short_board_words(identity: Identity, found: list[str], text: str) -> set[str]:
    """Words of the question that name a board by a part of its name: "kulturnämnden" is who
    works as "kultur- och fritidsnämnden", where no board is called just that."""
    *first, last = _plainly(identity.board).removesuffix("en").split() or [""]
    if not first or not last.endswith("namnd"):
        return set()
    parts = [*(w for w in first if w != "och"), last.removesuffix("namnd").removesuffix("s")]
    names = {
        f"{part}{joint}namnd" for part in parts if len(part) >= _PART_NAME for joint in ("", "s")
    }
    return {word for word in found if plain(word).removesuffix("s").removesuffix("en") in names}


def _board_words(identity: Identity, found: list[str], text: str) -> set[str]:
    """Words of the question that name the document's board, by name or initials."""
    stem = _plainly(identity.board).removesuffix("en")
    asked = plain(" ".join(found))
    # "omsorgsförvaltningen" is who works for "omsorgsnämnden"
    office = stem.removesuffix("namnd") + "forvaltning"
    for name in (stem, office) if stem else ():
        if name in asked:
            parts = name.split()
            return {
                word for word in found if plain(word) in parts or plain(word).startswith(parts[-1])
            }
    bare = stem.removesuffix("snamnd").removesuffix("namnd").strip()
    if " " in bare and (named := _run_of(bare.split(), found)):
        return named  # "vård och omsorg"
    for alias in identity.aliases:
        # two letters are a word too often: only capitals are taken for initials
        flags = 0 if len(alias) < 3 else re.I
        if re.search(rf"\b{re.escape(alias)}(?::?s)?\b", text, flags):
            return {alias.casefold()}
    return set()

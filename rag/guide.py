"""What is no question to the documents, and what can be asked of them: examples from themselves."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from ingest.checks.arithmetic import is_money
from ingest.types import Figure
from rag.answer import Answer
from rag.results import sums_up
from rag.shelf import Known
from rag.terms import fold, words

_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|</?[a-z][^<>]*>|<!--.*?-->", re.I | re.S)
_GREETING = re.compile(
    r"(?:hej(?:san)?|hallå|tja|tjena|god (?:morgon|dag|kväll)|tack(?: så mycket)?|test(?:ar)?"
    r"|ok|okej)(?:\s+hur mår du|\s+där)?"
    r"|hur mår du|vem är du|vad heter du"
)
_HELP = re.compile(
    r"hjälp(?: mig)?|help|vad kan (?:du|jag|man) ?(?:fråga|göra|svara)?(?: (?:om|på))?(?: dig)?"
    r"|hur (?:funkar|fungerar) (?:det|du|det här)|hur (?:gör|frågar) (?:jag|man)"
)
_WHAT_CAN_BE_ASKED = """\
Fråga med egna ord om det som står i nämndernas dokument. Det går att fråga om:
· ett tal: budget, prognos, utfall eller avvikelse för en verksamhet, ett slags kostnad, ett år
· något uträknat: hur mycket det ändrats, vad det blir tillsammans, vilken andel det är
· en rangordning eller utveckling: vilka som avviker mest, eller hur det gått år för år
· mål, indikatorer och risker: målvärde, utfall, bedömning och hantering
· varför: rapportens egen förklaring, ordagrant citerad
· var något står, och hur det är formulerat
Säg gärna vilken nämnd och vilket år. En följdfråga som ”Varför?” gäller det senaste svaret."""
_TASK = re.compile(
    r"(?:kan du |snälla )?(?:skriv|dikta|översätt|sjung|rita|programmera|hitta på|skoja)\b"
    r"|berätta (?:en|ett) (?:skämt|saga|historia|vits)"
)
_ELSEWHERE = {
    "engelska": "the what is how much of and does are who why when did which was for has many",
    "tyska": "der die das und ist wie viel was warum nicht mit für auf ein eine wurde",
    "finska": "mikä on ja miten paljon missä miksi kuka kuinka olla ei että",
    "franska": "le la les est et quel quelle combien pourquoi dans une des pour",
    "spanska": "el los es qué cuánto por para una del cuál cómo está",
}
_LATIN = re.compile(r"[a-zåäöéüáàèøæ]")
_LETTER = re.compile(r"[^\W\d_]")
_AWKWARD = re.compile(r"[\d:;()%]|kommunbidrag|netto|resultat", re.I)
_FEW = 5  # words of a label that goes into a question
_ASKED = (
    ("avvikelse", "Hur stor är avvikelsen för {row} {year}{where}?"),
    ("avvikelse", "Varför avviker {row} från budget {year}{where}?"),
    ("målvärde", "Vilket är målet för {row} {year}{where}?"),
    ("riskvärde", "Vilket riskvärde har {row}{where}?"),
    ("utfall", "Vad blev utfallet för {row} {year}{where}?"),
    ("budget", "Hur stor är budgeten för {row} {year}{where}?"),
)


def without_markup(text: str) -> str:
    """A question without HTML: tags out, entities resolved."""
    return html.unescape(_TAG.sub(" ", text)) if "<" in text or "&" in text else text


def no_question(text: str) -> str:
    """Why a text is no question to the documents, in Swedish; "" where it may be one."""
    said = " ".join(fold(text).split()).strip(" .!?,")
    if not words(said):
        return "Frågan är tom. Skriv några ord om det du vill veta."
    if not _LETTER.search(said):
        return "Bara ett tal säger inte vad frågan gäller. Skriv vad talet ska vara ett svar på."
    if _is_foreign(said):
        return "Jag svarar bara på frågor på svenska."
    if _HELP.fullmatch(said):
        return _WHAT_CAN_BE_ASKED
    if _GREETING.fullmatch(said):
        return "Hej! Jag svarar på frågor om det som står i nämndernas dokument."
    task = _TASK.match(said)
    return "Jag kan bara svara på frågor om det som står i nämndernas dokument." if task else ""


def _is_foreign(said: str) -> bool:
    letters, found = _LETTER.findall(said), words(said)
    if sum(bool(_LATIN.match(letter)) for letter in letters) * 2 < len(letters):
        return True
    # each once: "budget for skola for 2026" is Swedish in a hurry
    return any(
        len({*found} & {*common.split()}) >= max(2, 0.3 * len({*found}))
        for common in _ELSEWHERE.values()
    )


def next_questions(answer: Answer) -> Iterator[str]:
    """What a person may want to know after an answer: questions that lean on it, likely ones first.

    Not all of them can be answered.
    """
    results = [figure for figure in answer.figures if figure.role == "result"]
    if not results:
        return
    first = results[0]
    worse = first.measure in ("avvikelse", "förändring") or bool(first.formula)
    if worse and len(results) == 1:
        yield "Vad beror det på?"
    about = " ".join(first.label.split()).rstrip(" .:")
    if len(results) > 1:
        yield f"Varför avviker {_in_a_sentence(about)}?"
        return
    year = first.period[:4]
    if year.isdigit():
        yield f"Hur har {_in_a_sentence(about)} utvecklats år för år?"
        yield f"Och {int(year) - 1}?"
    if first.measure != "avvikelse":
        yield f"Hur mycket avviker {_in_a_sentence(about)} från budget {year}?"


def _in_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def examples(known: Iterable[Known]) -> Iterator[str]:
    """Questions that the documents may answer: one of each kind, then more of each."""
    candidates = [one for one in known if _is_plain(one)]
    kinds = [list(_of_kind(candidates, measure, form)) for measure, form in _ASKED]
    for turn in range(max(map(len, kinds), default=0)):
        yield from (kind[turn] for kind in kinds if turn < len(kind))


def _of_kind(known: list[Known], measure: str, form: str) -> Iterator[str]:
    """The largest number of each document, proved ones first."""
    ranked = sorted(
        (one for one in known if one.figure.measure == measure),
        key=lambda one: (one.figure.grade != "proved", -_size(one.figure)),
    )
    seen: set[str] = set()
    for one in ranked:
        if one.document.id not in seen:
            seen.add(one.document.id)
            yield _question(one, form)


def _is_plain(known: Known) -> bool:
    """Whether a figure is easily asked for: a short label of its own, a value, a year."""
    figure = known.figure
    if known.table is None or not figure.row or figure.value is None or figure.part:
        return False
    label = figure.row[-1]
    short = len(label.split()) <= _FEW and len(label) > 3 and not _AWKWARD.search(label)
    dated = figure.period.year in known.document.identity.years and not known.labels.column
    money = figure.measure not in ("avvikelse", "budget", "utfall") or is_money(figure.unit)
    return short and dated and money and not sums_up(known, [])


def _size(figure: Figure) -> float:
    return float(abs(figure.value)) if figure.value is not None else 0.0


def _question(known: Known, form: str) -> str:
    row, municipality = known.figure.row[-1], known.document.identity.municipality
    row = _in_a_sentence(row).rstrip(" .:")
    where = f" i {municipality}" if municipality else ""
    return form.format(row=" ".join(row.split()), year=known.figure.period.year, where=where)

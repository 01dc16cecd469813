"""The image of a scanned page → its words and ruling lines, by tesseract.

The only module that imports pytesseract. The program tesseract and its Swedish are installed beside
Nämndkoll (Debian: tesseract-ocr and tesseract-ocr-swe); without them nothing is read here.

A page is read twice. Tesseract's Swedish knows no "%" and no "§": alone it reads "84%" as "8496",
and is sure of it. So Swedish and English read together, and English reads the page once more by
itself. A number is believed only where both readings are the same, or differ as "84%" and "8496".
"""

from __future__ import annotations

import functools
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from xml.etree import ElementTree

from PIL import Image

from ingest.errors import UnreadableFileError, reason
from ingest.image_rules import straighten, take_rules
from ingest.types import Box, RawPage, Word, enclosing

INSTALL = "apt install tesseract-ocr tesseract-ocr-swe"
"""What gives a Debian or Ubuntu machine what is needed."""

TIMEOUT = 60
"""Seconds that one reading of a page may take."""

DOTS_AN_INCH = 300
"""What tesseract reads best: smaller letters are guessed, larger ones only take time."""

UNSURE = "□"
"""Stands for each digit of a number that could not be read with certainty."""

_TEXT, _NUMBERS = "swe+eng", "eng"  # languages of the first reading, and of the second

_SURE_DIGITS = 70  # of 100: digits below it are not trusted
_READABLE = 50  # of 100: half of the words of a page that holds text are above it
_NOISE = 35  # of 100: specks and pieces of pictures are below it, as are few words
_SAME_SIZE = 0.12  # by which two lines of one size may differ, as they are measured
_SAME_LINE = 0.3  # of the size: baselines that differ by less are one
_UNIT_HEIGHTS = (0.52, 0.2, 0.21)  # of the font size: an x, what a capital adds, a descender
_LOW = re.compile(r"[aceimnorsuvwxzéæø\W_]+")
_DEEP = re.compile(r"[gjpqyQç,;()\[\]{}/|§@_]")
_MEASURABLE = re.compile(r"[^\W_]{2}")
_DIGIT = re.compile(r"\d")
_DASH = re.compile(r"[-−–—]")
_NO_NUMBER = re.compile(r"[^\d,.%-]")
_NUMBER_PIECE = re.compile(r"[-−–—+(]?[\d.,]+[)%]?|%")
_SHARE = re.compile(r"([-−–—+]?\d+(?:,\d+)?)%")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read of an image. `doubted` are the numbers that were not trusted, as read."""

    page: RawPage
    doubted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A word as tesseract gives it: box in pixels, confidence from 0 to 100."""

    text: str
    box: Box
    confidence: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as tesseract gives it. `baseline` is the y in pixels, `angle` as that of a `Word`."""

    words: tuple[_Found, ...]
    baseline: float
    angle: int


@functools.cache
def available() -> bool:
    """Whether tesseract is installed here, with Swedish and with English, which comes with it."""
    import pytesseract

    try:
        return {"swe", "eng"} <= set(pytesseract.get_languages())
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def recognise(image: Image.Image, page: RawPage, scale: float) -> Recognised:
    """Read the `image` of `page`, drawn with `scale` pixels a point. Without text: no words.

    A page that lies askew is straightened first, and places are those of the straight page.
    Raises `UnreadableFileError` (a Swedish sentence) where tesseract fails or takes too long.
    """
    rules, bare = take_rules(straighten(image.convert("L")), scale)
    rows = _without_noise(_rows(_hocr(bare, _TEXT)))
    confidences = [word.confidence for row in rows for word in row.words]
    if not confidences or median(confidences) < _READABLE:
        return Recognised(replace(page, words=()))
    doubted: tuple[str, ...] = ()
    if any(_DIGIT.search(word.text) for row in rows for word in row.words):
        again = [word for row in _rows(_hocr(bare, _NUMBERS)) for word in row.words]
        rows, doubted = _without_doubt(rows, again)
    words = _placed(rows, scale)
    return Recognised(replace(page, words=words, rules=(*page.rules, *rules), ocr=True), doubted)


def _hocr(image: Image.Image, languages: str) -> bytes:
    import pytesseract

    try:
        found = pytesseract.image_to_pdf_or_hocr(
            image,
            lang=languages,
            extension="hocr",
            config=f"--psm 3 --dpi {DOTS_AN_INCH}",
            timeout=TIMEOUT,
        )
    except pytesseract.TesseractError as error:
        text = " ".join(str(error.message).split())[:200]
        raise UnreadableFileError(f"OCR-programmet misslyckades: {text}") from error
    except OSError as error:
        raise UnreadableFileError(f"OCR-programmet gick inte att köra: {reason(error)}") from error
    except RuntimeError as error:  # so pytesseract tells that time is up
        text = f"OCR tog mer än {TIMEOUT} sekunder och avbröts"
        raise UnreadableFileError(text) from error
    return found if isinstance(found, bytes) else found.encode()


def _rows(hocr: bytes) -> list[_Row]:
    """The lines of tesseract's answer, in the order that it reads them."""
    try:
        tree = ElementTree.fromstring(hocr)
    except ElementTree.ParseError as error:
        raise UnreadableFileError("OCR-programmets svar gick inte att läsa") from error
    rows: list[_Row] = []
    for line in tree.iter():
        words = [
            _Found(text, _box(word), int(_numbers(word, "x_wconf")[0]))
            for word in line
            if word.get("class") == "ocrx_word"
            and (text := unicodedata.normalize("NFC", "".join(word.itertext()).strip()))
        ]
        if words:
            slope, offset = _numbers(line, "baseline") or [0.0, 0.0]
            x0, _, x1, y1 = _box(line)
            angle = int((_numbers(line, "textangle") or [0.0])[0]) % 360
            rows.append(_Row(tuple(words), y1 + offset + slope * (x1 - x0) / 2, angle))
    return rows


def _numbers(element: ElementTree.Element, name: str) -> list[float]:
    """The numbers after `name` in an element's title: "bbox 36 92 580 122; x_wconf 96"."""
    match = re.search(rf"\b{name} ([-\d. ]+)", element.get("title", ""))
    return [float(part) for part in match[1].split()] if match else []


def _box(element: ElementTree.Element) -> Box:
    x0, y0, x1, y1 = _numbers(element, "bbox")
    return x0, y0, x1, y1


def _without_noise(rows: Iterable[_Row]) -> list[_Row]:
    """Without specks and scraps of lines: words of low confidence that hold nothing to lose.

    Any longer word stays, however doubtful: a sentence that lost a word ("inte") may say the
    opposite, whereas a misspelt word is seen to be one.
    """
    kept: list[_Row] = []
    for row in rows:
        words = tuple(word for word in row.words if not _is_noise(word))
        if words:
            kept.append(replace(row, words=words))
    return kept


def _is_noise(word: _Found) -> bool:
    if _DIGIT.search(word.text):
        return False
    letters = sum(char.isalpha() for char in word.text)
    if not letters:
        is_line = set(word.text) <= set("|_~=¦")
        return is_line or (word.confidence < _NOISE and word.text != "%")
    return word.confidence < _NOISE and letters < 3


def _without_doubt(
    rows: Sequence[_Row], again: Sequence[_Found]
) -> tuple[list[_Row], tuple[str, ...]]:
    """Put `UNSURE` for each digit that is doubted, and tell what was read there.

    Doubted is what tesseract itself gives low confidence, and what the second reading, `again`,
    has differently: of 194 numbers on six scanned pages that took wrong ones from 8 to 3, and
    cost 5 of 185 right ones. A doubted number must not become a figure, be quoted, or be found by
    its digits as if it were sure; nor may it be left out, for then its neighbour in the table would
    slip into its place. So it stays where it is, as something that no grammar of numbers takes, and
    the page says what it could have been. Doubt of a piece is doubt of the whole: "206" of
    "206 297".
    """
    doubted: list[str] = []
    result: list[_Row] = []
    for row in rows:
        words: list[_Found] = []
        for run in _number_runs([_as_share(word, again) for word in row.words]):
            if _is_sure(run, again):
                words.extend(run)
                continue
            doubted.append(" ".join(word.text for word in run))
            words.extend(replace(word, text=_DIGIT.sub(UNSURE, word.text)) for word in run)
        result.append(replace(row, words=tuple(words)))
    return result, tuple(doubted)


def _as_share(word: _Found, again: Sequence[_Found]) -> _Found:
    """A word such as "8496" as the second reading has it, where that ends in "%": "84%"."""
    for other in again if word.text.isdigit() else ():
        share = _SHARE.fullmatch(other.text)
        if share and _overlap(word.box, other.box) and word.text.startswith(share[1]):
            return replace(word, text=other.text, confidence=other.confidence)
    return word


def _is_sure(run: Sequence[_Found], again: Sequence[_Found]) -> bool:
    """Whether the digits of a run of words, if any, were read with confidence, twice alike."""
    digits = [word for word in run if _DIGIT.search(word.text)]
    if any(word.confidence < _SURE_DIGITS for word in digits):
        return False
    box = enclosing([word.box for word in run])
    other = [word for word in again if _overlap(word.box, box)]
    return not digits or _bare_number(run) == _bare_number(other)


def _bare_number(words: Sequence[_Found]) -> str:
    """The digits, signs and decimal marks of words, without what readings may differ in."""
    text = "".join(word.text for word in words)
    return _NO_NUMBER.sub("", _DASH.sub("-", text)).strip(".,")


def _overlap(box: Box, other: Box) -> bool:
    """Whether more than half of the first box lies in the other one."""
    wide = min(box[2], other[2]) - max(box[0], other[0])
    high = min(box[3], other[3]) - max(box[1], other[1])
    return wide > 0.5 * (box[2] - box[0]) and high > 0.5 * (box[3] - box[1])


def _number_runs(words: Sequence[_Found]) -> list[list[_Found]]:
    """Words, those together that may be pieces of one number."""
    runs: list[list[_Found]] = []
    for word in words:
        if runs and _goes_on(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _goes_on(before: _Found, word: _Found) -> bool:
    pieces = _NUMBER_PIECE.fullmatch(before.text) and _NUMBER_PIECE.fullmatch(word.text)
    height = max(before.box[3] - before.box[1], word.box[3] - word.box[1])
    return bool(pieces) and word.box[0] - before.box[2] < height


def _placed(rows: Sequence[_Row], scale: float) -> tuple[Word, ...]:
    """Rows in pixels → words in points, of few sizes and with shared baselines.

    Tesseract measures each line for itself. Reading tells headings and footnotes by their size,
    and rows by their baseline, so what differs only as measures do is made equal first.
    """
    sizes = _merged(
        [(_size(row) / scale, sum(len(word.text) for word in row.words)) for row in rows]
    )
    baselines = _levelled([_baseline(row) / scale for row in rows], sizes)
    words: list[Word] = []
    for row, size, baseline in zip(rows, sizes, baselines, strict=True):
        for found in row.words:
            x0, y0, x1, y1 = (value / scale for value in found.box)
            if row.angle == 0:
                box = (x0, min(y0, baseline - 0.75 * size), x1, max(y1, baseline + 0.22 * size))
                words.append(Word(found.text, box, size, baseline))
            else:
                own = {90: x1, 270: x0}.get(row.angle, y0)
                words.append(Word(found.text, (x0, y0, x1, y1), size, own, angle=row.angle))
    return tuple(words)


def _size(row: _Row) -> float:
    """The font size of a line in pixels, by how high its letters stand; 0 where none tells."""
    x_height, ascender, descender = _UNIT_HEIGHTS
    sizes: list[float] = []
    for word in row.words:
        x0, y0, x1, y1 = word.box
        if not _MEASURABLE.search(word.text):
            continue
        parts = x_height
        parts += 0.0 if _LOW.fullmatch(word.text) else ascender
        parts += descender if _DEEP.search(word.text) else 0.0
        high = y1 - y0 if row.angle in (0, 180) else x1 - x0
        sizes.append(high / parts)
    return median(sizes) if sizes else 0.0


def _merged(sizes: Sequence[tuple[float, int]]) -> list[float]:
    """Sizes with their letters → one size for all that nearly agree, beginning with the commonest.

    A line that tells no size (0) has the commonest.
    """
    merged = [0.0] * len(sizes)
    left = [index for index, (size, _) in enumerate(sizes) if size > 0]
    body = 10.0
    while left:
        middle = _weighted_median([sizes[index] for index in left])
        group = [i for i in left if abs(sizes[i][0] - middle) <= _SAME_SIZE * middle]
        common = round(_weighted_median([sizes[index] for index in group]) * 2) / 2
        if len(left) == sum(size > 0 for size, _ in sizes):
            body = common
        for index in group:
            merged[index] = common
        left = [index for index in left if index not in set(group)]
    return [size or body for size in merged]


def _weighted_median(values: Sequence[tuple[float, int]]) -> float:
    """The value that half of the weights lie at or below."""
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    return ordered[-1][0]


def _baseline(row: _Row) -> float:
    """The y in pixels that the letters stand on: tesseract's own is off in lines of few letters."""
    feet = [
        word.box[3]
        for word in row.words
        if _MEASURABLE.search(word.text) and not _DEEP.search(word.text)
    ]
    return median(feet) if feet else row.baseline


def _levelled(baselines: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """One baseline for all lines side by side: the cells of a row are lines of their own."""
    level = list(baselines)
    order = sorted(range(len(level)), key=lambda index: level[index])
    group: list[int] = []

    def close() -> None:
        middle = median(baselines[index] for index in group)
        for index in group:
            level[index] = middle

    for index in order:
        reach = _SAME_LINE * min(sizes[index], sizes[group[0]]) if group else 0.0
        if group and baselines[index] - baselines[group[0]] > reach:
            close()
            group = []
        group.append(index)
    if group:
        close()
    return level

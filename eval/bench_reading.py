"""Reading PDFs, ours against pypdf's text and pdfplumber's words: pages a second, in one run.

`python -m eval.bench_reading FILE.pdf…` (extra `bench`). Each method reads each file in turn,
several times; the best time of each counts.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
from pypdf import PdfReader

from ingest.document import parse
from ingest.pdfium import count_pages, open_pdf

_ROUNDS = 3


def _ours(path: Path) -> None:
    parse(path)


def _pypdf(path: Path) -> None:
    for page in PdfReader(path).pages:
        page.extract_text()


def _pdfplumber(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_words()


METHODS: dict[str, Callable[[Path], None]] = {
    "namndkoll (ord, tabeller, stycken)": _ours,
    "pypdf (text)": _pypdf,
    "pdfplumber (ord)": _pdfplumber,
}


def measure(paths: Sequence[Path]) -> dict[str, float]:
    """Seconds that each method takes for all files: the best of several rounds."""
    best = dict.fromkeys(METHODS, float("inf"))
    for _ in range(_ROUNDS):
        for name, read in METHODS.items():
            started = time.perf_counter()
            for path in paths:
                read(path)
            best[name] = min(best[name], time.perf_counter() - started)
    return best


def main() -> int:
    """Print pages a second and the ratio to ours."""
    paths = [Path(name) for name in sys.argv[1:]]
    if not paths:
        print("ange PDF-filer", file=sys.stderr)
        return 2
    pages = 0
    for path in paths:
        with open_pdf(path.read_bytes()) as document:
            pages += count_pages(document)
    seconds = measure(paths)
    ours = next(iter(seconds.values()))
    for name, taken in seconds.items():
        print(f"{name:36}{pages / taken:8.1f} sidor/s   {taken / ours:5.2f} × vår tid")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""An answer that a language model words → the terminal: the program's own at once, then each
sentence of the model's when it has been checked, and how long it takes."""

from __future__ import annotations

import sys
import threading
import time

from app.terminal import filled, print_answer, tell
from rag.answer import Answer, Question
from rag.asking import Asker

_BY_MODEL = "\nMed språkmodellens ord, mening för mening när den har kontrollerats:"
_EVERY = 0.1  # seconds between two looks at the clock


def ask_aloud(asker: Asker, question: Question) -> Answer:
    """Ask, and print what there is of the answer as it comes."""
    told: list[Answer] = []
    said: list[str] = []
    clock = _Clock()

    def show(so_far: Answer) -> None:
        if not told:
            print_answer(so_far)
            clock.start()
        told.append(so_far)
        if so_far.wording is not None:
            _print_more(so_far.wording.said, said)

    try:
        answer = asker.ask_aloud(question, show)
    finally:
        clock.stop()
    if not told:
        print_answer(answer)
        return answer
    if answer.wording is not None:
        _print_more(answer.wording.said, said)
    if answer.status != told[0].status:  # look-ups in steps made an answer of a refusal
        print()
        print_answer(answer)
        return answer
    before = {warning.message for warning in told[0].warnings}
    for warning in answer.warnings:
        if warning.message not in before:
            tell("\n" + filled(f"Obs: {warning.message}", "", "     "))
    return answer


def _print_more(sentences: tuple[str, ...], said: list[str]) -> None:
    """Print the sentences that have not been printed yet."""
    for sentence in sentences:
        if sentence not in said:
            _clear()
            if not said:
                print(_BY_MODEL)
            print(filled(sentence), flush=True)
            said.append(sentence)


def _clear() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


class _Clock:
    """How long the model has taken, on standard error, where that is a terminal."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def start(self) -> None:
        """Begin to tell; nothing where nobody would see it."""
        if sys.stderr.isatty():
            self._thread.start()

    def stop(self) -> None:
        """Take away what was told."""
        self._done.set()
        if self._thread.is_alive():
            self._thread.join()
            _clear()

    def _tick(self) -> None:
        started = time.monotonic()
        while not self._done.wait(_EVERY):
            seconds = f"{time.monotonic() - started:.1f}".replace(".", ",")
            print(f"\rSpråkmodellen arbetar … {seconds} s", end="", file=sys.stderr, flush=True)

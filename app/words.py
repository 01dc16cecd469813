"""What the program says of its own, in the language that is spoken: Swedish, or English on the
web page where a person has chosen it.

The Swedish words stand where they are used, and are what is looked up in english.toml, as with
gettext. Its own files of words have to be compiled by a program that does not come with Python;
these are read as they are, here and by the page's scripts. What documents and answers say is not
looked up: it is Swedish, and marked so in an English page.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

SWEDISH, ENGLISH = "sv", "en"
_CHOSEN: ContextVar[str] = ContextVar("language", default=SWEDISH)
"""Of the call that is being answered, and gone with it."""


@contextmanager
def spoken(language: object) -> Iterator[None]:
    """Speak a language while a call is answered; Swedish where it is none of ours."""
    token = _CHOSEN.set(ENGLISH if language == ENGLISH else SWEDISH)
    try:
        yield
    finally:
        _CHOSEN.reset(token)


def language() -> str:
    """The language that is spoken now: "sv" or "en"."""
    return _CHOSEN.get()


@cache
def catalogue() -> Mapping[str, str]:
    """English words by the Swedish ones; what is put into them stands as {name} in both."""
    text = Path(__file__).with_name("english.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say(swedish: str, **values: object) -> str:
    """Words of ours, with values put in. They hold no sign that HTML would read as markup, so
    values of HTML may be put into them too. What has several English words is told apart by what
    stands after a bar, which is not said."""
    words = catalogue()[swedish] if language() == ENGLISH else swedish.partition("|")[0]
    return words.format(**values) if values else words


def key(swedish: str) -> str:
    """Words that are said later, by `say` of a variable."""
    return swedish


def term(swedish: str) -> str:
    """A word that the program uses of documents, such as their kind; as it is where it has no
    English one, since people can write kinds of their own."""
    return catalogue().get(swedish, swedish) if language() == ENGLISH else swedish


def counted(count: int, one: str, several: str) -> str:
    """So many of something, in words that hold {count}; `one` of one, `several` else."""
    return say(one if count == 1 else several, count=count)

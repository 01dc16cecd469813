"""What a view of the page is: its place in the menu, its markup, and what it can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.web.intake import Intake
from app.words import ENGLISH, key, language, say
from rag.asking import Asker

OTHER_VERSION = key("Sidan är inte av samma version som servern. Ladda om den.")
"""Told where a browser sends what no page of ours does."""

Reply = dict[str, Any]
"""What a call answers with, as JSON. `html` is markup of ours, with all texts escaped."""


@dataclass(frozen=True, slots=True)
class Site:
    """What all views share: who answers, and who reads documents in. Nothing of any person."""

    asker: Asker
    intake: Intake

    @property
    def folder(self) -> Path:
        """The folder of the index."""
        return self.asker.index.folder


Call = Callable[[Site, Mapping[str, Any]], Reply]
"""Answers what the browser asks for. Whatever it sends is data to be checked."""
LiveCall = Callable[[Site, Mapping[str, Any], Callable[[Reply], None]], Reply]
"""The same, which also tells what there is of its answer while it is made."""


def fault_told(said: str) -> CallError:
    """A fault of which the program says, in Swedish, what it is."""
    if language() == ENGLISH:
        return CallError(say("Det gick inte. Programmet säger, på svenska:"), said)
    return CallError(said)


@dataclass(frozen=True, slots=True)
class View:
    """One view. Its script and looks are `static/<slug>.js` and `static/<slug>.css`, if any.

    `name` is Swedish, to be said. `markup` is what is there before anything has been asked for, in
    the language that is spoken. `listed` is False for a view that is reached from the foot of the
    page instead of the menu. `live` are those of its calls that answer in several pieces where the
    browser can take them.
    """

    slug: str
    name: str
    markup: Callable[[], str]
    calls: Mapping[str, Call]
    listed: bool = True
    live: Mapping[str, LiveCall] = field(default_factory=dict)


class CallError(ValueError):
    """Something that a person asked for and that cannot be done: says why, in the language that is
    spoken. `own` is what the program itself says of it, which is Swedish."""

    def __init__(self, why: str, own: str = "") -> None:
        super().__init__(why)
        self.own = own

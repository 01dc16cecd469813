"""Calls in line: so many are at work at the same time, and so many wait; the next is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import anyio
import anyio.to_thread

_T = TypeVar("_T")

AT_ONCE = 8
"""Calls at work at the same time. The index answers one after the other, so more would not be
quicker; with one, a slow audit of one person would hold up everybody's questions."""
IN_LINE = 200
"""Calls that wait. A question takes some 50 ms, so the last of 200 waits about ten seconds; who
comes after that is told at once, rather than left hanging."""

FULL = "Många frågar just nu. Försök igen om en liten stund."


class FullLineError(Exception):
    """As many wait as are let to. `str()` of it says so in Swedish."""

    def __init__(self) -> None:
        super().__init__(FULL)


class Line:
    """Does work in threads of its own, in the order that it came."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = IN_LINE) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)
        self._room = at_once + waiting
        self._here = 0

    async def do(self, work: Callable[[], _T]) -> _T:
        """What `work` returns. Raises what it raises, and `FullLineError`."""
        if self._here >= self._room:
            raise FullLineError
        self._here += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._here -= 1

"""How long a model may take and how often it may fail: deadlines, and a circuit breaker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to the first token, between two, and in all; characters of an answer at most.

    `connect` is for reaching the server, `pause` before the one retry.
    """

    first: float = 10.0
    idle: float = 10.0
    total: float = 30.0
    connect: float = 2.0
    pause: float = 0.2
    characters: int = 4_000


@dataclass(slots=True)
class Breaker:
    """Lets nothing through after `most` failures in a row, until `rest` seconds have gone; then one
    call at a time tries, and one that succeeds closes the circuit again."""

    most: int = 3
    rest: float = 60.0
    clock: Clock = time.monotonic
    _failures: int = 0
    _opened: float = 0.0
    _trying: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def lets_through(self) -> bool:
        """Whether a call may be made now; the caller must then say how it went."""
        with self._lock:
            if self._failures < self.most:
                return True
            if self._trying or self.clock() - self._opened < self.rest:
                return False
            self._trying = True
            return True

    def succeeded(self) -> None:
        """A call gave a text."""
        with self._lock:
            self._failures, self._trying = 0, False

    def failed(self) -> None:
        """A call gave none."""
        with self._lock:
            self._failures += 1
            self._trying = False
            if self._failures >= self.most:
                self._opened = self.clock()

"""Whether two documents mean the same by two labels: forms may differ, words may not."""

from __future__ import annotations

from functools import lru_cache

from rag.alike import alike
from rag.terms import STOP_WORDS, words


@lru_cache(maxsize=20_000)
def same_label(a: str, b: str) -> bool:
    """Whether two labels are the same words in the same order, endings and small words aside."""
    first, second = _said(a), _said(b)
    if not first or len(first) != len(second):
        return False
    pairs = zip(first, second, strict=True)
    return all(x == y or (alike(x, y) >= 1 and alike(y, x) >= 1) for x, y in pairs)


def _said(label: str) -> list[str]:
    return [word for word in words(label) if word not in STOP_WORDS]

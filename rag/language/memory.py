"""Earlier questions of a conversation → what a model may remember of them: no number, no answer.

Keys belong to one answer, and answers are not remembered, so nothing that was said of another year
or document can come back; the gate would not let it through either.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.keys import masked

_REMEMBERED = 4  # questions


def remembered(history: Sequence[str]) -> str:
    """The last questions, oldest first, their numbers masked; "" where there are none."""
    return "\n".join(f"– {masked(question)[:300]}" for question in history[-_REMEMBERED:])

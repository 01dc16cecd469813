"""Files that a command is asked to write: none is written over unasked, and each whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.terminal import tell


def save(path: Path, data: bytes) -> None:
    """Write a file whole: one that was there stays as it was where that fails. Raises `OSError`."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(data)  # a pipe, say
        return
    draft = target.with_name(f"{target.name}.ny")
    try:
        draft.write_bytes(data)
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def all_free(paths: Sequence[Path]) -> bool:
    """Whether none of the files holds anything yet; tells of the first that does."""
    for path in paths:
        if _holds_something(path):
            tell(f"{path} finns redan; skriv över med --force, eller välj ett annat namn")
            return False
    return True


def _holds_something(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False  # told when it is written

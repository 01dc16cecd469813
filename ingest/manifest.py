"""`manifest.toml` beside the documents → corrections of what was recognised.

[norrvik-von-budget-2026]
board = "Vård- och omsorgsnämnden"
years = [2026, 2027, 2028]
"""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import UnreadableFileError, reason
from ingest.identity import aliases_of, kind_named
from ingest.types import Identity

FILE_NAME = "manifest.toml"


class Correction(BaseModel):
    """What a person says that a document is; None where the pages decide."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str | None = None
    municipality: str | None = None
    board: str | None = None
    kind: str | None = None
    years: tuple[int, ...] | None = None
    figure_years: tuple[int, ...] | None = None
    aliases: tuple[str, ...] | None = None

    def apply(self, identity: Identity) -> Identity:
        """`identity` with the corrected fields in place of the recognised ones."""
        fields = self.model_dump(exclude_none=True)
        if self.kind is not None:
            fields["kind"] = kind_named(self.kind) or self.kind.casefold()
        if self.board is not None and self.aliases is None:
            fields["aliases"] = aliases_of(self.board)
        return replace(identity, **fields)

    def over(self, other: Correction | None) -> Correction:
        """Both corrections as one; where both say something, this one is right."""
        if other is None:
            return self
        return other.model_copy(update=self.model_dump(exclude_none=True))


def read_manifest(folder: Path) -> dict[str, Correction]:
    """Corrections by document id; empty where the folder has no manifest.

    Raises `UnreadableFileError` where the manifest is not what it should be.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        return {}
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        return {
            unicodedata.normalize("NFC", name): Correction.model_validate(entry)
            for name, entry in entries.items()
        }
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableFileError(f"manifestet är ingen giltig TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "ett dokument"
        known = ", ".join(Correction.model_fields)
        raise UnreadableFileError(
            f"manifestets fält {where} går inte att använda; fälten är {known}"
        ) from error
    except OSError as error:
        raise UnreadableFileError(f"manifestet går inte att öppna: {reason(error)}") from error

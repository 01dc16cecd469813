"""Names of models as an index keeps them: the name and, after an @, the revision that it was.

The revision of a model at the hub is a commit; that of a folder is a hash of what is in it. Two
revisions make vectors that cannot be compared, so they are two models.
"""

from __future__ import annotations

from pathlib import Path

_SHOWN = 8  # characters of a revision that people are shown


def parted(name: str) -> tuple[str, str]:
    """Name and revision: "org/model@ab12" is ("org/model", "ab12"); no revision is ""."""
    if Path(name).expanduser().is_dir():
        return name, ""
    base, _, revision = name.partition("@")
    return base, revision


def same_model(wanted: str, own: str) -> bool:
    """Whether `wanted` asks for the model `own` of an index; without a revision, for any of it.

    "model" is also the model of that name at whatever organisation the index has it from.
    """
    base, revision = parted(wanted)
    own_base, own_revision = parted(own)
    alike = base == own_base or ("/" not in base and own_base.endswith(f"/{base}"))
    return alike and revision in ("", own_revision)


def shown(name: str) -> str:
    """A name for people: "org/model, version ab12cd34"."""
    base, revision = parted(name)
    return f"{base}, version {revision[:_SHOWN]}" if revision else base

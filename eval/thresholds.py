"""What a run must reach, from a file: `eval/thresholds.toml` has this project's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

OWN = Path(__file__).with_name("thresholds.toml")


class LimitsFaultError(Exception):
    """A file of limits that cannot be used. The message is Swedish."""


_LEAST = {
    "right_share": "andel rätt",
    "numeric_cell_share": "andel rätta talceller",
    "audit_recall": "andel funna motsägelser",
}
_KEYS = ("wrong", "misquoted", "answered_unanswerable", "p95_ms", "false_alarms", *_LEAST)


def limits_of(path: Path) -> dict[str, float]:
    """The limits in a file. Raises `OSError` or `LimitsFaultError`."""
    try:
        limits = tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:  # no UTF-8, or no TOML
        raise LimitsFaultError(f"{path} är ingen TOML-fil ({error})") from error
    for key, limit in limits.items():
        if key not in _KEYS:
            raise LimitsFaultError(f"okänd gräns i {path}: {key}; välj av {', '.join(_KEYS)}")
        if isinstance(limit, bool) or not isinstance(limit, int | float):
            raise LimitsFaultError(f"gränsen {key} i {path} är inget tal")
    return limits


def unmet(
    summary: Mapping[str, Any], path: Path | None, reading: Mapping[str, Any] = MappingProxyType({})
) -> list[str]:
    """The thresholds of a file that a run's figures do not reach, in Swedish; none without a file.

    Keys: `wrong`, `misquoted` and `answered_unanswerable` are the most that there may be,
    `right_share` the least, `p95_ms` the most; of the `reading` of documents with a known truth
    `numeric_cell_share` and `audit_recall` are the least, `false_alarms` the most, and none counts
    where that was not measured. Raises `OSError` or `LimitsFaultError`.
    """
    if path is None:
        return []
    limits = limits_of(path)
    verdicts = summary["verdicts"]
    values = {
        "wrong": (verdicts["wrong"], "fel tal"),
        "misquoted": (verdicts["misquoted"], "fel citat"),
        "answered_unanswerable": (summary["unanswerable"]["answered"], "svar som inte finns"),
        "p95_ms": (summary["milliseconds"]["p95"] or 0, "svarstid p95, ms"),
    }
    shares = {"right_share": verdicts["right"] / max(verdicts["questions"], 1)}
    if reading:
        cells, audit = reading["tables"], reading["audit"]
        values["false_alarms"] = len(audit["false_alarms"]), "falska larm"
        shares["numeric_cell_share"] = cells["numeric_right"] / max(cells["numeric"], 1)
        shares["audit_recall"] = audit["found"] / max(audit["planted"], 1)
    missed: list[str] = []
    for key, limit in limits.items():
        if key in shares and shares[key] < limit:
            missed.append(f"{_LEAST[key]} {_said(shares[key])}, ska vara minst {_said(limit)}")
        if key in values and values[key][0] > limit:
            value, name = values[key]
            missed.append(f"{name} {_said(value)}, får vara högst {_said(limit)}")
    return missed


def _said(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".").replace(".", ",")

"""What the heads of a table's columns say together, and no head by itself."""

from __future__ import annotations

from collections.abc import Mapping

_STEPS = {"S": "sannolikhet", "K": "konsekvens"}


def steps_of(heads: Mapping[int, tuple[str, ...]], named: set[str]) -> dict[int, str]:
    """The likelihood and severity that "S" and "K" stand for beside a risk's value, by column;
    none in other tables. `named` are the measures that heads name."""
    if "riskvärde" not in named:
        return {}
    last = {column: head[-1].strip().upper() for column, head in heads.items() if head}
    found = {column: _STEPS[said] for column, said in last.items() if said in _STEPS}
    return found if sorted(found.values()) == sorted(_STEPS.values()) else {}

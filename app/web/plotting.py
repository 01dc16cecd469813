"""Plotly's script for the browser, out of the package's own folder; none is fetched elsewhere."""

from __future__ import annotations

from importlib.metadata import version
from importlib.resources import files
from pathlib import Path


def plotly_name() -> str:
    """What the script is called: its version, so that browsers may keep it."""
    return f"plotly-{version('plotly')}.min.js"


def plotly_script() -> Path:
    """Where the script is."""
    return Path(str(files("plotly") / "package_data" / "plotly.min.js"))

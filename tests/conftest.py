"""Two sample documents, an index of them, and ways to read more into an index."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from overview_library import library_of, open_library

from corpus.generate import SAMPLES
from ingest.document import parse
from ingest.types import ParsedDocument
from rag.index import writing
from rag.ingesting import SilentWatcher, find_files, ingest
from rag.overviews.library import Library
from rag.report import Report

ASKED_ABOUT = ("norrvik-von-budget-2026", "norrvik-von-delarsrapport-2025")
"""The samples that most tests ask about; the corpus holds more."""
SCANNED = "norrvik-bun-verksamhetsplan-2025"
FILES = tuple(SAMPLES / f"{name}.pdf" for name in ASKED_ABOUT)

# One commit, one verdict; HYPOTHESIS_PROFILE=search looks for new faults.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


def _read_into(index: Path, *paths: Path) -> list[Report]:
    with writing(index) as writer:
        embedder = writer.choose_embedder(None)
        reports = ingest(writer, find_files(paths), SilentWatcher())
        writer.catch_up(embedder, None)
    return reports


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language model, whatever the developer's own environment sets."""
    monkeypatch.delenv("NAMNDKOLL_LLM", raising=False)


@pytest.fixture(scope="session")
def read_into() -> Callable[..., list[Report]]:
    """`read_into(index, *paths)` reads files and folders into an index, caches and all."""
    return _read_into


@pytest.fixture(scope="session")
def sample_files() -> tuple[Path, ...]:
    """The files of the two samples that are asked about."""
    return FILES


@pytest.fixture(scope="session")
def samples() -> tuple[ParsedDocument, ...]:
    """The two samples that are asked about, parsed."""
    return tuple(parse(path) for path in FILES)


@pytest.fixture(scope="session")
def samples_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the two samples that are asked about; no test may change it."""
    index = tmp_path_factory.mktemp("samples") / "index"
    reports = _read_into(index, *FILES)
    assert [report.status for report in reports] == ["added", "added"]
    return index


@pytest.fixture(scope="session")
def every_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of all samples, without caches; no test may change it."""
    folder = tmp_path_factory.mktemp("every") / "index"
    library_of(folder, *sorted(SAMPLES.glob("*.pdf"))).store.close()
    return folder


@pytest.fixture(scope="module")
def library(every_sample: Path) -> Iterator[Library]:
    """What overviews are made from, over all samples."""
    opened = open_library(every_sample)
    yield opened
    opened.store.close()


@pytest.fixture(scope="session")
def whole_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of all samples but the one with a scanned page; no test may change it."""
    index = tmp_path_factory.mktemp("whole") / "index"
    files = [path for path in sorted(SAMPLES.glob("*.pdf")) if path.stem != SCANNED]
    _read_into(index, *files)
    return index


@pytest.fixture
def copy_of_index(samples_index: Path, tmp_path: Path) -> Path:
    """A copy of `samples_index` that the test may change."""
    return Path(shutil.copytree(samples_index, tmp_path / "index"))

"""What a run was made of: program, packages, machine, settings, documents, questions.

Two runs may be compared where documents and questions have the same fingerprints.
"""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rag.index import IndexReader
from rag.store import StoredDocument

_PACKAGES = (
    *("chromadb", "langchain-core", "namndkoll", "pypdf", "pypdfium2", "rapidfuzz"),
    *("sentence-transformers", "tantivy"),
)
_ROOT = Path(__file__).resolve().parent.parent


def provenance(index: IndexReader, questions: Sequence[Path]) -> dict[str, Any]:
    """Everything that a run's figures may depend on, as JSON."""
    return {
        "commit": _git("rev-parse", "HEAD"),
        "dirty": bool(_git("status", "--porcelain", "--untracked-files=no")),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "packages": dict(_versions(_PACKAGES)),
        "settings": {"embedder": index.embedder.name if index.embedder else "ingen"},
        "documents": [
            {"id": document.id, "sha256": document.sha256} for document in index.documents
        ],
        "corpus": fingerprint_of_corpus(index.documents),
        "questions": [
            {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for path in questions
        ],
    }


def fingerprint_of_corpus(documents: Iterable[StoredDocument]) -> str:
    """One hash of all documents' names and bytes, in whatever order they were read."""
    lines = sorted(f"{document.id} {document.sha256}" for document in documents)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _versions(packages: Iterable[str]) -> Iterable[tuple[str, str]]:
    for package in packages:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "saknas"


def _git(*arguments: str) -> str:
    """What git says of the program's own folder; "" where it is no working copy."""
    try:
        done = subprocess.run(
            ["git", "-C", str(_ROOT), *arguments],
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""

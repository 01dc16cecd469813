"""A library of parsed files, without the caches that overviews do not need."""

from pathlib import Path

from ingest.document import parse
from rag.overviews.library import Library
from rag.shelf import Shelf
from rag.store import Store


def library_of(folder: Path, *paths: Path) -> Library:
    """The documents at `paths`, in a store of their own in `folder`."""
    folder.mkdir(exist_ok=True)
    store = Store(folder, write=True)
    for path in paths:
        document = parse(path)
        store.put(document, document.sha256, 0.0)
    return Library(store, Shelf(store))

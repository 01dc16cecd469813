"""An index: a folder with the store, its caches and a copy of every file that is cited.

store.sqlite   the truth            lexical/, vectors/   caches of it
files/         the documents, named by the hash of their bytes      write.lock
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.errors import reason
from ingest.types import ParsedDocument
from rag.caches import (
    Progress,
    is_whole,
    lexical_folder,
    lexical_in_memory,
    update_lexical,
    update_vectors,
    vector_folder,
)
from rag.embedders import DEFAULT, Embedder, canonical, kept_as, load_embedder
from rag.errors import BusyIndexError, DiskError, EmbedderError, IndexFaultError
from rag.lexical import LexicalIndex
from rag.model_names import parted, same_model, shown
from rag.soft_match import SoftMatcher
from rag.static_model import StaticModel
from rag.store import Store, StoredDocument
from rag.vectors import Mark, VectorIndex, read_mark

_SMALL = 5_000  # chunks that are indexed in memory in about a second
_ALMOST_FULL = 2_000_000  # bytes left on the disk
EMBEDDER_SETTING = "embedder"


def kept_file(folder: Path, sha256: str, suffix: str) -> Path:
    """Where the index in `folder` keeps the bytes with this hash; `suffix` as in ".pdf"."""
    return folder / "files" / f"{sha256}{suffix}"


def file_of(folder: Path, document: StoredDocument) -> Path:
    """The index's own copy of a document's file, as it was when it was read."""
    return kept_file(folder, document.sha256, document.suffix)


@contextmanager
def writing(folder: Path) -> Iterator[IndexWriter]:
    """The one writer of the index in `folder`, which is made where there is none.

    Raises `BusyIndexError` where another process writes, `DiskError` where it may not be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "write.lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise BusyIndexError(
            f"en annan process skriver just nu i {folder}; vänta tills den är klar och kör igen"
        ) from error
    except OSError as error:
        raise DiskError(
            f"indexet {folder} får inte skrivas ({reason(error)}); välj en annan mapp med "
            "--index MAPP"
        ) from error
    try:
        writer = IndexWriter(folder)
        try:
            yield writer
        finally:
            writer.store.close()
    finally:
        lock.release()


class IndexWriter:
    """Puts documents in and takes them out; got from `writing`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder, write=True)

    def put(self, document: ParsedDocument, data: bytes, fingerprint: str, seconds: float) -> None:
        """Write a document, and keep the bytes of its file that it was read from."""
        target = kept_file(self.folder, document.sha256, Path(document.path).suffix.lower())
        place = target.parent
        try:
            place.mkdir(exist_ok=True)
            if not target.exists():
                draft = target.with_suffix(".new")
                draft.write_bytes(data)
                draft.replace(target)
        except OSError as error:
            raise DiskError(
                f"{document.path} går inte att spara i {place}: {reason(error)}"
            ) from error
        self.store.put(document, fingerprint, seconds)

    def choose_embedder(self, name: str | None, *, rebuild: bool = True) -> Embedder:
        """The embedder for this index: `name`, else the one it has, else the default.

        Kept as the index's own by `catch_up`. Raises `EmbedderError` where it cannot be loaded, and
        without `rebuild` where the index holds vectors of another model or another revision.
        """
        own = self.store.get(EMBEDDER_SETTING)
        wanted = canonical(name or own or DEFAULT)
        mark = read_mark(vector_folder(self.folder))
        keeps = not rebuild and mark is not None and bool(mark.count)
        if keeps and own and not same_model(wanted, own):
            raise EmbedderError(_mixed(own, wanted))
        # the revision that the index has, where none is asked for
        embedder = load_embedder(own if own and same_model(wanted, own) else wanted)
        if keeps and mark and mark.model != embedder.name:
            raise EmbedderError(_mixed(mark.model, wanted))
        return embedder

    def catch_up(
        self, embedder: Embedder, name: str | None, progress: Progress = lambda done, total: None
    ) -> None:
        """Bring both caches up to date and drop files that no document needs any more."""
        # kept first: should the vectors not be finished, it is known whose they were to be
        before = self.store.get(EMBEDDER_SETTING)
        if name or before is None:
            self.store.set(EMBEDDER_SETTING, kept_as(name, embedder) if name else DEFAULT)
        try:
            update_lexical(self.store, self.folder)
            update_vectors(self.store, self.folder, embedder, progress)
        except EmbedderError:
            self.store.set(EMBEDDER_SETTING, before or DEFAULT)
            raise
        except KeyboardInterrupt:
            if before is not None:  # its vectors are all still there
                self.store.set(EMBEDDER_SETTING, before)
            raise
        except (OSError, ValueError) as error:
            raise DiskError(
                f"sökindexen i {self.folder} kunde inte skrivas ({self._why(error)}); dokumenten "
                "är inlästa. Åtgärda felet och kör: namndkoll ingest"
            ) from error
        self._sweep()

    def _why(self, error: OSError | ValueError) -> str:
        """What went wrong, in Swedish; the engines say it in English, and the disk says it best."""
        if shutil.disk_usage(self.folder).free < _ALMOST_FULL:
            return "disken är full"
        return reason(error) if isinstance(error, OSError) else "sökmotorn svarar inte som den ska"

    def _sweep(self) -> None:
        needed = {file_of(self.folder, document).name for document in self.store.documents()}
        for path in (self.folder / "files").glob("*"):
            if path.name not in needed:
                path.unlink(missing_ok=True)


class IndexReader:
    """The index in `folder`, for asking. It sees what other processes write at each `refresh`.

    `notices` tells, in Swedish, what does not work as it should.
    """

    def __init__(self, folder: Path, embedder: str | None = None) -> None:
        self.folder = folder
        self.store = Store(folder)
        wanted = embedder or os.environ.get("NAMNDKOLL_EMBEDDER")
        self._wanted = canonical(wanted) if wanted else None
        self._lock = threading.RLock()
        self._seen: tuple[int, Mark | None, str] = (-1, None, "")
        self._lexical: LexicalIndex | None = None
        self._vectors: VectorIndex | None = None
        self._embedder: Embedder | None = None
        self._embedder_of = ""
        self._matcher: SoftMatcher | None = None
        self._unmatched = ""
        self._documents: list[StoredDocument] = []
        self.notices: tuple[str, ...] = ()

    def close(self) -> None:
        """Close all files."""
        self.store.close()
        if self._vectors is not None:
            self._vectors.close()

    @property
    def documents(self) -> list[StoredDocument]:
        """All documents, by id, as of the last refresh."""
        return self._documents

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index as of the last refresh."""
        assert self._lexical is not None, "refresh first"
        return self._lexical

    @property
    def vectors(self) -> VectorIndex | None:
        """The vector index as of the last refresh; None where it cannot be used."""
        return self._vectors

    @property
    def embedder(self) -> Embedder | None:
        """The model that made the vectors; None where there are none to compare with."""
        return self._embedder if self._vectors is not None else None

    @property
    def matcher(self) -> SoftMatcher | None:
        """Compares words by the shipped vectors, whatever model the index has; None: unusable."""
        with self._lock:
            if self._matcher is None and not self._unmatched:
                try:
                    own = self._embedder
                    self._matcher = SoftMatcher(
                        own if isinstance(own, StaticModel) else StaticModel()
                    )
                except EmbedderError as error:
                    self._unmatched = f"{error}. Sökningen går på ord"
                    self.notices = (*self.notices, self._unmatched)
            return self._matcher

    def refresh(self) -> None:
        """See what has been written since; catch the caches up where nobody else does."""
        with self._lock:
            change = self.store.last_change()
            mark = read_mark(vector_folder(self.folder))
            own = self.store.get(EMBEDDER_SETTING) or DEFAULT
            if (change, mark, own) == self._seen and self._lexical is not None:
                return
            self._documents = self.store.documents()
            notices: list[str] = []
            self._lexical = self._open_lexical(change)
            self._open_vectors(change, mark, own, notices)
            self.notices = (*notices, *filter(None, [self._unmatched]))
            self._seen = change, mark, own

    def drop_lexical(self) -> None:
        """Go on with an index in memory: the one on disk turned out to be damaged."""
        with self._lock:
            self._lexical = lexical_in_memory(self.store)
            self.notices = (*self.notices, _repair_lexical(self.folder))

    def drop_vectors(self) -> None:
        """Go on without vectors: they turned out to be damaged."""
        with self._lock:
            self._vectors = None
            self.notices = (*self.notices, _repair(self.folder))

    def _open_lexical(self, change: int) -> LexicalIndex:
        try:
            index = LexicalIndex(lexical_folder(self.folder))
            mark = index.watermark()
            # while another process writes into a large index, new documents wait for it
            large = sum(document.chunks for document in self._documents) > _SMALL
            lags = large and 0 < mark < change and self._is_written()
            if lags or (mark == change and is_whole(self.store, index)):
                return index
        except (ValueError, OSError):
            pass
        try:
            with FileLock(self.folder / "write.lock", timeout=0):
                return update_lexical(self.store, self.folder)
        except (Timeout, OSError, ValueError):
            return lexical_in_memory(self.store)

    def _open_vectors(self, change: int, mark: Mark | None, own: str, notices: list[str]) -> None:
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None
        if self._wanted and not same_model(canonical(self._wanted), own):
            notices.append(
                f"indexets vektorer är gjorda med {shown(own)}, men {self._wanted} är inställd; "
                f"sökningen går på ord. Gör om dem med: namndkoll ingest --model {self._wanted}"
            )
            return
        if mark is None or mark.change > change:
            notices.append(_repair(self.folder))
            return
        if mark.change < change and not self._is_written():
            notices.append(_repair(self.folder))
        try:
            if self._embedder is None or self._embedder_of != own:
                self._embedder, self._embedder_of = load_embedder(own), own
            if mark.model != self._embedder.name:
                if not self._is_written():
                    notices.append(
                        _changed(mark.model, self._embedder.name) or _repair(self.folder)
                    )
                return
            self._vectors = VectorIndex(vector_folder(self.folder), mark)
        except IndexFaultError as error:
            notices.append(f"{error}. Sökningen går på ord")
        except (ValueError, OSError):
            notices.append(_repair(self.folder))

    def _is_written(self) -> bool:
        """Whether another process is writing right now: what lags will then catch up by itself."""
        try:
            with FileLock(self.folder / "write.lock", timeout=0):
                return False
        except Timeout:
            return True
        except OSError:
            return False


def _mixed(own: str, wanted: str) -> str:
    return (
        f"indexets vektorer är gjorda med {shown(own)} och kan inte blandas med vektorer från "
        f"{shown(wanted)}; inget har lästs in. Gör om alla med: namndkoll ingest --model {wanted}"
    )


def _changed(before: str, now: str) -> str:
    """That a model is another revision than made the vectors; "" where it is another model."""
    if parted(before)[0] != parted(now)[0]:
        return ""
    return (
        f"modellen är nu {shown(now)}, men indexets vektorer är gjorda med {shown(before)}; "
        "sökningen går på ord. Gör om dem med: namndkoll ingest"
    )


def _repair(folder: Path) -> str:
    if not os.access(folder, os.W_OK):
        return (
            f"indexet {folder} är skrivskyddat här, så vektorerna kan inte användas; sökningen "
            "går på ord"
        )
    return (
        f"vektorerna i {folder} saknas, är skadade eller inte uppdaterade; sökningen går på ord. "
        "Gör om dem med: namndkoll ingest"
    )


def _repair_lexical(folder: Path) -> str:
    return (
        f"ordindexet i {folder} är skadat; svaren är desamma men långsammare. Gör om det med: "
        "namndkoll ingest"
    )

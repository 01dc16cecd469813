"""What can go wrong with an index; every message is Swedish and says what to do next.

IndexFaultError
├── NoIndexError       nothing has been read in there yet
├── NewerIndexError    made by a newer version of this program
├── OlderIndexError    made before figures were read
├── BrokenIndexError   the store itself is damaged
├── BusyIndexError     another process is writing
├── DiskError          full, read-only, or not allowed
└── EmbedderError      a model that was named cannot be used, or is not the index's own
"""

from __future__ import annotations


class IndexFaultError(Exception):
    """Something about the index that the user has to know. `str()` of it is for the user."""


class NoIndexError(IndexFaultError):
    """There is no index in the folder."""


class NewerIndexError(IndexFaultError):
    """The index was made by a newer version of the program."""


class OlderIndexError(IndexFaultError):
    """The index was made by an older version of the program, and lacks what was asked for."""


class BrokenIndexError(IndexFaultError):
    """The store is damaged."""


class BusyIndexError(IndexFaultError):
    """Another process is writing to the index."""


class DiskError(IndexFaultError):
    """The disk is full, or the folder may not be written to."""


class EmbedderError(IndexFaultError):
    """A model cannot be loaded, or an embedding model did not make the index's vectors."""

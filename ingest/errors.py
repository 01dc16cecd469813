"""What can go wrong with a file; every message is Swedish and says what to do next.

UnreadableFileError
├── EncryptedFileError     a password is needed
└── UnsupportedFileError   not a kind of file that is read here
"""

from __future__ import annotations


class UnreadableFileError(Exception):
    """A file that cannot be read at all. `str()` of it is a sentence for the user."""


class EncryptedFileError(UnreadableFileError):
    """A file that opens only with a password."""


class UnsupportedFileError(UnreadableFileError):
    """A file of a kind that is not read."""

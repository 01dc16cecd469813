"""What can go wrong with a file; every message is Swedish and says what to do next.

UnreadableFileError
├── EncryptedFileError     a password is needed
└── UnsupportedFileError   not a kind of file that is read here
"""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "åtkomst nekas",
    errno.EPERM: "åtkomst nekas",
    errno.EISDIR: "det är en mapp",
    errno.ENOTDIR: "en del av sökvägen är en fil",
    errno.ENOENT: "den finns inte",
    errno.ENOSPC: "disken är full",
    errno.EDQUOT: "utrymmet är slut",
    errno.EROFS: "disken är skrivskyddad",
    errno.EIO: "disken svarar med fel",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.EMFILE: "för många filer är öppna",
    errno.EADDRINUSE: "den används redan",
    errno.EADDRNOTAVAIL: "datorn har inte den adressen",
}


def reason(error: OSError) -> str:
    """What the system says, in Swedish where it is one of the usual things."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


class UnreadableFileError(Exception):
    """A file that cannot be read at all. `str()` of it is a sentence for the user."""


class EncryptedFileError(UnreadableFileError):
    """A file that opens only with a password."""


class UnsupportedFileError(UnreadableFileError):
    """A file of a kind that is not read."""

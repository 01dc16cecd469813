"""An Office file as a library writes it → the same bytes for the same content.

A .docx or .xlsx is a ZIP of XML. The libraries put the clock into it, and their own name.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP can tell
_MADE = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.S)
_CORE = "docProps/core.xml"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Mend = Callable[[bytes], bytes]


def steady(data: bytes, mends: Mapping[str, Mend] | None = None) -> bytes:
    """The file without any time in it; `mends` change the parts of these names."""
    steps: dict[str, Mend] = {_CORE: lambda part: _MADE.sub(b"", part), **(mends or {})}
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, steps[name](part) if name in steps else part)
    return made.getvalue()


def printable(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return _NOT_XML.sub("", text)

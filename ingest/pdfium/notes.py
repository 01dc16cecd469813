"""A page's annotations that are kept from its reader → their text, to tell of it."""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

_KEPT_BACK = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_MAX_NOTES = 1_000
_KEYS = (b"Contents", b"V")  # a comment's text, a form field's value


def hidden_notes(page: Any) -> str:
    """The text of comments and form fields that are marked as not to be shown, by spaces parted.

    No annotation's text is read as the page's, shown or not.
    """
    texts: list[str] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _MAX_NOTES)):
        note = raw.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        if raw.FPDFAnnot_GetFlags(note) & _KEPT_BACK:
            texts.extend(_string(note, key) for key in _KEYS)
        raw.FPDFPage_CloseAnnot(note)
    return " ".join(text for text in texts if text)


def _string(note: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    if length <= 2:  # bytes, the zero at the end included
        return ""
    buffer = ctypes.create_string_buffer(length)
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFAnnot_GetStringValue(note, key, units, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").strip()

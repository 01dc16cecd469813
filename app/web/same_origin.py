"""Whether what comes to a route was sent by our own page."""

from __future__ import annotations

import fastapi

_SIGN = "x-namndkoll"
"""A header that only our own page can send: a page of another site would have to ask first."""


def is_own(request: fastapi.Request) -> bool:
    """Whether our own page sent it. Browsers say where from, where they say anything."""
    told = request.headers.get("sec-fetch-site", "same-origin")
    return _SIGN in request.headers and told == "same-origin"

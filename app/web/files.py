"""Files that the page needs: its own looks and scripts, pictures of pages, and the documents.

Read-only, and only what the index holds: by a document's id, or the hash of its bytes.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote

import fastapi
from fastapi.responses import FileResponse, Response

from app.web import downloads, uploads
from app.web.plotting import plotly_name, plotly_script
from app.web.view import Site, View
from app.words import ENGLISH, catalogue, key, language, say, spoken
from ingest.errors import UnreadableFileError
from ingest.page_images import page_picture
from rag.index import file_of, kept_file
from rag.store import StoredDocument

_STATIC = Path(__file__).with_name("static")
_KINDS = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
_SHARED = ("base.css", "viewer.css", "overview.css")
_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
}
_OF_A_FILE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A document is shown by the browser's own reader; whatever it holds fetches and runs nothing."""
_DAY = 86_400
_PICTURES = 64  # pages kept drawn, some 300 kB each: both places of a finding, a talk's sources


def head_html(views: Sequence[View], page: str) -> str:
    """What stands in the page's head: its looks and scripts, those of each view by its name, and
    the markup of `page`, from where it is put in its place, with the words that scripts say."""
    styles = [*_SHARED, *(f"{v.slug}.css" for v in views if _held(f"{v.slug}.css"))]
    scripts = ["page.js", *(f"{v.slug}.js" for v in views if _held(f"{v.slug}.js"))]
    links = [f'<link rel="stylesheet" href="resurser/{name}">' for name in styles]
    links += [f'<script type="module" src="resurser/{name}"></script>' for name in scripts]
    return (
        '<meta name="color-scheme" content="light dark">'
        '<script src="resurser/theme.js"></script>'
        f'{"".join(links)}{_words()}<template id="sida">{page}</template>'
    )


def _words() -> str:
    """English words for the scripts, where that is spoken; Swedish ones are in the scripts."""
    if language() != ENGLISH:
        return ""
    words = json.dumps(dict(catalogue()), ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="ord">{words}</script>'


def _held(name: str) -> bool:
    return (_STATIC / name).is_file()


def add_routes(app: fastapi.FastAPI, site: Site) -> None:
    """Put the routes for files on an application."""
    held = {path.name: path for path in _STATIC.iterdir() if path.suffix in _KINDS}
    uploads.add_routes(app, site)
    downloads.add_routes(app, site)

    @lru_cache(maxsize=_PICTURES)
    def picture(path: Path, number: int) -> bytes:
        return page_picture(path, number)

    @app.get("/resurser/{name}")
    def _resource(request: fastapi.Request, name: str, lang: str = "") -> Response:
        if name == plotly_name():
            return _plotly(packed=_takes_gzip(request.headers.get("accept-encoding", "")))
        path = held.get(name)
        if path is None:
            return _nothing(key("Filen finns inte."), lang)
        return FileResponse(
            path, media_type=_KINDS[path.suffix], headers={"Cache-Control": "no-cache"}
        )

    @app.get("/sidor/{sha256}/{number}.jpg")
    def _page(sha256: str, number: int, lang: str = "") -> Response:
        document = _find(site, sha256=sha256)
        if document is None or document.suffix != ".pdf":
            return _nothing(key("Sidan finns inte i indexet."), lang)
        try:
            data = picture(kept_file(site.folder, document.sha256, ".pdf"), number)
        except (UnreadableFileError, OSError, IndexError):
            return _nothing(key("Sidan går inte att rita."), lang)
        kept = {"Cache-Control": f"private, max-age={_DAY}, immutable"}
        return Response(data, media_type="image/jpeg", headers=kept)

    @app.get("/filer/{name}")
    def _file(name: str, lang: str = "") -> Response:
        document = _find(site, name=name)
        if document is None:
            return _nothing(key("Dokumentet finns inte i indexet."), lang)
        path = file_of(site.folder, document)
        if not path.is_file():
            return _nothing(key("Filen saknas i indexet. Läs in dokumentet igen."), lang)
        how = "inline" if document.suffix == ".pdf" else "attachment"
        headers = {
            "Content-Security-Policy": _OF_A_FILE,
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name + document.suffix)}",
            "Cache-Control": "private, no-cache",
        }
        kind = _TYPES.get(document.suffix, "application/octet-stream")
        return FileResponse(path, media_type=kind, headers=headers)


def _plotly(*, packed: bool) -> Response:
    """Plotly's script; its name tells its version, so browsers keep it."""
    headers = {
        "Cache-Control": f"public, max-age={365 * _DAY}, immutable",
        "Vary": "Accept-Encoding",
    }
    if not packed:
        return FileResponse(plotly_script(), media_type=_KINDS[".js"], headers=headers)
    headers["Content-Encoding"] = "gzip"
    return Response(_packed(plotly_script()), media_type=_KINDS[".js"], headers=headers)


@cache
def _packed(path: Path) -> bytes:
    """A file that never changes, as gzip; packed once, which takes a fifth of a second."""
    return gzip.compress(path.read_bytes(), mtime=0)


def _takes_gzip(told: str) -> bool:
    """Whether an Accept-Encoding takes gzip: named, and not with the quality nought."""
    for one in told.casefold().split(","):
        name, _, quality = one.partition(";")
        if name.strip() == "gzip":
            return not re.fullmatch(r"q=0(\.0*)?", quality.strip())
    return False


def _find(site: Site, *, name: str = "", sha256: str = "") -> StoredDocument | None:
    """The document of the index with this id, or with these bytes; None where there is none."""
    for document in site.asker.index.store.documents():
        if (name and document.id == name) or (sha256 and document.sha256 == sha256):
            return document
    return None


def _nothing(why: str, lang: str) -> Response:
    with spoken(lang):
        return Response(say(why), 404, media_type="text/plain; charset=utf-8")

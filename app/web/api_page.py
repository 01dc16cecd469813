"""The OpenAPI document of /api → a page in Swedish that people read. No script, nothing fetched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.web.inline import text_html

_LOOKS = """
body { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
body > * { overflow-wrap: anywhere; }
h2 { margin-top: 2.5rem; }
pre { background: var(--tint); padding: 0.8rem 1rem; white-space: pre-wrap; border-radius: 0.4rem; }
code { font-size: 0.9em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0;
  border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--quiet); }
a { color: var(--accent); }
@media (prefers-color-scheme: dark) { :root { --paper: #12191c; --tint: #202b30; --line: #344147;
  --ink: #e8eeef; --quiet: #a9b7bc; --accent: #8bd0d8; color-scheme: dark; } }
"""
_TYPES = {
    "string": "text",
    "integer": "heltal",
    "boolean": "true eller false",
    "array": "lista",
    "object": "objekt",
}


def page_html(document: Mapping[str, Any], address: str) -> str:
    """The page; `address` is where the API is, such as http://localhost:7860/api."""
    info = document["info"]
    parts = [
        _operation_html(document, address, path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return (
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>För program – Nämndkoll</title>"
        f'<link rel="stylesheet" href="/resurser/base.css"><style>{_LOOKS}</style></head><body>'
        f"<main><h1>För program</h1><p>{text_html(info['description'])}</p>"
        f'<p>Beskrivningen för program: <a href="/api/openapi.json">OpenAPI</a>. Verktygen för en '
        f"språkmodell finns på <code>/mcp</code> (Model Context Protocol). "
        f'<a href="/">Till webbsidan</a></p>'
        f"{''.join(parts)}</main></body></html>"
    )


def _operation_html(
    document: Mapping[str, Any], address: str, path: str, method: str, operation: Mapping[str, Any]
) -> str:
    sent = operation.get("requestBody")
    fields = _body_fields(document, sent) if sent else _query_fields(operation)
    rows = "".join(
        f"<tr><th scope=row><code>{text_html(name)}</code></th><td>{text_html(kind)}</td>"
        f"<td>{text_html(about)}{'. Måste finnas.' if needed else ''}</td></tr>"
        for name, kind, about, needed, _ in fields
    )
    answer = operation["responses"]["200"]["description"]
    told = {name: example for name, _, _, needed, example in fields if needed}
    return (
        f"<h2>{text_html(operation['summary'])}</h2>"
        f"<p><code>{method.upper()} /api{text_html(path)}</code></p>"
        "<table><thead><tr><th scope=col>Fält</th><th scope=col>Slag</th>"
        f"<th scope=col>Betyder</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<p>Ger: {text_html(answer)}.</p>"
        f"<pre><code>{text_html(_example(address + path, told, posted=bool(sent)))}</code></pre>"
    )


def _example(address: str, told: Mapping[str, str], *, posted: bool) -> str:
    if posted:
        body = json.dumps(told, ensure_ascii=False)
        return f"curl {address} -H 'Content-Type: application/json' \\\n  -d '{body}'"
    data = "".join(f" \\\n  --data-urlencode '{name}={value}'" for name, value in told.items())
    return f"curl -G {address}{data}" if data else f"curl {address}"


_Field = tuple[str, str, str, bool, str]


def _query_fields(operation: Mapping[str, Any]) -> list[_Field]:
    return [
        _field(one["name"], one["schema"] | one, needed=one.get("required", False))
        for one in operation.get("parameters", ())
    ]


def _body_fields(document: Mapping[str, Any], sent: Mapping[str, Any]) -> list[_Field]:
    name = sent["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    schema = document["components"]["schemas"][name]
    fields = [
        _field(one, told, needed=one in schema.get("required", ()))
        for one, told in schema["properties"].items()
    ]
    return sorted(fields, key=lambda field: not field[3])


def _field(name: str, told: Mapping[str, Any], *, needed: bool) -> _Field:
    kinds = [told, *told.get("anyOf", ())]
    kind = next((one["type"] for one in kinds if one.get("type", "null") != "null"), "object")
    example = str(next(iter(told.get("examples", ())), "Ett stycke ur ett dokument."))
    return name, _TYPES.get(kind, kind), told.get("description", ""), needed, example

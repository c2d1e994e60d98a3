"""The page of the HTTP API, from the OpenAPI document that the service answers with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cladist.api.app import _routes
from cladist.api.documented import EVERYWHERE
from cladist.api.problems import MEDIA_TYPE
from docs_pages.changes import KINDS, values
from docs_pages.markdown import code, codes, example, page, table

Json = dict[str, Any]

_REF = "#/components/schemas/"

_HEAD = """# HTTP API

The service describes itself at `/api/v1/openapi.json`; `/docs` shows the same to read and to try,
with files of its own. This page is made from that document.

**Conditions.** A write to a draft carries in `If-Match` the `ETag` that was read with the draft.
Without it the answer is 428; when the draft has moved on, 412 with the present tag.

**Repeating.** Where `Idempotency-Key` is taken, the same request with the same key gets the first
answer again and changes nothing.

**Caching.** Answers under a full version number never change: `Cache-Control` says `immutable`.
Under `latest`, `2` or `2.1` they may be kept for some seconds and name in `Content-Location` the
version that answered. Drafts are asked about each time. Every answer about a state has a strong
`ETag`, and `If-None-Match` gets 304.

**Compression.** brotli or gzip, by `Accept-Encoding`.

**Errors** are [problems](errors.md).
"""


def document() -> Json:
    """The OpenAPI document."""
    found: Json = _routes().openapi()
    return found


def written() -> str:
    """The page in Markdown."""
    found = document()
    parts = [_HEAD + f"\nAny route may answer with {_links(EVERYWHERE)}.\n"]
    for tag in found["tags"]:
        parts += [f"## {tag['name'].capitalize()}", tag["description"]]
        for path, method, operation in operations(found):
            if tag["name"] in operation["tags"]:
                parts.append(_operation(path, method, operation))
    parts += ["## Bodies and answers", _SCHEMAS]
    return page(*parts, *_schemas(found["components"]["schemas"]))


_SCHEMAS = """The JSON objects of requests and answers. Those of single changes stand under
[Changes](changes.md)."""


def operations(found: Json) -> Iterator[tuple[str, str, Json]]:
    """Path, method and description of every operation."""
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def _operation(path: str, method: str, operation: Json) -> str:
    heading = f"### {method} {path}"
    told = [f"**{operation['summary']}.** {operation.get('description', '')}"]
    parameters = table(
        ("parameter", "in", "value", "meaning"),
        [_parameter(each) for each in operation.get("parameters", ())],
    )
    return page(heading, *told, parameters, _body(operation), _answers(operation)).rstrip()


def _parameter(found: Json) -> tuple[str, str, str, str]:
    schema = found.get("schema", {})
    default = schema.get("default")
    left = "" if default in (None, "") else f" Default: `{_word(default)}`."
    name = code(found["name"]) + (", required" if found.get("required") else "")
    return name, found["in"], value_of(schema), found.get("description", "") + left


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _body(operation: Json) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    if not content:
        return ""
    shapes = {value_of(each.get("schema", {})) for each in content.values()} - {"text"}
    said = f"*Body:* {codes(content)}{': ' if shapes else ''}{' or '.join(sorted(shapes))}."
    examples = content.get("application/json", {}).get("examples", {})
    values = [each["value"] for each in examples.values() if not isinstance(each["value"], str)]
    return page(said, *(example(each) for each in values[:1])).rstrip()


def _answers(operation: Json) -> str:
    rows = []
    for status, answer in sorted(operation["responses"].items()):
        content = dict(answer.get("content", {}))
        kinds = content.pop(MEDIA_TYPE, {}).get("examples", {})
        if kinds:
            own = [each for each in kinds if each not in EVERYWHERE]
            rows += [(status, _links(own))] if own else []
        else:
            shapes = sorted({value_of(each.get("schema", {})) for each in content.values()} - {""})
            rows.append((status, f"{codes(content)} {' or '.join(shapes)}".strip()))
    return table(("status", "answer"), rows)


def _links(kinds: Any) -> str:
    return ", ".join(f"[`{each}`](errors.md#{each})" for each in kinds)


def _schemas(known: Json) -> Iterator[str]:
    elsewhere = {each.__name__ for each in (*KINDS, *values())} | {"Change", "ChangeList"}
    for name, schema in sorted(known.items()):
        if name in elsewhere or not (schema.get("properties") or schema.get("enum")):
            continue
        needed = set(schema.get("required", ()))
        rows = [
            (_field(field, field in needed), value_of(each), each.get("description", ""))
            for field, each in schema.get("properties", {}).items()
        ]
        words = codes(schema.get("enum", ()))
        heads = ("field", "value", "meaning")
        text = schema.get("description", "").replace("``", "`")
        yield page(f"### {name}", text, words, table(heads, rows)).rstrip()


def _field(name: str, needed: bool) -> str:
    return code(name) if needed else f"{code(name)}, optional"


def value_of(schema: Json) -> str:
    """What a schema allows, in a few words."""
    if "$ref" in schema:
        return _reference(schema["$ref"].removeprefix(_REF))
    if "const" in schema:
        return code(schema["const"])
    if "enum" in schema:
        return " or ".join(code(each) for each in schema["enum"])
    several = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if several:
        return " or ".join(dict.fromkeys(value_of(each) for each in several))
    if schema.get("type") == "array":
        return f"list of {value_of(schema.get('items', {}))}"
    return _NAMES.get(schema.get("type", ""), "any JSON value")


_ELSEWHERE = {
    "Change": "[change](changes.md#kinds)",
    "ChangeList": "list of [changes](changes.md#kinds)",
    "JsonValue": "any JSON value",
}
_NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "`true` or `false`",
    "object": "object",
    "null": "`null`",
}


def _reference(name: str) -> str:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    if name in {each.__name__ for each in KINDS}:
        return f"[{name}](changes.md#kinds)"
    if name in {each.__name__ for each in values()}:
        return f"[{name}](changes.md#{name.lower()})"
    return f"[{name}](#{name.lower()})"

"""The pieces of the OpenAPI document: bodies, answers and problems, each with an example."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cladist.api import kinds
from cladist.api.kinds import KINDS
from cladist.api.problems import MEDIA_TYPE

Json = dict[str, Any]
Responses = dict[int | str, Json]

_REF = "#/components/schemas/"

EVERYWHERE = ("invalid-request", "method-not-allowed", "internal-error", "store-unavailable")
"""Problems that any route may answer with."""
WRITING = (
    "malformed-header",
    "foreign-origin",
    "too-large",
    "unsupported-media-type",
    "store-full",
)
"""Problems of every write."""
CONDITIONAL = ("malformed-condition", "precondition-required", "stale-draft", "unknown-taxonomy")
"""Problems of every write to a draft."""
BODY = ("malformed-body",)
READING = ("unknown-taxonomy", "unknown-version", "not-acceptable", "not-found")
"""Problems of every read of a version or draft."""
CHANGING = (
    "invalid-change",
    "unknown-reference",
    "cycle-found",
    "code-taken",
    "ambiguous-reference",
    "invalid-value",
)
"""Problems of every change."""
FILE = (
    "unreadable-input",
    "parser-limit",
    "many-schemes",
    "refused-rows",
    "invalid-value",
)
"""Problems of every import."""


class ProblemModel(BaseModel):
    """A problem (RFC 9457). Further members depend on the type; its page names them."""

    model_config = ConfigDict(extra="allow", title="Problem")

    type: str = Field(
        description="What kind of problem it is; a path with a page.",
        examples=["/problems/stale-draft"],
    )
    title: str = Field(examples=["The draft has moved on"])
    status: int = Field(examples=[412])
    detail: str = Field(examples=["The draft is at revision 4 now: read it again, then repeat."])


def refusals(*names: str) -> Responses:
    """The documentation of problems, by status; those of every route come by themselves."""
    found: Responses = {}
    for name in dict.fromkeys((*names, *EVERYWHERE)):
        kind = KINDS[name]
        entry = found.setdefault(kind.status, {"description": "", "content": _problem_content()})
        entry["description"] = ". ".join(filter(None, (entry["description"], kind.title)))
        entry["content"][MEDIA_TYPE]["examples"][name] = {"value": kinds.example(kind)}
    return found


def shown(model: str, description: str) -> Json:
    """The documentation of an answer that is one of our models, named in the schemas."""
    schema = {"$ref": f"{_REF}{model}"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def answers(model: str, *names: str, status: int = 200) -> Responses:
    """The documentation of an answer that is one of our models, and of problems.

    The models are named, not given: FastAPI would build what checks them at every start.
    """
    return {status: shown(model, "As asked."), **refusals(*names)}


def _problem_content() -> Json:
    return {MEDIA_TYPE: {"schema": {"$ref": f"{_REF}ProblemModel"}, "examples": {}}}


def body(*models: str, required: bool = True, **examples: Json) -> Json:
    """The documentation of a JSON body that is one of these models."""
    refs = [{"$ref": _REF + each} for each in models]
    schema: Json = refs[0] if len(refs) == 1 else {"oneOf": refs}
    shown = {name: {"value": value} for name, value in examples.items()}
    content = {"application/json": {"schema": schema, "examples": shown}}
    return {"requestBody": {"required": required, "content": content}}


def file(examples: dict[str, str]) -> Json:
    """The documentation of a body that is a file of one of these media types."""
    content = {
        media_type: {
            "schema": {"type": "string", "contentEncoding": "utf-8"},
            "examples": {"short": {"value": text}},
        }
        for media_type, text in examples.items()
    }
    return {"requestBody": {"required": True, "content": content}}


def complete(document: Json, schemas: Json) -> Json:
    """The document with further schemas, and an example for every JSON answer that has none."""
    known = document.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in schemas.items():
        known.setdefault(name, schema)
    for name in ("HTTPValidationError", "ValidationError"):
        known.pop(name, None)
    for content in _contents(document):
        if "examples" not in content and "example" not in content:
            content["example"] = example_of(content.get("schema", {}), known)
    return document


def _contents(document: Json) -> Iterable[Json]:
    for path in document["paths"].values():
        for operation in path.values():
            for answer in operation.get("responses", {}).values():
                yield from answer.get("content", {}).values()


def example_of(schema: Json, known: Json, depth: int = 0) -> Any:
    """A value that fits the schema, made of the examples and defaults of its fields."""
    if "$ref" in schema:
        schema = known[schema["$ref"].removeprefix(_REF)]
    if schema.get("examples"):
        return schema["examples"][0]
    if "default" in schema or depth > 8:
        return schema.get("default")
    if "properties" in schema:
        fields = schema["properties"].items()
        return {name: example_of(each, known, depth + 1) for name, each in fields}
    if "items" in schema:
        return [example_of(schema["items"], known, depth + 1)]
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], known, depth + 1)
    return None

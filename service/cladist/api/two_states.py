"""Answers about two states of one taxonomy: which they are, and how long an answer may be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query, Request

from cladist.api import documented
from cladist.api.answers import DRAFT, Reading, Shape, offer, opened
from cladist.api.context import Context, Slug
from cladist.api.problems import Problem
from cladist.api.schemas.base import taxonomy_path
from cladist.catalog.forms import Form, Forms, T

_SELECTOR = r"^[a-z0-9.]{1,40}$"

From = Annotated[
    str,
    Query(
        alias="from",
        pattern=_SELECTOR,
        description="The state to come from: `latest`, `2`, `2.1`, `2.1.0` or `draft`.",
        examples=["1.0.0"],
    ),
]
To = Annotated[
    str,
    Query(
        pattern=_SELECTOR,
        description="The state to go to, which may be an older one.",
        examples=["2.0.0"],
    ),
]


@dataclass(frozen=True, slots=True)
class Pair(Reading):
    """Two states as one thing to answer about. It is a draft when one of them is; its selector is
    its version when both states were named by their full numbers."""

    source: str = ""
    """Full number of the state to come from, or ``draft``."""
    target: str = ""

    @property
    def path(self) -> str:
        """The path of the taxonomy, under which two states are compared."""
        return taxonomy_path(self.slug)

    def query(self, **given: Any) -> Mapping[str, Any]:
        """The parameters of an answer, both states by their full numbers."""
        return {"from": self.source, "to": self.target, **given}


def pair(slug: Slug, services: Context, origin: From, to: To = "latest") -> Pair:
    """The two states that a request names."""
    source, target = opened(services, slug, origin), opened(services, slug, to)
    moving = DRAFT in (source.version, target.version)
    return Pair(
        services,
        slug,
        selector=f"{source.selector} {target.selector}",
        version=DRAFT if moving else f"{source.version} {target.version}",
        state=target.state,
        mark=f"{source.mark}-{target.mark}",
        source=source.version,
        target=target.version,
    )


def format_query(forms: Forms[Any]) -> Any:
    """The parameter that names one of these forms."""
    return Query(
        alias="format",
        max_length=32,
        description=f"{_listed(forms)}; else Accept says which.",
        examples=[forms.names[-1]],
        json_schema_extra={"enum": list(forms.names)},
    )


def _listed(forms: Forms[Any]) -> str:
    return ", ".join(f"`{each}`" for each in forms.names)


def contents(forms: Forms[Any], model: str, examples: Mapping[str, str]) -> dict[str, Any]:
    """The documentation of an answer in these forms; JSON is one of our models."""
    found: dict[str, Any] = {each: {"example": examples[each]} for each in forms.media_types[1:]}
    json = documented.shown(model, "As asked.")
    return {**json, "content": {**json["content"], **found}}


def chosen(request: Request, forms: Forms[T], name: str | None) -> Form[T]:
    """The form that the parameter ``format`` names, else the one that Accept likes best."""
    if name is None:
        return forms.typed(offer(request, forms.media_types))
    if name not in forms.names:
        fault = {"where": "query/format", "message": f"must be one of {', '.join(forms.names)}"}
        detail = f"{fault['where']} {fault['message']}."
        raise Problem("invalid-request", detail, members={"errors": [fault]})
    return forms.named(name)


def shape(tail: str, query: Mapping[str, Any], form: Form[Any], name: str | None) -> Shape:
    """The shape of an answer in this form, found by its name or by Accept."""
    given = {**query, "format": name}
    return Shape(tail, given, form.media_type, sniffed=name is None, kept=False)

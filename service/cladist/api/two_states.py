"""Answers about two states: which they are, and how long an answer may be kept."""

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


With = Annotated[
    str | None,
    Query(
        alias="with",
        pattern=r"^[a-z0-9-]{1,64}$",
        description="The taxonomy of the state to go to, where it is another one; a table that was "
        "stored must relate the two.",
        examples=["products"],
    ),
]


@dataclass(frozen=True, slots=True)
class Pair(Reading):
    """Two states as one thing to answer about. It is a draft when one of them is; its selector is
    its version when both states were named by their full numbers."""

    source: str = ""
    """Full number of the state to come from, or ``draft``."""
    target: str = ""
    other: str | None = None
    """Slug of the target's taxonomy where it is not the source's."""

    @property
    def path(self) -> str:
        """The path of the taxonomy, under which two states are compared."""
        return taxonomy_path(self.slug)

    def query(self, **given: Any) -> Mapping[str, Any]:
        """The parameters of an answer, both states by their full numbers."""
        return {"from": self.source, "to": self.target, "with": self.other, **given}


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


def pair_across(
    slug: Slug, services: Context, origin: From, to: To = "latest", other: With = None
) -> Pair:
    """The two states that a request names, which may be of two taxonomies.

    What relates these may be stored anew, so no answer about them is kept for ever.
    """
    if other is None or other == slug:
        return pair(slug, services, origin, to)
    from cladist.catalog.relations import Place

    source, target = opened(services, slug, origin), opened(services, other, to)
    ends = Place(slug, source.version), Place(other, target.version)
    by = services.catalog.relations.counting(*ends)
    names = f"{source.version} {target.version}"
    marks = (source.mark, target.mark, by.source_slug, by.source_number, by.target_number, by.sha)
    return Pair(
        services,
        slug,
        selector=names,
        version=DRAFT if DRAFT in names else f"{names} {by.sha}",
        state=target.state,
        mark="-".join(marks),
        source=source.version,
        target=target.version,
        other=other,
    )


def format_query(forms: Forms[Any]) -> Any:
    """The parameter that names one of these forms."""
    return Query(
        alias="format",
        max_length=32,
        description="The name of a form; without it Accept says which.",
        examples=[forms.names[-1]],
        json_schema_extra={"enum": list(forms.names)},
    )


def contents(forms: Forms[Any], model: str, examples: Mapping[str, str]) -> dict[str, Any]:
    """The documentation of an answer in these forms; JSON is one of our models."""
    found = {each: _content(each, examples[each]) for each in forms.media_types[1:]}
    json = documented.shown(model, "As asked.")
    return {**json, "content": {**json["content"], **found}}


def _content(media_type: str, example: str) -> dict[str, Any]:
    shape = {} if media_type.endswith("json") else {"schema": {"type": "string"}}
    return {**shape, "example": example}


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

"""What a request works with: the use cases, its author, and query parameters that are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args, get_origin

from fastapi import Depends, Header, Path, Query, Request
from fastapi.dependencies.models import Dependant

from cladist.api.frozen import FrozenAnswers
from cladist.api.problems import Problem
from cladist.model.identifiers import check_text

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.deliveries.webhooks import Deliveries
    from cladist.jobs.runner import Jobs
    from cladist.settings import Settings

LONGEST_AUTHOR = 200


@dataclass(frozen=True, slots=True)
class Services:
    """What the application holds while it runs; ``stopping`` is set when it is about to end."""

    catalog: Catalog
    jobs: Jobs
    deliveries: Deliveries
    settings: Settings
    frozen: FrozenAnswers
    stopping: Event


async def _services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


async def _author(
    request: Request,
    cladist_author: Annotated[
        str | None,
        Header(
            description="Who makes the change, in UTF-8; the installation's default without it.",
            examples=["Ada Lovelace"],
        ),
    ] = None,
) -> str:
    if cladist_author is None:
        settings = cast("Services", request.app.state.services).settings
        return settings.author
    try:
        name = cladist_author.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        raise Problem("malformed-header", "Cladist-Author is not UTF-8.") from None
    return check_text(name, "Cladist-Author", LONGEST_AUTHOR)


async def known_query(request: Request) -> None:
    """Refuse query parameters that the route does not know, or that come twice but are no lists."""
    known = _query_names(request.scope["route"])
    errors: list[dict[str, Any]] = []
    seen: set[str] = set()
    for name, _value in request.query_params.multi_items():
        if name not in known:
            errors.append({"where": f"query/{name[:80]}", "message": "is not a known parameter"})
        elif name in seen and not known[name]:
            errors.append({"where": f"query/{name}", "message": "comes more than once"})
        seen.add(name)
    if errors:
        first = errors[0]
        detail = f"{first['where']} {first['message']}."
        raise Problem("invalid-request", detail, members={"errors": errors[:20]})


def _query_names(route: Any) -> Mapping[str, bool]:
    """The names of a route's parameters, and whether each is a list."""
    found = getattr(route, "known_query_names", None)
    if found is None:
        found = route.known_query_names = dict(_flat_names(route.dependant))
    return cast("Mapping[str, bool]", found)


def _flat_names(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    for each in dependant.query_params:
        kind = each.field_info.annotation
        yield each.alias, any(get_origin(part) is list for part in (kind, *get_args(kind)))
    for below in dependant.dependencies:
        yield from _flat_names(below)


Context = Annotated[Services, Depends(_services)]
"""The services, given to an endpoint."""

AuthorName = Annotated[str, Depends(_author)]
"""Who makes a change."""

Slug = Annotated[
    str,
    Path(
        pattern=r"^[a-z0-9-]{1,64}$",
        description="The taxonomy's short name.",
        examples=["pets"],
    ),
]
Selector = Annotated[
    str,
    Path(
        pattern=r"^[a-z0-9.]{1,40}$",
        description="`latest`, `2`, `2.1`, `2.1.0` or `draft`.",
        examples=["latest"],
    ),
]
ClassId = Annotated[
    str,
    Query(
        min_length=1,
        max_length=2048,
        description="The IRI of a class.",
        examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"],
    ),
]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]
Limit = Annotated[int, Query(ge=1, le=1_000, description="How many at most.")]
Language = Annotated[
    str | None,
    Query(
        max_length=64,
        description="A language tag; the taxonomy's default language without it.",
        examples=["en"],
    ),
]
DryRun = Annotated[
    bool, Query(description="Show what would happen; nothing is stored.", examples=[True])
]

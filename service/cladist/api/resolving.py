"""What became of one reference from one state in another, or of a hundred thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from cladist.api import bodies, documented
from cladist.api.answers import Shape, answer, offer
from cladist.api.context import Context, known_query
from cladist.api.documented import answers
from cladist.api.frozen import declared
from cladist.api.negotiation import JSON
from cladist.api.schemas.resolving import EXAMPLE, ReferenceBatch, batch_adapter
from cladist.api.two_states import Pair, pair
from cladist.index.naming import By
from cladist.model.errors import LimitExceeded

if TYPE_CHECKING:
    from cladist.catalog.resolving import Resolver

router = APIRouter(
    prefix="/taxonomies/{slug}/resolve",
    tags=["comparing"],
    dependencies=[Depends(known_query)],
)

MOST = 100_000
"""References of one batch."""
_MOST_BYTES = 512 * 2**20
_CSV = "text/csv"

States = Annotated[Pair, Depends(pair)]
TakenFor = Annotated[
    By | None,
    Query(
        description="What references are; without it an id, a code, a notation or a label, "
        "whichever knows them first.",
        examples=["label"],
    ),
]
_PROBLEMS = (*documented.READING, "successor-cycle")


@router.get(
    "",
    summary="Resolve a reference",
    responses=answers("ReferenceAccount", *_PROBLEMS),
)
def resolve_reference(
    request: Request,
    services: Context,
    states: States,
    *,
    q: Annotated[
        str,
        Query(
            max_length=10_000,
            description="An id, a code such as `17` or `#17` (`%2317`), a notation or a label as "
            "the state to come from has them.",
            examples=["cat"],
        ),
    ],
    by: TakenFor = None,
) -> Response:
    """What became of a class that a client knows from another version: its targets, whether data
    may follow by themselves, and its way through the versions.

    The first that knows the reference decides: ids, codes, notations, preferred, alternative and
    hidden labels as they are, then labels without regard to case and accents. Classes with similar
    labels are only suggested. Either state may be the older one.
    """
    from cladist.catalog.resolution_forms import detailed

    resolver = services.catalog.comparisons.resolver(states.slug, states.source, states.target)
    known = bool(resolver.meant(q, by).classes)
    if not known:  # which versions know it depends on the newest one
        newest = services.catalog.versions(states.slug)[-1:]
        states = replace(states, mark="-".join((states.mark, *(each.sha for each in newest))))
    query = states.query(q=q, by=None if by is None else by.value)

    def make() -> object:
        found = resolver.resolve(q, by, detailed=True)
        head = {"taxonomy": states.slug, "from": states.source, "to": states.target}
        return {**head, **detailed(resolver, found)}

    return answer(request, states, Shape("/resolve", query, kept=False, steady=known), make)


def _batch(body: bodies.JsonBytes) -> ReferenceBatch:
    """An array of references, or an object that holds it."""
    if isinstance(bodies.check_json(body), list):
        body = b'{"references":' + body + b"}"
    found = bodies.parse(body, batch_adapter())
    if len(found.references) > MOST:
        raise LimitExceeded("references of one batch", MOST)
    return found


_BODY = {
    "required": True,
    "content": {
        JSON: {
            "schema": {
                "oneOf": [
                    {"type": "array", "items": {"type": "string"}, "maxItems": MOST},
                    {"$ref": "#/components/schemas/ReferenceBatch"},
                ]
            },
            "examples": {"several": {"value": EXAMPLE}},
        }
    },
}
_ANSWERS = {
    "description": "An answer for each reference, in their order.",
    "content": {
        JSON: {
            "schema": {"type": "array", "items": {"$ref": "#/components/schemas/ReferenceAnswer"}}
        },
        _CSV: {"example": "query,status,automatic,…\r\ncat,merged,yes,…\r\n"},
    },
}


@router.post(
    "",
    summary="Resolve a batch",
    responses={
        200: _ANSWERS,
        **documented.refusals(
            *_PROBLEMS,
            *documented.BODY,
            "too-large",
            "unsupported-media-type",
            "malformed-header",
            "foreign-origin",
        ),
    },
    openapi_extra={"requestBody": _BODY},
)
def resolve_batch(
    request: Request,
    services: Context,
    states: States,
    batch: Annotated[ReferenceBatch, Depends(_batch)],
    by: TakenFor = None,
) -> Response:
    """What became of up to 100,000 references, in their order, without paths and suggestions.

    As CSV, by Accept, one a row. `Cladist-From` and `Cladist-To` name the two states in full.
    Nothing is stored.
    """
    chosen = offer(request, (JSON, _CSV))
    resolver = services.catalog.comparisons.resolver(states.slug, states.source, states.target)
    write = _table if chosen == _CSV else _array
    headers = {
        "Cache-Control": "no-store",
        "Cladist-From": states.source,
        "Cladist-To": states.target,
        "Content-Type": declared(chosen),
    }
    return Response(write(resolver, batch.references, by), headers=headers)


def _table(resolver: Resolver, references: Sequence[str], by: By | None) -> bytes:
    from cladist.catalog.resolution_forms import plain, table

    found = (plain(resolver, resolver.resolve(each, by)) for each in references)
    return table(found).encode()


def _array(resolver: Resolver, references: Sequence[str], by: By | None) -> bytes:
    """The answers as one array; all that references to one class share is written once."""
    from cladist.catalog.resolution_forms import fields

    written: dict[str, bytes] = {}
    shared: dict[tuple[str | None, str], bytes] = {}
    parts: list[bytes] = []
    for each in references:
        part = written.get(each)
        if part is None:
            meant = resolver.meant(each, by)
            key = (meant.how, meant.classes[0]) if len(meant.classes) == 1 else (None, each)
            rest = shared.get(key)
            if rest is None:
                found = resolver.resolve(each, by)
                rest = shared[key] = orjson.dumps(fields(resolver, found))[1:]
            part = written[each] = b'{"query":' + orjson.dumps(each) + b"," + rest
        parts.append(part)
    if sum(map(len, parts)) > _MOST_BYTES:
        raise LimitExceeded("bytes of an answer", _MOST_BYTES)
    return b"[" + b",".join(parts) + b"]"

"""Versions: published, listed, shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import TypeAdapter

from cladist.api import bodies, documented
from cladist.api.answers import Reading, Shape, answer, model_answer, offer, opened
from cladist.api.conditions import IfMatch, unmoved
from cladist.api.context import Context, Selector, Slug, known_query
from cladist.api.documented import answers
from cladist.api.retrying import Answer, Writes, once
from cladist.api.schemas.base import Why, version_path
from cladist.api.schemas.reports import report_of
from cladist.api.schemas.versions import (
    PUBLISH_EXAMPLE,
    Published,
    PublishRequest,
    VersionLine,
    VersionList,
    detail_of,
    line_fields,
    links_of,
)
from cladist.model.errors import UnknownVersion

if TYPE_CHECKING:
    from cladist.catalog.values import Version

router = APIRouter(
    prefix="/taxonomies/{slug}/versions", tags=["versions"], dependencies=[Depends(known_query)]
)


async def _bytes(request: Request) -> bytes:
    body = await request.body()
    if body:
        bodies.content_type(request)
    return body


RawBody = Annotated[bytes, Depends(_bytes)]


def _publishing(body: RawBody) -> PublishRequest:
    """How to publish; no body at all is an empty object."""
    if not body:
        return PublishRequest()
    bodies.check_json(body)
    return bodies.parse(body, TypeAdapter(PublishRequest))


@router.post(
    "",
    summary="Publish the draft",
    status_code=201,
    responses=answers(
        "Published",
        *documented.CONDITIONAL,
        *documented.WRITING,
        *documented.BODY,
        "nothing-to-publish",
        "unacknowledged",
        "invalid-taxonomy",
        "lowered-version",
        "invalid-value",
        "content-mismatch",
        "reused-key",
        status=201,
    ),
    openapi_extra=documented.body("PublishRequest", required=False, notes=PUBLISH_EXAMPLE),
)
def publish(
    writer: Writes,
    slug: Slug,
    how: Annotated[PublishRequest, Depends(_publishing)],
    raw: RawBody,
    if_match: IfMatch = None,
) -> Response:
    """Freeze the draft as the next version.

    The number is computed from the changes; a higher one may be asked for. Refused while an
    enforced rule is violated, and when the draft says nothing new.
    """

    def work(retry: Any) -> Version:
        from cladist.catalog.values import Author

        author = Author(writer.author)
        with unmoved(writer.services, slug, if_match) as revision:
            return writer.services.catalog.publish(
                slug,
                revision,
                author,
                number=how.version,
                notes=how.notes,
                unasked=how.without_acknowledgement,
                retry=retry,
            )

    return once(writer, raw, _published, work)


def _published(version: Version) -> Answer:
    model = Published(
        taxonomy=version.slug,
        version=version.number,
        previous=version.previous,
        digest=version.sha,
        notes=version.notes,
        published_by=version.who,
        published_at=version.at,
        links=links_of(version.slug, version.number),
        reasons=[Why(bump=each.bump.name.lower(), text=each.text) for each in version.reasons],
        report=None if version.report is None else report_of(version.report),
    )
    headers = {"Location": version_path(version.slug, version.number)}
    return Answer(201, model.model_dump(mode="json"), headers)


@router.get(
    "",
    summary="List versions",
    responses=answers("VersionList", "unknown-taxonomy", "not-acceptable", "not-found"),
)
def list_versions(request: Request, slug: Slug, services: Context) -> Response:
    """All versions of the taxonomy, oldest first."""
    offer(request)
    found = services.catalog.versions(slug)
    if not found:
        services.catalog.draft(slug)
    lines = [VersionLine(**line_fields(each)) for each in found]
    return model_answer(VersionList(versions=lines))


@router.get(
    "/{selector}",
    summary="Show a version",
    responses=answers("VersionDetail", *documented.READING),
)
def show_version(request: Request, slug: Slug, selector: Selector, services: Context) -> Response:
    """The version with its release notes and the changes that made it. For the draft see there."""
    if selector == "draft":
        raise UnknownVersion(slug, selector)
    reading = opened(services, slug, selector)
    return answer(request, reading, Shape("", {}), lambda: _detail(reading))


def _detail(reading: Reading) -> Any:
    catalog = reading.services.catalog
    record = catalog.version(reading.slug, reading.version)
    changes = catalog.changes_of(reading.slug, reading.version)
    return detail_of(record, changes).model_dump(mode="json")

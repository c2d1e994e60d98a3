"""The application: routes, problems and what stands in front of them, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from importlib import import_module
from pkgutil import iter_modules
from threading import Event
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from cladist import __version__
from cladist.api import documented, problems
from cladist.api.context import Services
from cladist.api.edge import Edge
from cladist.api.frozen import Asgi, FrozenAnswers, FrozenLayer
from cladist.api.schemas.base import OPENAPI, PREFIX

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.settings import Settings

    Opener = Callable[[Settings], AbstractContextManager[Catalog]]

FROZEN_BYTES = 256 * 2**20
"""Ready answers kept in memory, in bytes."""

_ABOUT = """Versioned label taxonomies: edited by typed changes, validated, published, served.

Writes to a draft name the state that they were made for in `If-Match`. Published versions never
change: their answers may be kept for ever. Errors are problems (RFC 9457), see `/problems`.
"""

_TAGS = [
    {"name": "taxonomies", "description": "Taxonomies, each with a draft and its versions."},
    {"name": "drafts", "description": "The working state and its changes."},
    {"name": "imports", "description": "Files that become taxonomies, or changes."},
    {"name": "validation", "description": "What the rules find."},
    {"name": "versions", "description": "What was published."},
    {"name": "classes", "description": "The classes of a version or the draft."},
    {"name": "exports", "description": "Class lists for labeling tools and training code."},
    {"name": "comparing", "description": "What changed between two states, and into what."},
    {"name": "migrating", "description": "Datasets that follow from one version to another."},
    {"name": "documents", "description": "Versions as RDF, and where IRIs lead."},
    {"name": "following", "description": "Events as they happen, and webhooks told of versions."},
    {"name": "service", "description": "The service itself."},
]


def create_app(
    settings: Settings, opener: Opener | None = None, stopping: Event | None = None
) -> Asgi:
    """The ASGI application. The catalog is opened when it starts and closed when it stops.

    Whoever runs it sets ``stopping`` first: answers that have no end of their own then end.
    """
    frozen = FrozenAnswers(FROZEN_BYTES)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        from cladist.wiring import deliveries, jobs

        with (
            (opener or _opened)(settings) as catalog,
            jobs(settings) as running,
            deliveries(settings) as following,
        ):
            app.state.services = Services(
                catalog, running, following, settings, frozen, stopping or Event()
            )
            yield

    limits = (settings.body_limit, settings.dataset_limit)
    return FrozenLayer(Edge(_routes(lifespan), *limits), frozen)


def _opened(settings: Settings) -> AbstractContextManager[Catalog]:
    from cladist.wiring import catalog

    return catalog(settings)


def _routes(lifespan: Any = None) -> FastAPI:
    app = FastAPI(
        title="Cladist",
        version=__version__,
        description=_ABOUT,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=_TAGS,
        openapi_url=OPENAPI,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        generate_unique_id_function=_name,
    )
    _add_routes(app)
    problems.install(app)
    _document(app)
    return app


def _add_routes(app: FastAPI) -> None:
    """Make the routes: when an application is made, not when this module is imported.

    Documents come before versions: a suffix would be taken for a part of the selector.
    """
    from cladist.api import (
        annotations,
        class_indices,
        classes,
        comparing,
        correspondences,
        custom_shapes,
        documents,
        drafts,
        events,
        exports,
        foreign,
        imports,
        migrations,
        pages,
        relations,
        resolving,
        taxonomies,
        training,
        usages,
        validation,
        versions,
        webhooks,
    )

    for plain in (pages.router, documents.resolver):
        app.include_router(plain)
    for room in (imports, taxonomies, drafts, validation, documents, versions, classes):
        app.include_router(room.router, prefix=PREFIX)
    for each in (migrations.plans, migrations.router):
        app.include_router(each, prefix=PREFIX)
    for room in (class_indices, comparing, correspondences, relations, resolving, foreign):
        app.include_router(room.router, prefix=PREFIX)
    for room in (exports, training, annotations, usages, webhooks, custom_shapes):
        app.include_router(room.router, prefix=PREFIX)
    for each in (events.router, events.of_one, comparing.files):
        app.include_router(each, prefix=PREFIX)


def _name(route: APIRoute) -> str:
    return route.name


def _document(app: FastAPI) -> None:
    """Complete the OpenAPI document, when it is first asked for."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = documented.complete(plain(), _schemas())
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI names for this


def _schemas() -> dict[str, Any]:
    """The schemas of all our models by name, and of changes, which are no models."""
    from pydantic import BaseModel, TypeAdapter

    from cladist.api import schemas
    from cladist.api.schemas.drafts import OneChange

    found = sorted(each.name for each in iter_modules(schemas.__path__))
    rooms = [import_module(f"{schemas.__name__}.{each}") for each in found]
    named: dict[str, Any] = {
        name: kind
        for room in (*rooms, documented)
        for name, kind in vars(room).items()
        if isinstance(kind, type) and issubclass(kind, BaseModel)
    }
    changes = {"Change": OneChange, "ChangeList": list[OneChange]}
    made: dict[str, Any] = {}
    for name, kind in {**named, **changes}.items():
        schema = TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
        made.update(schema.pop("$defs", {}))
        made[name] = schema
    return made

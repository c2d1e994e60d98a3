"""The application: routes, problems and what stands in front of them, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from cladist import __version__
from cladist.api import (
    class_indices,
    classes,
    documented,
    documents,
    drafts,
    imports,
    pages,
    problems,
    taxonomies,
    validation,
    versions,
)
from cladist.api.context import Services
from cladist.api.edge import Edge
from cladist.api.frozen import Asgi, FrozenAnswers, FrozenLayer
from cladist.api.schemas.base import PREFIX
from cladist.settings import Settings

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog

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
    {"name": "documents", "description": "Versions as RDF, and where IRIs lead."},
    {"name": "service", "description": "The service itself."},
]


def create_app(settings: Settings, opener: Opener | None = None) -> Asgi:
    """The ASGI application. The catalog is opened when it starts and closed when it stops."""
    frozen = FrozenAnswers(FROZEN_BYTES)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with (opener or _opened)(settings) as catalog:
            app.state.services = Services(catalog, settings, frozen)
            yield

    return FrozenLayer(Edge(_routes(lifespan), settings.body_limit), frozen)


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
        openapi_url=pages.OPENAPI,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        generate_unique_id_function=_name,
    )
    app.include_router(pages.router)
    app.include_router(documents.resolver)
    for router in _API:
        app.include_router(router, prefix=PREFIX)
    problems.install(app)
    _document(app)
    return app


# Documents come before versions: a suffix would be taken for a part of the selector.
_API: tuple[APIRouter, ...] = (
    imports.router,
    taxonomies.router,
    drafts.router,
    validation.router,
    documents.router,
    versions.router,
    classes.router,
    class_indices.router,
)


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
    """The schemas of bodies that are read without FastAPI's help."""
    from pydantic import TypeAdapter

    from cladist.api.schemas.drafts import ChangeBatch, OneChange
    from cladist.api.schemas.taxonomies import TaxonomyRequest
    from cladist.api.schemas.versions import PublishRequest

    named: dict[str, Any] = {
        "Change": OneChange,
        "ChangeList": list[OneChange],
        "ChangeBatch": ChangeBatch,
        "TaxonomyRequest": TaxonomyRequest,
        "PublishRequest": PublishRequest,
        "ProblemModel": documented.ProblemModel,
    }
    found: dict[str, Any] = {}
    for name, kind in named.items():
        schema = TypeAdapter(kind).json_schema(ref_template="#/components/schemas/{model}")
        found.update(schema.pop("$defs", {}))
        found[name] = schema
    return found

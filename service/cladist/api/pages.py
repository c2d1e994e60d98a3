"""What is not an answer about taxonomies: health, problem pages, the API's pages, the start."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import orjson
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from cladist import __version__
from cladist.api import kinds
from cladist.api.answers import model_answer, offer
from cladist.api.context import Context, known_query
from cladist.api.documented import answers, refusals
from cladist.api.kinds import KINDS
from cladist.api.negotiation import JSON
from cladist.api.problems import Problem
from cladist.api.schemas.base import OPENAPI, PREFIX
from cladist.api.schemas.health import Health

router = APIRouter(dependencies=[Depends(known_query)])

_PLAIN = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
_DOCS = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
)
_STYLE = "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}"


@router.get("/health", summary="Is it alive?", tags=["service"], responses=answers("Health"))
async def health() -> Response:
    """Answers as long as the process runs; asks nothing else."""
    return model_answer(Health(status="ok", version=__version__))


@router.get("/ready", summary="Is it ready?", tags=["service"], responses=answers("Health"))
def ready(services: Context) -> Response:
    """Answers once the store does; 503 while it does not."""
    services.catalog.taxonomies()
    return model_answer(Health(status="ready", version=__version__))


def page(title: str, body: str, policy: str = _PLAIN) -> HTMLResponse:
    """A page without scripts."""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": policy})


@router.get("/", include_in_schema=False)
def start() -> Response:
    """The first page: where everything is."""
    links = {
        "/docs": "every route, to read and to try",
        f"{PREFIX}/taxonomies": "the taxonomies",
        "/problems": "every kind of error",
        OPENAPI: "the OpenAPI document",
        "/health": "health",
    }
    items = "".join(f'<li><a href="{at}">{at}</a>: {text}</li>' for at, text in links.items())
    return page("Cladist", f"<p>Release {__version__}.</p><ul>{items}</ul>")


@router.get(
    "/problems",
    summary="List kinds of problems",
    tags=["service"],
    response_class=HTMLResponse,
    responses={200: {"content": {"text/html": {"example": "<!doctype html>…"}}}, **refusals()},
)
def list_problems() -> Response:
    """Every kind of error that the service answers with."""
    items = "".join(
        f'<li><a href="{each.uri}">{each.name}</a> ({each.status}): {escape(each.title)}</li>'
        for each in KINDS.values()
    )
    return page("Problems", f"<ul>{items}</ul>")


@router.get(
    "/problems/{name}",
    summary="Show a kind of problem",
    tags=["service"],
    response_class=HTMLResponse,
    responses={
        200: {
            "content": {
                "text/html": {"example": "<!doctype html>…"},
                JSON: {"example": kinds.example(KINDS["stale-draft"])},
            }
        },
        **refusals("not-found", "not-acceptable"),
    },
)
def show_problem(request: Request, name: str) -> Response:
    """What a problem's type URI leads to: what it means and an example; as JSON by Accept."""
    kind = KINDS.get(name)
    if kind is None:
        raise Problem("not-found", "There is no such kind of problem.")
    shown = kinds.example(kind)
    if offer(request, ("text/html", JSON)) == JSON:
        return Response(orjson.dumps(shown), media_type=JSON, headers={"Vary": "Accept"})
    text = orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode()
    body = f"<p>{escape(kind.description)}</p><pre>{escape(text)}</pre>"
    answered = page(f"{kind.status} {kind.title}", body)
    answered.headers["Vary"] = "Accept"
    return answered


_SCRIPT = f"""window.addEventListener("load", () => {{
  SwaggerUIBundle({{
    url: "{OPENAPI}",
    dom_id: "#docs",
    deepLinking: true,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
  }});
}});
"""
_FILES = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon-32x32.png": "image/png",
}


@router.get("/docs", include_in_schema=False)
def docs() -> Response:
    """The API's pages, all of whose files this service has."""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cladist API</title>'
        '<link rel="icon" href="/docs/favicon-32x32.png">'
        '<link rel="stylesheet" href="/docs/swagger-ui.css"></head>'
        '<body><div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script>'
        '<script src="/docs/start.js"></script></body></html>'
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": _DOCS})


@router.get(f"{PREFIX}/docs", include_in_schema=False)
def docs_elsewhere() -> Response:
    """Where people look for the API's pages as well."""
    return RedirectResponse("/docs", status_code=308)


@router.get("/docs/{name}", include_in_schema=False)
def docs_file(name: str) -> Response:
    """A file of the API's pages."""
    headers = {"Cache-Control": "public, max-age=86400"}
    if name == "start.js":
        return Response(_SCRIPT, media_type="text/javascript", headers=headers)
    if name not in _FILES:
        raise Problem("not-found", "There is nothing at this path.")
    return Response((_folder() / name).read_bytes(), media_type=_FILES[name], headers=headers)


@cache
def _folder() -> Path:
    """Where the wheel of the API's pages lies; found without importing its code."""
    from importlib.util import find_spec

    spec: Any = find_spec("fastapi_swagger")
    return Path(spec.origin).parent / "resources"

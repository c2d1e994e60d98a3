"""The service as a process: uvicorn on the address that the settings name, until it is stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cladist.settings import Settings

GRACE_SECONDS = 10


def serve(settings: Settings, examples: bool = False) -> None:
    """Serve until a signal asks to stop; requests under way are finished first.

    With ``examples`` the taxonomies that ship with the package are imported and published before,
    those whose slug is taken left alone.
    """
    import uvicorn

    from cladist.api.app import create_app

    if examples:
        _load_examples(settings)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="info",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=32_768,
    )


def _load_examples(settings: Settings) -> None:
    from cladist.catalog.examples import load
    from cladist.wiring import catalog

    with catalog(settings) as opened:
        load(opened)

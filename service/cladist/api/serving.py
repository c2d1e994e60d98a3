"""The service as a process: uvicorn on the address that the settings name, until it is stopped."""

from __future__ import annotations

import sys
from contextlib import suppress
from socket import socket
from threading import Event
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from cladist.settings import Settings

GRACE_SECONDS = 10
_NOT_STARTED = 3  # the status with which uvicorn's own program ends then


class Server(uvicorn.Server):
    """A server that says when it stops: it would wait for streams, which go on until told."""

    def __init__(self, config: uvicorn.Config, stopping: Event) -> None:
        super().__init__(config)
        self._stopping = stopping

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """End the streams, then all else."""
        self._stopping.set()
        await super().shutdown(sockets)


def serve(settings: Settings, examples: bool = False) -> None:
    """Serve until a signal asks to stop; requests under way are finished first.

    With ``examples`` the taxonomies that ship with the package are imported and published before,
    those whose slug is taken left alone.
    """
    from cladist.api.app import create_app

    if examples:
        _load_examples(settings)
    stopping = Event()
    config = uvicorn.Config(
        create_app(settings, stopping=stopping),
        host=settings.host,
        port=settings.port,
        log_level="info",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=32_768,
    )
    server = Server(config, stopping)
    with suppress(KeyboardInterrupt):  # it has ended by then
        server.run()
    if not server.started:
        sys.exit(_NOT_STARTED)


def _load_examples(settings: Settings) -> None:
    from cladist.catalog.examples import load
    from cladist.wiring import catalog

    with catalog(settings) as opened:
        load(opened)

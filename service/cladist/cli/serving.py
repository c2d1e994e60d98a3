"""The verb that starts the service, with the example taxonomies if that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cladist.cli.desk import Desk, settings
from cladist.cli.options import verb
from cladist.cli.printing import NOTHING, Answer, note, working

if TYPE_CHECKING:
    from cladist.settings import Settings


@verb
@click.option("--host", metavar="ADDRESS", help="The address to listen on; else CLADIST_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--examples", is_flag=True, help="Publish the shipped example taxonomies first.")
def serve(desk: Desk, *, host: str | None, port: int | None, examples: bool) -> Answer:
    """Start the service.

    It answers until it is told to stop (Ctrl-C). What is published already is left as it is.
    """
    given: dict[str, Any] = {"store": desk.store, "host": host, "port": port}
    chosen = settings({name: value for name, value in given.items() if value is not None})
    loaded = _load(chosen) if examples else ()
    if loaded:
        note(f"Published: {', '.join(loaded)}.")
    _say_where(chosen, examples=examples)
    from cladist.api.serving import serve as start

    start(chosen)
    return NOTHING


def _load(chosen: Settings) -> tuple[str, ...]:
    from cladist.catalog.examples import load
    from cladist.wiring import catalog

    with catalog(chosen) as opened, working("Publishing the examples"):
        return load(opened)


def _say_where(chosen: Settings, *, examples: bool) -> None:
    """Where to look, before the server takes the terminal."""
    if not chosen.port:
        return  # the server says which one it took
    host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    address = f"http://{host}:{chosen.port}"
    note(f"Cladist on {address} with {chosen.store_folder or 'a database server'}; Ctrl-C stops it")
    note(f"  {address}/docs  every route, to read and to try")
    note(f"  {address}/api/v1/taxonomies  the taxonomies")
    if examples:
        path = "/api/v1/taxonomies/coco/versions/latest/classes"
        note(f"  {address}{path}  a class list")

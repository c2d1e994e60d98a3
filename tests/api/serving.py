"""A real server on a free port of the loopback, and how tests talk to it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any

import httpx
import uvicorn

from cladist.api.app import create_app
from cladist.api.serving import Server
from cladist.settings import Settings

API = "/api/v1"


@contextmanager
def served(settings: Settings, port: int = 0) -> Iterator[httpx.Client]:
    """The service on a port that this process bound itself, so that nobody else answers."""
    listener = socket.create_server(("127.0.0.1", port))
    port = listener.getsockname()[1]
    stopping = Event()
    app = create_app(settings, stopping=stopping)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="on")
    server = Server(config, stopping)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server stopped while it started"
        time.sleep(0.01)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


class Draft:
    """A taxonomy on the service, with the tag of its draft as last seen."""

    def __init__(self, client: httpx.Client, slug: str) -> None:
        self.client, self.slug = client, slug
        self.path = f"{API}/taxonomies/{slug}"

    @property
    def tag(self) -> str:
        """The draft's present ETag."""
        return str(self.client.get(f"{self.path}/draft").headers["etag"])

    def change(self, *changes: Any, **query: Any) -> httpx.Response:
        """Put changes on the draft as it is now."""
        return self.client.post(
            f"{self.path}/draft/changes",
            json=list(changes),
            params=query,
            headers={"If-Match": self.tag},
        )

    def add(self, label: str, *parents: str) -> str:
        """Add a class with a definition; gives its id."""
        new = {
            "preferred": [{"value": label, "language": "en"}],
            "definitions": [{"value": f"What people call {label}.", "language": "en"}],
            "parents": list(parents),
        }
        answer = self.change({"op": "add_class", "new": new})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["changes"][0]["change"]["new"]["id"])

    def publish(self, tag: str = "", **headers: str) -> httpx.Response:
        """Publish the draft as it is now, or as a tag says."""
        sent = {"If-Match": tag or self.tag, **headers}
        return self.client.post(f"{self.path}/versions", headers=sent)


def make(client: httpx.Client, slug: str, **fields: Any) -> Draft:
    """A new taxonomy."""
    answer = client.post(f"{API}/taxonomies", json={"slug": slug, **fields})
    assert answer.status_code == 201, answer.text
    return Draft(client, slug)


def kind(answer: httpx.Response) -> tuple[int, str]:
    """Status and kind of a problem, whose shape is checked."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == answer.status_code
    return answer.status_code, body["type"].removeprefix("/problems/")

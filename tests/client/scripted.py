"""A server that gives the answers it was told to, whatever is asked; and what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import httpx


class Scripted(NamedTuple):
    """An answer; one with status 0 is a connection that is cut."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


CUT = Scripted(0, {})


class Asked(NamedTuple):
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]


class _Handler(BaseHTTPRequestHandler):
    """Answers from the script; where it has ended, what the service behind says."""

    script: list[Scripted]
    asked: list[Asked]
    behind: str

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["content-length"])))

    def _answer(self, body: bytes) -> None:
        headers = {name.lower(): text for name, text in self.headers.items()}
        self.asked.append(Asked(self.command, self.path, headers))
        passed = self._passed(headers, body) if self.behind else Scripted(404, {})
        told = self.script.pop(0) if self.script else passed
        if not told.status:
            self.close_connection = True
            return
        self.send_response_only(told.status)
        for name, text in {**told.headers, "Content-Length": str(len(told.body))}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(told.body)

    def _passed(self, headers: dict[str, str], body: bytes) -> Scripted:
        sent = {**headers, "accept-encoding": "identity"}
        answer = httpx.request(self.command, self.behind + self.path, headers=sent, content=body)
        return Scripted(answer.status_code, dict(answer.headers), answer.content)


@contextmanager
def scripted(script: Sequence[Scripted], behind: str = "") -> Iterator[tuple[str, list[Asked]]]:
    """The URL of the server, and the list of requests that grows as they come.

    With a service behind it each request reaches that, even if its answer is another one.
    """
    asked: list[Asked] = []
    about = {"script": list(script), "asked": asked, "behind": behind}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), about))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

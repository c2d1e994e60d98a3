"""A real Label Studio server on loopback, with its data in a temporary folder."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx

_SECONDS = 240


class Server:
    """A running server, its URL, and an access token of its one user."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        headers = {"Authorization": f"Token {token}"}
        self.client = httpx.Client(base_url=url, headers=headers, timeout=60)

    def asked(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """What the server answers."""
        answer = self.client.request(method, path, json=body, params=query)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def project(self, config: str, tasks: list[Any]) -> int:
        """A new project with tasks; gives its number."""
        made = self.asked("POST", "/api/projects/", {"title": "Farm", "label_config": config})
        number = int(made["id"])
        self.asked("POST", f"/api/projects/{number}/import", tasks)
        return number

    def config(self, project: int) -> str:
        """The configuration of a project."""
        return str(self.asked("GET", f"/api/projects/{project}/")["label_config"])

    def tasks(self, project: int) -> list[dict[str, Any]]:
        """The tasks of a project by number, with all results."""
        found = self.asked("GET", "/api/tasks/", project=project, fields="all", page_size=100)
        return sorted(found["tasks"], key=lambda each: int(each["id"]))

    def results(self, project: int) -> list[Any]:
        """All results of a project in their order."""
        return [
            (kind, held["id"], held["result"])
            for task in self.tasks(project)
            for kind in ("annotations", "predictions", "drafts")
            for held in task[kind]
        ]

    def labels(self, project: int) -> list[str]:
        """All labels in results of rectangles, sorted."""
        return sorted(
            label
            for _, _, result in self.results(project)
            for row in result
            for label in row["value"].get("rectanglelabels", ())
        )


@contextmanager
def running(program: Path, folder: Path) -> Iterator[Server]:
    """A server; ended and gone afterwards."""
    token = secrets.token_hex(20)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
    }
    command = [
        *(str(program), "start", "--no-browser", "--internal-host", "127.0.0.1"),
        *("--port", str(port), "--username", "ada@example.org"),
        *("--password", secrets.token_hex(12), "--user-token", token),
    ]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    server = Server(f"http://127.0.0.1:{port}", token)
    try:
        _wait(process, server, folder)
        yield server
    finally:
        server.client.close()
        process.terminate()
        process.wait(60)


def _wait(process: subprocess.Popen[bytes], server: Server, folder: Path) -> None:
    start = monotonic()
    while True:
        assert process.poll() is None, (folder / "log").read_text("utf-8", "replace")[-4000:]
        assert monotonic() - start < _SECONDS, "Label Studio did not start."
        try:
            if server.client.get("/api/current-user/whoami").is_success:
                return
        except httpx.TransportError:
            pass
        sleep(1)

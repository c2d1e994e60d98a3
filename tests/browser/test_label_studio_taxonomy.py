"""A page of another site reads Label Studio's tree whole and level by level, and finds the same."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest

from cladist.settings import Settings
from tests.api.serving import API, served
from tests.browser.conftest import CHROMIUM
from tests.cli.program import Cli

CLASSES, SHARED = 632, 38
"""As many classes, and as many with several parents, as AudioSet has."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[str]:
    """Another site, with the page on it."""
    serving = partial(_Quiet, directory=str(Path(__file__).parent))
    server = ThreadingHTTPServer(("127.0.0.1", 0), serving)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/page.html"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def seen(url: str, profile: Path) -> dict[str, Any]:
    """What the page says of a tree under a URL, in a browser."""
    with site() as page:
        command = [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(f"--user-data-dir={profile}", "--virtual-time-budget=60000", "--dump-dom"),
            f"{page}?api={quote(url, safe='')}",
        ]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    text = re.search(r'<pre id="said">(.*?)</pre>', ran.stdout, re.DOTALL)
    assert text is not None, ran.stdout[-2000:]
    found: dict[str, Any] = json.loads(html.unescape(text[1]))
    return found


@pytest.fixture
def sounds(tmp_path: Path) -> str:
    """The store of a published taxonomy in which classes have several parents."""
    random = Random(11)
    rows = ["label,parent,definition"]
    for number in range(CLASSES):
        above = [] if number < 7 else [random.randrange(max(1, number // 4))]
        if number > CLASSES - SHARED - 1:
            above.append(next(each for each in range(7, 99) if each // 4 != above[0] // 4))
        parents = "|".join(f"sound & “{each}”" for each in dict.fromkeys(above))
        rows.append(f"sound & “{number}”,{parents},What {number} sounds like.")
    cli = Cli(tmp_path)
    path = cli.write("sounds.csv", "\n".join(rows) + "\n")
    cli.text("import", path, "--as", "sounds")
    cli.text("publish", "sounds")
    return cli.store


def test_lazy_and_whole_agree_in_a_browser(sounds: str, tmp_path: Path) -> None:
    with served(Settings(store=sounds)) as client:
        path = f"{API}/taxonomies/sounds/versions/1.0.0/exports/label-studio-taxonomy.json"
        found = seen(str(client.base_url.join(path)), tmp_path / "profile")
    assert found.get("same") is True, found
    assert found["classes"] == CLASSES
    assert found["items"] > CLASSES
    assert found["asked"] > 100


def test_a_draft_is_read_from_another_site_too(sounds: str, tmp_path: Path) -> None:
    with served(Settings(store=sounds)) as client:
        path = f"{API}/taxonomies/sounds/versions/draft/exports/label-studio-taxonomy.json"
        found = seen(str(client.base_url.join(path)), tmp_path / "profile")
    assert found.get("same") is True, found

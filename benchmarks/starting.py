"""How long the server takes to import, how long ``cladist --help`` takes, and memory when idle."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, at_most, middle, seconds
from benchmarks.generate import SLUG, taxonomy
from benchmarks.processes import free_port, fresh, resident, server, spent
from benchmarks.stock import VERSION, publish

SIZES = (100_000,)

SERVER = "import cladist.api.app, uvicorn"
PEER = "import fastapi, uvicorn"
CLADIST = "from cladist.cli import main; main()"


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Both start-up times, then memory for each size."""
    yield from _imports(3 if quick else 7)
    for size in sizes:
        yield from _memory(size)


def _imports(runs: int) -> Iterator[Figure]:
    programs = (["-c", SERVER], ["-c", PEER], ["-c", CLADIST, "--help"])
    for program in programs:
        spent(program)  # so that every file is in memory and compiled
    rounds = [[spent(program) for program in programs] for _ in range(runs)]
    ours, peer, overview = (middle(each) for each in zip(*rounds, strict=True))
    name = f"fastapi + uvicorn {seconds(peer)}"
    yield Figure("import the server (CPU)", 0, seconds(ours), name, ours / peer, at_most(1.2))
    yield Figure("cladist --help (CPU)", 0, seconds(overview), name, overview / peer, at_most(0.3))


def _memory(size: int) -> Iterator[Figure]:
    with TemporaryDirectory() as folder:
        store = f"sqlite:///{folder}/cladist.sqlite"
        fresh(published, store, size)
        port = free_port()
        arguments = [sys.executable, "-c", CLADIST, "serve", "--port", str(port)]
        with server(arguments, port, Path(folder, "log"), {"CLADIST_STORE": store}) as pid:
            idle = resident(pid)
            _ask(port, f"/api/v1/taxonomies/{SLUG}/versions/{VERSION}/classes")
            listed = resident(pid)
    yield Figure("memory, started", size, _mebibytes(idle))
    yield Figure("memory, class list served", size, _mebibytes(listed))


def published(store: str, size: int) -> None:
    """Fill the store."""
    publish(store, taxonomy(size))


def _ask(port: int, path: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200


def _mebibytes(value: int) -> str:
    return f"{value / 2**20:.0f} MiB"

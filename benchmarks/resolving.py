"""Resolving a batch of labels over HTTP, against looking each up in a Python dictionary.

The server is asked twice for what became of 100,000 labels between two versions of which 2 % of the
classes differ; the second answer is timed on the clock, from the request to the last byte. The peer
looks the same labels up in a dictionary of the same process and makes no answer of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.request import Request, urlopen

import orjson

from benchmarks.comparing import prepared
from benchmarks.figures import Figure, middle
from benchmarks.generate import SLUG, taxonomy
from benchmarks.processes import free_port, fresh, server

SIZES = (10_000, 100_000)
BATCH = 100_000


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Labels per second, for each size."""
    for size in sizes:
        with TemporaryDirectory() as folder:
            ours, peer = _rates(size, Path(folder), 1 if quick else 3)
        told = f"dict {peer:,.0f} a second"
        name = "resolve a batch of 100,000 labels"
        yield Figure(name, size, f"{ours:,.0f} a second", told, peer / ours)


def _rates(size: int, folder: Path, runs: int) -> tuple[float, float]:
    """Labels per second of the server and of a dictionary."""
    store = f"sqlite:///{folder}/cladist.sqlite"
    fresh(prepared, store, size, str(folder / "old.nt"), str(folder / "new.nt"))
    known = {item.label(): key for key, item in taxonomy(size).classes.items()}
    labels = Random(3).choices(sorted(known), k=BATCH)
    body = orjson.dumps(labels)
    port = free_port()
    program = "from cladist.cli import main; main()"
    arguments = [sys.executable, "-c", program, "serve", "--port", str(port)]
    with server(arguments, port, folder / "said", {"CLADIST_STORE": store}):
        url = f"http://127.0.0.1:{port}/api/v1/taxonomies/{SLUG}/resolve?from=1.0.0&to=2.0.0"
        times = [_asked(url, body) for _ in range(runs + 1)][1:]
    start = perf_counter()
    found = [known.get(each) for each in labels]
    spent = perf_counter() - start
    assert None not in found
    return BATCH / middle(times), BATCH / spent


def _asked(url: str, body: bytes) -> float:
    """Seconds until the whole answer is here."""
    start = perf_counter()
    request = Request(url, body, {"Content-Type": "application/json"})
    with urlopen(request, timeout=120) as response:
        answer = response.read()
    spent = perf_counter() - start
    assert len(orjson.loads(answer)) == BATCH
    return spent

"""The class list of a published version over HTTP: our server, a FastAPI response model, nginx.

All run on loopback and are asked in turn by one wrk thread over eight connections; a figure is the
median number of requests a second. The server is the real one on an SQLite store. nginx serves the
same bytes, compressed beforehand; the response model does not compress, which is in its favour.
"""

from __future__ import annotations

import gzip
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, at_least, middle
from benchmarks.generate import SLUG
from benchmarks.processes import free_port, fresh, server
from benchmarks.response_model import VARIABLE
from benchmarks.starting import CLADIST, published
from benchmarks.stock import VERSION

SIZES = (1_000, 10_000)

PATH = f"/api/v1/taxonomies/{SLUG}/versions/{VERSION}/classes"
GZIP = {"Accept-Encoding": "gzip"}
MODEL_ASKED = {1_000: at_least(50), 10_000: at_least(300)}

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_FAULTS = re.compile(r"Non-2xx or 3xx responses: \d+|Socket errors: .*")
_NGINX = """
daemon off; user {user}; worker_processes 1; pid nginx.pid; error_log nginx.log;
events {{ worker_connections 256; }}
http {{
    types {{ application/json json; }}
    access_log off; sendfile on; tcp_nopush on; gzip_static on; keepalive_requests 100000000;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/html; }}
}}
"""


@dataclass(frozen=True, slots=True)
class Target:
    """A request to be made again and again, and the status that it must have."""

    name: str
    port: int
    path: str
    headers: Mapping[str, str]
    status: int = 200


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """The list and its 304, for each size."""
    if shutil.which("wrk") is None:
        print("serving is left out: no load generator; install one with: apt-get install wrk")
        return
    if shutil.which("nginx") is None:
        print("nginx is left out as a peer; install it with: apt-get install nginx-light")
    for size in sizes:
        with TemporaryDirectory() as folder, ExitStack() as stack:
            targets = _targets(Path(folder), size, stack)
            rates = _rates(targets, *((1, 1) if quick else (2, 3)))
        yield from _figures(size, rates)


def _targets(folder: Path, size: int, stack: ExitStack) -> list[Target]:
    port = _start_ours(folder, size, stack)
    body, tag = _check(Target("ours", port, PATH, GZIP))
    unchanged = Target("ours, 304", port, PATH, {**GZIP, "If-None-Match": tag}, 304)
    (folder / "html").mkdir()
    (folder / "html" / "classes.json.gz").write_bytes(body)
    (folder / "html" / "classes.json").write_bytes(gzip.decompress(body))
    targets = [
        Target("ours", port, PATH, GZIP),
        unchanged,
        Target("model", _start_model(folder, stack), "/classes", {}),
    ]
    if shutil.which("nginx"):
        targets += _start_nginx(folder, stack)
    for each in targets:
        _check(each)
    return targets


def _start_ours(folder: Path, size: int, stack: ExitStack) -> int:
    store = f"sqlite:///{folder}/cladist.sqlite"
    fresh(published, store, size)
    port = free_port()
    arguments = [sys.executable, "-c", CLADIST, "serve", "--port", str(port)]
    stack.enter_context(server(arguments, port, folder / "ours.log", {"CLADIST_STORE": store}))
    return port


def _start_model(folder: Path, stack: ExitStack) -> int:
    port = free_port()
    program = "benchmarks.response_model:create_app"
    options = ["--factory", "--no-access-log", "--port", str(port)]
    arguments = [sys.executable, "-m", "uvicorn", program, *options]
    more = {VARIABLE: str(folder / "html" / "classes.json")}
    stack.enter_context(server(arguments, port, folder / "model.log", more))
    return port


def _start_nginx(folder: Path, stack: ExitStack) -> list[Target]:
    port = free_port()
    user = pwd.getpwuid(os.getuid()).pw_name
    configuration = folder / "nginx.conf"
    configuration.write_text(_NGINX.format(user=user, port=port, folder=folder))
    arguments = ["nginx", "-p", str(folder), "-c", str(configuration), "-e", "nginx.log"]
    stack.enter_context(server(arguments, port, folder / "nginx.said"))
    target = Target("nginx", port, "/classes.json", GZIP)
    _, tag = _check(target)
    headers = {**GZIP, "If-None-Match": tag}
    return [target, Target("nginx, 304", port, "/classes.json", headers, 304)]


def _check(target: Target) -> tuple[bytes, str]:
    """Body and entity tag of one answer, which must be what it is measured as."""
    connection = HTTPConnection("127.0.0.1", target.port, timeout=120)
    connection.request("GET", target.path, headers=dict(target.headers))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    coded = answer.getheader("Content-Encoding", "") if target.status == 200 else "gzip"
    if answer.status != target.status or (target.headers and coded != "gzip"):
        raise SystemExit(f"{target.name} answers {answer.status} {coded!r}")
    return body, answer.getheader("ETag", "")


def _rates(targets: Sequence[Target], duration: int, rounds: int) -> dict[str, float]:
    """Requests a second, by name of the target."""
    for each in targets:
        _load(each, 1)
    measured = [[_load(each, duration) for each in targets] for _ in range(rounds)]
    medians = (middle(each) for each in zip(*measured, strict=True))
    return {each.name: rate for each, rate in zip(targets, medians, strict=True)}


def _load(target: Target, duration: int) -> float:
    headers = [f"-H{name}: {value}" for name, value in target.headers.items()]
    url = f"http://127.0.0.1:{target.port}{target.path}"
    told = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{duration}s", *headers, url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found, fault = _RATE.search(told), _FAULTS.search(told)
    if found is None or fault is not None:
        raise SystemExit(f"{target.name}: {fault[0] if fault else told}")
    return float(found[1])


def _figures(size: int, rates: Mapping[str, float]) -> Iterator[Figure]:
    compared = (
        ("class list, gzip", "ours", "model", "response model", MODEL_ASKED.get(size)),
        ("class list, gzip", "ours", "nginx", "nginx gzip_static", at_least(0.2)),
        ("class list, 304", "ours, 304", "nginx, 304", "nginx 304", at_least(0.2)),
    )
    for name, ours, peer, named, asked in compared:
        if peer in rates:
            told = f"{named} {_per_second(rates[peer])}"
            ratio = rates[ours] / rates[peer]
            yield Figure(name, size, _per_second(rates[ours]), told, ratio, asked)


def _per_second(rate: float) -> str:
    return f"{float(f'{rate:.3g}'):,.0f}/s" if rate >= 100 else f"{rate:.3g}/s"

"""Processes to measure: fresh ones that do one thing, and servers on loopback."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]

_CALL = """
import json, sys
from {module} import {name}
print(json.dumps({name}(*json.loads(sys.argv[1]))))
"""
_PATIENCE = 120  # seconds for a server to listen


def cpu() -> float:
    """Processor seconds of this process and of its children that have ended."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def fresh(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a module's function gives in a process of its own; all of it must pass as JSON."""
    program = _CALL.format(module=function.__module__, name=function.__name__)
    told = subprocess.run(
        [sys.executable, "-c", program, json.dumps(arguments)],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    return json.loads(told)


def spent(arguments: Sequence[str]) -> float:
    """Processor seconds of a Python process with these arguments, from start to end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment, in which Cladist and the benchmarks can be imported."""
    places = [str(ROOT), str(ROOT / "service")]
    paths = [each for each in (*places, os.environ.get("PYTHONPATH")) if each]
    settings = {name: text for name, text in os.environ.items() if not name.startswith("CLADIST_")}
    return {**settings, "PYTHONPATH": os.pathsep.join(paths), **(more or {})}


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(
    arguments: Sequence[str], port: int, log: Path, more: Mapping[str, str] | None = None
) -> Iterator[int]:
    """A server that listens on the port until the block ends; gives its process id."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            arguments, cwd=ROOT, env=environment(more), stdout=said, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, port, log)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0 and process.poll() is None:
                return
        time.sleep(0.05)
    raise SystemExit(f"The server did not start:\n{log.read_text(errors='replace')}")


def resident(pid: int) -> int:
    """Bytes of memory that a process holds now."""
    told = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return int(told.stdout) * 1024

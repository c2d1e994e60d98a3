"""A service started as a process of its own, asked over HTTP until it is healthy, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60.0  # seconds until the first healthy answer


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode("utf-8"))


@contextmanager
def served(
    command: Sequence[str], port: int, folder: Path, environment: Mapping[str, str]
) -> Iterator[str]:
    """Run the command in a folder; yields the address once ``/health`` answers."""
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment})
    try:
        _until_healthy(process, address)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"the service ended with status {process.returncode}")
        try:
            get(f"{address}/health")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"no healthy answer within {PATIENCE:.0f} s")

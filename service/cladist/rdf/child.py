"""Processes that may fail: work that untrusted input decides is done in one, within bounds.

``run`` starts one and hears its report; ``confine`` is what the process calls on itself once all
that it needs is imported.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

# Where some installations of Python find their shared libraries; nothing else is handed down.
_HANDED_DOWN = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code, and the object on its last line of standard error."""

    code: int
    report: dict[str, Any] | None


def scratch() -> IO[bytes]:
    """A nameless file for a process to read or write, in memory where the system has such."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("cladist"), "w+b")
    return tempfile.TemporaryFile()


def run(
    module: str,
    work: dict[str, Any],
    files: tuple[IO[bytes], IO[bytes]],
    *,
    places: Sequence[str],
    wall: float,
) -> Ended:
    """Call ``main`` of a module with the work as JSON, from one file to the other.

    Raises ``TimeoutError`` after ``wall`` seconds. The process has an empty environment.
    """
    start = f"import sys; sys.path += sys.argv[1:-1]; from {module} import main; main(sys.argv[-1])"
    given, made = files
    with subprocess.Popen(
        # Isolated, and without the site packages' start-up code: quick, and deaf to environment.
        [sys.executable, "-I", "-S", "-c", start, *places, json.dumps(work)],
        stdin=given,
        stdout=made,
        stderr=subprocess.PIPE,
        cwd="/",
        env={name: os.environ[name] for name in _HANDED_DOWN if name in os.environ},
        start_new_session=True,  # an interrupt typed at the server is not meant for it
    ) as child:
        try:
            _, said = child.communicate(timeout=wall)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None
        finally:
            child.kill()
    return Ended(child.returncode, _report(said))


@cache
def places(needed: tuple[str, ...], useful: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The folders from which a process imports Cladist and other packages.

    Raises ``ModuleNotFoundError`` when one of those that are needed is not installed.
    """
    folders = [Path(__file__).resolve().parents[2], *_folders(needed, strict=True)]
    folders += _folders(useful, strict=False)
    return tuple(dict.fromkeys(map(str, folders)))


def _folders(packages: Iterable[str], *, strict: bool) -> Iterable[Path]:
    for package in packages:
        found = importlib.util.find_spec(package)
        if found is not None and found.origin is not None:
            origin = Path(found.origin).resolve()
            yield origin.parents[1] if origin.name == "__init__.py" else origin.parent
        elif strict:
            raise ModuleNotFoundError(f"{package} is not installed")


def _report(said: bytes) -> dict[str, Any] | None:
    """The last line of what the process said, if that is a report."""
    try:
        report = json.loads(said.rstrip(b"\n").rpartition(b"\n")[2])
    except ValueError:
        return None
    return report if isinstance(report, dict) else None


def confine(memory: int, processor: int) -> None:
    """Bound this process's address space and processor time; allow no new file, socket or dump.

    Everything needed is imported and open by now, so this keeps input that talks a library into
    reading a file or the network from doing so.
    """
    import resource  # not on every system on which the service may run

    for kind, amount in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, processor),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
        try:
            resource.setrlimit(kind, (allowed, hard if kind == resource.RLIMIT_CPU else allowed))
        except (ValueError, OSError):
            continue  # macOS bounds no address space

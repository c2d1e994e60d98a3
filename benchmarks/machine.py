"""What a run was measured on."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

_PEERS = ("pyoxigraph", "fastapi", "pydantic", "uvicorn", "pyshacl")


def described() -> str:
    """Processor, cores, memory, Python, and the versions of the peers."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = [
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB",
        f"{platform.system()}, Python {platform.python_version()}",
        *(f"{each} {version(each)}" for each in _PEERS),
        *filter(None, (_nginx(),)),
    ]
    return ", ".join(parts)


def load() -> str:
    """How busy the machine is, its other users included."""
    return f"load {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    try:
        named = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        named = None
    return named[1].strip() if named else platform.processor() or platform.machine()


def _nginx() -> str:
    program = shutil.which("nginx")
    if program is None:
        return ""
    told = subprocess.run([program, "-v"], capture_output=True, text=True, check=True)
    return told.stderr.strip().removeprefix("nginx version: ").replace("/", " ")

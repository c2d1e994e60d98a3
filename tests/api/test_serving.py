"""The service as a process of its own: starts with the examples, stops when asked to."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from cladist import resources
from tests.api.serving import API

PROGRAM = """
import sys
from cladist.api.serving import serve
from cladist.settings import Settings
serve(Settings(store=sys.argv[1], port=0), examples=True)
"""


def test_the_process_lists_the_examples_and_stops_cleanly(root: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, f"sqlite:///{tmp_path}/new/cladist.sqlite"],
        env={"PYTHONPATH": str(root / "service"), "PATH": ""},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
        listed = httpx.get(f"{address}{API}/taxonomies").json()["taxonomies"]
        slugs = {each["slug"]: each["latest"] for each in listed}
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert slugs == {path.stem: "1.0.0" for path in resources.examples()}
    assert process.returncode in (0, -signal.SIGTERM)

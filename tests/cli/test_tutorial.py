"""The tutorial, command by command on one store, answers what it shows."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.cli.program import Cli
from tests.console import lines_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial" / "index.md"


def test_the_tutorial_works(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(empty.folder)
    for line in lines_of(PAGE.read_text("utf-8")):
        program, *words = shlex.split(line.command)
        if program == "cladist":
            output = empty.text(*words)
        else:
            output = subprocess.check_output(["bash", "-c", line.command], text=True)
        assert line.answered_by(output), (line, output)

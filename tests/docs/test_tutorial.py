"""The tutorial, line by line: the real program, a real store, a real service."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.console import lines_of
from tests.docs.pages import DOCS
from tests.test_readme import END, FETCH, PROGRAM, free_port, install

PAGES = [
    (DOCS / "tutorial" / f"{name}.md").read_text("utf-8")
    for name in ("first-taxonomy", "labeling-tool")
]
LINES = [line for page in PAGES for line in lines_of(page)]
_SAVED = re.compile(r"Save\s+this\s+as\s+`([^`]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)

PYTHON = """#!{python}
import os, sys
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each line of the tutorial answers, in a shell that ends at the first failure."""
    binaries, folder = tmp_path_factory.mktemp("bin"), tmp_path_factory.mktemp("tutorial")
    for name, program in {"cladist": PROGRAM, "curl": FETCH, "python": PYTHON}.items():
        install(binaries, name, program)
    port = str(free_port())
    save(folder, port)
    script = "".join(f"{line.command}\necho; echo '{END}'\n" for line in LINES)
    environment = {name: value for name, value in os.environ.items() if "CLADIST" not in name}
    environment |= {"PATH": f"{binaries}:{environment['PATH']}", "CLADIST_PORT": port}
    ran = subprocess.run(
        ["bash", "-ec", f"trap 'kill 0' ERR\n{script}".replace("8000", port)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        start_new_session=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.split(END)[:-1]


def save(folder: Path, port: str) -> None:
    """The files that the reader is asked to save."""
    for page in PAGES:
        for name, text in _SAVED.findall(page):
            (folder / name).write_text(text.replace("8000", port), "utf-8")


def test_every_line_answers_what_the_tutorial_shows(told: list[str]) -> None:
    answers = list(zip(LINES, told, strict=True))
    assert [(line, output) for line, output in answers if not line.answered_by(output)] == []


def test_the_reader_saves_two_files() -> None:
    names = [name for page in PAGES for name, _ in _SAVED.findall(page)]
    assert names == ["wildlife.txt", "classes.py"]

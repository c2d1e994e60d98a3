"""The README's story, line by line: the real program, a real store, a real service."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.console import Line, lines_of

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
STORY = lines_of(README.partition("## A story in twenty lines")[2])
END = "--- end of line"

PROGRAM = """#!{python}
import sys
sys.path.insert(0, {service!r})
from cladist.cli import main
main()
"""
FETCH = """#!{python}
import sys, time, urllib.error, urllib.request
for attempt in range(600):
    try:
        print(urllib.request.urlopen(sys.argv[-1], timeout=30).read().decode())
        break
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ConnectionRefusedError):
            raise
        time.sleep(0.1)
"""  # does what the story asks of curl, which a bare machine may lack


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def install(folder: Path, name: str, program: str) -> None:
    path = folder / name
    path.write_text(program.format(python=sys.executable, service=str(ROOT / "service")), "utf-8")
    path.chmod(0o755)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each line of the story answers, in a shell that ends at the first failure."""
    binaries = tmp_path_factory.mktemp("bin")
    install(binaries, "cladist", PROGRAM)
    install(binaries, "curl", FETCH)
    script = "".join(f"{line.command}\necho; echo '{END}'\n" for line in STORY)
    environment = {name: value for name, value in os.environ.items() if "CLADIST" not in name}
    environment["PATH"] = f"{binaries}:{environment['PATH']}"
    ran = subprocess.run(
        ["bash", "-ec", f"trap 'kill 0' ERR\n{script}".replace("8001", str(free_port()))],
        cwd=tmp_path_factory.mktemp("story"),
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        start_new_session=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout.split(END)[:-1]


def test_the_story_has_twenty_lines() -> None:
    assert len(STORY) == 20


def test_every_line_answers_what_the_readme_shows(told: list[str]) -> None:
    answers = list(zip(STORY, told, strict=True))
    assert [(line, output) for line, output in answers if not line.answered_by(output)] == []


def test_both_class_lists_are_fetched(told: list[str]) -> None:
    _, first, latest = (output for line, output in zip(STORY, told, strict=True) if fetches(line))
    assert '"cat"' in first
    assert '"house animal"' not in first
    assert '"house animal"' in latest


def fetches(line: Line) -> bool:
    return line.command.startswith("curl ")


def test_the_readme_names_two_verbs_of_make() -> None:
    assert "make run" in README
    assert "make test" in README

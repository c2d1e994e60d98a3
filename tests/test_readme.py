"""The README's story, line by line: the real program, a real store, a real service."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
END = "--- end of line "

PROGRAM = """#!{python}
import sys
sys.path.insert(0, {service!r})
from cladist.cli import main
main()
"""
FETCH = """#!{python}
import sys, time, urllib.request
for attempt in range(100):
    try:
        print(urllib.request.urlopen(sys.argv[-1], timeout=10).read().decode())
        break
    except ConnectionRefusedError:
        time.sleep(0.1)
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ConnectionRefusedError):
            raise
        time.sleep(0.1)
"""


class Line(NamedTuple):
    """A command and what the README says it answers; “...” stands for any further lines."""

    command: str
    answer: list[str]


def story() -> list[Line]:
    text = (ROOT / "README.md").read_text("utf-8")
    section = text.partition("## A story in twenty lines")[2]
    block = section.partition("```console\n")[2].partition("```")[0]
    lines: list[Line] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            lines.append(Line(line[2:], []))
        else:
            lines[-1].answer.append(line)
    return lines


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def command(folder: Path, name: str, program: str) -> None:
    path = folder / name
    path.write_text(program.format(python=sys.executable, service=str(ROOT / "service")))
    path.chmod(0o755)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each line of the story answers, in a shell that ends at the first failure."""
    folder = tmp_path_factory.mktemp("story")
    binaries = tmp_path_factory.mktemp("bin")
    command(binaries, "cladist", PROGRAM)
    command(binaries, "curl", FETCH)  # a bare machine may lack it
    script = "".join(f"{line.command}\necho; echo '{END}'\n" for line in story())
    script = script.replace("8001", str(free_port()))
    environment = {name: value for name, value in os.environ.items() if "CLADIST" not in name}
    environment["PATH"] = f"{binaries}:{environment['PATH']}"
    ran = subprocess.run(
        ["bash", "-euc", f"trap 'kill 0' ERR\n{script}"],
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


def test_the_story_has_twenty_lines() -> None:
    assert len(story()) == 20


def test_every_line_answers_what_the_readme_shows(told: list[str]) -> None:
    for line, output in zip(story(), told, strict=True):
        shown = "\n".join(line.answer)
        pattern = re.escape(shown).replace(re.escape("..."), r"[\s\S]*")
        assert re.fullmatch(pattern, output.strip("\n")), line.command


def test_both_class_lists_are_fetched(told: list[str]) -> None:
    answers = {line.command: output for line, output in zip(story(), told, strict=True)}
    fetched = [output for said, output in answers.items() if said.startswith("curl")]
    _, first, latest = fetched
    assert '"cat"' in first
    assert '"house animal"' not in first
    assert '"house animal"' in latest


def test_the_readme_names_both_verbs_of_make() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "make run" in text
    assert "make test" in text

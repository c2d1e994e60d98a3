"""A process that is killed and started again gives equal answers from the ledger."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cladist.graph import Projection
from cladist.ledger import Act, open_ledger
from tests.graph.reader import answer
from tests.graph.samples import IRI, versions

ROOT = Path(__file__).parents[2]
READER = Path(__file__).with_name("reader.py")
ROUNDS = 2


def start(*arguments: str) -> subprocess.Popen[str]:
    """The reader as a process of its own."""
    paths = [str(ROOT / "service"), str(ROOT), *sys.path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    command = [sys.executable, str(READER), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_a_killed_reader_answers_the_same_when_it_is_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    contents = versions(2)
    with open_ledger(url) as ledger:
        for number, lines in enumerate(contents.values()):
            act = Act("ada", "2026-01-02T12:00:00.000000Z")
            ledger.create_taxonomy(f"animals-{number}", f"{IRI}-{number}", lines, act)
        projection = Projection(ledger.content)
        expected = [answer(projection, sha) for sha in contents]
    for turn in range(ROUNDS):
        with start(url, *contents) as reader:
            assert reader.stdout is not None
            for line in expected[: turn % 2 + 1]:
                assert reader.stdout.readline().rstrip("\n") == line
            reader.kill()
    with start("--once", url, *contents) as reader:
        output, _ = reader.communicate()
    assert output.splitlines() == expected

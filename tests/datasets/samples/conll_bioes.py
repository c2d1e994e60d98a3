"""CoNLL with BIOES tags: a thing is an entity of one token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "CoNLL (BIOES)"
READING = Reading()
BYTE_EQUAL = True
PREFIXES = ("B", "E")


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "scene.conll"
    lines = ["-DOCSTART- O\n\n"]
    for each in things:
        half = "x" * (each.size // 2)
        rest = "x" * (each.size - len(half) - 1)
        first, last = PREFIXES
        lines.append(
            f"see NN\tO\n{half} NN\t{first}-{each.label}\n{rest} NN\t{last}-{each.label}\n\n"
        )
    path.write_text("".join(lines))
    return path


def key(number: int, labels: Sequence[str]) -> str:
    return f"{number}:1"


def counts(dataset: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in dataset.read_text().splitlines():
        tag = line.split()[-1] if line.split() else "O"
        if tag.startswith(f"{PREFIXES[0]}-"):
            found[tag[2:]] += 1
    return found

"""YOLO with data.yaml: a thing is a box in a picture of 64 by 64."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "YOLO"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    root = folder / "street"
    (root / "labels" / "train").mkdir(parents=True)
    names = "".join(f"  {place}: {label}\n" for place, label in enumerate(labels))
    (root / "data.yaml").write_text(
        f"# streets\npath: .\ntrain: images/train\nval: images/train\nnc: {len(labels)}\n"
        f"names: # of the classes\n{names}# the end\n"
    )
    for each in things:
        part = each.size / 64
        line = f"{labels.index(each.label)} {part / 2} {part / 2} {part:.6f} {part:.6f}\n"
        (root / "labels" / "train" / f"{each.number}.txt").write_text(line)
    (root / "labels" / "train" / "empty.txt").write_text("")
    (root / "labels" / "train.cache").write_bytes(b"old")
    return root


def key(number: int, labels: Sequence[str]) -> str:
    return f"labels/train/{number}.txt:1"


def counts(dataset: Path) -> Counter[str]:
    document = yaml.safe_load((dataset / "data.yaml").read_text())
    assert document["nc"] == len(document["names"])
    assert (dataset / "labels" / "train" / "empty.txt").is_file()
    lines = (
        line
        for path in (dataset / "labels" / "train").glob("*.txt")
        for line in path.read_text().splitlines()
    )
    return Counter(document["names"][int(line.split()[0])] for line in lines)

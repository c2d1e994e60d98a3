"""Pascal VOC with class lists: a thing is an object in a picture of its own."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "Pascal VOC"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    root = folder / "VOC2012"
    (root / "Annotations").mkdir(parents=True)
    (root / "ImageSets" / "Main").mkdir(parents=True)
    for each in things:
        end = 2 + each.size
        (root / "Annotations" / f"{each.number}.xml").write_text(
            '<?xml version="1.0"?>\n<annotation>\n\t<filename>a &amp; b.jpg</filename>\n'
            "\t<size><width>64</width><height>64</height></size>\n"
            f"\t<object>\n\t\t<name>{each.label}</name>\n\t\t<difficult>0</difficult>\n"
            f"\t\t<bndbox><xmin>2</xmin><ymin>2</ymin><xmax>{end}</xmax><ymax>{end}</ymax>"
            "</bndbox>\n\t</object>\n</annotation>\n"
        )
    for label in labels:
        lines = (f"{each.number} {'1' if each.label == label else '-1':>2}\n" for each in things)
        (root / "ImageSets" / "Main" / f"{label}_train.txt").write_text("".join(lines))
    return root


def key(number: int, labels: Sequence[str]) -> str:
    return f"Annotations/{number}.xml#1"


def counts(dataset: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in dataset.glob("Annotations/*.xml"):
        found.update(name.text or "" for name in ET.parse(path).iterfind("object/name"))
    listed: Counter[str] = Counter()
    for path in dataset.glob("ImageSets/Main/*_train.txt"):
        rows = (line.split() for line in path.read_text().splitlines())
        listed[path.stem.removesuffix("_train")] += sum(row[1] == "1" for row in rows)
    assert +listed == found
    return found

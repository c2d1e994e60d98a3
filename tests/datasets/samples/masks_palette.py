"""Masks with a palette: a thing is a square of its class's code, all else is ignored."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy
from PIL import Image

from cladist.datasets.records import Reading
from tests.datasets import zoo
from tests.datasets.scene import Thing

NAME = "Index masks"
READING = Reading(ignore=(0,))
BYTE_EQUAL = True
DTYPE = numpy.uint8
MODE = "P"

CODES = {each.id.removeprefix(zoo.BASE): each.code for each in zoo.STREET}
UNLABELED = 255


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    root = folder / "masks"
    root.mkdir()
    for each in things:
        pixels = numpy.zeros((64, 64), dtype=DTYPE)
        pixels[2 : 2 + each.size, 2 : 2 + each.size] = CODES[each.label]
        image = Image.fromarray(pixels)
        if MODE == "P":
            image.putpalette([value for code in range(256) for value in (code, 0, 255 - code)])
        image.save(root / f"{each.number}.png")
    return root


def key(number: int, labels: Sequence[str]) -> str:
    label = labels[(number - 1) % len(labels)]
    return f"{number}.png#{CODES[label]}"


def counts(dataset: Path) -> Counter[str]:
    """Names by code, by the code table of the lock file where there is one."""
    found: Counter[str] = Counter()
    lock = dataset / "taxonomy.lock"
    known = {code: name for name, code in CODES.items()} | {UNLABELED: "unlabeled"}
    if lock.is_file():
        known |= {each["code"]: each["label"] for each in json.loads(lock.read_text())["classes"]}
    for path in dataset.glob("*.png"):
        with Image.open(path) as image:
            assert image.mode == MODE
            if MODE == "P":
                assert image.getpalette()[3 * 90 : 3 * 90 + 3] == [90, 0, 165]  # type: ignore[index]
            values = numpy.unique(numpy.asarray(image))
        found.update(known[value] for value in values.tolist() if value)
    return found

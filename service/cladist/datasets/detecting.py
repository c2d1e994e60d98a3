"""Which format a dataset is in."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from cladist.datasets.records import Reading
from cladist.datasets.run import Dataset
from cladist.model.errors import InvalidValue, UnreadableInput

MODULES: Sequence[str] = (
    "coco",
    "coco_panoptic",
    "datumaro",
    "labelstudio",
    "jsonl",
    "parquet",
    "cvat",
    "voc",
    "yolo",
    "conll",
    "table",
    "imagefolder",
    "masks",
)
"""The formats in the order in which they are tried: those with the clearest signs first."""


def opened(root: Path, reading: Reading) -> Dataset:
    """The dataset in a file or folder; raises UnreadableInput when it is in no known format."""
    if reading.format and reading.format not in MODULES:
        raise InvalidValue("format", f"say one of {', '.join(MODULES)}.")
    for name in (reading.format,) if reading.format else MODULES:
        module = import_module(f"cladist.datasets.formats.{name}")
        found: Dataset | None = module.opened(root, reading)
        if found is not None:
            return found
    what = "a folder" if root.is_dir() else "a file"
    if reading.format:
        raise UnreadableInput(f"{root.name} is {what}, but not in the format “{reading.format}”.")
    raise UnreadableInput(
        f"{root.name} is {what} in no format that Cladist knows. "
        f"If it is one of {', '.join(MODULES)}, say which with --format, and it says what is wrong."
    )

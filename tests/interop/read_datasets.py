"""Reads migrated datasets as their own tools do, and prints how many labels of each name there are.

It runs in the environment of ``requirements/interop/validators.txt``, which Cladist is no part of.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections import Counter


def coco(path: str) -> Counter[str]:
    """The annotations of a file by the names of their categories, as pycocotools finds them."""
    from pycocotools.coco import COCO

    with contextlib.redirect_stdout(sys.stderr):
        found = COCO(path)
    names = {each["id"]: each["name"] for each in found.loadCats(found.getCatIds())}
    return Counter({name: len(found.getAnnIds(catIds=[number])) for number, name in names.items()})


def parquet(path: str) -> Counter[str]:
    """The labels of a file by the names of its features, as Hugging Face ``datasets`` reads it."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    from datasets import load_dataset  # type: ignore[import-not-found, unused-ignore]

    found = load_dataset("parquet", data_files=path, split="train", cache_dir=f"{path}.cache")
    column = next(name for name, feature in found.features.items() if hasattr(feature, "names"))
    feature = found.features[column]
    return Counter(feature.int2str(value) for value in found[column] if value not in (None, -1))


if __name__ == "__main__":
    read = {"coco": coco, "parquet": parquet}[sys.argv[1]]
    print(json.dumps(+read(sys.argv[2])))

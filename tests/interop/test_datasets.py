"""The tools of formats read what was migrated, and find the labels that are meant."""

from __future__ import annotations

import importlib
import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from cladist.datasets.plan import Plan
from cladist.datasets.policy_document import policy_of
from cladist.datasets.transfer import Order, transfer
from tests.datasets import zoo
from tests.datasets.scene import scene

READER = Path(__file__).with_name("read_datasets.py")
LABELS = [each.id.removeprefix(zoo.BASE) for each in zoo.STREET]
THINGS = scene(LABELS)
MERGED = zoo.street().then(zoo.merge(["car", "truck", "bus"], zoo.a("motor", 91))).plan()
SPLIT = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()
DEFAULT = {"splits": [{"class": "vehicle", "default": "van"}]}


@pytest.mark.parametrize("name", ["coco", "parquet"])
@pytest.mark.parametrize(
    ("plan", "policy", "now"),
    [
        (MERGED, {}, {"car": "motor", "truck": "motor", "bus": "motor"}),
        (SPLIT, DEFAULT, {"vehicle": "van"}),
    ],
)
def test_labels_are_those_that_are_meant(
    name: str,
    plan: Plan,
    policy: dict[str, object],
    now: dict[str, str],
    *,
    interpreter: Path,
    tmp_path: Path,
) -> None:
    sample = importlib.import_module(f"tests.datasets.samples.{name}")
    folder = tmp_path / "in"
    folder.mkdir()
    source = sample.write(folder, THINGS, LABELS)
    output = tmp_path / "out" / source.name
    chosen = policy_of(policy, plan)
    transfer(Order(source=source, plan=plan, policy=chosen, reading=sample.READING), output)
    ran = subprocess.run(
        [interpreter, READER, name, str(output)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert Counter(json.loads(ran.stdout)) == Counter(
        now.get(each.label, each.label) for each in THINGS
    )

"""Datasets of many files: made from texts, migrated, taken back, and read again as texts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cladist.datasets.choosing import Choices
from cladist.datasets.decisions import Decisions
from cladist.datasets.decisions import read as read_decisions
from cladist.datasets.plan import Plan
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Reading
from cladist.datasets.report import Report
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, transfer
from tests.datasets import zoo

SAME = zoo.street().then().plan()
RENAMED = zoo.street().then(zoo.rename("person", "pedestrian")).plan()
MERGED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()
SPLIT = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93))).plan()
RETIRED = zoo.street().then(zoo.retire("sign")).plan()
REMOVE = {"retired": "remove"}

Texts = Mapping[str, str]


def made(root: Path, files: Texts) -> Path:
    """A folder with such files."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
    return root


def texts(dataset: Path) -> dict[str, str]:
    """The files of a dataset, without its lock file."""
    if dataset.is_file():
        return {"": dataset.read_bytes().decode()}
    return {
        path.relative_to(dataset).as_posix(): path.read_bytes().decode()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and path.name != "taxonomy.lock"
    }


def carried(
    source: Path,
    plan: Plan,
    policy: Mapping[str, Any] | None = None,
    reading: Reading | None = None,
    decided: str = "",
) -> tuple[Path, Report]:
    """The output of a migration, and its report; taken back, it is the input again.

    ``decided`` has lines of a record, the class before and the class now.
    """
    output = source.parent / "output" / source.name
    rules = policy_of(policy or {}, plan)
    decisions = Decisions()
    if decided:
        choices = Choices(plan, rules.residues)
        decisions = read_decisions(f"record\tfrom\tto\n{decided}", "decisions.tsv", choices)
    order = Order(
        source=source,
        plan=plan,
        policy=rules,
        decisions=decisions,
        reading=reading or Reading(),
    )
    report = transfer(order, output)
    again = source.parent / "again" / source.name
    restore(output, Beside(output).delta, again)
    assert texts(again) == texts(source)
    return output, report


def migrated(root: Path, files: Texts, plan: Plan, **how: Any) -> dict[str, str]:
    """What such files become."""
    return texts(carried(made(root / "street", files), plan, **how)[0])

"""What every format keeps: the same migrations of the same scene, counted by other means."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest

from cladist.datasets.choosing import Choices
from cladist.datasets.decisions import Decisions
from cladist.datasets.decisions import read as read_decisions
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy
from cladist.datasets.policy_document import policy_of
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, transfer
from tests.datasets import samples, zoo
from tests.datasets.scene import Sample, Thing, scene

LABELS = [each.id.removeprefix(zoo.BASE) for each in zoo.STREET]
THINGS = scene(LABELS)
NAMES = sorted(each.name for each in pkgutil.iter_modules(samples.__path__))
RENAMED = zoo.street().then(zoo.rename("person", "pedestrian"))
MERGED = zoo.street().then(zoo.merge(["car", "truck", "bus"], zoo.a("motor", 91)))
SPLIT = zoo.street().then(zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93)))
RETIRED = zoo.street().then(zoo.retire("sign"))
HOPS = (
    zoo.street()
    .then(zoo.rename("person", "pedestrian"))
    .then(zoo.merge(["car", "truck"], zoo.a("motor", 91)))
    .then(zoo.merge(["motor", "bus"], zoo.a("engine", 94)), zoo.rename("person", "walker"))
)
LARGE = 20
PICTURE = b"\xff\xd8 picture "
"""What a picture of a sample begins with; its size in bytes follows."""

DECIDED = {"residues": {"unlabeled": 255}}
RULES = {
    **DECIDED,
    "splits": [
        {
            "class": "vehicle",
            "rules": [
                {
                    "name": "large ones are trams",
                    "when": {
                        "any": [
                            {"field": "geometry.area", "at-least": LARGE * LARGE},
                            {
                                "all": [
                                    {"field": "geometry.area", "at-least": (LARGE / 64) ** 2},
                                    {"field": "geometry.area", "below": 1},
                                ]
                            },
                            {"field": "image.bytes", "at-least": LARGE + len(PICTURE)},
                            {"field": "record.size", "at-least": LARGE},
                            {"field": "text", "length-at-least": LARGE},
                        ]
                    },
                    "to": "tram",
                }
            ],
            "default": "unlabeled",
        }
    ],
}


@pytest.fixture(params=NAMES)
def sample(request: pytest.FixtureRequest) -> Sample:
    module: ModuleType = importlib.import_module(f"tests.datasets.samples.{request.param}")
    return cast(Sample, module)


def migrated(
    sample: Sample,
    tmp_path: Path,
    plan: Plan,
    policy: Policy | None = None,
    decisions: Decisions | None = None,
) -> tuple[Path, Path]:
    """The input and the output of a migration of the scene."""
    folder = tmp_path / "input"
    folder.mkdir()
    source = sample.write(folder, THINGS, LABELS)
    assert sample.counts(source) == Counter(each.label for each in THINGS)
    before = contents(source)
    output = tmp_path / "output" / source.name
    order = Order(
        source=source,
        plan=plan,
        policy=policy or Policy(),
        decisions=decisions or Decisions(),
        reading=sample.READING,
    )
    report = transfer(order, output)
    assert report.dataset == sample.NAME
    assert report.adds_up
    assert sum(report.fates.values()) == report.labels
    assert contents(source) == before, "the input was touched"
    assert not list(output.parent.glob(".*"))
    return source, output


def contents(dataset: Path) -> dict[str, str]:
    """The digest of every file, but for the lock file."""
    if dataset.is_file():
        return {"": hashlib.sha256(dataset.read_bytes()).hexdigest()}
    return {
        path.relative_to(dataset).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and path.name != "taxonomy.lock"
    }


def taken_back(source: Path, output: Path, tmp_path: Path) -> None:
    again = tmp_path / "again" / source.name
    restore(output, Beside(output).delta, again)
    assert contents(again) == contents(source)


def test_nothing_changes(sample: Sample, tmp_path: Path) -> None:
    source, output = migrated(sample, tmp_path, zoo.street().then().plan())
    assert sample.counts(output) == sample.counts(source)
    if sample.BYTE_EQUAL:
        assert contents(output) == contents(source)
    taken_back(source, output, tmp_path)


def test_a_class_is_renamed(sample: Sample, tmp_path: Path) -> None:
    source, output = migrated(sample, tmp_path, RENAMED.plan())
    expected = Counter("pedestrian" if each.label == "person" else each.label for each in THINGS)
    assert sample.counts(output) == expected
    taken_back(source, output, tmp_path)


def test_classes_are_merged(sample: Sample, tmp_path: Path) -> None:
    source, output = migrated(sample, tmp_path, MERGED.plan())
    merged = {"car", "truck", "bus"}
    expected = Counter("motor" if each.label in merged else each.label for each in THINGS)
    assert sample.counts(output) == expected
    taken_back(source, output, tmp_path)


def decide(thing: Thing, decided: dict[int, str]) -> str:
    if thing.label != "vehicle":
        return thing.label
    if thing.number in decided:
        return decided[thing.number]
    return "tram" if thing.size >= LARGE else "unlabeled"


def test_a_class_is_split_by_decisions_a_rule_and_a_residue(sample: Sample, tmp_path: Path) -> None:
    plan = SPLIT.plan()
    policy = policy_of(RULES, plan)
    vehicles = [each.number for each in THINGS if each.label == "vehicle"]
    decided = {vehicles[0]: "van", vehicles[1]: "van"}
    keys = [sample.key(number, LABELS) for number in decided]
    text = "\n".join(("# from: vehicle", "# to: van", *keys))
    decisions = read_decisions(text, "vehicle.txt", Choices(plan, policy.residues))
    source, output = migrated(sample, tmp_path, plan, policy, decisions)
    expected = Counter(decide(each, decided) for each in THINGS)
    assert {"van", "tram", "unlabeled"} <= set(expected)
    assert sample.counts(output) == expected
    taken_back(source, output, tmp_path)


def test_what_nobody_decides_stays_and_is_listed(sample: Sample, tmp_path: Path) -> None:
    source, output = migrated(sample, tmp_path, SPLIT.plan())
    assert sample.counts(output) == sample.counts(source)
    rows = Beside(output).review.read_text().splitlines()[1:]
    vehicles = [each.number for each in THINGS if each.label == "vehicle"]
    assert {row.split("\t")[0] for row in rows} == {sample.key(each, LABELS) for each in vehicles}
    taken_back(source, output, tmp_path)


def test_a_class_is_retired(sample: Sample, tmp_path: Path) -> None:
    plan = RETIRED.plan()
    source, output = migrated(sample, tmp_path, plan, policy_of({"retired": "remove"}, plan))
    expected = Counter(each.label for each in THINGS if each.label != "sign")
    assert sample.counts(output) == expected
    taken_back(source, output, tmp_path)


def test_three_versions_on(sample: Sample, tmp_path: Path) -> None:
    source, output = migrated(sample, tmp_path, HOPS.plan())
    now = {"person": "walker", "car": "engine", "truck": "engine", "bus": "engine"}
    assert sample.counts(output) == Counter(now.get(each.label, each.label) for each in THINGS)
    taken_back(source, output, tmp_path)

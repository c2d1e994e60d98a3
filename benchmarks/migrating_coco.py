"""A COCO file that follows a merge of every two classes, against copying it and JSON libraries.

Each run is a process of its own. Ours is timed on the clock from the order to the last rename, its
delta, report and lock file included; the others from opening the file to the last byte written.
Classes are counted in every output and must be the same. Sizes are classes.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import msgspec

from benchmarks.figures import Figure, at_least, at_most, middle, seconds
from benchmarks.migrating import copied, planned
from benchmarks.processes import ROOT, fresh

CLASSES = 200
ANNOTATIONS = 1_000_000
QUICK = 50
"""By how much less a quick run measures."""

SIZES = (10, 1_000, 10_000)
_MOST = 100
"""Megabytes that a migration may hold."""
_SPLIT = 10
"""One of so many classes is split by a rule in the general case."""

Told = tuple[float, float, dict[str, int]]
"""Seconds, megabytes, and the labels of the output."""


class _Category(msgspec.Struct):
    id: int
    name: str


class _Annotation(msgspec.Struct, gc=False):
    category_id: int


class _Document(msgspec.Struct):
    annotations: list[_Annotation]
    categories: list[_Category]


_DATUMARO = """
import sys, time, datumaro
given, out, classes = sys.argv[1], sys.argv[2], int(sys.argv[3])
names = {f"class {each}": f"class {classes + each // 2}" for each in range(classes)}
start = time.perf_counter()
data = datumaro.Dataset.import_from(given, "coco_instances")
data.transform("remap_labels", mapping=names, default="keep")
data.export(out, "coco_instances")
print(time.perf_counter() - start)
"""

_DATASETS = """
import sys, time, datasets
given, out, classes = sys.argv[1], sys.argv[2], int(sys.argv[3])
datasets.disable_progress_bars()
start = time.perf_counter()
rows = datasets.load_dataset("json", data_files=given, field="annotations", split="train")
def merged(batch):
    return {"category_id": [classes + (each - 1) // 2 for each in batch["category_id"]]}
rows.map(merged, batched=True).to_json(out)
print(time.perf_counter() - start)
"""


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """A file with 200 classes against others, with a split, and with other numbers of classes."""
    rows, runs = (ANNOTATIONS // QUICK, 1) if quick else (ANNOTATIONS, 3)
    with TemporaryDirectory() as name:
        folder = Path(name)
        ours = yield from _against_others(folder, rows, runs)
        yield _split(folder, rows, ours)
        for size in sizes:
            _prepare(folder, rows, size)
            spent = middle([_ours(folder, rows)[0] for _ in range(runs)])
            told = f"{CLASSES} classes {seconds(ours)}"
            yield Figure(f"migrate {rows:,} annotations", size, seconds(spent), told, spent / ours)
        yield from _tools(folder, rows // 10)


def _prepare(folder: Path, rows: int, classes: int) -> None:
    fresh(generated, rows, classes, str(folder / "data.json"))
    fresh(planned, classes, str(folder / "plan.json"))


def _ours(folder: Path, rows: int, rules: str = "") -> Told:
    told: Told = fresh(migrated, str(folder / "data.json"), str(folder / "plan.json"), rows, rules)
    return told


def _against_others(folder: Path, rows: int, runs: int) -> Generator[Figure, None, float]:
    """Figures of one file; gives the seconds that a migration takes."""
    _prepare(folder, rows, CLASSES)
    data = folder / "data.json"
    full = rows == ANNOTATIONS
    copy = middle([fresh(copied, str(data))[0] for _ in range(runs)])
    told = [_ours(folder, rows) for _ in range(runs)]
    ours, most = middle([each[0] for each in told]), max(each[1] for each in told)
    name = f"migrate {rows:,} annotations"
    peer = f"copy of {data.stat().st_size / 1e6:.0f} MB {seconds(copy)}"
    asked = at_most(2) if full else None
    yield Figure(name, CLASSES, seconds(ours), peer, ours / copy, asked)
    asked = at_most(1) if full else None
    yield Figure(f"{name}, peak", CLASSES, f"{most:.0f} MB", f"{_MOST} MB", most / _MOST, asked)
    for library, function, floor in _PEERS:
        spent, most, counts = fresh(function, str(data))
        assert counts == told[0][2], f"{library} counts other labels"
        peer = f"{library} {seconds(spent)}, {most:,.0f} MB"
        asked = at_least(floor) if full else None
        yield Figure(name, CLASSES, seconds(ours), peer, spent / ours, asked)
    return ours


def _split(folder: Path, rows: int, ours: float) -> Figure:
    """The general case: a tenth of the classes is split by a rule, label by label."""
    plan, rules = folder / "plan.json", folder / "rules.json"
    fresh(split_planned, CLASSES, str(plan), str(rules))
    spent, most, _ = _ours(folder, rows, str(rules))
    told = f"without {seconds(ours)}"
    name = f"{rows:,} annotations, a split rule"
    asked = at_most(4) if rows == ANNOTATIONS else None
    return Figure(name, CLASSES, f"{seconds(spent)}, {most:.0f} MB", told, spent / ours, asked)


def _tools(folder: Path, rows: int) -> Iterator[Figure]:
    """Tools that do the same to whole datasets, where the environment for such has them."""
    root = folder / "tool"
    data = root / "annotations" / "instances_train.json"
    (root / "images" / "train").mkdir(parents=True)
    data.parent.mkdir()
    fresh(generated, rows, CLASSES, str(data))
    fresh(planned, CLASSES, str(folder / "plan.json"))
    ours, _, _ = fresh(migrated, str(data), str(folder / "plan.json"), rows, "")
    name = f"migrate {rows:,} annotations"
    for tool, program, given in (("datumaro", _DATUMARO, root), ("datasets", _DATASETS, data)):
        spent = _with_tool(tool, program, given)
        if spent is None:
            yield Figure(name, CLASSES, seconds(ours), f"{tool}: not installed, not run")
        else:
            told = f"{tool} {seconds(spent)}"
            yield Figure(name, CLASSES, seconds(ours), told, spent / ours)


def _with_tool(tool: str, program: str, given: Path) -> float | None:
    """Seconds that a tool takes; none where it is not installed."""
    python = os.environ.get("CLADIST_INTEROP", str(ROOT / ".interop" / "bin" / "python"))
    command = [python, "-c"]
    if not Path(python).exists():
        return None
    if subprocess.run([*command, f"import {tool}"], capture_output=True, check=False).returncode:
        return None
    told = subprocess.run(
        [*command, program, str(given), str(given.parent / f"{tool}.out"), str(CLASSES)],
        env={**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(given.parent / "cache")},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout.splitlines()[-1])


def generated(rows: int, classes: int, path: str) -> None:
    """Write a file with a picture for every eight annotations and the label table at the end."""
    random = Random(5)
    pictures = max(1, rows // 8)
    with Path(path).open("w") as file:
        file.write('{"info": {"year": 2017}, "images": [')
        every = (
            f'{{"id": {each}, "file_name": "{each:012}.jpg", "width": 640, "height": 480}}'
            for each in range(1, pictures + 1)
        )
        file.write(", ".join(every))
        file.write('], "annotations": [')
        for number in range(rows):
            x, y, width, height = (round(random.uniform(1, 300), 2) for _ in range(4))
            right, low = round(x + width, 2), round(y + height, 2)
            file.write(
                f'{", " if number else ""}{{"segmentation": [[{x}, {y}, {right}, {y}, {right}, '
                f'{low}, {x}, {low}]], "area": {width * height:.4f}, "iscrowd": 0, "image_id": '
                f'{1 + number * pictures // rows}, "bbox": [{x}, {y}, {width}, {height}], '
                f'"category_id": {1 + number * 7 % classes}, "id": {900_000 + number}}}'
            )
        names = (f'{{"id": {each + 1}, "name": "class {each}"}}' for each in range(classes))
        file.write(f'], "categories": [{", ".join(names)}]}}')


def split_planned(classes: int, plan: str, rules: str) -> None:
    """Write a plan in which some classes are split in two and all others stay, and rules for it."""
    import json

    from cladist.datasets.plan import Answer, decoded, encoded

    fresh(planned, classes, plan)
    known = decoded(Path(plan).read_bytes())
    answers = dict(known.answers)
    splits = []
    for number in range(0, classes, _SPLIT):
        base = known.source.rows[number].id.rpartition("/")[0]
        ways = [f"{base}/c{classes + number // 2}", f"{base}/c{classes + number // 2 + 1}"]
        answers[f"{base}/c{number}"] = Answer(targets=tuple(ways), automatic=False)
        large = {"field": "geometry.area", "at-least": 20_000}
        rule = {"name": "large", "when": large, "to": ways[0]}
        splits.append({"class": f"class {number}", "rules": [rule], "default": ways[1]})
    new = {name: getattr(known, name) for name in ("source", "target")}
    Path(plan).write_bytes(encoded(type(known)(**new, answers=answers)))
    Path(rules).write_text(json.dumps({"splits": splits}))


def migrated(path: str, plan: str, rows: int, rules: str) -> Told:
    """What migrating takes; the sums are checked."""
    from cladist.datasets.plan import decoded
    from cladist.datasets.policy import Policy
    from cladist.datasets.policy_document import read
    from cladist.datasets.transfer import Order, transfer

    source = Path(path)
    known = decoded(Path(plan).read_bytes())
    policy = read(Path(rules).read_text(), known) if rules else Policy()
    output = source.parent / "out" / source.name
    start = perf_counter()
    report = transfer(Order(source=source, plan=known, policy=policy), output)
    spent = perf_counter() - start
    most = _peak()
    assert report.adds_up and report.labels == rows == report.written
    counts = _counted(output)
    shutil.rmtree(output.parent)
    return spent, most, counts


def _peak() -> float:
    """Megabytes that this process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _counted(path: Path) -> dict[str, int]:
    """How many annotations each name has."""
    document = msgspec.json.decode(path.read_bytes(), type=_Document)
    names = {each.id: each.name for each in document.categories}
    return dict(Counter(names[each.category_id] for each in document.annotations))


def with_orjson(path: str) -> Told:
    """What orjson takes to read all, map, and write all."""
    import orjson

    def write(document: Any, new: Path) -> None:
        new.write_bytes(orjson.dumps(document))

    return _mapped(path, lambda source: orjson.loads(source.read_bytes()), write)


def with_json(path: str) -> Told:
    """What the standard library takes to read all, map, and write all."""
    import json

    def read(source: Path) -> Any:
        with source.open() as file:
            return json.load(file)

    def write(document: Any, new: Path) -> None:
        with new.open("w") as file:
            json.dump(document, file)

    return _mapped(path, read, write)


def _mapped(path: str, read: Callable[[Path], Any], write: Callable[[Any, Path], None]) -> Told:
    new = Path(f"{path}.peer")
    start = perf_counter()
    document = read(Path(path))
    for each in document["annotations"]:
        each["category_id"] = CLASSES + (each["category_id"] - 1) // 2
    numbers = range(CLASSES, CLASSES + CLASSES // 2)
    document["categories"] = [{"id": each, "name": f"class {each}"} for each in numbers]
    write(document, new)
    spent = perf_counter() - start
    most = _peak()
    counts = _counted(new)
    new.unlink()
    return spent, most, counts


_PEERS = (("orjson", with_orjson, 4), ("json", with_json, 10))

"""Parquet files that follow a merge of every two classes, against copying them and rewriting them.

Each run is a process of its own, timed on the clock from the order to the last rename, its delta,
report and lock file included, and the import of libraries in every one. The labels of every output
are counted and must be what the merge makes of the input's.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.figures import Figure, at_most, middle, seconds
from benchmarks.migrating import copied, planned
from benchmarks.migrating_coco import split_planned
from benchmarks.processes import fresh

CLASSES = 200
ROWS = 20_000_000
QUICK = 200
GROUP = 1_000_000
SIZES = (CLASSES,)
KINDS = {"texts": "text labels", "numbers": "ClassLabel numbers"}
RULED = 20
"""By how much fewer rows the general case is measured."""

Timed = tuple[float, float]
"""Seconds, and the peak in MB."""


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Labels as texts and as numbers, and the general case."""
    rows = ROWS // (QUICK if quick else 1)
    with TemporaryDirectory() as folder:
        fresh(planned, CLASSES, str(Path(folder, "plan.json")))
        for kind in KINDS:
            yield from _kind(kind, Path(folder), rows, quick)
        yield _ruled(Path(folder), rows // RULED)


def _kind(kind: str, folder: Path, rows: int, quick: bool) -> Iterator[Figure]:
    runs = 1 if quick else 3
    data, plan = str(folder / f"{kind}.parquet"), str(folder / "plan.json")
    fresh(generated, kind, rows, data)
    size = Path(data).stat().st_size / 1e6
    copy = middle([fresh(copied, data)[0] for _ in range(runs)])
    told = [fresh(migrated, data, plan, rows) for _ in range(runs)]
    ours, peak = middle([each[0] for each in told]), max(each[1] for each in told)
    name = f"migrate {rows:,} rows, {KINDS[kind]}"
    mine = f"{seconds(ours)}, {peak:.0f} MB"
    asked = None if quick else at_most(6)
    copy_told = f"copy of {size:.0f} MB {seconds(copy)}"
    yield Figure(name, CLASSES, mine, copy_told, ours / copy, asked)
    peers: dict[str, Callable[..., Timed]] = {"pyarrow": by_pyarrow, "Polars": by_polars}
    for peer, function in peers.items():
        spent, memory = fresh(function, kind, data)
        peer_told = f"{peer} {seconds(spent)}, {memory:.0f} MB"
        yield Figure(name, CLASSES, mine, peer_told, spent / ours)
    Path(data).unlink()


def _ruled(folder: Path, rows: int) -> Figure:
    """The general case: rows of a tenth of the classes are decided one by one."""
    data, plan, rules = (
        str(folder / name) for name in ("ruled.parquet", "plan.json", "rules.json")
    )
    fresh(generated, "texts", rows, data)
    fast, _ = fresh(migrated, data, plan, rows)
    ruled(plan, rules)
    ours, peak = fresh(migrated, data, plan, rows, rules)
    told = f"without {seconds(fast)}"
    name = f"migrate {rows:,} rows, a split rule"
    return Figure(name, CLASSES, f"{seconds(ours)}, {peak:.0f} MB", told, ours / fast)


def ruled(plan: str, rules: str) -> None:
    """Write a plan in which a tenth of the classes is split, and rules about a column for it."""
    fresh(split_planned, CLASSES, plan, rules)
    document = json.loads(Path(rules).read_text())
    for split in document["splits"]:
        split["rules"][0]["when"] = {"field": "record.score", "at-least": 0.5}
    Path(rules).write_text(json.dumps(document))


def generated(kind: str, rows: int, path: str) -> None:
    """Write a file in which every class comes equally often, by row groups."""
    import numpy
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    dice = numpy.random.default_rng(1)
    names = [f"class {number}" for number in range(CLASSES)]
    features = {"label": {"names": names, "_type": "ClassLabel"}}
    said = {"huggingface": json.dumps({"info": {"features": features}})}
    writer = None
    for start in range(0, rows, GROUP):
        count = min(GROUP, rows - start)
        numbers = pyarrow.array(dice.permutation(numpy.arange(count) % CLASSES))
        labels = numbers if kind == "numbers" else pyarrow.array(names).take(numbers)
        columns = {
            "id": pyarrow.array(numpy.arange(start, start + count)),
            "label": labels,
            "score": pyarrow.array(dice.random(count).astype("f4")),
        }
        table = pyarrow.table(columns)
        if kind == "numbers":
            table = table.replace_schema_metadata(said)
        writer = writer or ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    assert writer is not None
    writer.close()


def migrated(path: str, plan: str, rows: int, rules: str = "") -> Timed:
    """Migrate a file; without rules all its labels are merged."""
    from cladist.datasets.plan import decoded
    from cladist.datasets.policy import Policy
    from cladist.datasets.policy_document import read
    from cladist.datasets.records import Reading
    from cladist.datasets.transfer import Order, transfer

    source = Path(path)
    known = decoded(Path(plan).read_bytes())
    policy = read(Path(rules).read_text(), known) if rules else Policy()
    order = Order(source=source, plan=known, policy=policy, reading=Reading(label="label"))
    with TemporaryDirectory(dir=source.parent) as folder:
        output = Path(folder, source.name)
        start = perf_counter()
        report = transfer(order, output)
        spent = perf_counter() - start
        peak = _peak()
        assert report.adds_up and report.labels == rows == report.written
        if not rules:
            _check(output, rows)
    return spent, peak


def _check(path: Path, rows: int) -> None:
    """Assert that half as many classes come twice as often each."""
    import polars

    counts = polars.scan_parquet(path).group_by("label").agg(polars.len()).collect()
    assert counts["len"].to_list() == [2 * rows // CLASSES] * (CLASSES // 2)


def by_pyarrow(kind: str, path: str) -> Timed:
    """Map and write the label with pyarrow, a row group at a time."""
    start = perf_counter()
    import pyarrow
    import pyarrow.compute as compute
    from pyarrow.parquet import ParquetFile, ParquetWriter

    file = ParquetFile(path, read_dictionary=["label"])
    with ParquetWriter(f"{path}.new", file.schema_arrow, compression="zstd") as writer:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group)
            label = rows["label"].combine_chunks()
            if kind == "texts":
                new = [
                    f"class {CLASSES + int(name[6:]) // 2}" for name in label.dictionary.to_pylist()
                ]
                label = pyarrow.array(new).dictionary_encode().take(label.indices)
            else:
                label = compute.divide(label, 2)
            writer.write_table(rows.set_column(1, "label", label))
    spent = perf_counter() - start
    Path(f"{path}.new").unlink()
    return spent, _peak()


def by_polars(kind: str, path: str) -> Timed:
    """Map and write the label with Polars, streaming."""
    start = perf_counter()
    import polars

    label = polars.col("label")
    if kind == "texts":
        new = {f"class {n}": f"class {CLASSES + n // 2}" for n in range(CLASSES)}
        label = label.replace_strict(new)
    else:
        label = label // 2
    polars.scan_parquet(path).with_columns(label).sink_parquet(f"{path}.new")
    spent = perf_counter() - start
    Path(f"{path}.new").unlink()
    return spent, _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

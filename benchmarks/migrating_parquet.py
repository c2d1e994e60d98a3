"""Parquet files that follow a merge of every two classes, against copying them and rewriting them.

Each run is a process of its own, timed on the clock from the order to the last rename, its delta,
report and lock file included; peak memory is the process's. The labels of every output are counted
and must be what the merge makes of the input's.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.figures import Figure, at_most, middle, seconds
from benchmarks.migrating import copied, planned
from benchmarks.processes import fresh

CLASSES = 200
ROWS = 20_000_000
QUICK = 200
GROUP = 1_000_000
SIZES = (CLASSES,)
KINDS = {"texts": "text labels", "numbers": "ClassLabel numbers"}
RULED = 20
"""By how much fewer rows the way with a rule for every row is measured."""

Timed = tuple[float, float]
"""Seconds, and the peak in MB."""


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Labels as texts and as numbers, and the way of rows that rules decide about."""
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
    data = str(folder / "ruled.parquet")
    fresh(generated, "texts", rows, data)
    ours, peak = fresh(ruled, data, rows)
    fast, _ = fresh(ruled, data, rows, False)
    return Figure(
        f"migrate {rows:,} rows, each by a rule",
        2,
        f"{seconds(ours)}, {peak:.0f} MB",
        f"without rules {seconds(fast)}",
        ours / fast,
    )


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
        numbers = pyarrow.array((numpy.arange(start, start + count) * 7 % CLASSES))
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


def migrated(path: str, plan: str, rows: int) -> Timed:
    """Migrate a file; all its labels are merged."""
    from cladist.datasets.plan import decoded
    from cladist.datasets.records import Reading
    from cladist.datasets.transfer import Order, transfer

    source = Path(path)
    order = Order(
        source=source, plan=decoded(Path(plan).read_bytes()), reading=Reading(label="label")
    )
    with TemporaryDirectory(dir=source.parent) as folder:
        output = Path(folder, source.name)
        start = perf_counter()
        report = transfer(order, output)
        spent = perf_counter() - start
        assert report.adds_up and report.labels == rows == report.fates["merged"]
        peak = _peak()
        _check(output, rows)
    return spent, peak


def _check(path: Path, rows: int) -> None:
    """Assert that half as many classes come twice as often each."""
    import polars

    counts = polars.scan_parquet(path).group_by("label").agg(polars.len()).collect()
    assert counts["len"].to_list() == [2 * rows // CLASSES] * (CLASSES // 2)


def ruled(path: str, rows: int, by_rule: bool = True) -> Timed:
    """Migrate a file whose labels are of one class, which a rule splits or which is renamed."""
    from cladist.datasets.policy_document import policy_of
    from cladist.datasets.records import Reading
    from cladist.datasets.transfer import Order, transfer

    plan = split_plan(by_rule)
    rule = {"when": {"field": "record.score", "at-least": 0.5}, "to": "large"}
    document = {"splits": [{"class": "any", "rules": [rule], "default": "small"}]}
    policy = policy_of(document if by_rule else {}, plan)
    legend: Any = {f"class {number}": "any" for number in range(CLASSES)}
    source = Path(path)
    order = Order(
        source=source, plan=plan, policy=policy, reading=Reading(label="label", legend=legend)
    )
    with TemporaryDirectory(dir=source.parent) as folder:
        start = perf_counter()
        report = transfer(order, Path(folder, source.name))
        spent = perf_counter() - start
        assert report.adds_up and report.labels == rows
        return spent, _peak()


def by_pyarrow(kind: str, path: str) -> Timed:
    """Map and write the label with pyarrow, a row group at a time."""
    import pyarrow
    import pyarrow.compute as compute
    from pyarrow.parquet import ParquetFile, ParquetWriter

    start = perf_counter()
    file = ParquetFile(path, read_dictionary=["label"] if kind == "texts" else None)
    new = [f"class {CLASSES + number // 2}" for number in range(CLASSES)]
    table = pyarrow.array(new if kind == "texts" else range(CLASSES)) if kind == "texts" else None
    halves = pyarrow.array([number // 2 for number in range(CLASSES)])
    with ParquetWriter(f"{path}.new", file.schema_arrow, compression="zstd") as writer:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group)
            label = rows["label"].combine_chunks()
            if table is not None:
                names = label.dictionary.to_pylist()
                now = pyarrow.array([new[int(name[6:])] for name in names])
                column = pyarrow.DictionaryArray.from_arrays(label.indices, now)
                column = column.cast(pyarrow.string()).dictionary_encode()
            else:
                column = compute.take(halves, label)
            writer.write_table(rows.set_column(1, "label", column).cast(file.schema_arrow))
    spent = perf_counter() - start
    Path(f"{path}.new").unlink()
    return spent, _peak()


def by_polars(kind: str, path: str) -> Timed:
    """Map and write the label with Polars, streaming."""
    import polars

    start = perf_counter()
    label = polars.col("label")
    if kind == "texts":
        names = {f"class {n}": f"class {CLASSES + n // 2}" for n in range(CLASSES)}
        label = label.replace_strict(names)
    else:
        label = label // 2
    polars.scan_parquet(path).with_columns(label).sink_parquet(f"{path}.new")
    spent = perf_counter() - start
    Path(f"{path}.new").unlink()
    return spent, _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

"""A lake of Parquet files migrated by the core, by Polars and by Spark: the same rows in each.

A tenth of the classes is split by a rule, and all others stay. Times are of processes of their own,
from the order to the last rename; Spark's start is part of its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.figures import Figure, seconds
from benchmarks.migrating_parquet import CLASSES, generated, ruled
from benchmarks.processes import fresh

ROWS = 5_000_000
QUICK = 50
SIZES = (CLASSES,)
ENGINES = ("polars", "spark")


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Each engine against the core."""
    rows = ROWS // (QUICK if quick else 1)
    with TemporaryDirectory() as folder:
        lake = Path(folder, "lake")
        lake.mkdir()
        fresh(generated, "texts", rows, str(lake / "a.parquet"))
        plan, rules = (str(Path(folder, name)) for name in ("plan.json", "rules.json"))
        ruled(plan, rules)
        core = fresh(migrated, "core", str(lake), plan, rules)
        for engine in ENGINES:
            spent = fresh(migrated, engine, str(lake), plan, rules)
            assert spent[1:] == core[1:]
            yield Figure(
                f"{rows:,} rows, a split rule: {engine}",
                CLASSES,
                seconds(spent[0]),
                f"core {seconds(core[0])}",
                core[0] / spent[0],
            )


def migrated(engine: str, lake: str, plan: str, rules: str) -> tuple[float, dict[str, int]]:
    """Seconds of a migration, and how often each label comes then."""
    from cladist.datasets import engines
    from cladist.datasets.plan import decoded
    from cladist.datasets.policy_document import read
    from cladist.datasets.records import Reading
    from cladist.datasets.transfer import Order, transfer

    known = decoded(Path(plan).read_bytes())
    policy = read(Path(rules).read_text(), known)
    order = Order(source=Path(lake), plan=known, policy=policy, reading=Reading(label="label"))
    with TemporaryDirectory() as folder:
        output = Path(folder, "new")
        start = perf_counter()
        if engine == "core":
            transfer(order, output)
        else:
            engines.run(engine, order, output)
        return perf_counter() - start, _counted(output)


def _counted(lake: Path) -> dict[str, int]:
    import polars

    rows: Any = polars.scan_parquet(str(lake / "*.parquet")).group_by("label").agg(polars.len())
    return dict(sorted(rows.collect().iter_rows()))

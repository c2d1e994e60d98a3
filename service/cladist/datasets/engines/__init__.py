"""Migrations of lakes of Parquet files by engines that hold no row in Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cladist.datasets.report import Report
    from cladist.datasets.transfer import Order

ENGINES: Mapping[str, str] = {
    "polars": "cladist.datasets.engines.polars",
    "spark": "cladist.datasets.engines.spark",
}
"""Names of the engines and the modules that have them as ``Engine``."""


def run(engine: str, order: Order, output: Path) -> Report:
    """Migrate a folder of Parquet files to another one by an engine.

    Every row keeps all its columns; the label is replaced, and ``cladist_fate``, ``cladist_from``
    and ``cladist_via`` tell what became of it. Raises InvalidValue for what only the core can do,
    UnknownLabels, OutputExists, UnreadableInput.
    """
    from importlib import import_module

    from cladist.datasets.engines.lake import migrated

    return migrated(import_module(ENGINES[engine]).Engine, order, output)

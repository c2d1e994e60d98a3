"""These tests need the clients of ``requirements/interop``: ``make interop`` runs them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CLIENTS = os.environ.get("CLADIST_INTEROP", "")

WEIGHT = os.environ.get("CLADIST_INTEROP_WEIGHT", "")
"""``heavy`` for ``make interop-heavy``, which tries the large clients alone."""

collect_ignore_glob = [] if CLIENTS else ["test_*.py"]
if WEIGHT:
    collect_ignore_glob = [
        each.name for each in Path(__file__).parent.glob("test_*.py") if each.stem != "test_exports"
    ]


@pytest.fixture(scope="session")
def interpreter() -> Path:
    """The Python of the environment in which the validators are installed."""
    return of_client("validators")


def of_client(name: str) -> Path:
    """The Python of the environment in which a client is installed."""
    return Path(CLIENTS) / WEIGHT / name / "bin" / "python"

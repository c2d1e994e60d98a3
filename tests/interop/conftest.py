"""These tests need the validators of ``requirements/interop.txt``: ``make interop`` runs them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

INTERPRETER = os.environ.get("CLADIST_INTEROP", "")

collect_ignore_glob = [] if INTERPRETER else ["test_*.py"]


@pytest.fixture(scope="session")
def interpreter() -> Path:
    """The Python of the environment in which the validators are installed."""
    return Path(INTERPRETER)

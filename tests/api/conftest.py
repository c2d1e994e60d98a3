"""Real servers on real stores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import httpx
import pytest

from cladist.ledger import open_ledger
from cladist.settings import Settings
from tests.api.serving import Draft, make, served
from tests.ledger.databases import new_database, start_postgresql

BODY_LIMIT = 1_000_000

_numbers = count(1)


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The SQLite store that all tests of a worker share."""
    return f"sqlite:///{tmp_path_factory.mktemp('store')}/cladist.sqlite"


@pytest.fixture(scope="session")
def client(store: str) -> Iterator[httpx.Client]:
    """A client of a service on SQLite, shared by all tests of a worker."""
    with served(Settings(store=store, body_limit=BODY_LIMIT)) as found:
        yield found


@pytest.fixture
def acts(client: httpx.Client, store: str) -> Iterator[Callable[[], int]]:
    """Tells how many acts the service's ledger holds."""
    with open_ledger(store) as ledger:
        yield ledger.sequence


@pytest.fixture(scope="session")
def postgresql_client(request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A client of a service on PostgreSQL."""
    run = getattr(request.config, "workerinput", {}).get("testrunuid", uuid4().hex)
    server = start_postgresql(Path(gettempdir()) / f"cladist-postgresql-{run}")
    with served(Settings(store=new_database(server), body_limit=BODY_LIMIT)) as found:
        yield found
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_client(request: pytest.FixtureRequest) -> httpx.Client:
    """A client of a service on each engine in turn."""
    name = "client" if request.param == "sqlite" else "postgresql_client"
    found: httpx.Client = request.getfixturevalue(name)
    return found


@pytest.fixture
def slug() -> str:
    """A slug that no other test has."""
    return f"pets-{next(_numbers)}"


@pytest.fixture
def pets(client: httpx.Client, slug: str) -> Draft:
    """A new taxonomy that any number of labels of an item come from."""
    return make(client, slug, structure={"kind": "multi-label"})

"""The store: how it comes to be, who may open it, and what it says when the database fails."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copy

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, text

from cladist.ledger import open_ledger
from cladist.ledger.ledger import Ledger
from cladist.ledger.migration import SCHEMA
from cladist.ledger.tables import metadata
from cladist.model.errors import InvalidValue, StaleDraft, StoreFull, StoreUnavailable
from cladist.rdf.content import digest
from tests.ledger.databases import connected, emptied
from tests.ledger.samples import BASE, IRI, SLUG, act, addition, change, grown, version

GROWN = grown(BASE, addition(1))


@pytest.fixture
def sqlite_ledger(sqlite_template: Path, tmp_path: Path, opened: Callable[[str], Ledger]) -> Ledger:
    """A SQLite ledger that holds one taxonomy."""
    ledger = opened(f"sqlite:///{copy(sqlite_template, tmp_path)}")
    ledger.create_taxonomy(SLUG, IRI, BASE, act())
    return ledger


@pytest.fixture
def postgresql_ledger(postgresql_template: str, opened: Callable[[str], Ledger]) -> Ledger:
    """A PostgreSQL ledger that holds one taxonomy."""
    ledger = opened(emptied(postgresql_template))
    ledger.create_taxonomy(SLUG, IRI, BASE, act())
    return ledger


def test_a_ledger_is_created_where_there_is_none_and_found_again(
    bare_url: str, opened: Callable[[str], Ledger]
) -> None:
    first = opened(bare_url)
    first.create_taxonomy(SLUG, IRI, BASE, act())
    again = opened(bare_url)
    assert again.draft(SLUG) == first.draft(SLUG)
    assert again.epoch() == first.epoch() != ""


def test_the_migrations_make_the_tables_that_the_code_knows(
    bare_url: str, opened: Callable[[str], Ledger]
) -> None:
    opened(bare_url)
    engine = connected(bare_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_schema_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", "cladist.ledger:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_nobody_who_opens_no_ledger_loads_sqlalchemy() -> None:
    question = "import sys, cladist.ledger; print('sqlalchemy' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", question]
    asked = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert asked.stdout == "False\n"


def test_several_may_open_a_new_ledger_at_once(bare_url: str) -> None:
    def open_and_ask(_: int) -> str:
        with open_ledger(bare_url) as ledger:
            return ledger.epoch()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(open_and_ask, range(6)))) == 1


def test_a_ledger_of_a_newer_cladist_is_left_alone(url: str) -> None:
    engine = connected(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match="newer Cladist"):
        open_ledger(url)
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{SCHEMA}'"))
    engine.dispose()


@pytest.mark.parametrize(
    "wrong",
    ["", "ledger.db", "sqlite://", "sqlite:///:memory:", "mysql://host/db", "sqlite:///file:x"],
)
def test_what_no_ledger_can_be_kept_in_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidValue):
        open_ledger(wrong)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, but somebody's notes. " * 100)
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="not a database"):
        open_ledger(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable):
        open_ledger(f"sqlite:///{tmp_path}/file/ledger.db")


def test_a_server_that_does_not_answer_is_not_available(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_ledger(f"postgresql://nobody@/nothing?host={tmp_path}")


def test_a_lost_connection_is_replaced(postgresql_ledger: Ledger, postgresql_template: str) -> None:
    assert postgresql_ledger.sequence() == 1
    with psycopg.connect(postgresql_template, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert postgresql_ledger.sequence() == 1
    assert postgresql_ledger.append(SLUG, 0, [change("a")], act()).revision == 1


def test_a_full_disk_refuses_the_write_and_goes_on_reading(
    sqlite_ledger: Ledger, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/ledger.db"
    with few_pages_left(tmp_path / "ledger.db"), open_ledger(url) as ledger:
        before = ledger.events()
        large = sorted(digest([b"%d" % number]).encode() + b"\n" for number in range(3000))
        with pytest.raises(StoreFull):
            ledger.publish(SLUG, 0, version("1.0.0", large), large, act())
        assert ledger.events() == before
        assert tuple(ledger.content(ledger.head(SLUG).base_sha)) == BASE
        assert ledger.verify() == ()
    sqlite_ledger.publish(SLUG, 0, version("1.0.0", large), large, act())


@contextmanager
def few_pages_left(path: Path) -> Iterator[None]:
    """Let SQLite grow no file by more than a few pages, as a disk that is nearly full."""
    with closing(sqlite3.connect(path)) as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()

    def restrict(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")

    event.listen(Engine, "connect", restrict)
    yield
    event.remove(Engine, "connect", restrict)


@pytest.mark.parametrize(
    ("sqlstate", "error"),
    [("53100", StoreFull), ("53400", StoreUnavailable), ("57P01", StoreUnavailable)],
)
def test_what_postgresql_runs_out_of_is_told_and_nothing_is_half_written(
    postgresql_ledger: Ledger, postgresql_template: str, sqlstate: str, error: type[Exception]
) -> None:
    with failing_at_events(postgresql_template, sqlstate), pytest.raises(error):
        postgresql_ledger.publish(SLUG, 0, version("1.0.0", GROWN), addition(1), act())
    assert postgresql_ledger.versions(SLUG) == ()
    assert postgresql_ledger.verify() == ()
    postgresql_ledger.publish(SLUG, 0, version("1.0.0", GROWN), addition(1), act())


@contextmanager
def failing_at_events(url: str, sqlstate: str) -> Iterator[None]:
    """Let the server report this error whenever an event is written."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '{sqlstate}'; END $$".encode()
        )
        connection.execute(
            "CREATE TRIGGER fail BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION fail()"
        )
        yield
        connection.execute("DROP FUNCTION fail CASCADE")


def test_a_writer_waits_for_another_and_then_sees_what_it_wrote(ledger: Ledger) -> None:
    def append(number: int) -> int:
        revision = ledger.head(SLUG).revision
        while True:
            try:
                return ledger.append(SLUG, revision, [change(str(number))], act()).revision
            except StaleDraft as stale:
                revision = stale.actual

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(append, range(40))) == list(range(1, 41))
    assert ledger.verify() == ()

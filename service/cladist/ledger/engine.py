"""Connections to the ledger's database: SQLite and PostgreSQL made to behave alike.

A read sees one moment of the store. Writes come one at a time, over all processes: SQLite's write
lock, an advisory lock on PostgreSQL. So events are numbered in the order in which they are seen.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from cladist.ledger.failures import translated
from cladist.model.errors import InvalidValue, StoreUnavailable

_PATIENCE = 10  # seconds that a write waits for another to end
_IDLE = 60  # seconds after which a writer that went silent, its host lost perhaps, is given up
_WRITE_LOCK = int.from_bytes(b"cladist", "big")
_POSTGRESQL = {"postgres", "postgresql", "postgresql+psycopg"}


class Store:
    """The database behind a ledger; ``close`` gives its connections back."""

    def __init__(self, url: str) -> None:
        target = _target(url)
        self.is_sqlite = target.drivername == "sqlite"
        self._engine = _sqlite(target) if self.is_sqlite else _postgresql(target)
        self._writer = _writing(self._engine)
        self._reader = _reading(self._engine)
        self._glance = Glance(self._engine)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store."""
        with translated(), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The connection of the one writer: durable when the block ends, undone when it raises."""
        with translated(), self._writer.begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
            yield connection

    def glance(self, statement: str) -> int | None:
        """The one number that a statement gives, at a fraction of what ``read`` costs.

        None when there is no number or no answer: then ``read`` tells why.
        """
        return self._glance.ask(statement)

    def close(self) -> None:
        """Close every connection."""
        self._glance.close()
        self._engine.dispose()


class Glance:
    """A connection beside the pool, outside any transaction, for one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: Any = None  # the driver's own

    def ask(self, statement: str) -> int | None:
        """The number that a statement gives; None, and another connection next time, on failure."""
        with self._lock:
            try:
                answer: int | None = self._open().execute(statement).fetchone()[0]
            except (self._engine.dialect.loaded_dbapi.Error, SQLAlchemyError):
                self._drop()
                return None
            return answer

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._drop()

    def _open(self) -> Any:
        if self._connection is None:
            pooled = self._engine.raw_connection()
            self._connection = pooled.driver_connection
            pooled.detach()
            if self._engine.dialect.name != "sqlite":
                self._connection.autocommit = True
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _target(url: str) -> URL:
    try:
        target = make_url(url)
    except ArgumentError as error:
        raise InvalidValue("store", "it is not a database URL such as sqlite:///path.") from error
    if target.drivername in _POSTGRESQL:
        return target.set(drivername="postgresql+psycopg")
    if target.drivername != "sqlite":
        raise InvalidValue("store", f"{target.drivername} is neither sqlite nor postgresql.")
    if not target.database or target.database.startswith((":", "file:")):
        raise InvalidValue("store", "a SQLite store needs the path of a file.")
    return target


def _sqlite(target: URL) -> Engine:
    try:
        Path(target.database or "").parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(str(error)) from error
    engine = create_engine(target)
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: _begin_sqlite does
    connection.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log; SQLite does not wait here for another that does the same."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("cladist_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(target: URL) -> Engine:
    engine = create_engine(target, pool_pre_ping=True)
    event.listen(engine, "connect", _configure_postgresql)
    return engine


def _configure_postgresql(connection: Any, _: object) -> None:
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{_PATIENCE}s'")
    connection.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE}s'")
    connection.autocommit = False


def _writing(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine.execution_options(cladist_write=True)
    # Having waited for the lock, the writer must see what was committed meanwhile.
    return engine.execution_options(isolation_level="READ COMMITTED")


def _reading(engine: Engine) -> Engine:
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

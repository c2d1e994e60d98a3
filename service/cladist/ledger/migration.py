"""Bringing a database to the tables that this Cladist knows, once, whoever opens it first."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import Connection, column, insert, inspect, select, table

from cladist.ledger.engine import Store
from cladist.ledger.records import instant
from cladist.ledger.tables import epoch
from cladist.model.errors import StoreUnavailable

SCHEMA = "0004"  # the newest revision in migrations/versions

_stamp = table("alembic_version", column("version_num"))


def migrate(store: Store) -> None:
    """Create or upgrade the tables; a store that is up to date costs one look.

    The upgrade is one transaction under the write lock, so several processes may open a new
    store at once. StoreUnavailable when a newer Cladist wrote the store.
    """
    with store.read() as connection:
        found = revision(connection)
    if found == SCHEMA:
        return
    with store.write() as connection:
        if revision(connection) != SCHEMA:
            _upgrade(connection)
            _begin_epoch(connection)


def revision(connection: Connection) -> str | None:
    """The revision of the tables, None for an empty database."""
    if not inspect(connection).has_table(_stamp.name):
        return None
    found: str | None = connection.scalar(select(_stamp.c.version_num))
    return found


def _upgrade(connection: Connection) -> None:
    """Run Alembic, which is slow to import and rarely needed, on this connection."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "cladist.ledger:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreUnavailable("it was written by a newer Cladist; upgrade Cladist.") from error


def _begin_epoch(connection: Connection) -> None:
    """Name this history, so that what a restored copy says is told from what the lost one said."""
    if connection.scalar(select(epoch.c.number).limit(1)) is None:
        now = instant(datetime.now(UTC))
        connection.execute(insert(epoch).values(number=1, token=secrets.token_hex(8), at=now))

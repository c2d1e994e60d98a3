"""Which datasets, models and labeling projects use which version, as they said themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from cladist.ledger import drafts, events
from cladist.ledger.engine import Store
from cladist.ledger.records import Act, Usage
from cladist.ledger.tables import usage
from cladist.model.errors import NotFound

_SAID = ("name", "kind", "version", "asks", "contact", "url", "note")


class Usages:
    """The usages of all taxonomies; each writing is one transaction, with its event in the log."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def register(self, new: Usage, act: Act) -> bool:
        """Store a usage in place of one of the same name; whether there was none.

        An acknowledgement stays with what it was given for: whoever registers does not take it
        along.
        """
        with self._store.write() as connection:
            drafts.head(connection, new.slug)
            gone = connection.execute(delete(usage).where(*_same(new.slug, new.name)))
            connection.execute(insert(usage), asdict(new))
            body = {name: getattr(new, name) for name in _SAID}
            _record(connection, "usage.registered", new.slug, body, act)
        return not gone.rowcount

    def acknowledge(self, slug: str, name: str, mark: str, act: Act) -> Usage:
        """Note what a usage acknowledges; raises NotFound."""
        with self._store.write() as connection:
            found = _one(connection, slug, name)
            values = {"acknowledged": mark}
            connection.execute(update(usage).where(*_same(slug, name)).values(values))
            body = {"name": name, "version": found.version, "mark": mark}
            _record(connection, "usage.acknowledged", slug, body, act)
        return replace(found, acknowledged=mark)

    def remove(self, slug: str, name: str, act: Act) -> None:
        """Forget a usage; raises NotFound."""
        with self._store.write() as connection:
            found = _one(connection, slug, name)
            connection.execute(delete(usage).where(*_same(slug, name)))
            body = {"name": name, "version": found.version}
            _record(connection, "usage.removed", slug, body, act)

    def every(self, slug: str) -> tuple[Usage, ...]:
        """The usages of a taxonomy by name; raises UnknownTaxonomy."""
        with self._store.read() as connection:
            drafts.head(connection, slug)
            wanted = select(usage).where(usage.c.slug == slug).order_by(usage.c.name)
            return tuple(Usage(**row) for row in connection.execute(wanted).mappings())

    def one(self, slug: str, name: str) -> Usage:
        """A usage; raises NotFound."""
        with self._store.read() as connection:
            return _one(connection, slug, name)

    def asking(self, slug: str) -> tuple[Usage, ...]:
        """The usages of a taxonomy that want to be asked before it is published."""
        wanted = select(usage).where(usage.c.slug == slug, usage.c.asks.is_(True))
        with self._store.read() as connection:
            return tuple(Usage(**row) for row in connection.execute(wanted).mappings())


def _same(slug: str, name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return usage.c.slug == slug, usage.c.name == name


def _one(connection: Connection, slug: str, name: str) -> Usage:
    wanted = select(usage).where(*_same(slug, name))
    row = connection.execute(wanted).mappings().one_or_none()
    if row is None:
        raise NotFound(f"Nothing named “{name}” is registered as using {slug}.")
    return Usage(**row)


def _record(
    connection: Connection, kind: str, slug: str, body: Mapping[str, object], act: Act
) -> None:
    events.record(connection, kind, slug, events.compact({"usage": body}), act)

"""Tampering: refused by triggers, and found when somebody gets round them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from cladist.ledger.ledger import Ledger
from cladist.model.errors import ContentMismatch
from cladist.rdf.content import digest
from tests.ledger.databases import connected
from tests.ledger.samples import BASE, SLUG, act, addition, change, grown, version

GROWN = grown(BASE, addition(1))
KEPT = ("taxonomy", "blob", "version", "event", "epoch")


@pytest.fixture
def written(ledger: Ledger) -> Ledger:
    """A ledger with two versions and a draft of two changes."""
    ledger.append(SLUG, 0, [change("a")], act())
    ledger.publish(SLUG, 1, version("1.0.0", GROWN, "first"), addition(1), act())
    ledger.publish(SLUG, 2, version("1.1.0", BASE, "second"), addition(1).inverse, act())
    ledger.append(SLUG, 3, [change("b"), change("c")], act())
    return ledger


@pytest.fixture
def intruder(written: Ledger, url: str) -> Iterator[Connection]:
    """A connection that knows nothing of ledgers; each statement is a transaction."""
    engine = connected(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
    engine.dispose()


def force(intruder: Connection, statement: str) -> None:
    """Run a statement with no trigger or constraint in its way."""
    if intruder.dialect.name == "postgresql":
        intruder.execute(text("SET session_replication_role = replica"))
    else:
        found = intruder.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for (name,) in found.all():
            intruder.execute(text(f"DROP TRIGGER {name}"))
    assert intruder.execute(text(statement)).rowcount > 0


@pytest.mark.parametrize("table", KEPT)
def test_triggers_refuse_to_change_what_is_written(
    written: Ledger, intruder: Connection, table: str
) -> None:
    column = "token" if table == "epoch" else "sha" if table in ("blob", "version") else "who"
    column = "body" if table == "event" else column
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match=f"rows of {table} are never changed"):
            intruder.execute(text(statement))
    assert written.verify() == ()


@pytest.mark.parametrize("table", KEPT)
def test_triggers_refuse_to_replace_what_is_written(
    written: Ledger, intruder: Connection, table: str
) -> None:
    statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    if intruder.dialect.name == "postgresql":
        statement = f"TRUNCATE {table} CASCADE"
    with pytest.raises(DatabaseError, match="are never changed"):
        intruder.execute(text(statement))
    assert written.verify() == ()


TAMPERINGS = {
    "an event changed": ("UPDATE event SET who = 'eve' WHERE seq = 3", "event", "3"),
    "an event moved": ("UPDATE event SET seq = 9 WHERE seq = 3", "event", "3"),
    "an event lost": ("DELETE FROM event WHERE seq = 2", "event", "2"),
    "the last event lost": ("DELETE FROM event WHERE seq = 5", "draft", SLUG),
    "notes changed": (
        "UPDATE version SET notes = 'x' WHERE number = '1.0.0'",
        "version",
        f"{SLUG} 1.0.0",
    ),
    "a version lost": ("DELETE FROM version WHERE ordinal = 1", "version", f"{SLUG} 1.0.0"),
    "a change edited": (
        "UPDATE draft_change SET body = '{}' WHERE id = 'b'",
        "draft",
        SLUG,
    ),
    "a change lost": ("DELETE FROM draft_change WHERE id = 'b'", "draft", SLUG),
    "a draft set back": ("UPDATE draft SET revision = 1", "draft", SLUG),
    "a draft moved": (f"UPDATE draft SET base_sha = '{digest(GROWN)}'", "draft", SLUG),
}


@pytest.mark.parametrize(("statement", "kind", "key"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found(
    written: Ledger, intruder: Connection, statement: str, kind: str, key: str
) -> None:
    assert written.verify() == ()
    force(intruder, statement)
    assert (kind, key) in {(fault.kind, fault.key) for fault in written.verify()}


@pytest.mark.parametrize("sha", [digest(BASE), digest(GROWN)], ids=["snapshot", "delta"])
def test_a_damaged_content_is_found_and_never_given_out(
    written: Ledger, intruder: Connection, sha: str
) -> None:
    damage = "x'00'" if intruder.dialect.name == "sqlite" else r"'\x00'"
    force(intruder, f"UPDATE blob SET payload = {damage} WHERE sha = '{sha}'")
    assert ("blob", sha) in {(fault.kind, fault.key) for fault in written.verify()}
    with pytest.raises(ContentMismatch):
        written.content(sha)


def test_a_content_exchanged_for_another_is_found(written: Ledger, intruder: Connection) -> None:
    other = (b"<urn:a> <urn:b> <urn:c> .\n",)
    written.create_taxonomy("other", "urn:other", other, act())
    source = f"(SELECT payload FROM blob WHERE sha = '{digest(other)}')"
    force(intruder, f"UPDATE blob SET payload = {source} WHERE sha = '{digest(BASE)}'")
    assert ("blob", digest(BASE)) in {(fault.kind, fault.key) for fault in written.verify()}
    with pytest.raises(ContentMismatch) as refusal:
        written.content(digest(BASE))
    assert refusal.value.actual == digest(other)

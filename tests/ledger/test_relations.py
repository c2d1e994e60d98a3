"""Relations: stored beside what they relate, counted up, vouched for; their table comes later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from cladist.ledger import NewRelation, Repeated
from cladist.ledger.engine import Store
from cladist.ledger.ledger import Ledger
from cladist.model.errors import InvalidValue, NotFound, UnknownTaxonomy, UnknownVersion
from cladist.rdf.content import Delta, digest
from tests.ledger.databases import connected
from tests.ledger.samples import BASE, IRI, NOON, SLUG, act, addition, change, grown, version

OTHER = "beasts"
PAIRS = '[["urn:a","urn:b","whole","part"]]'
RELATION = NewRelation(
    source_slug=SLUG,
    source_number="1.0.0",
    target_slug=OTHER,
    target_number="1.0.0",
    pairs=PAIRS,
    title="Animals to beasts “ß”",
    license="urn:license",
    origin="urn:office",
)


def fill(ledger: Ledger) -> None:
    """Two taxonomies, each with a version."""
    for slug, iri in ((SLUG, IRI), (OTHER, "urn:beasts")):
        ledger.create_taxonomy(slug, iri, BASE, act())
        ledger.publish(slug, 0, version("1.0.0", BASE), Delta(), act())


@pytest.fixture
def related(url: str, opened: Callable[[str], Ledger]) -> Ledger:
    """A ledger with two taxonomies and a relation between them, in two revisions."""
    ledger = opened(url)
    fill(ledger)
    ledger.relate(RELATION, act())
    ledger.append(SLUG, 1, [change("a")], act())
    ledger.relate(RELATION, act())
    return ledger


def test_a_relation_is_kept_word_for_word_and_counted_up(related: Ledger) -> None:
    first, second = related.relations()
    assert (first.revision, second.revision) == (1, 2)
    assert (first.who, first.at, first.sha) == ("ada", NOON, second.sha)
    record = related.relation(second)
    assert (record.pairs, record.title) == (PAIRS, RELATION.title)
    assert (record.license, record.origin) == ("urn:license", "urn:office")
    assert related.relations(OTHER) == related.relations(SLUG) == (first, second)
    assert related.relations("plants") == ()
    assert related.verify() == ()


def test_the_log_tells_of_a_relation_without_its_pairs(related: Ledger) -> None:
    told = [each for each in related.events(slug=SLUG) if each.type == "relation.stored"]
    assert [json.loads(each.body)["relation"]["revision"] for each in told] == [1, 2]
    assert all("urn:a" not in each.body for each in told)


def test_a_repeated_request_stores_one_relation(related: Ledger) -> None:
    related.relate(RELATION, act("key"))
    with pytest.raises(Repeated):
        related.relate(RELATION, act("key"))
    assert [each.revision for each in related.relations()] == [1, 2, 3]


WRONG: dict[str, tuple[dict[str, str], type[Exception]]] = {
    "no such taxonomy": ({"source_slug": "plants"}, UnknownTaxonomy),
    "no such version": ({"target_number": "2.0.0"}, UnknownVersion),
    "no JSON": ({"pairs": "[["}, InvalidValue),
    "NUL": ({"title": "a\0b"}, InvalidValue),
}


@pytest.mark.parametrize(("fields", "error"), WRONG.values(), ids=WRONG)
def test_what_relates_nothing_is_refused(
    related: Ledger, fields: dict[str, str], error: type[Exception]
) -> None:
    before = related.events()
    told = {name: getattr(RELATION, name) for name in NewRelation.__annotations__}
    with pytest.raises(error):
        related.relate(NewRelation(**{**told, **fields}), act())
    assert related.events() == before
    assert len(related.relations()) == 2


@pytest.fixture
def intruder(related: Ledger, url: str) -> Iterator[Connection]:
    """A connection that knows nothing of ledgers; each statement is a transaction."""
    engine = connected(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
    engine.dispose()


def test_triggers_keep_relations_as_they_were_written(
    related: Ledger, intruder: Connection
) -> None:
    tries = ["UPDATE relation SET who = who", "DELETE FROM relation"]
    replace = "INSERT OR REPLACE INTO relation SELECT * FROM relation"
    tries.append(replace if intruder.dialect.name == "sqlite" else "TRUNCATE relation")
    for statement in tries:
        with pytest.raises(DatabaseError, match="are never changed"):
            intruder.execute(text(statement))
    assert related.verify() == ()


TAMPERINGS = {
    "pairs changed": ("UPDATE relation SET pairs = '[]' WHERE revision = 2", "relation", "2"),
    "an author changed": ("UPDATE relation SET who = 'eve' WHERE revision = 1", "relation", "1"),
    "a relation lost": ("DELETE FROM relation WHERE revision = 1", "relation", "1"),
    "an event lost": ("DELETE FROM event WHERE type = 'relation.stored'", "relation", "1"),
}


@pytest.mark.parametrize(("statement", "kind", "revision"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found(
    related: Ledger, intruder: Connection, statement: str, kind: str, revision: str
) -> None:
    if intruder.dialect.name == "postgresql":
        intruder.execute(text("SET session_replication_role = replica"))
    else:
        for guard in ("update", "delete"):
            intruder.execute(text(f"DROP TRIGGER relation_no_{guard}"))
        intruder.execute(text("DROP TRIGGER event_no_delete"))
    intruder.execute(text(statement))
    key = f"{SLUG} 1.0.0 {OTHER} 1.0.0 {revision}"
    assert (kind, key) in {(fault.kind, fault.key) for fault in related.verify()}


def test_a_relation_that_is_not_there_is_not_found(related: Ledger, intruder: Connection) -> None:
    first = related.relations()[0]
    if intruder.dialect.name == "postgresql":
        intruder.execute(text("SET session_replication_role = replica"))
    else:
        intruder.execute(text("DROP TRIGGER relation_no_delete"))
    intruder.execute(text("DELETE FROM relation"))
    with pytest.raises(NotFound):
        related.relation(first)


def test_a_store_of_the_first_revision_is_upgraded_as_it_is(
    bare_url: str, opened: Callable[[str], Ledger]
) -> None:
    store = Store(bare_url)
    config = Config()
    config.set_main_option("script_location", "cladist.ledger:migrations")
    with store.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text(f"INSERT INTO epoch VALUES (1, 'first', '{NOON}')"))
    old = Ledger(store)
    fill(old)
    old.append(SLUG, 1, [change("a")], act())
    old.publish(SLUG, 2, version("1.1.0", grown(BASE, addition(1))), addition(1), act())
    before = old.events()
    old.close()

    upgraded = opened(bare_url)
    assert upgraded.events() == before
    assert upgraded.epoch() == "first"
    assert [each.number for each in upgraded.versions(SLUG)] == ["1.0.0", "1.1.0"]
    assert upgraded.head(SLUG).base_sha == digest(grown(BASE, addition(1)))
    assert upgraded.relations() == ()
    upgraded.relate(RELATION, act())
    assert upgraded.verify() == ()

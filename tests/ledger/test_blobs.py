"""Contents: whole or as deltas by what they cost, always read back to the byte."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from cladist.ledger import blobs
from cladist.ledger.ledger import Ledger
from cladist.ledger.tables import blob
from cladist.model.errors import InvalidValue
from cladist.rdf.content import Delta, difference, digest, patch
from tests.ledger.databases import connected
from tests.ledger.samples import BASE, SLUG, act, addition, grown, many, version


def kinds(url: str) -> Counter[str]:
    """How many blobs of each kind are stored."""
    engine = connected(url)
    with engine.connect() as connection:
        found = Counter(connection.scalars(select(blob.c.kind)))
    engine.dispose()
    return found


def publish_each(ledger: Ledger, slug: str, deltas: list[Delta]) -> list[tuple[bytes, ...]]:
    """Publish one delta after the other; the content of each version."""
    contents = [tuple(ledger.content(ledger.head(slug).base_sha))]
    for number, delta in enumerate(deltas):
        contents.append(grown(contents[-1], delta))
        ledger.publish(slug, number, version(f"1.{number}.0", contents[-1]), delta, act())
    return contents


def test_small_changes_of_a_large_content_are_kept_as_deltas(ledger: Ledger, url: str) -> None:
    ledger.create_taxonomy("large", "urn:large", many(5000), act())
    contents = publish_each(ledger, "large", [addition(number) for number in range(30)])
    assert kinds(url) == {"snapshot": 2, "delta": 30}  # the fixture's taxonomy has one of its own
    for lines in contents:
        assert tuple(ledger.content(digest(lines))) == lines


def test_a_chain_that_grows_too_heavy_ends_in_a_snapshot(ledger: Ledger, url: str) -> None:
    ledger.create_taxonomy("middling", "urn:middling", many(150), act())
    contents = publish_each(ledger, "middling", [addition(number) for number in range(60)])
    found = kinds(url)
    assert found["snapshot"] > 3
    assert found["delta"] > found["snapshot"]
    for lines in contents:
        assert tuple(ledger.content(digest(lines))) == lines
    assert ledger.verify() == ()


def test_what_a_chain_weighs_stays_below_half_of_its_snapshot(ledger: Ledger, url: str) -> None:
    ledger.create_taxonomy("middling", "urn:middling", many(300), act())
    publish_each(ledger, "middling", [addition(number) for number in range(60)])
    engine = connected(url)
    with engine.connect() as connection:
        for weight, root in connection.execute(select(blob.c.chain_weight, blob.c.root_size)):
            assert weight <= root / 2
    engine.dispose()


def test_a_change_of_most_lines_is_kept_whole(ledger: Ledger, url: str) -> None:
    old, new = many(2000), many(2000, salt=1)
    ledger.create_taxonomy("large", "urn:large", old, act())
    ledger.publish("large", 0, version("1.0.0", new), difference(old, new), act())
    assert kinds(url) == {"snapshot": 3}
    assert ledger.content(digest(new)) == new


def test_lines_are_kept_whole(ledger: Ledger, url: str) -> None:
    lines = grown(BASE, addition(1))
    ledger.publish(SLUG, 0, version("1.0.0", lines), lines, act())
    assert kinds(url) == {"snapshot": 2}
    assert tuple(ledger.content(digest(lines))) == lines


def test_the_same_content_is_stored_once(ledger: Ledger, url: str) -> None:
    before = kinds(url)
    ledger.publish(SLUG, 0, version("1.0.0", BASE), BASE, act())
    ledger.publish(SLUG, 1, version("1.0.1", BASE), Delta(), act())
    assert kinds(url) == before


@pytest.mark.parametrize("lines", [[b"b\n", b"a\n"], [b"a\n", b"a\n"], [b"a"]])
def test_lines_that_are_no_content_are_refused(ledger: Ledger, lines: list[bytes]) -> None:
    with pytest.raises(InvalidValue):
        ledger.create_taxonomy("other", "urn:other", lines, act())
    with pytest.raises(InvalidValue):
        ledger.publish(SLUG, 0, version("1.0.0", lines), lines, act())


CONTENTS = st.frozensets(st.binary(max_size=3), max_size=30).map(
    lambda texts: tuple(sorted(text.hex().encode() + b"\n" for text in texts))
)


@given(st.lists(CONTENTS, min_size=1, max_size=5))
def test_a_snapshot_and_its_deltas_give_the_last_content(
    contents: list[tuple[bytes, ...]],
) -> None:
    root = blobs.snapshot(contents[0])
    steps = pairwise(contents)
    links = tuple(blobs.pack(difference(old, new)) for old, new in steps)
    chain = blobs.Chain(digest(contents[-1]), root.payload, links)
    assert tuple(blobs.materialise(chain)) == contents[-1]


@given(CONTENTS, CONTENTS)
def test_a_packed_delta_is_read_back(old: tuple[bytes, ...], new: tuple[bytes, ...]) -> None:
    delta = difference(old, new)
    assert blobs.read_delta(blobs.pack(delta)) == delta
    assert tuple(patch(old, blobs.read_delta(blobs.pack(delta)))) == new

"""The log: every act in order, for whoever follows, with hashes that hold it together."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from cladist.ledger import ChangeRecord, EventRecord
from cladist.ledger.events import GENESIS, chained
from cladist.ledger.ledger import Ledger
from cladist.rdf.content import digest
from tests.ledger.samples import BASE, IRI, NOON, SLUG, act, addition, change, grown, version

GROWN = grown(BASE, addition(1))


def test_every_act_leaves_one_event(ledger: Ledger) -> None:
    ledger.append(SLUG, 0, [change("a"), change("b")], act())
    ledger.replace_changes(SLUG, 1, [change("a")], replace(act(), event="change.undone"))
    ledger.publish(SLUG, 2, version("1.0.0", GROWN), addition(1), act())
    acts = ledger.events()
    names = ["taxonomy.created", "draft.changed", "change.undone", "version.published"]
    assert [found.type for found in acts] == names
    assert [found.seq for found in acts] == [1, 2, 3, 4]
    assert {(found.slug, found.who, found.at) for found in acts} == {(SLUG, "ada", NOON)}
    said = [json.loads(found.body) for found in acts]
    assert said[0] == {"revision": 0, "iri": IRI, "sha": digest(BASE)}
    assert said[2] == {"revision": 2, "removed": ["b"], "changes": []}
    assert (said[3]["revision"], said[3]["number"], said[3]["sha"]) == (3, "1.0.0", digest(GROWN))


def test_the_log_keeps_changes_word_for_word(ledger: Ledger) -> None:
    told = ChangeRecord("a", '{"n": 1.10, "ü": "ß"}', "bob", NOON, "why “so”", '{"source": "x"}')
    ledger.append(SLUG, 0, [told], act())
    body = ledger.events(after=1)[0].body
    assert told.body in body
    assert json.loads(body)["changes"] == [
        {
            "id": "a",
            "who": "bob",
            "at": NOON,
            "why": "why “so”",
            "evidence": {"source": "x"},
            "body": {"n": 1.1, "ü": "ß"},
        }
    ]


def test_each_event_vouches_for_the_one_before(ledger: Ledger) -> None:
    for number in range(5):
        ledger.append(SLUG, number, [change(str(number))], act())
    acts = ledger.events()
    assert acts[0].prev_hash == GENESIS
    assert all(later.prev_hash == earlier.hash for earlier, later in pairwise(acts))
    for found in acts:
        assert found.hash == chained(found.seq, found.prev_hash, parts_of(found))


def parts_of(found: EventRecord) -> tuple[str, str, str, str, str]:
    """What an event's hash covers beside its number and the hash before."""
    return (found.type, found.slug, found.who, found.at, found.body)


def test_followers_read_on_from_where_they_were(ledger: Ledger) -> None:
    ledger.create_taxonomy("other", "urn:other", BASE, act())
    for number in range(5):
        ledger.append(SLUG, number, [change(str(number))], act())
        ledger.append("other", number, [change(str(number))], act())
    assert [found.seq for found in ledger.events(after=9)] == [10, 11, 12]
    assert [found.seq for found in ledger.events(after=2, limit=3)] == [3, 4, 5]
    assert [found.seq for found in ledger.events(slug="other", limit=3)] == [2, 4, 6]
    assert ledger.events(after=12) == ledger.events(slug="plants") == ()


def test_the_sequence_tells_what_another_process_wrote(
    ledger: Ledger, url: str, opened: Callable[[str], Ledger]
) -> None:
    other = opened(url)
    assert ledger.sequence() == other.sequence() == 1
    other.append(SLUG, 0, [change("a")], act())
    assert ledger.sequence() == 2
    assert ledger.draft(SLUG).changes == (change("a"),)


def test_a_new_ledger_has_no_events(url: str, opened: Callable[[str], Ledger]) -> None:
    ledger = opened(url)
    assert ledger.sequence() == 0
    assert ledger.events() == ()
    assert ledger.verify() == ()

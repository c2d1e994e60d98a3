"""Webhooks, deliveries and usages in the ledger, on both engines; the log still replays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from cladist.ledger import Usage, Webhook
from cladist.ledger.ledger import Ledger
from cladist.model.errors import NotFound, UnknownTaxonomy
from cladist.rdf.content import Delta
from tests.ledger.samples import BASE, IRI, NOON, SLUG, act, change, version

HOOK = Webhook(
    id="a1",
    slug=SLUG,
    url="https://example.org/",
    description="",
    secret="whsec_AAAA",
    active=True,
    after=0,
    who="ada",
    at=NOON,
)
LATER = "2999-01-01T00:00:00.000000Z"


@pytest.fixture
def told(url: str, opened: Callable[[str], Ledger]) -> Ledger:
    """A ledger with a webhook that was made before two versions."""
    ledger = opened(url)
    ledger.create_taxonomy(SLUG, IRI, BASE, act())
    ledger.outbox.add(HOOK)
    ledger.publish(SLUG, 0, version("1.0.0", BASE), Delta(), act())
    ledger.append(SLUG, 1, [change("a")], act())
    return ledger


def test_an_event_gets_one_delivery(told: Ledger) -> None:
    outbox = told.outbox
    assert outbox.look(NOON, told.sequence()) == (True, False)
    for _ in range(2):
        outbox.queue(NOON, "")
    assert outbox.look(LATER, told.sequence()) == (False, True)
    ((delivery, hook),) = outbox.claim(LATER, "3000", 10)
    assert (delivery.seq, delivery.type, hook.url) == (2, "version.published", HOOK.url)
    assert outbox.claim(LATER, "3000", 10) == ()
    done = replace(delivery, status="delivered", tries=1, due="3000", ended=NOON)
    outbox.settle(done)
    assert outbox.deliveries("a1", 10) == (done,)
    assert outbox.again("a1", delivery.id, NOON).status == "pending"
    outbox.settle(done)
    outbox.change(replace(HOOK, active=False, url="https://example.org/new"))
    assert outbox.webhooks(SLUG)[0].url == "https://example.org/new"
    told.publish(SLUG, 2, version("1.0.1", BASE), Delta(), act())
    outbox.queue(NOON, "")
    assert len(outbox.deliveries("a1", 10)) == 1  # it is paused
    outbox.change(HOOK)
    outbox.queue(LATER, LATER)
    assert [each.status for each in outbox.deliveries("a1", 10)] == ["pending"]
    outbox.enqueue(replace(delivery, id="ping", seq=0, type="ping"))
    outbox.remove(SLUG, "a1")
    for wrong in (lambda: outbox.webhook(SLUG, "a1"), lambda: outbox.again("a1", "x", NOON)):
        with pytest.raises(NotFound):
            wrong()
    with pytest.raises(UnknownTaxonomy):
        outbox.add(replace(HOOK, slug="none"))
    assert told.verify() == ()


def test_usages_are_acts_of_the_log(told: Ledger) -> None:
    usage = Usage(
        slug=SLUG,
        name="photos",
        kind="dataset",
        version="1.0.0",
        counts="",
        contact="",
        url="",
        note="",
        acknowledged="",
        who="ada",
        at=NOON,
        asks=True,
    )
    assert told.usages.register(usage, act()) is True
    assert told.usages.register(replace(usage, note="again"), act()) is False
    assert told.usages.acknowledge(SLUG, "photos", "mark", act()).acknowledged == "mark"
    assert [each.note for each in told.usages.asking(SLUG)] == ["again"]
    told.usages.remove(SLUG, "photos", act())
    assert told.usages.every(SLUG) == ()
    kinds = [each.type for each in told.events() if each.type.startswith("usage")]
    assert kinds == [
        *("usage.registered", "usage.registered", "usage.acknowledged", "usage.removed"),
    ]
    assert told.verify() == ()

"""Repeated requests: answered as the first time, and done once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from cladist.ledger import Act, DraftHead, Idempotency, Repeated, VersionRecord
from cladist.ledger.ledger import Ledger
from cladist.model.errors import ReusedKey, StaleDraft
from tests.ledger.samples import BASE, NOON, SLUG, act, addition, change, grown, version

GROWN = grown(BASE, addition(1))
WRITES: dict[str, Callable[[Ledger, Act], object]] = {
    "create": lambda ledger, doing: ledger.create_taxonomy("other", "urn:other", BASE, doing),
    "append": lambda ledger, doing: ledger.append(SLUG, 0, [change("a")], doing),
    "replace": lambda ledger, doing: ledger.replace_changes(SLUG, 0, [change("a")], doing),
    "publish": lambda ledger, doing: ledger.publish(
        SLUG, 0, version("1.0.0", GROWN), addition(1), doing
    ),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_repeated_write_gives_the_first_answer_and_does_nothing(
    ledger: Ledger, write: Callable[[Ledger, Act], object]
) -> None:
    write(ledger, act("key"))
    before = ledger.events()
    with pytest.raises(Repeated) as again:
        write(ledger, act("key"))
    assert again.value.response == ledger.remembered("key", "a") == '"key"'
    assert ledger.events() == before


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_key_is_not_given_to_another_request(
    ledger: Ledger, write: Callable[[Ledger, Act], object]
) -> None:
    ledger.create_taxonomy("first", "urn:first", BASE, act("key"))
    before = ledger.events()
    with pytest.raises(ReusedKey) as refusal:
        write(ledger, act("key", "another request"))
    assert refusal.value.key == "key"
    assert ledger.events() == before
    with pytest.raises(ReusedKey):
        ledger.remembered("key", "another request")


def test_the_answer_can_be_made_of_what_the_write_returns(ledger: Ledger) -> None:
    def tell(head: DraftHead) -> str:
        return f'{{"revision":{head.revision}}}'

    def name(made: VersionRecord) -> str:
        return f'{{"number":"{made.number}"}}'

    ledger.append(SLUG, 0, [change("a")], Act("ada", NOON, request=Idempotency("k", "a", tell)))
    publication = Act("ada", NOON, request=Idempotency("p", "a", name))
    ledger.publish(SLUG, 1, version("1.0.0", GROWN), addition(1), publication)
    assert ledger.remembered("k", "a") == '{"revision":1}'
    assert ledger.remembered("p", "a") == '{"number":"1.0.0"}'


def test_a_refused_write_is_not_remembered(ledger: Ledger) -> None:
    with pytest.raises(StaleDraft):
        ledger.append(SLUG, 7, [change("a")], act("key"))
    assert ledger.remembered("key", "a") is None
    ledger.append(SLUG, 0, [change("a")], act("key"))


def test_the_same_request_sent_eight_times_at_once_is_done_once(ledger: Ledger) -> None:
    def send(_: int) -> str:
        try:
            ledger.append(SLUG, 0, [change("a")], act("key"))
        except Repeated as again:
            return again.response
        return "done"

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(send, range(8)))
    assert answers == ['"key"'] * 7 + ["done"]
    assert ledger.head(SLUG).revision == 1

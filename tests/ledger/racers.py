"""Four processes that write to one draft at the same moment, round after round.

``python racers.py URL ROUNDS`` prints one JSON array per round: what became of each writer.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from cladist.ledger import open_ledger
from cladist.ledger.ledger import Ledger
from cladist.model.errors import StaleDraft
from tests.ledger.samples import SLUG, act, addition, change, grown, version

WRITERS = 4


def run(url: str, writer: int, rounds: int, barrier: Barrier, results: Connection) -> None:
    """Write when all others do; send the outcomes when all rounds are over."""
    outcomes = []
    with open_ledger(url) as ledger:
        for number in range(rounds):
            write = prepare(ledger, number, writer)
            barrier.wait()
            outcomes.append(attempt(write))
            barrier.wait()
    results.send(outcomes)


def prepare(ledger: Ledger, number: int, writer: int) -> Callable[[], object]:
    """The write of one round: the draft is at the round's number, each writer adds something."""
    if number % 2:
        return lambda: ledger.append(SLUG, number, [change(f"{number} {writer}")], act())
    delta = addition(number * WRITERS + writer)
    lines = grown(ledger.content(ledger.head(SLUG).base_sha), delta)
    new = version(f"1.{number}.0", lines)
    return lambda: ledger.publish(SLUG, number, new, delta, act())


def attempt(write: Callable[[], object]) -> str:
    """What became of a write."""
    try:
        write()
    except StaleDraft as stale:
        return "stale" if stale.actual == stale.expected + 1 else str(stale)
    except Exception as error:  # told to the test, which expects none
        return repr(error)
    return "won"


def main() -> None:
    """Race."""
    url, rounds = sys.argv[1], int(sys.argv[2])
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(WRITERS, timeout=60)
    pipes = [context.Pipe(duplex=False) for _ in range(WRITERS)]
    writers = [
        context.Process(target=run, args=(url, writer, rounds, barrier, send))
        for writer, (_, send) in enumerate(pipes)
    ]
    for process in writers:
        process.start()
    for outcomes in zip(*(receive.recv() for receive, _ in pipes), strict=True):
        print(json.dumps(outcomes))
    for process in writers:
        process.join()


if __name__ == "__main__":
    main()

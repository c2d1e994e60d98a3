"""Publishers to be killed: a process that loads the ledger once and forks one child per order.

``python victims.py URL`` reads orders from its input, one number a line. The child for an order
publishes version after version and says ``begin NUMBER`` and ``done NUMBER`` around each. With
order n it stops for good before the nth SQL statement of its first publication, or after it when
there are fewer, and says ``stop``; with order -1 it never stops. When the child has died the
process says ``dead``.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress

from sqlalchemy import Engine, event

from cladist.ledger import open_ledger
from cladist.ledger.engine import Store
from cladist.ledger.ledger import Ledger
from cladist.model.errors import StoreUnavailable
from tests.ledger.samples import SLUG, act, addition, change, grown, version


def say(words: str) -> None:
    """Write a line that no death can cut in two."""
    os.write(sys.stdout.fileno(), f"{words}\n".encode())


def stop() -> None:
    """Wait to be killed."""
    say("stop")
    while True:
        signal.pause()


def stop_before(statement: int) -> None:
    """Stop before the so manyth statement from now."""
    left = statement

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            stop()

    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)


def publish_for_ever(ledger: Ledger, order: int) -> None:
    """Publish; the number of a version says how many classes were added."""
    lines = tuple(ledger.content(ledger.head(SLUG).base_sha))
    while True:
        head = ledger.head(SLUG)
        count = 0 if head.base_version is None else int(head.base_version.split(".")[1]) + 1
        if head.length == 0:
            head = ledger.append(SLUG, head.revision, [change(str(count))], act())
        lines = grown(lines, addition(count))
        say(f"begin {count} {os.getpid()}")
        if order >= 0:
            stop_before(order)
        new = version(f"1.{count}.0", lines)
        ledger.publish(SLUG, head.revision, new, addition(count), act(str(count)))
        if order >= 0:
            stop()
        say(f"done {count}")


def main() -> None:
    """Fork a child for each order."""
    url = sys.argv[1]
    Store(url).close()  # loads the driver, without a connection
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            with suppress(StoreUnavailable):
                publish_for_ever(open_ledger(url), int(line))
            os._exit(0)
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()

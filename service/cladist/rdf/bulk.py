"""Making very many objects at once without the garbage collector looking through them meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the collector of reference cycles off until the block, or the decorated call, ends.

    It walks over all objects again and again while their number grows, and values hold no cycles.
    Several threads may do this at a time: whichever found the collector at work starts it again.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()

"""Work that is done ahead by other threads, with its results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Done = TypeVar("Done")

_WORKERS = 2
_AHEAD = 3


def ahead(
    given: Iterable[Given], work: Callable[[Given], Done], most: int = _AHEAD
) -> Iterator[Done]:
    """What ``work`` makes of each; it runs beside whoever takes the results."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[Future[Done]] = deque()
        try:
            for each in given:
                waiting.append(pool.submit(work, each))
                if len(waiting) >= most:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()

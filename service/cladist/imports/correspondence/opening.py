"""Delimited text of which the delimiter is not known: the one under which its header fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from cladist.imports.correspondence.grid import Row, rows_of_text
from cladist.model.errors import CladistError, LimitExceeded, UnreadableInput

Header = TypeVar("Header")

_NAMES = {"\t": "a tab", " ": "a blank"}
_HEAD = 10_000


def opened(
    text: str, delimiters: Sequence[str], header: Callable[[Iterator[Row]], Header]
) -> tuple[Header, Iterator[Row]]:
    """The header and the rows below it, cut where one of the delimiters stands.

    ``header`` reads rows up to the header and raises where it finds none. If it does so with every
    delimiter, what it says of the most frequent one is raised. If several fit, the caller must say
    which one is meant.
    """
    frequent = sorted(delimiters, key=text[:_HEAD].count, reverse=True)
    fitting, failures = {}, list[CladistError]()
    for delimiter in frequent:
        rows = rows_of_text(text, delimiter)
        try:
            fitting[delimiter] = header(rows), rows
        except (UnreadableInput, LimitExceeded) as failure:
            failures.append(failure)
    if not fitting:
        raise failures[0]
    if len(fitting) > 1:
        marks = " or ".join(_NAMES.get(each, f"“{each}”") for each in fitting)
        raise UnreadableInput(f"Between the cells may stand {marks}: name the delimiter.", 1)
    return fitting.popitem()[1]

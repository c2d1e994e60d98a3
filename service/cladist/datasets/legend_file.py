"""A legend as people keep it: what a dataset writes, and the class that it means."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cladist.datasets.records import Ref
from cladist.model.errors import UnreadableInput
from cladist.rdf.delimited import records


def read(text: str, name: str) -> dict[Ref, str]:
    """From a JSON object, a table of two columns, or a list with a name a line from 0.

    Texts that are whole numbers are numbers. Raises UnreadableInput.
    """
    found: dict[Ref, str] = {}
    for line, ref, meaning in _pairs(text, name):
        if ref in found:
            raise UnreadableInput(f"The legend has “{ref}” twice.", line)
        found[ref] = meaning
    return found


def _pairs(text: str, name: str) -> Iterator[tuple[int, Ref, str]]:
    if name.endswith(".json"):
        yield from _json(text)
    elif name.endswith((".csv", ".tsv")):
        for line, cells in records(text, "," if name.endswith(".csv") else "\t"):
            if len(cells) != 2:
                raise UnreadableInput("A legend has two columns: what is written, the class.", line)
            yield line, _ref(cells[0]), cells[1].strip()
    else:
        for line, each in enumerate(text.splitlines(), 1):
            if each.strip():
                yield line, line - 1, each.strip()


def _json(text: str) -> Iterator[tuple[int, Ref, str]]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise UnreadableInput(f"The legend is no JSON: {error}.") from None
    if isinstance(document, list):
        document = dict(enumerate(document))
    if not isinstance(document, dict):
        raise UnreadableInput("The legend is no JSON object from what is written to classes.")
    for ref, meaning in document.items():
        if not isinstance(meaning, str | int):
            raise UnreadableInput(f"In the legend “{ref}” is neither a name nor a code.")
        yield 1, _ref(str(ref)), f"#{meaning}" if isinstance(meaning, int) else meaning


def _ref(text: str) -> Ref:
    plain = text.strip()
    return int(plain) if plain.lstrip("-").isdecimal() and plain.isascii() else plain

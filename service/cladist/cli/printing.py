"""What verbs answer, and how it is printed: JSON for machines, lines and tables for people."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click

_UNSHOWABLE = dict.fromkeys([*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)], "\ufffd")
_UNSHOWABLE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


_SIGNS = {"": ("", ""), "-": ("[-", "-]"), "+": ("{+", "+}")}
_STYLES = {"": "", "-": "red strike", "+": "green underline"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A text whose parts stayed (``""``), went (``"-"``) or came (``"+"``)."""

    parts: Sequence[tuple[str, str]]

    def __str__(self) -> str:
        """The text with ``[-what went-]`` and ``{+what came+}`` in brackets (as wdiff does)."""
        return "".join(text.join(_SIGNS[sign]) for sign, text in self.parts)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; cells hold no line break."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str | Marked]]


Block = str | Table
"""A line of text, or a table."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb answers: for machines, for people, and the status the program ends with."""

    data: Callable[[], Any]
    text: Callable[[], Iterable[Block]]
    status: int = 0


NOTHING = Answer(lambda: None, lambda: ())
"""Said all already."""


def show(answer: Answer, *, as_json: bool) -> None:
    """Print the answer on stdout."""
    if answer is NOTHING:
        return
    if as_json:
        click.echo(json.dumps(answer.data(), ensure_ascii=False, indent=2))
        return
    for block in answer.text():
        if isinstance(block, str):
            click.echo(shown(block))
        elif sys.stdout.isatty():
            _show_rich(block)
        else:
            for line in aligned(block):
                click.echo(line)


def shown(text: str) -> str:
    """The text without characters that steer a terminal."""
    return text.translate(_UNSHOWABLE)


def cell(text: str) -> str:
    """The text on one line."""
    return " ".join(shown(text).split())


def aligned(table: Table) -> Iterator[str]:
    """The table in plain lines, as wide as its cells."""
    heads = [table.headings] if any(table.headings) else []
    rows = [[cell(str(each)) for each in row] for row in (*heads, *table.rows)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (
            each + " " * (width - _width(each)) for each, width in zip(row, widths, strict=True)
        )
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns that the text takes on a terminal (Unicode Standard Annex #11)."""
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in text
    )


def _show_rich(table: Table) -> None:
    from rich.console import Console
    from rich.table import Table as RichTable

    console = Console(highlight=False)
    coloured = console.color_system is not None and not console.no_color
    drawn = RichTable(
        box=None, pad_edge=False, header_style="bold", show_header=any(table.headings)
    )
    for heading in table.headings:
        drawn.add_column(heading, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(_rich(each if coloured else str(each)) for each in row))
    console.print(drawn)


def _rich(text: str | Marked) -> Any:
    from rich.text import Text

    if isinstance(text, str):
        return Text(cell(text))
    parts = ((" ".join(shown(part).split("\n")), _STYLES[sign]) for sign, part in text.parts)
    return Text.assemble(*parts)


def tree(
    tops: Sequence[str], children: Callable[[str], Sequence[str]], text: Callable[[str], str]
) -> Iterator[str]:
    """A line for every node below the tops, however deep; a node with two parents stands twice.

    A node that is its own ancestor is not gone into again.
    """
    stack: list[tuple[str, str, str, tuple[str, ...]]] = [
        (top, "", "", ()) for top in reversed(tops)
    ]
    while stack:
        node, branch, indent, above = stack.pop()
        yield branch + text(node)
        below = [] if node in above else list(children(node))
        for position, child in enumerate(reversed(below)):
            last = position == 0
            entry = indent + ("└── " if last else "├── ")
            stack.append((child, entry, indent + ("    " if last else "│   "), (*above, node)))


def note(text: str) -> None:
    """Something about the answer that is not part of it, on stderr."""
    click.echo(shown(text), err=True)


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """A sign of life on stderr while something takes long; only on a terminal.

    What is yielded changes its words.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        yield status.update

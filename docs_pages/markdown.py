"""Pieces of Markdown: tables, cells, lists of names, examples, and docstrings as prose."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

_ROLE = re.compile(r":\w+:`~?([^`]+)`")
_LITERAL = re.compile(r"``([^`]+)``")


def page(*parts: str) -> str:
    """The parts with a blank line between, those that are empty left out."""
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or nothing where there is no row."""
    body = [_row([cell(each) for each in row]) for row in rows]
    return "\n".join([_row(heads), _row(["---"] * len(heads)), *body]) if body else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def cell(text: str) -> str:
    """Text that stays within its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def code(value: object) -> str:
    """A word of the program."""
    return f"`{value}`"


def codes(values: Iterable[object]) -> str:
    """Words of the program, one after the other."""
    return ", ".join(code(each) for each in values)


def example(value: Any) -> str:
    """A JSON value as a block."""
    return f"```json\n{json.dumps(value, indent=2, ensure_ascii=False)}\n```"


def prose(thing: object) -> str:
    """A docstring as Markdown, without what only Sphinx would read."""
    text = inspect.getdoc(thing) or ""
    return _LITERAL.sub(r"`\1`", _ROLE.sub(r"`\1`", text))

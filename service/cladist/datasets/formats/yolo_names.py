"""The label table of a YOLO dataset: ``names`` in data.yaml, or a file with a name a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cladist.datasets.records import Edit, Entry, Row
from cladist.model.errors import UnreadableInput

_TOP = re.compile(r"^(names|nc)[ \t]*:", re.MULTILINE)
_NC = re.compile(r"^(nc[ \t]*:[ \t]*)(\d+)", re.MULTILINE)
_PLAIN = re.compile(r"[A-Za-z_][\w .()-]*\Z")


def entries_of_yaml(text: str, place: str) -> list[Entry]:
    """The entries of data.yaml; raises UnreadableInput."""
    import yaml

    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        raise UnreadableInput(f"{place} is no YAML.", line) from None
    names = document.get("names") if isinstance(document, Mapping) else None
    if isinstance(names, list):
        names = dict(enumerate(names))
    if not isinstance(names, Mapping) or not names:
        raise UnreadableInput(f"{place} has no “names”, a list or a table of numbers and names.")
    found = {_number(key, place): str(name) for key, name in names.items()}
    if sorted(found) != list(range(len(found))):
        raise UnreadableInput(
            f"The numbers in “names” of {place} must be 0 to {len(found) - 1} without gaps."
        )
    count = document.get("nc")
    if count is not None and count != len(found):
        raise UnreadableInput(f"{place} says nc: {count}, and “names” has {len(found)}.")
    return [Entry(ref=ref, names=(found[ref],)) for ref in sorted(found)]


def _number(key: Any, place: str) -> int:
    try:
        return int(key)
    except (TypeError, ValueError):
        raise UnreadableInput(f"“{key}” in “names” of {place} is no number.") from None


def yaml_edits(text: str, rows: Sequence[Row]) -> list[Edit]:
    """The edits that put other names into data.yaml, all else left as it is.

    A list stays a list, a table a table. Positions count bytes.
    """
    edits = []
    count = _NC.search(text)
    if count is not None:
        edits.append(_edit(text, count.start(2), count.end(2), str(len(rows))))
    start, end = _block(text)
    edits.append(_edit(text, start, end, _written(text[start:end], rows)))
    return sorted(edits)


def _edit(text: str, start: int, end: int, new: str) -> Edit:
    before = len(text[:start].encode())
    return Edit(before, before + len(text[start:end].encode()), new.encode())


def _block(text: str) -> tuple[int, int]:
    """Where the value of the member ``names`` begins and ends."""
    import yaml

    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value == "names":
            return value.start_mark.index, _trimmed(text, value.end_mark.index)
    raise UnreadableInput("data.yaml has no block “names”.")


def _trimmed(text: str, end: int) -> int:
    """The end without the white space and comments that follow a block."""
    found = text[:end]
    while True:
        found = found.rstrip()
        line = found.rpartition("\n")[2]
        if not line.lstrip().startswith("#"):
            return len(found)
        found = found[: len(found) - len(line)]


def _written(block: str, rows: Sequence[Row]) -> str:
    """The names in the style of the block: flow or lines, list or table."""
    names = [_scalar(row.name) for row in rows]
    if block.startswith("["):
        return f"[{', '.join(names)}]"
    if block.startswith("{"):
        return "{" + ", ".join(f"{place}: {name}" for place, name in enumerate(names)) + "}"
    indent = _indent(block)
    if block.startswith("-"):
        lines = [f"- {name}" for name in names]
    else:
        lines = [f"{place}: {name}" for place, name in enumerate(names)]
    return f"\n{indent}".join(lines)


def _indent(block: str) -> str:
    """What stands before the second line of a block."""
    second = block.partition("\n")[2]
    return second[: len(second) - len(second.lstrip())] if second else "  "


def _scalar(name: str) -> str:
    import yaml

    if _PLAIN.match(name) and isinstance(yaml.safe_load(name), str) and name == name.strip():
        return name
    return "'" + name.replace("'", "''") + "'"


def entries_of_list(text: str) -> list[Entry]:
    """The entries of a file with a name a line."""
    names = [line.strip() for line in text.splitlines()]
    while names and not names[-1]:
        names.pop()
    return [Entry(ref=place, names=(name,)) for place, name in enumerate(names)]


def list_edits(text: str, rows: Sequence[Row]) -> list[Edit]:
    """The edit that puts other names into such a file."""
    now = [row.name for row in rows]
    if [line.strip() for line in text.splitlines()] == now:
        return []
    newline = "\r\n" if "\r\n" in text else "\n"
    end = newline if text.endswith("\n") else ""
    return [Edit(0, len(text.encode()), (newline.join(now) + end).encode())]

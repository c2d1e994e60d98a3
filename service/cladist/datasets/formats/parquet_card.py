"""The card of a dataset on the Hugging Face Hub: its names of classes follow those of the files.

They stand in the YAML at the head of ``README.md``, and readers prefer them to those in the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cladist.datasets.records import Edit

if TYPE_CHECKING:
    import yaml

NAME = "README.md"
_FENCE = "---\n"
_LONGEST = 2**20
"""Bytes of a card that is looked at; no person writes more."""


def edits(data: bytes, column: str, before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    """What changes in a card where it lists for a column the names that were before."""
    import yaml

    try:
        text = data[:_LONGEST].decode()
        head, fence, _ = text.removeprefix(_FENCE).partition(f"\n{_FENCE}")
        if not text.startswith(_FENCE) or not fence:
            return []
        document: Any = yaml.compose(head, yaml.SafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError):
        return []
    found = []
    for path, names in _classes(document, (), set()):
        if path == column and [each.value for _, each in names.value] == list(before):
            start, end = names.start_mark.index, names.value[-1][1].end_mark.index
            between = "\n" + " " * names.start_mark.column
            lines = (f"'{number}': {_plain(name)}" for number, name in enumerate(after))
            places = [len((_FENCE + head[:place]).encode()) for place in (start, end)]
            found.append(Edit(places[0], places[1], between.join(lines).encode()))
    return found


def _classes(
    node: Any, path: tuple[str, ...], seen: set[int]
) -> Iterator[tuple[str, yaml.MappingNode]]:
    """Lists of names under a node, each with the path of its column; aliases are not followed."""
    import yaml

    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _classes(each, path, seen)
    elif isinstance(node, yaml.MappingNode):
        members = {key.value: value for key, value in node.value}
        name = members.get("name")
        inner = (*path, name.value) if isinstance(name, yaml.ScalarNode) else path
        for key, value in members.items():
            if key == "names" and isinstance(value, yaml.MappingNode) and not value.flow_style:
                yield ".".join(path), value
            elif key != "name":
                yield from _classes(value, inner, seen)


def _plain(name: str) -> str:
    """A name as YAML writes it."""
    import yaml

    text: str = yaml.safe_dump(name, allow_unicode=True, width=1 << 20)
    return text.removesuffix("\n").removesuffix("\n...")

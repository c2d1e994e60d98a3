"""Names for flat lists: made in one form, fitted to what a tool allows, and no name twice."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cladist.exports.classes.class_list import Item, Warned
from cladist.exports.classes.projection import Letters, NameForm, Projection
from cladist.index import VersionIndex

_STRANGE = {Letters.ASCII: re.compile(r"[^ -~]+"), Letters.WORD: re.compile(r"[^A-Za-z0-9_-]+")}


def named(
    items: Sequence[Item],
    nodes: Mapping[str, Item],
    projection: Projection,
    index: VersionIndex,
) -> tuple[list[Item], list[Warned]]:
    """The items with their places and names, and what had to be changed in these.

    Of equal names each gets its parent's label in brackets, or its code where that does not set it
    apart; a name that nobody shares stays as it is.
    """
    plain = [_plain(each, projection, index) for each in items]
    fitted = [_fitted(each, projection) for each in plain]
    apart = list(_apart(items, fitted, nodes, projection))
    result = [
        replace(item, index=place, name=name)
        for place, (item, name) in enumerate(zip(items, apart, strict=True))
    ]
    return result, list(_told(plain, fitted, apart))


def _plain(item: Item, projection: Projection, index: VersionIndex) -> str:
    if projection.name is NameForm.PATH:
        return projection.separator.join(item.path)
    if projection.name is NameForm.CODE:
        return str(item.code)
    if projection.name is NameForm.ID:
        return item.id
    if projection.name is NameForm.NOTATION:
        notations = index.entry(item.id).notations
        return notations[0].value if notations else item.label
    return item.label


def _fitted(name: str, projection: Projection) -> str:
    """The name in the letters allowed, and not too long."""
    strange = _STRANGE.get(projection.letters)
    if strange is not None:
        bare = unicodedata.normalize("NFKD", name)
        bare = "".join(each for each in bare if not unicodedata.combining(each))
        name = strange.sub("_", bare)
    return _cut(name, projection.longest)


def _cut(name: str, longest: int | None) -> str:
    if longest is None or len(name) <= longest:
        return name
    return name[: longest - 1].rstrip() + "~"


def _apart(
    items: Sequence[Item],
    fitted: Sequence[str],
    nodes: Mapping[str, Item],
    projection: Projection,
) -> Iterator[str]:
    """The names, those that come twice told apart."""
    shared = {name for name, count in Counter(fitted).items() if count > 1}
    by_parent = [_in_brackets(nodes, each, projection) for each in items]
    wished = [
        _joined(name, by_parent[place], projection) if name in shared else name
        for place, name in enumerate(fitted)
    ]
    still = {name for name, count in Counter(wished).items() if count > 1}
    taken = set(wished) - still
    for item, name, first in zip(items, wished, fitted, strict=True):
        if name in still:
            name = _joined(first, _bracketed(str(item.code), projection), projection)
            while name in taken:
                name = _joined(name, _bracketed(str(item.code), projection), projection)
            taken.add(name)
        yield name


def _in_brackets(nodes: Mapping[str, Item], item: Item, projection: Projection) -> str:
    if not item.parents or projection.name is NameForm.PATH:
        return _bracketed(str(item.code), projection)
    return _bracketed(_fitted(nodes[item.parents[0]].label, projection), projection)


def _bracketed(text: str, projection: Projection) -> str:
    return f"_{text}" if projection.letters is Letters.WORD else f" ({text})"


def _joined(name: str, ending: str, projection: Projection) -> str:
    if projection.longest is None:
        return name + ending
    ending = ending[: projection.longest // 2]
    return _cut(name, projection.longest - len(ending)) + ending


def _told(plain: Sequence[str], fitted: Sequence[str], apart: Sequence[str]) -> Iterator[Warned]:
    cut = sum(one != other for one, other in zip(plain, fitted, strict=True))
    if cut:
        yield Warned("names-fitted", f"{cut} names were shortened or had characters replaced.")
    split = sum(one != other for one, other in zip(fitted, apart, strict=True))
    if split:
        text = f"{split} names stood for several classes: their parent or code was added to them."
        yield Warned("names-told-apart", text)

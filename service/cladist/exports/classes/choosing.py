"""From a state and a projection to the list of classes that an export writes."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cladist.exports.classes.class_list import ClassList, Item, Warned
from cladist.exports.classes.colours import colour_of
from cladist.exports.classes.naming import named
from cladist.exports.classes.projection import WHOLE, Projection, Which
from cladist.index import Entry, Listing, VersionIndex, View
from cladist.index.browsing import sorted_children
from cladist.model.errors import InvalidValue
from cladist.model.taxonomy import Structure, Taxonomy, Texts


@dataclass(frozen=True, slots=True)
class State:
    """A version or draft as exports see it; ``version`` is its full number, or ``draft``."""

    slug: str
    version: str
    digest: str
    taxonomy: Taxonomy
    index: VersionIndex


def class_list(state: State, projection: Projection = WHOLE) -> ClassList:
    """The classes that a projection chooses, with names of their own each.

    Raises UnknownClass for a strange class under which classes are wanted, InvalidValue for a
    taxonomy that has no classes to choose from (regression), or where none are left.
    """
    index = state.index
    header = state.taxonomy.header
    chosen = _chosen(index, projection)
    if not chosen:
        raise InvalidValue("classes", _none(header.structure.kind))
    language = index.language(projection.language)
    nodes = _closure(index, chosen)
    made = {each: _item(state, index.entry(each), language) for each in nodes}
    items, changed = named([made[each] for each in chosen], made, projection, index)
    made.update({each.id: each for each in items})
    tops = [each for each in sorted_children(index, None, View(language)) if each in made]
    below = {each: _below(index, each, language, made) for each in made}
    return ClassList(
        slug=state.slug,
        version=state.version,
        digest=state.digest,
        header=header,
        title=_text(header.titles, language) or state.slug,
        language=language,
        items=items,
        nodes=made,
        tops=tops,
        below=below,
        groups=sorted(state.taxonomy.groups.values(), key=lambda each: each.id),
        warnings=[*_draft(state), *changed],
        whole=tuple(chosen) == tuple(index.selection),
        chosen=frozenset(chosen),
    )


def _none(kind: Structure) -> str:
    if kind is Structure.REGRESSION:
        return "A regression has no classes; its unit and bounds are in the training card."
    return "No class is chosen: take another subtree, depth or choice of classes."


def _draft(state: State) -> Iterator[Warned]:
    if state.version == "draft":
        yield Warned("draft", "This is a draft: classes may change before it is published.")


def _chosen(index: VersionIndex, projection: Projection) -> Sequence[str]:
    if projection.which is Which.SELECTABLE:
        every = index.selection
    else:
        every = [each.id for each in index.listing(Listing.ACTIVE).items]
    inside = _inside(index, projection)
    leaves = projection.which is Which.LEAVES
    return [
        each
        for each in every
        if (inside is None or each in inside) and not (leaves and index.children(each))
    ]


def _inside(index: VersionIndex, projection: Projection) -> set[str] | None:
    """The classes within the subtree and depth; none when nothing narrows the choice."""
    if not projection.under and projection.depth is None:
        return None
    tops = projection.under or tuple(index.active_roots)
    queue = deque((index.entry(each).id, 1) for each in tops)
    found = set(tops)
    while queue:
        here, level = queue.popleft()
        if projection.depth is None or level < projection.depth:
            new = [each for each in index.children(here) if each not in found]
            found.update(new)
            queue.extend((each, level + 1) for each in new)
    return found


def _closure(index: VersionIndex, chosen: Iterable[str]) -> list[str]:
    """The classes and all in use above them."""
    found = dict.fromkeys(chosen)
    queue = list(found)
    for each in queue:
        new = [up for up in index.parents(each, include_retired=False) if up not in found]
        found.update(dict.fromkeys(new))
        queue.extend(new)
    return list(found)


def _below(
    index: VersionIndex, node: str, language: str, nodes: Mapping[str, Item]
) -> Sequence[str]:
    return [each for each in sorted_children(index, node, View(language)) if each in nodes]


def _item(state: State, entry: Entry, language: str) -> Item:
    own = state.taxonomy.classes[entry.id]
    label = state.index.label(entry, language)
    return Item(
        id=entry.id,
        code=entry.code,
        index=-1,
        name=label,
        label=label,
        path=_path(state.index, entry, language),
        parents=state.index.parents(entry.id, include_retired=False),
        colour=entry.colour.upper() or colour_of(entry.code),
        own_colour=bool(entry.colour),
        hotkey=entry.hotkey,
        definition=_text(own.definitions, language) or _text(own.definitions, ""),
        synonyms=tuple(each.value for each in own.alternative if each.language == language),
    )


def _path(index: VersionIndex, entry: Entry, language: str) -> tuple[str, ...]:
    found, seen = [entry], {entry.id}
    while above := index.parents(found[-1].id, include_retired=False):
        if above[0] in seen:
            break
        seen.add(above[0])
        found.append(index.entry(above[0]))
    return tuple(index.label(each, language) for each in reversed(found))


def _text(texts: Texts, language: str) -> str:
    """The text in a language; with none named, in any."""
    fitting = (each.value for each in texts if not language or each.language == language)
    return next(fitting, "")

"""Verbs that look at classes: lists and trees, one class, search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from cladist.cli.answers import Names
from cladist.cli.desk import DRAFT, Desk, Reading, Target, read
from cladist.cli.options import CLASS, TARGET, verb
from cladist.cli.printing import Answer, Block, Table, cell, tree
from cladist.cli.shapes import TITLES, class_json, group_json, plain
from cladist.model.change.references import find
from cladist.model.errors import UnknownClass
from cladist.model.taxonomy import Class

if TYPE_CHECKING:
    from cladist.index import Hit


@verb
@TARGET
@click.option("--under", metavar="CLASS", help="Only the classes below this one.")
@click.option("--tree", "as_tree", is_flag=True, help="Draw the hierarchy; JSON stays a list.")
@click.option("--selectable", is_flag=True, help="Only those that annotators may pick.")
@click.option("--retired", is_flag=True, help="Retired classes too.")
def classes(
    desk: Desk,
    *,
    target: Target,
    under: str | None,
    as_tree: bool,
    selectable: bool,
    retired: bool,
) -> Answer:
    """List the classes of a version or the draft.

    They stand in the order of their codes; “index” is the class index that training heads use.
    """
    with desk.catalog() as catalog:
        found = read(catalog, target)
    top = None if under is None else find(found.state.taxonomy, under)
    chosen = _chosen(found, top, selectable=selectable, retired=retired)

    def text() -> Iterator[Block]:
        if as_tree:
            yield from _tree(found, top, {each.id for each in chosen})
        elif chosen:
            yield _table(found, chosen)
        yield f"{found.name}: {len(chosen)} classes"

    return Answer(lambda: _listed(found, chosen), text)


def _chosen(found: Reading, top: str | None, *, selectable: bool, retired: bool) -> Sequence[Class]:
    index, known = found.state.index, found.state.taxonomy.classes
    wanted = None if top is None else set(index.descendants(top, retired))
    return [
        known[each]
        for each in (index.selection if selectable else index.order)
        if (retired or known[each].active) and (wanted is None or each in wanted)
    ]


def _listed(found: Reading, chosen: Sequence[Class]) -> dict[str, Any]:
    taxonomy, index = found.state.taxonomy, found.state.index
    return {
        "slug": found.slug,
        "version": found.version,
        "sha256": found.state.sha,
        "total": len(chosen),
        "classes": [class_json(taxonomy, each, index.position(each.id)) for each in chosen],
    }


def _table(found: Reading, chosen: Sequence[Class]) -> Table:
    names, index = Names(found.state.taxonomy), found.state.index
    rows = []
    for each in chosen:
        position = index.position(each.id)
        label = names(each.id) if each.active else f"{names(each.id)} (retired)"
        above = ", ".join(map(names, each.parents))
        rows.append((f"#{each.code}", "" if position is None else str(position), label, above))
    return Table(("code", "index", "label", "under"), rows)


def _tree(found: Reading, top: str | None, chosen: set[str]) -> Iterator[str]:
    """The chosen classes and those above them, as far up as the top that was named."""
    from cladist.index import View
    from cladist.index.browsing import sorted_children

    taxonomy, index = found.state.taxonomy, found.state.index
    names, view = Names(taxonomy), View(include_retired=True)
    kept = chosen | {above for each in chosen for above in index.ancestors(each)}

    def below(node: str | None) -> list[str]:
        return [each for each in sorted_children(index, node, view) if each in kept]

    def line(node: str) -> str:
        retired = "" if taxonomy.classes[node].active else " (retired)"
        return f"{cell(names(node))} #{taxonomy.classes[node].code}{retired}"

    yield from tree(below(None) if top is None else [top], below, line)


@verb
@TARGET
@CLASS
def show(desk: Desk, *, target: Target, named: str) -> Answer:
    """Show one class with all that is said of it.

    Retired classes are named by id or #code.
    """
    with desk.catalog() as catalog:
        found = read(catalog, target)
    try:
        item = found.state.taxonomy.classes[find(found.state.taxonomy, named)]
    except UnknownClass:
        raise UnknownClass(named, _searched(found)) from None
    data = _described(found, item)
    return Answer(lambda: data, lambda: _description(found, item, data))


def _searched(found: Reading) -> str:
    """What was looked through, and where classes stand that are not published yet."""
    return found.name if found.version == DRAFT else f"{found.name} (look in {found.slug}@draft)"


def _described(found: Reading, item: Class) -> dict[str, Any]:
    from cladist.index import paths
    from cladist.index.browsing import sorted_children

    taxonomy, index = found.state.taxonomy, found.state.index
    language = taxonomy.header.default_language
    held = (each for each in taxonomy.groups.values() if item.id in each.members)
    return {
        "slug": found.slug,
        "version": found.version,
        **class_json(taxonomy, item, index.position(item.id)),
        "paths": [
            [taxonomy.classes[each].label(language) for each in way]
            for way in paths(index, item.id).paths
        ],
        "children": list(sorted_children(index, item.id)),
        "groups": [group_json(taxonomy, each) for each in held],
    }


_SHOWN_APART = ("id", "code", "parents", "retirement", "extra", "selectable", "preferred")


def _description(found: Reading, item: Class, data: dict[str, Any]) -> Iterator[Block]:
    names = Names(found.state.taxonomy)
    yield f"{names(item.id)} #{item.code}, {found.name}"
    rows = [("id", item.id)]
    if item.retirement is not None:
        rows.append(("retired", names.value(item.retirement)))
    rows += [("path", " > ".join(way)) for way in data["paths"]]
    rows.append(("children", ", ".join(map(names, data["children"]))))
    rows.append(("may be picked", "yes" if data["selectable"] else "no"))
    rows.append(("class index", "" if data["index"] is None else str(data["index"])))
    rows.append(("labels", names.value(item.preferred)))
    for field in plain(item):
        value = getattr(item, field)
        if field not in _SHOWN_APART and value not in ((), "", None):
            rows.append((TITLES.get(field, field.replace("_", " ")), names.value(value)))
    for group in data["groups"]:
        rows.append(("exclusive among", ", ".join(group["member_labels"])))
    if item.extra:
        rows.append(("other statements", f"{len(item.extra)} (--json has them)"))
    yield Table(("", ""), [row for row in rows if row[1]])


@verb
@TARGET
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, help="Most hits: 20.")
@click.option("--retired", is_flag=True, help="Retired classes too.")
def search(
    desk: Desk, *, target: Target, words: tuple[str, ...], limit: int, retired: bool
) -> Answer:
    """Find classes by their labels.

    Whole labels come first, then codes and notations, other labels, and what begins with the words.
    Where few are found, classes with similar labels are suggested.
    """
    from cladist.index import Scope
    from cladist.index import search as look

    with desk.catalog() as catalog:
        found = read(catalog, target)
    result = look(found.state.index, " ".join(words), Scope(None, retired), limit=limit)

    def text() -> Iterator[Block]:
        if result.hits:
            yield _hits(found, result.hits)
        else:
            yield f"There is no such class in {_searched(found)}."
        if result.suggestions:
            yield "Similar:"
            yield _hits(found, result.suggestions)

    return Answer(
        lambda: {
            "slug": found.slug,
            "version": found.version,
            "hits": [_hit(found, each) for each in result.hits],
            "suggestions": [_hit(found, each) for each in result.suggestions],
        },
        text,
    )


def _hit(found: Reading, hit: Hit) -> dict[str, Any]:
    names = Names(found.state.taxonomy)
    return {
        "id": hit.entry.id,
        "code": hit.entry.code,
        "label": names(hit.entry.id),
        "how": hit.how.value,
        "matched": hit.label,
        "language": hit.language,
        "active": hit.entry.active,
    }


def _hits(found: Reading, hits: Sequence[Hit]) -> Table:
    names = Names(found.state.taxonomy)
    rows = [
        (
            f"#{each.entry.code}",
            names(each.entry.id),
            each.how.value.replace("-", " "),
            "" if each.label == names(each.entry.id) else each.label,
            ", ".join(map(names, each.entry.parents)),
        )
        for each in hits
    ]
    return Table(("code", "label", "found by", "matched", "under"), rows)

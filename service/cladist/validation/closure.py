"""Who stands above whom in a hierarchy that may be dirty: cyclic, dangling, thousands deep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Edges = Mapping[str, Iterable[str]]
"""The parents of each node; a parent need not be a key."""

_BLOCK = 4096
"""Bits of one mask: bounds the memory of a pass to half a kibibyte a node."""


def components(edges: Edges) -> list[list[str]]:
    """The strongly connected components, parents first, by Kosaraju's two walks."""
    back: dict[str, list[str]] = {}
    for node, above in edges.items():
        for step in above:
            back.setdefault(step, []).append(node)
    placed: set[str] = set()
    found: list[list[str]] = []
    for root in reversed(_finished(edges)):
        if root in placed:
            continue
        placed.add(root)
        members = [root]
        for node in members:  # grows while it is read
            fresh = [each for each in back.get(node, ()) if each not in placed]
            placed.update(fresh)
            members.extend(dict.fromkeys(fresh))
        found.append(members)
    found.reverse()
    return found


def _finished(edges: Edges) -> list[str]:
    """All nodes in the order in which a depth-first walk leaves them."""
    seen: set[str] = set()
    order: list[str] = []
    for root in edges:
        stack = [] if root in seen else [(root, iter(edges[root]))]
        seen.add(root)
        while stack:
            node, rest = stack[-1]
            step = next((each for each in rest if each not in seen), None)
            if step is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(step)
                stack.append((step, iter(edges.get(step, ()))))
    return order


def is_cycle(component: Sequence[str], edges: Edges) -> bool:
    """Whether the nodes of a component are above themselves."""
    return len(component) > 1 or component[0] in edges.get(component[0], ())


def above(
    edges: Edges, order: Sequence[Sequence[str]], anchors: Sequence[str]
) -> Iterator[tuple[range, dict[str, int]]]:
    """For blocks of anchors: the block's positions, and for each node that has any of them above
    it a mask whose bit n stands for the n-th anchor of the block.

    ``order`` is what ``components`` gave. An anchor is above itself only on a cycle.
    """
    for start in range(0, len(anchors), _BLOCK):
        block = range(start, min(start + _BLOCK, len(anchors)))
        bits: dict[str, int] = {}
        for position in block:
            anchor = anchors[position]
            bits[anchor] = bits.get(anchor, 0) | 1 << (position - start)
        yield block, _masks(edges, order, bits)


def _masks(edges: Edges, order: Sequence[Sequence[str]], bits: Mapping[str, int]) -> dict[str, int]:
    masks: dict[str, int] = {}
    for members in order:
        mask = 0
        for node in members:
            for parent in edges.get(node, ()):
                mask |= masks.get(parent, 0) | bits.get(parent, 0)
        if mask:
            masks.update(dict.fromkeys(members, mask))
    return masks

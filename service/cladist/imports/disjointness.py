"""Which exclusive groups follow from what OWL says of disjoint classes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from cladist.imports.survey import Survey
from cladist.model.taxonomy import Group, Taxonomy


def with_groups(taxonomy: Taxonomy, survey: Survey, members: set[str]) -> Taxonomy:
    """The taxonomy with a group for every set of disjoint classes that has none yet.

    A disjoint union (OWL 2, section 9.1.4) becomes a group that is exhaustive under its class.
    Pairs of which all are disjoint from each other become one group; ``members`` are tokens.
    """
    known = {frozenset(group.members) for group in taxonomy.groups.values()}
    mint = taxonomy.header.mint
    made: dict[str, Group] = {}
    for above, below in sorted(survey.unions, key=lambda each: (each[0], sorted(each[1]))):
        ids = _ids(below)
        if len(ids) > 1 and {above, *below} <= members and ids not in known:
            known.add(ids)
            group = _group(mint, ids, above[1:-1])
            made[group.id] = group
    stated = (*survey.disjoint, *(below for _, below in survey.unions))
    for ids in disjoint_sets((*known, *(_ids(each & members) for each in stated))):
        if ids not in known:
            group = _group(mint, ids)
            made[group.id] = group
    survey.note("disjoint", "are exclusive groups made from disjoint classes", made)
    return replace(taxonomy, groups={**taxonomy.groups, **made})


def disjoint_sets(stated: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The fewest sets, found greedily, that say all that was stated and nothing else.

    A pair within a larger set that was stated says nothing new; the other pairs are joined where
    every two of a set make one of them.
    """
    pairs, larger = set[frozenset[str]](), set[frozenset[str]]()
    for each in stated:
        if len(each) > 1:
            (pairs if len(each) == 2 else larger).add(each)
    holding: dict[str, set[int]] = {}
    for place, each in enumerate(larger):
        for item in each:
            holding.setdefault(item, set()).add(place)
    left = {
        pair for pair in pairs if not set.intersection(*(holding.get(each, set()) for each in pair))
    }
    return sorted((*larger, *_cliques(left)), key=sorted)


def _cliques(pairs: set[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Sets of which every two are a pair, so that every pair is within one of them."""
    near: dict[str, set[str]] = {}
    for one, other in map(sorted, pairs):
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    done: set[frozenset[str]] = set()
    for pair in sorted(pairs, key=sorted):
        if pair in done:
            continue
        clique = set(pair)
        for each in sorted(set.intersection(*(near[item] for item in pair))):
            if clique <= near[each]:
                clique.add(each)
        done.update(map(frozenset, combinations(sorted(clique), 2)))
        yield frozenset(clique)


def _ids(tokens: frozenset[str]) -> frozenset[str]:
    return frozenset(each[1:-1] for each in tokens)


def _group(mint: str, ids: frozenset[str], under: str = "") -> Group:
    ordered = tuple(sorted(ids))
    named = "\n".join((under, *ordered) if under else ordered)
    token = hashlib.sha256(named.encode()).hexdigest()[:12]
    return Group(id=f"{mint}g-{token}", members=ordered, exhaustive=bool(under), under=under)

"""What follows from the content and what the rules ask for: derived statements, never stored.

* ``rdf:type`` along ``rdfs:subClassOf`` (RDFS 9), for the types that rules look for;
* ``skos:broaderTransitive`` (SKOS S22, S24), but only towards classes for which a rule asks:
  members of exclusive groups, the classes that groups divide and the children of these, ends of
  ``skos:related``, between the parents of one class, and round each cycle. The whole closure of a
  chain of n classes has n²/2 statements;
* ``clad:isReplacedByTransitive``, the same closure of ``dcterms:isReplacedBy``, round each cycle
  and to one class in use;
* ``clad:inCluster``, from each class that hangs together with others by ``skos:broader`` and
  ``skos:related`` to the first of them by id.

An engine that derives all of them comes to the same results.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rdflib import Graph, Literal, URIRef

from cladist.rdf.namespaces import CLAD, DCTERMS, OWL, RDF, RDFS, SKOS
from cladist.validation.closure import above, components, is_cycle

TYPES = (
    f"{SKOS}Concept",
    f"{SKOS}ConceptScheme",
    f"{SKOS}Collection",
    f"{CLAD}ExclusiveGroup",
)
"""The types that an instance of a subclass of theirs has too."""

_SHOWN = 64
"""Of the members of one group above one class, so many at least are derived (if there are)."""

_DEPRECATED, _TRUE = URIRef(f"{OWL}deprecated"), Literal(True)

Links = Mapping[str, Sequence[str]]
Order = Sequence[Sequence[str]]
Pairs = Iterator[tuple[str, str]]


def entail(graph: Graph) -> None:
    """Add the derived statements and drop ``rdfs:subClassOf``, of which nothing more follows."""
    subclasses = _links(graph, f"{RDFS}subClassOf", inverse=True)
    _add(graph, f"{RDF}type", _inherited(subclasses, _links(graph, f"{RDF}type", inverse=True)))
    graph.remove((None, URIRef(f"{RDFS}subClassOf"), None))
    parents = _links(graph, f"{SKOS}broader")
    order = components(parents)
    broader = f"{SKOS}broaderTransitive"
    _add(graph, broader, _cycles(parents, order))
    _add(graph, broader, _relatives(parents, order, _links(graph, f"{SKOS}related")))
    _add(graph, broader, _members(parents, order, _anchors(graph)))
    _add(graph, broader, _relatives(parents, order, _together(parents)))
    successors = _links(graph, f"{DCTERMS}isReplacedBy")
    chains = components(successors)
    _add(graph, f"{CLAD}isReplacedByTransitive", _cycles(successors, chains))
    concepts = set(_links(graph, f"{RDF}type", inverse=True).get(f"{SKOS}Concept", ()))
    used = {each for each in concepts if (URIRef(each), _DEPRECATED, _TRUE) not in graph}
    _add(graph, f"{CLAD}isReplacedByTransitive", _ends_in_use(successors, chains, used))
    related = _links(graph, f"{SKOS}related")
    _add(graph, f"{CLAD}inCluster", _clusters((parents, related), concepts))


def _together(parents: Links) -> dict[str, list[str]]:
    """The parents of one class, each with the others."""
    found: dict[str, list[str]] = {}
    for upper in parents.values():
        if len(upper) > 1:
            for each in upper:
                found.setdefault(each, []).extend(other for other in upper if other != each)
    return found


def _ends_in_use(successors: Links, order: Order, used: Collection[str]) -> Pairs:
    """Classes with one class in use that their successors lead to."""
    ends: dict[str, str] = {}
    for members in order:
        steps = [each for node in members for each in successors.get(node, ())]
        found = next((each for each in steps if each in used), None)
        found = found or next((ends[each] for each in steps if each in ends), None)
        if found is not None:
            ends.update(dict.fromkeys(members, found))
    yield from ends.items()


def _clusters(links: Sequence[Links], concepts: Collection[str]) -> Pairs:
    """Concepts that hang together, each with the first of them by id."""
    near: dict[str, list[str]] = {}
    pairs = ((item, other) for each in links for item in each for other in each[item])
    for one, other in pairs:
        if one in concepts and other in concepts and one != other:
            near.setdefault(one, []).append(other)
            near.setdefault(other, []).append(one)
    placed: set[str] = set()
    for start in sorted(near):
        if start in placed:
            continue
        found = [start]
        placed.add(start)
        for each in found:  # grows while it is read
            fresh = [other for other in near[each] if other not in placed]
            placed.update(fresh)
            found.extend(dict.fromkeys(fresh))
        yield from ((each, start) for each in found)


def _links(graph: Graph, predicate: str, *, inverse: bool = False) -> dict[str, list[str]]:
    """Subjects with their objects that are IRIs, or the other way round."""
    found: dict[str, list[str]] = {}
    for subject, value in graph.subject_objects(URIRef(predicate)):
        if isinstance(value, URIRef):
            one, other = (value, subject) if inverse else (subject, value)
            found.setdefault(str(one), []).append(str(other))
    return found


def _add(graph: Graph, predicate: str, pairs: Iterable[tuple[str, str]]) -> None:
    link = URIRef(predicate)
    for subject, value in pairs:
        graph.add((URIRef(subject), link, URIRef(value)))


def _inherited(subclasses: Links, instances: Links) -> Pairs:
    for kind in TYPES:
        below = list(subclasses.get(kind, ()))
        seen = {kind, *below}
        for each in below:  # grows while it is read
            fresh = [lower for lower in subclasses.get(each, ()) if lower not in seen]
            seen.update(fresh)
            below.extend(fresh)
        yield from ((item, kind) for each in below for item in instances.get(each, ()))


def _cycles(links: Links, order: Order) -> Pairs:
    """Each node of a cycle above itself, and above and below the first node of its cycle."""
    for members in order:
        if is_cycle(members, links):
            first = min(members)
            for node in members:
                yield from ((node, node), (node, first), (first, node))


def _relatives(parents: Links, order: Order, related: Links) -> Pairs:
    """Related pairs of which one is above the other."""
    anchors = sorted({end for one, others in related.items() for end in (one, *others)})
    for block, masks in above(parents, order, anchors):
        bits = {anchors[position]: 1 << (position - block.start) for position in block}
        for one, others in related.items():
            for other in others:
                if masks.get(one, 0) & bits.get(other, 0):
                    yield one, other
                if masks.get(other, 0) & bits.get(one, 0):
                    yield other, one


def _anchors(graph: Graph) -> list[list[str]]:
    """The members of each exclusive group, and each class that a group divides."""
    members = _links(graph, f"{SKOS}member")
    groups = _links(graph, f"{RDF}type", inverse=True).get(f"{CLAD}ExclusiveGroup", ())
    divided = {each for found in _links(graph, f"{CLAD}under").values() for each in found}
    lower = _links(graph, f"{SKOS}broader", inverse=True)
    exhausted = {
        each
        for group, found in _links(graph, f"{CLAD}under").items()
        if (URIRef(group), URIRef(f"{CLAD}exhaustive"), _TRUE) in graph
        for above in found
        for each in lower.get(above, ())
    }
    found = [sorted(set(members[group])) for group in sorted(groups) if group in members]
    return found + [[each] for each in sorted(divided | exhausted)]


def _members(parents: Links, order: Order, groups: Sequence[Sequence[str]]) -> Pairs:
    """Classes with the anchors above them, up to a number from each group."""
    anchors = [anchor for group in groups for anchor in group]
    ends = [end for group, end in zip(groups, _ends(groups), strict=True) for _ in group]
    for block, masks in above(parents, order, anchors):
        for node, mask in masks.items():
            for position in _chosen(mask, block.start, ends):
                yield node, anchors[position]


def _ends(groups: Sequence[Sequence[str]]) -> Iterator[int]:
    end = 0
    for group in groups:
        end += len(group)
        yield end


def _chosen(mask: int, start: int, ends: Sequence[int]) -> Iterator[int]:
    """Positions of set bits, the first few of each group."""
    taken, group = 0, -1
    while mask:
        bit = (mask & -mask).bit_length() - 1
        position = start + bit
        taken = taken + 1 if ends[position] == group else 1
        group = ends[position]
        yield position
        over = group - start if taken >= _SHOWN else bit + 1
        mask = mask >> over << over

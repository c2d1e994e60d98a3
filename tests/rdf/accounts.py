"""Accounts of correspondences: one of each kind with odd names, and those of random histories."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from cladist.model.change.parts import Part
from cladist.model.change.planning import replay
from cladist.model.correspondence.account import Account, Name, Side, told_by
from cladist.model.correspondence.components import ClassPair, Component, Kind
from cladist.model.correspondence.descent import Made, correspondence_of, extent_of
from cladist.model.correspondence.relation import converse
from cladist.model.taxonomy import Notation
from tests.model.histories import BASE, empty, histories

IRI = BASE + "insects"
ODD_IDS = (
    "https://example.org/t/Käfer",
    "https://example.org/t/日本/",
    "https://example.org/t/a(b)'c;d=1,2&e?f=g",
    "https://example.org/t/50%25",
    "https://example.org/t/page#",
    "https://example.org",
    "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
    "urn:x:é",
    "https://w3id.org/cladist/ns#Thing",
    "http://www.w3.org/2004/02/skos/core#Concept",
)
"""Class IRIs that not every notation of CURIEs can hold."""

ODD_LABELS = (
    "a\ttab",
    "two\nlines\r\nor three\rof them",
    'a "quoted" word',
    '"',
    "#hash",
    "=1+1",
    "+1",
    "-1",
    "@you",
    "'=1",
    "'quoted'",
    " spaces ",
    "NA",
    "null",
    "pipe | and \\ back",
    "日本 é é 😀",
    "line\u2028separator",
    "semi;colon, comma",
)

labels = st.sampled_from(ODD_LABELS) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r"), min_size=1
)
notations = st.builds(Notation, labels, st.sampled_from(("", BASE + "isic", BASE + "naics")))
names = st.builds(
    Name,
    labels,
    st.none() | st.integers(-1, 10**9),
    st.sets(notations, max_size=3).map(lambda found: tuple(sorted(found))),
)
change_ids = st.lists(
    st.text("ab|\\/%é #", min_size=1, max_size=4), min_size=40, max_size=40, unique=True
)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """What became of the classes of a random history between two places in it."""
    changes = draw(histories(most=14))
    ids = draw(change_ids)
    sure = st.sampled_from((Fraction(1), Fraction(9, 10), Fraction(1, 3)))
    made = [Made(name, each, draw(sure)) for name, each in zip(ids, changes, strict=False)]
    start = draw(st.integers(0, len(changes)))
    state, _ = replay(empty(), changes[:start])
    found = correspondence_of(extent_of(state), made[start:])
    if draw(st.booleans()):
        found = converse(found)
    known = sorted({*found.source.classes, *found.target.classes})
    renamed = draw(st.sets(st.sampled_from(known)) if known else st.just(set()))
    return Account(
        source=_side(draw, "1.0.0", known),
        target=_side(draw, draw(st.sampled_from(("2.0.0", "draft"))), known),
        components=told_by(found, frozenset(renamed), unchanged=draw(st.booleans())),
    )


def _side(draw: st.DrawFn, version: str, known: list[str]) -> Side:
    return Side(
        taxonomy=IRI,
        slug="insects",
        version=version,
        language=draw(st.sampled_from(("en", "zh-hant"))),
        names={each: draw(names) for each in known},
    )


def pair(source: str, target: str, predicate: str, *parts: Part, ask: bool = False) -> ClassPair:
    """A pair that a person recorded."""
    return ClassPair(
        source=source,
        target=target,
        source_part=parts[0],
        target_part=parts[1],
        predicate=predicate,
        justification="ManualMappingCuration",
        confidence=0.75,
        changes=("c1", "c|2"),
        needs_decision=ask,
    )


def class_id(name: str) -> str:
    """The IRI of a class of the example."""
    return f"{IRI}/{name}"


def side(version: str) -> Side:
    """A side of the example, with a name for every class."""
    ids = [*map(class_id, "abcdefghijklmnopq"), *ODD_IDS]
    found = {
        each: Name(ODD_LABELS[place % len(ODD_LABELS)], place, (Notation(f"0{place}", BASE + "n"),))
        for place, each in enumerate(ids)
    }
    return Side(taxonomy=IRI, slug="insects", version=version, names=found)


def _component(kind: Kind, *pairs: ClassPair) -> Component:
    return Component(
        kind=kind,
        sources=tuple(sorted({each.source for each in pairs})),
        targets=tuple(sorted({each.target for each in pairs})),
        pairs=pairs,
    )


def every_kind() -> Account:
    """One component of each kind, and pairs between all odd ids."""
    a, b, c, d, e, f, g, h, i, j, k, new, back = map(class_id, "abcdefghijklm")
    whole, part = Part.WHOLE, Part.PART
    odd = [pair(each, each, "exactMatch", whole, whole) for each in sorted(ODD_IDS)]
    return Account(
        source=side("1.0.0"),
        target=side("2.0.0"),
        components=(
            *(_component(Kind.UNCHANGED, each) for each in odd),
            _component(
                Kind.MERGED,
                pair(a, c, "broadMatch", whole, part),
                pair(b, c, "broadMatch", whole, part),
            ),
            _component(
                Kind.SPLIT,
                pair(d, f, "narrowMatch", part, whole, ask=True),
                pair(d, e, "narrowMatch", part, whole, ask=True),
            ),
            _component(
                Kind.REGROUPED,
                pair(g, i, "relatedMatch", part, part, ask=True),
                pair(g, j, "narrowMatch", part, whole, ask=True),
                pair(h, i, "closeMatch", part, part),
            ),
            Component(kind=Kind.RETIRED, sources=(k,), targets=()),
            Component(kind=Kind.ADDED, sources=(), targets=(new,)),
            Component(kind=Kind.RESTORED, sources=(), targets=(back,)),
        ),
    )

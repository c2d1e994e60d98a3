"""Laws of matching: total, independent of order, and sure of what has not changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cladist.model.matching import Basis, Evidence, Proposal, ProposedKind, match
from cladist.model.taxonomy import Class, Header, Notation, Retirement, Taxonomy, Text

LABELS = ("cat", "cats", "dog", "big dog", "small dog", "hen", "red hen", "other")


@st.composite
def classes(draw: st.DrawFn, namespace: str) -> Taxonomy:
    """A few classes that share labels, codes and now and then an id; parents may be anything."""
    bases = (namespace, "https://both.example/")
    ids = st.builds("{}{}".format, st.sampled_from(bases), st.integers(0, 6))
    made: dict[str, Class] = {}
    for number in range(draw(st.integers(0, 7))):
        base = draw(st.sampled_from(bases))
        class_id = f"{base}{number}"
        retired = draw(st.integers(0, 5)) == 0
        made[class_id] = Class(
            id=class_id,
            preferred=(Text(draw(st.sampled_from(LABELS)), "en"),),
            alternative=_texts(draw),
            definitions=_texts(draw),
            notations=(Notation(draw(st.sampled_from("12")), "codes"),) if number % 2 else (),
            parents=tuple(sorted(draw(st.sets(ids, max_size=2)))),
            retirement=Retirement("rare", tuple(sorted(made)[:1])) if retired else None,
        )
    return Taxonomy(Header(iri="https://example.org/pets", slug="pets"), made)


def _texts(draw: st.DrawFn) -> tuple[Text, ...]:
    return tuple(
        Text(each, "en") for each in sorted(draw(st.sets(st.sampled_from(LABELS), max_size=2)))
    )


OLD, NEW = classes("https://old.example/"), classes("https://new.example/")


def active(taxonomy: Taxonomy) -> Counter[str]:
    return Counter(each.id for each in taxonomy.classes.values() if each.active)


def backwards(taxonomy: Taxonomy) -> Taxonomy:
    return replace(taxonomy, classes=dict(reversed(list(taxonomy.classes.items()))))


def brief(found: tuple[Proposal, ...]) -> list[tuple[object, ...]]:
    return [(each.id, each.kind, each.sources, each.targets, each.confidence) for each in found]


@given(OLD, NEW)
def test_every_class_has_exactly_one_proposal(old: Taxonomy, new: Taxonomy) -> None:
    found = match(old, new)
    sources = Counter(source for each in found for source in each.sources)
    targets = Counter(target for each in found for target in each.targets)
    restored = {each for each in sources if not old.classes[each].active}
    assert sources - Counter(restored) == active(old)
    assert targets == active(new)
    assert restored <= new.classes.keys()


@given(OLD, NEW)
def test_pairs_make_up_what_is_proposed(old: Taxonomy, new: Taxonomy) -> None:
    found = match(old, new)
    assert len({each.id for each in found}) == len(found)
    for each in found:
        assert 0 <= each.confidence <= 1
        assert bool(each.pairs) is (each.kind not in (ProposedKind.RETIRED, ProposedKind.ADDED))
        if each.pairs:
            assert {pair.source for pair in each.pairs} == set(each.sources)
            assert {pair.target for pair in each.pairs} == set(each.targets)
            assert all(pair.clues for pair in each.pairs)
        if each.ambiguous:
            assert each.alternatives
            assert each.confidence <= 0.5


@given(OLD, NEW)
def test_the_order_of_classes_does_not_matter(old: Taxonomy, new: Taxonomy) -> None:
    found = match(backwards(old), backwards(new))
    assert brief(match(old, new)) == brief(found)


@given(OLD)
def test_nothing_changed_is_all_the_same(old: Taxonomy) -> None:
    found = match(old, old)
    assert {(each.kind, each.confidence) for each in found} <= {(ProposedKind.SAME, 1.0)}


@given(OLD)
def test_another_namespace_is_all_the_same(old: Taxonomy) -> None:
    """Whatever labels repeat, each class is found again by where its id ends."""

    def elsewhere(class_id: str) -> str:
        return "https://elsewhere.example/" + class_id.rpartition("/")[2]

    moved = {
        elsewhere(each.id): replace(
            each, id=elsewhere(each.id), parents=tuple(map(elsewhere, each.parents))
        )
        for each in old.classes.values()
        if each.active
    }
    found = match(old, Taxonomy(old.header, moved))
    pairs = {(each.sources, each.targets) for each in found if not each.ambiguous}
    assert pairs == {((each,), (elsewhere(each),)) for each in active(old)}


@given(OLD, NEW, st.sets(st.sampled_from(Evidence)))
def test_only_evidence_that_may_be_used_is_named(
    old: Taxonomy, new: Taxonomy, use: set[Evidence]
) -> None:
    found = match(old, new, Basis(use=frozenset(use)))
    clues = {clue.evidence for each in found for pair in each.pairs for clue in pair.clues}
    assert clues <= use

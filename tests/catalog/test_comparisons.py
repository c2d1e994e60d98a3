"""Comparing versions and drafts: the difference, its residual, and what became of classes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from cladist.catalog.catalog import Catalog
from cladist.catalog.comparing import diff_of
from cladist.catalog.drafting import seen
from cladist.catalog.history import draft_step
from cladist.catalog.opened import OpenDraft, Opened
from cladist.catalog.selecting import Named
from cladist.ledger.records import ChangeRecord
from cladist.model.bump import reasons
from cladist.model.change import kinds
from cladist.model.change.effect import apply_effect
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.correspondence.components import Kind, outcome
from cladist.model.diff.filtering import Scope
from cladist.model.diff.values import CardState, Diff, Mark, OperationKind
from cladist.model.errors import UnknownVersion
from cladist.model.taxonomy import Class, Taxonomy, Text
from cladist.rdf.content import Delta, difference, digest, patch
from cladist.rdf.writing import content
from cladist.wire import change_text
from tests.catalog.test_story import ADA, new, pets
from tests.model.histories import empty, histories

__all__ = ["pets"]


def opened(taxonomy: Taxonomy) -> Opened:
    """A state as it is read back from its content."""
    lines = content(taxonomy)
    return Opened(taxonomy.header.iri, digest(lines), lines)


def drafted(base: Taxonomy, changes: tuple[Change, ...]) -> OpenDraft:
    """A draft with these changes."""
    taxonomy, effects = replay(base, changes)
    records = tuple(
        ChangeRecord(f"c{place}", change_text(change), "ada", "2026-11-23T00:00:00Z", None, None)
        for place, change in enumerate(changes)
    )
    weights = reasons(base, changes)
    return OpenDraft(opened(base), 1, None, records, changes, effects, weights, taxonomy)


@given(histories(most=14))
@settings(max_examples=500, deadline=None)
def test_operations_explain_every_statement_and_cards_tell_all(
    changes: tuple[Change, ...],
) -> None:
    for cut in range(0, len(changes), 3):
        base = replay(empty(), changes[:cut])[0]
        draft = drafted(base, changes[cut:])
        step = draft_step(draft, seen("insects", draft).changes)
        start, end = Named("insects", "1.0.0", draft.base), Named("insects", "draft", draft)
        there = diff_of(start, end, (step,), backward=False)
        assert len(there.residual) == 0
        plain = difference(draft.base.lines, draft.lines)
        assert (there.statements.removed, there.statements.added) == (plain.removed, plain.added)
        assert told(there) == touched(draft, plain)
        back = diff_of(end, start, (step,), backward=True)
        assert (back.statements.added, back.statements.removed) == (plain.removed, plain.added)
        assert all(each.reverted for each in back.operations)
        assert [each.id for each in back.cards] == [each.id for each in there.cards]
        delta = Delta(back.statements.removed, back.statements.added)
        assert patch(draft.lines, delta) == list(draft.base.lines)


def told(diff: Diff) -> set[str]:
    """Everything that has a card."""
    assert all(card.fields for card in diff.cards)
    return {card.id for card in diff.cards}


def touched(draft: OpenDraft, delta: Delta) -> set[str]:
    """Everything of which a statement differs; slots and settings belong to the taxonomy."""
    subjects = {line.split(b" ", 1)[0][1:-1].decode() for line in (*delta.removed, *delta.added)}
    known = {*draft.base.taxonomy.classes, *draft.taxonomy.classes}
    known |= {*draft.base.taxonomy.groups, *draft.taxonomy.groups}
    known |= {*draft.base.taxonomy.others, *draft.taxonomy.others}
    return {each if each in known else draft.iri for each in subjects}


def test_the_residual_shows_what_no_operation_explains() -> None:
    """A check that can fail: an effect that the operations do not have."""
    base = replay(empty(), (kinds.AddClass(new=ant()),))[0]
    rename = kinds.RenameClass(id=ant().id, label=Text("emmet", "en"))
    draft = drafted(base, (rename,))
    tampered = OpenDraft(
        draft.base, 1, None, draft.records, draft.changes, (), draft.reasons, draft.taxonomy
    )
    object.__setattr__(tampered, "lines", draft.lines)
    step = draft_step(tampered, seen("insects", draft).changes)
    assert len(step.residual) == 3  # the label that went, the one that came, the one kept


def ant() -> Class:
    return Class(id="https://example.org/t/insects/c1", code=1, preferred=(Text("ant", "en"),))


@pytest.fixture
def history(pets: Catalog) -> Catalog:
    """Pets through four versions: renamed, merged, split again."""
    publish(pets, kinds.RenameClass(id="cat", label=Text("house cat", "en")))
    publish(pets, kinds.MergeClasses(sources=("house cat", "dog"), new=labelled("pet")))
    publish(pets, kinds.SplitClass(id="pet", new=(labelled("furry"), labelled("scaly"))))
    return pets


def labelled(label: str) -> Class:
    return Class(preferred=(Text(label, "en"),), definitions=(Text(f"A {label} one.", "en"),))


def publish(catalog: Catalog, *changes: Change) -> None:
    catalog.edit("pets", changes, catalog.draft("pets").revision, ADA)
    catalog.publish("pets", catalog.draft("pets").revision, ADA)


def ids(catalog: Catalog, selector: str) -> dict[str, str]:
    """Class ids by label."""
    index = catalog.open("pets", selector).index
    return {index.label(index.entry(each)): each for each in index.order}


def test_versions_are_compared_by_what_was_meant(history: Catalog) -> None:
    found = history.comparisons.diff("pets", "1.0.0", "latest")
    numbers = [each.number for each in history.versions("pets")]
    assert numbers == ["1.0.0", "1.1.0", "2.0.0", "3.0.0"]
    assert (found.source.version, found.target.version) == ("1.0.0", "3.0.0")
    assert [(each.kind, each.version) for each in found.operations] == [
        (OperationKind.RENAMED, "1.1.0"),
        (OperationKind.MERGED, "2.0.0"),
        (OperationKind.SPLIT, "3.0.0"),
    ]
    assert found.counts() == {
        OperationKind.RENAMED: 1,
        OperationKind.MERGED: 1,
        OperationKind.SPLIT: 1,
    }
    assert len(found.residual) == 0
    by_label = {card.after: card for card in found.cards}
    assert by_label["house cat"].state is CardState.RETIRED
    assert by_label["furry"].state is CardState.ADDED
    words = by_label["house cat"].fields[0].words
    assert [(each.mark, each.text) for each in words] == [
        (Mark.ADDED, "house "),
        (Mark.SAME, "cat"),
    ]
    for card in found.cards:
        assert found.target.label(card.id) == card.after


def test_what_became_of_every_class_through_versions(history: Catalog) -> None:
    old = ids(history, "1.0.0")
    pet = ids(history, "2.0.0")["pet"]
    merged = history.comparisons.correspondence("pets", "1", "2.0.0")
    assert outcome(merged, old["cat"]).targets == (pet,)
    assert outcome(merged, old["cat"]).automatic
    split = history.comparisons.correspondence("pets", "1", "3")
    found = outcome(split, old["cat"])
    assert len(found.targets) == 2
    assert found.needs_decision
    back = history.comparisons.correspondence("pets", "2.0.0", "1.0.0")
    assert set(outcome(back, pet).targets) == {old["cat"], old["dog"]}
    assert outcome(back, pet).needs_decision


def test_the_draft_is_compared_as_any_version_is(history: Catalog) -> None:
    revision = history.draft("pets").revision
    history.edit("pets", [new("bird", "animal")], revision, ADA)
    found = history.comparisons.diff("pets", "3.0.0", "draft")
    assert [each.kind for each in found.operations] == [OperationKind.ADDED]
    assert found.target.version == "draft"
    back = history.comparisons.diff("pets", "draft", "2.0.0")
    assert [each.kind for each in back.operations] == [OperationKind.ADDED, OperationKind.SPLIT]
    same = history.comparisons.diff("pets", "draft", "draft")
    assert not same.operations
    assert len(same.statements) == 0


def test_an_account_names_all_classes_that_it_tells_of(history: Catalog) -> None:
    account = history.comparisons.account("pets", "1.0.0", "2.0.0")
    assert [each.kind for each in account.components] == [Kind.MERGED]
    (merged,) = account.components
    assert {account.source.label(each) for each in merged.sources} == {"cat", "dog"}
    assert [account.target.label(each) for each in merged.targets] == ["pet"]
    renamed = history.comparisons.account("pets", "1.0.0", "1.1.0", unchanged=True)
    assert sorted(each.kind for each in renamed.components) == [
        Kind.RENAMED,
        Kind.UNCHANGED,
        Kind.UNCHANGED,
    ]


def test_part_of_a_difference(history: Catalog) -> None:
    merged = Scope(kinds=frozenset({OperationKind.MERGED}))
    found = history.comparisons.diff("pets", "1", "3", merged)
    assert [each.kind for each in found.operations] == [OperationKind.MERGED]
    assert {card.after for card in found.cards} == {"house cat", "dog", "pet"}
    dog = ids(history, "1.0.0")["dog"]
    below = history.comparisons.diff("pets", "1.0", "1.1", under=dog)
    assert not below.operations
    assert not below.cards
    german = history.comparisons.diff("pets", "1", "3", Scope(language="de"))
    assert not german.cards
    english = history.comparisons.diff("pets", "1.0", "1.1", Scope(language="en"))
    assert [each.kind for each in english.operations] == [OperationKind.RENAMED]


def test_unknown_versions_are_named(history: Catalog) -> None:
    with pytest.raises(UnknownVersion):
        history.comparisons.diff("pets", "1", "9")


def test_an_author_is_told_with_each_operation(history: Catalog) -> None:
    found = history.comparisons.diff("pets", "1.0", "1.1")
    assert {(each.who, each.why) for each in found.operations} == {("ada", "the field trip")}


@given(histories(most=14))
@settings(max_examples=500, deadline=None)
def test_undoing_any_suffix_is_byte_equal(changes: tuple[Change, ...]) -> None:
    whole, effects = replay(empty(), changes)
    state = whole
    for cut in reversed(range(len(changes))):
        state = apply_effect(state, effects[cut].inverse())
        assert content(state) == content(replay(empty(), changes[:cut])[0])

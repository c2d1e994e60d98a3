"""Operations as KGCL over random histories: each is told, and they lead from state to state."""

from __future__ import annotations

from hypothesis import given, settings

from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.diff.values import Diff
from cladist.model.taxonomy import Taxonomy
from cladist.rdf import words
from cladist.rdf.kgcl import kgcl_json, kgcl_text
from cladist.rdf.terms import split
from cladist.rdf.writing import class_lines
from tests.exports.diffs import diff_of
from tests.model.histories import empty, histories
from tests.rdf.kgcl_reader import State

APART = {  # said by the type of a change, or by one that KGCL has no words for
    words.TYPE, words.IN_SCHEME, words.DEPRECATED, words.REPLACED_BY, words.REASON,
    words.SELECTABLE, words.RANK,
}  # fmt: skip


def state(taxonomy: Taxonomy) -> State:
    items = taxonomy.classes.values()
    facts = [
        (each.id, predicate, token)
        for each in items
        for _, predicate, token, _ in map(split, class_lines(each, taxonomy.header.iri))
        if predicate not in APART
    ]
    return State(facts, {each.id for each in items if not each.active})


def carried_out(start: State, diff: Diff) -> State:
    start.carry_out(
        each
        for each in kgcl_json(diff)["change_set"]
        if not (each["type"].endswith("Subset") or _apart(each))
    )
    return start


def _apart(change: dict[str, object]) -> bool:
    name = str(change.get("predicate") or change.get("annotation_property"))
    return name in ("clad:retirementReason", "clad:selectable", "clad:rank")


@given(histories(most=14))
@settings(max_examples=100, deadline=None)
def test_the_changes_lead_from_state_to_state(changes: tuple[Change, ...]) -> None:
    for cut in range(0, len(changes), 3):
        before, after = replay(empty(), changes[:cut])[0], replay(empty(), changes)[0]
        for diff, start, end in (
            (diff_of(before, changes[cut:]), before, after),
            (diff_of(before, changes[cut:], back=True), after, before),
        ):
            found, wanted = carried_out(state(start), diff), state(end)
            assert found.facts == {each for each in wanted.facts if each[1] not in APART}
            assert found.retired == wanted.retired


@given(histories(most=14))
@settings(max_examples=100, deadline=None)
def test_every_operation_gives_a_change_and_every_change_a_line(
    changes: tuple[Change, ...],
) -> None:
    for back in (False, True):
        diff = diff_of(empty(), changes, back=back)
        session = kgcl_json(diff)
        made = [each for each in session["change_set"] if "was_generated_by" in each]
        assert {each["was_generated_by"] for each in made} == {each.id for each in diff.operations}
        assert [each["id"] for each in session["activity_set"]] == [x.id for x in diff.operations]
        lines = [each for each in kgcl_text(diff).splitlines() if each and each[0] != "#"]
        assert len(lines) == len(session["change_set"])
        ids = [each["id"] for each in session["change_set"]]
        assert len(ids) == len(set(ids))

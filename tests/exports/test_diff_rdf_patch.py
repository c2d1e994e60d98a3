"""Differences as RDF Patch: carried out by a small reader, they lead from state to state."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings

from cladist.exports.diff.rdf_patch import rdf_patch
from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.diff.values import Diff, Statements
from cladist.model.taxonomy import Match
from cladist.rdf.writing import content
from tests.exports import samples
from tests.exports.diffs import diff_of
from tests.model.histories import empty, histories

TERM = r'(?:<[^<>"{}|^`\\\x00-\x20]*>|"(?:[^"\\\n\r]|\\.)*"(?:@[a-zA-Z0-9-]+|\^\^<[^<> ]+>)?)'
ROW = re.compile(rf"(H|TX|TC|A|D)((?: [a-z]+)?(?: {TERM})*) \.")


def carried_out(patch: bytes, lines: set[str]) -> set[str]:
    """The statements after the patch: one transaction, nothing added that is there or removed
    that is not."""
    found = set(lines)
    rows = patch.decode().removesuffix("\n").split("\n")
    codes = []
    for row in rows:
        told = ROW.fullmatch(row)
        assert told is not None, row
        codes.append(told[1])
        statement = f"{told[2][1:]} ."
        if told[1] == "A":
            assert statement not in found
            found.add(statement)
        if told[1] == "D":
            found.remove(statement)
    assert re.fullmatch("H*TD*A*C", "".join(codes).replace("TX", "T").replace("TC", "C"))
    return found


def header(patch: bytes) -> dict[str, str]:
    rows = patch.decode().partition("TX .")[0].splitlines()
    return {row.split(" ")[1]: row.split(" ", 2)[2].removesuffix(" .") for row in rows}


def lines(diff_lines: list[bytes]) -> set[str]:
    return {each.decode().rstrip("\n") for each in diff_lines}


@given(histories(most=14))
@settings(max_examples=60, deadline=None)
def test_a_patch_leads_from_state_to_state(changes: tuple[Change, ...]) -> None:
    before = replay(empty(), changes[: len(changes) // 2])[0]
    after = replay(empty(), changes)[0]
    rest = changes[len(changes) // 2 :]
    old, new = lines(content(before)), lines(content(after))
    assert carried_out(rdf_patch(diff_of(before, rest)), old) == new
    assert carried_out(rdf_patch(diff_of(before, rest, back=True)), new) == old


def test_hostile_texts_stay_texts() -> None:
    diff = samples.hostile()
    assert len(carried_out(rdf_patch(diff), lines(list(diff.statements.removed)))) == len(
        diff.statements.added
    )


def test_mappings_stand_in_their_graph() -> None:
    other = Match("exactMatch", "https://example.org/other")
    edit = kinds.EditClass(id=samples.BASE + "cat", matches=(other,))
    rows = rdf_patch(diff_of(samples.zoo(), [edit])).decode().splitlines()
    assert rows[-2] == (
        f"A <{samples.BASE}cat> <http://www.w3.org/2004/02/skos/core#exactMatch> "
        f"<https://example.org/other> <{samples.BASE}mappings> ."
    )


def test_patches_make_a_log() -> None:
    ahead, back = rdf_patch(samples.small()), rdf_patch(samples.small(back=True))
    assert (header(ahead)["from"], header(ahead)["to"]) == ('"zoo 1.0.0"', '"zoo 2.0.0"')
    assert header(ahead)["id"] == header(back)["prev"]
    assert header(ahead)["prev"] == header(back)["id"]
    assert re.fullmatch(r"<urn:uuid:[0-9a-f-]{36}>", header(ahead)["id"])


def test_a_draft_has_another_id_when_it_changes() -> None:
    def draft(diff: Diff) -> str:
        return header(rdf_patch(replace(diff, target=replace(diff.target, version="draft"))))["id"]

    diff = samples.small()
    fewer = replace(diff, statements=Statements((), diff.statements.added))
    assert draft(diff) == draft(samples.small())
    assert draft(diff) != draft(fewer)


def test_no_difference_is_an_empty_transaction() -> None:
    assert rdf_patch(samples.nothing()).endswith(b"TX .\nTC .\n")

"""Very uneven branching, kept true while classes move, leave and come back."""

from __future__ import annotations

from random import Random

import pytest

from cladist.validation.native import Checker

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_T = "https://example.org/t"
_RULE = "clad-like-branching"


def _lines(parents: dict[int, int | None], retired: set[int]) -> set[bytes]:
    found = [f"<{_T}> <{_TYPE}> <https://w3id.org/cladist/ns#Taxonomy> .\n"]
    for item, parent in parents.items():
        found.append(f"<{_T}/{item}> <{_TYPE}> <{_SKOS}Concept> .\n")
        found.append(f"<{_T}/{item}> <{_SKOS}inScheme> <{_T}> .\n")
        if parent is not None:
            found.append(f"<{_T}/{item}> <{_SKOS}broader> <{_T}/{parent}> .\n")
        if item in retired:
            found.append(
                f"<{_T}/{item}> <http://www.w3.org/2002/07/owl#deprecated> "
                '"true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n'
            )
    return {each.encode() for each in found}


@pytest.mark.parametrize("seed", range(40))
def test_an_edit_finds_what_a_whole_check_finds(seed: int) -> None:
    dice = Random(seed)
    uppers = range(2, 7)
    parents: dict[int, int | None] = {1: None, **dict.fromkeys(uppers, 1)}
    parents |= {item: 2 for item in range(10, 60)}
    parents |= {item: 3 + item % 4 for item in range(60, 72)}
    retired: set[int] = set()
    lines = _lines(parents, retired)
    checker, spoke = Checker(sorted(lines)), False
    for _ in range(25):
        for _ in range(dice.randrange(1, 4)):
            item = dice.randrange(2, 72)
            if item in parents and dice.random() < 0.5:
                parents[item] = dice.choice([None, 1, *uppers] if item > 9 else [None, 1])
            elif item in parents:
                retired ^= {item}
        fresh = _lines(parents, retired)
        checker.change(sorted(lines - fresh), sorted(fresh - lines))
        lines = fresh
        kept = {each for each in checker.findings() if each.rule == _RULE}
        assert kept == {each for each in Checker(sorted(lines)).findings() if each.rule == _RULE}
        spoke = spoke or bool(kept)
    assert spoke

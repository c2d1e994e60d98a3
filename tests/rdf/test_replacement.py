"""Replacement annotations: one sure successor or candidates, never both, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from cladist.model.correspondence.account import Account
from cladist.model.correspondence.components import Component, Kind
from cladist.model.errors import InvalidValue
from cladist.rdf.replacement import replacements
from cladist.rdf.terms import split
from tests.rdf.accounts import accounts, class_id, every_kind

OBO = "http://purl.obolibrary.org/obo/"
OIO = "http://www.geneontology.org/formats/oboInOwl#"
DEPRECATED = ("<http://www.w3.org/2002/07/owl#deprecated>", "true")
REPLACED_BY = f"<{OBO}IAO_0100001>"
CONSIDER = f"<{OIO}consider>"
WHY = f"<{OBO}IAO_0000231>"


def said(account: Account) -> dict[str, set[tuple[str, str]]]:
    """Predicate and object of each annotation, by the class's IRI."""
    found: dict[str, set[tuple[str, str]]] = {}
    for line in replacements(account):
        subject, predicate, token, graph = split(line.decode())
        assert not graph
        value = token[1:-1] if token[0] == "<" else token.split('"')[1]
        found.setdefault(subject[1:-1], set()).add((predicate, value))
    return found


def test_every_kind_of_going_out_of_use() -> None:
    merged = {DEPRECATED, (REPLACED_BY, class_id("c")), (WHY, f"{OBO}IAO_0000227")}
    assert said(every_kind()) == {
        class_id("a"): merged,
        class_id("b"): merged,
        class_id("d"): {
            DEPRECATED,
            (CONSIDER, class_id("e")),
            (CONSIDER, class_id("f")),
            (WHY, f"{OBO}IAO_0000229"),
        },
        class_id("g"): {DEPRECATED, (CONSIDER, class_id("i")), (CONSIDER, class_id("j"))},
        class_id("h"): {DEPRECATED, (REPLACED_BY, class_id("i"))},
        class_id("k"): {DEPRECATED},
    }


def test_one_candidate_that_takes_a_part_is_no_replacement() -> None:
    account = every_kind()
    [pair] = [each for _, each in account.pairs() if each.target == class_id("e")]
    component = Component(
        kind=Kind.RENAMED, sources=(pair.source,), targets=(pair.target,), pairs=(pair,)
    )
    assert said(replace(account, components=(component,))) == {
        pair.source: {DEPRECATED, (CONSIDER, pair.target)}
    }


@given(accounts())
def test_never_both_and_never_two(account: Account) -> None:
    for found in said(account).values():
        predicates = [predicate for predicate, _ in found]
        assert DEPRECATED in found
        assert predicates.count(REPLACED_BY) <= 1
        assert predicates.count(WHY) <= 1
        assert not {REPLACED_BY, CONSIDER} <= set(predicates)


@given(accounts())
def test_classes_that_stay_in_use_have_no_annotation(account: Account) -> None:
    kept = {each for component in account.components for each in component.targets}
    assert not kept & said(account).keys()


def test_two_taxonomies_say_nothing_of_each_other() -> None:
    account = every_kind()
    target = replace(account.target, taxonomy="https://example.org/other")
    with pytest.raises(InvalidValue, match="two versions of one taxonomy"):
        replacements(replace(account, target=target))

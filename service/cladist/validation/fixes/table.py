"""Which fixes each rule has."""

from __future__ import annotations

from collections.abc import Mapping

from cladist.validation.fixes import places, sets, texts
from cladist.validation.fixes.fix import Fix, Fixer, Problem

_FIXERS: Mapping[str, Fixer] = {
    "clad-clar-colour": texts.colour,
    "clad-clar-colour-clash": texts.colour,
    "clad-clar-hotkey-clash": texts.hotkey,
    "clad-clar-sibling-labels": texts.alike,
    "clad-doc-boundary-unknown": texts.unknown_boundary,
    "clad-doc-example-both": texts.example_both,
    "clad-doc-same-definition": texts.alike,
    "clad-doc-shared-example": texts.shared_example,
    "clad-excl-exhaustive-gap": sets.gap,
    "clad-excl-exhaustive-under": sets.not_exhaustive,
    "clad-excl-nested": sets.nested,
    "clad-excl-retired-member": sets.retired_member,
    "clad-excl-too-few": sets.too_few,
    "clad-excl-under-two": places.under_two,
    "clad-excl-unknown-member": sets.unknown_member,
    "clad-hier-childless": places.childless,
    "clad-hier-cycle": places.cycle,
    "clad-hier-dangling-parent": places.unknown_parent,
    "clad-hier-redundant": places.redundant,
    "clad-hier-retired-parent": places.retired_parent,
    "clad-hier-several-parents": places.several_parents,
    "clad-hier-single-child": places.single_child,
    "clad-hier-top-with-parent": places.top_with_parent,
    "clad-label-empty": texts.empty,
    "clad-label-language-tag": texts.untagged,
    "clad-label-only-alternative": texts.only_alternative,
    "clad-label-unprintable": texts.unprintable,
    "clad-label-whitespace": texts.whitespace,
    "clad-like-colours": texts.colour,
    "clad-like-definitions": texts.alike,
    "clad-like-names": texts.alike,
    "clad-like-spelling": texts.alike,
    "clad-map-inside": places.inside,
    "clad-rel-dangling": places.related_unknown,
    "clad-rel-reflexive": places.reflexive,
    "clad-rel-retired": places.related_retired,
    "clad-rel-valueless": places.related_beside,
    "clad-ret-chain-end": sets.chain,
    "clad-ret-cycle": sets.circle,
    "clad-ret-foreign-successor": sets.chain,
    "clad-ret-retired-successor": sets.chain,
    "clad-ret-unknown-successor": sets.chain,
    "clad-skos-s13": texts.label_twice,
    "clad-skos-s13-hidden": texts.label_hidden_twice,
    "clad-skos-s14": texts.several_preferred,
    "clad-skos-s27": places.related_in_line,
    "clad-skos-s46": texts.several_matches,
    "clad-struct-no-rank": sets.order,
    "clad-struct-rank-clash": sets.order,
    "clad-struct-rank-gap": sets.order,
    "clad-struct-regression-classes": sets.not_for_labeling,
}

FIXED = frozenset(_FIXERS)
"""The rules whose findings have fixes; the others ask for knowledge that only people have."""


def fixes(problem: Problem) -> tuple[Fix, ...]:
    """What could be done about a finding; whether a state takes it shows when it is tried."""
    fixer = _FIXERS.get(problem.rule)
    return () if fixer is None else tuple(dict.fromkeys(fixer(problem)))

"""Training cards: from states and counts to what training code reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cladist.catalog.class_forms import Wanted, listed
from cladist.catalog.counting import by_class
from cladist.catalog.opened import State
from cladist.exports.training.card import Before, Subject, card
from cladist.exports.training.weights import weights_of
from cladist.model.taxonomy import Structure


@dataclass(frozen=True, slots=True)
class Counts:
    """How often classes occur, by what people call them, and in how many items."""

    by_class: Mapping[str, int]
    items: int | None = None


def card_of(
    state: State,
    slug: str,
    version: str,
    earlier: Iterable[tuple[str, State]] = (),
    counts: Counts | None = None,
) -> dict[str, Any]:
    """The training card of a state; ``earlier`` are versions whose outputs are to be mapped.

    Raises UnknownClass or AmbiguousReference for a count of a strange class, InvalidValue for
    counts that cannot be.
    """
    kind = state.header.structure.kind
    classes = None if kind is Structure.REGRESSION else listed(state, slug, version, Wanted())
    subject = Subject(
        slug=slug, version=version, digest=state.sha, header=state.header, classes=classes
    )
    before = [Before(number, each.index.selection) for number, each in earlier]
    weights = None
    if counts is not None:
        known = by_class(state.index, counts.by_class, f"{slug} {version}")
        weights = weights_of(kind, subject.ids, known, counts.items)
    return card(subject, before, weights)

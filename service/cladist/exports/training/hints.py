"""What the label structure asks of a model: its outputs, its loss, how it is measured, and why.

Losses and metrics bear the names of PyTorch and scikit-learn where these have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cladist.model.taxonomy import Structure


@dataclass(frozen=True, slots=True)
class Advice:
    """A name and the reason for it."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What is suggested for one label structure."""

    activation: str
    loss: Advice
    metrics: tuple[Advice, ...]


_BALANCED = Advice(
    "macro F1", "every class counts the same, however rare; accuracy hides the rare ones."
)

HINTS: Mapping[Structure, Hint] = {
    Structure.SINGLE_LABEL: Hint(
        "softmax",
        Advice("cross entropy", "exactly one class applies to an item, so outputs compete."),
        (_BALANCED, Advice("accuracy", "the share of items that got their one class.")),
    ),
    Structure.MULTI_LABEL: Hint(
        "sigmoid",
        Advice(
            "binary cross entropy",
            "several classes may apply, so each output decides for itself; mask what the exclusive"
            " groups forbid.",
        ),
        (
            _BALANCED,
            Advice("mean average precision", "it needs no threshold, and these differ by class."),
        ),
    ),
    Structure.ORDINAL: Hint(
        "cumulative logit",
        Advice(
            "cumulative link (CORAL)",
            "classes have an order: being wrong by two steps is worse than by one.",
        ),
        (
            Advice("mean absolute error", "in steps of the order."),
            Advice("quadratic weighted kappa", "agreement that punishes by distance."),
        ),
    ),
    Structure.SEQUENCE: Hint(
        "softmax",
        Advice(
            "cross entropy over tags, or a linear-chain CRF",
            "a CRF learns which tag follows which; the forbidden transitions are given.",
        ),
        (Advice("entity F1", "an entity counts when its span and its class are right."),),
    ),
    Structure.STRUCTURED: Hint(
        "softmax",
        Advice("cross entropy for each slot", "each slot has its own classes."),
        (
            Advice("F1 for each slot", "slots differ in how hard they are."),
            Advice("exact match", "an item counts when all its slots are right."),
        ),
    ),
    Structure.REGRESSION: Hint(
        "identity",
        Advice("mean squared error", "the target is a number."),
        (Advice("mean absolute error", "in the unit of the target."),),
    ),
}
"""By label structure."""

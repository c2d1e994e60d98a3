"""Following the classes from one state to another, refused when too many of them are lost."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from cladist.catalog.correspondence_forms import Followed
from cladist.catalog.relations import Place
from cladist.catalog.selecting import DRAFT
from cladist.model.change.references import find
from cladist.model.correspondence.account import Account
from cladist.model.correspondence.components import loss
from cladist.model.errors import TooMuchLost, UnknownClass

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog

NO_TARGET, DECISION = "no target", "needs a decision"
"""What is said of a class that is lost, and of one about which somebody must decide."""

_NAMED = 100
"""Classes that a refusal names at most."""


def followed(
    catalog: Catalog,
    slug: str,
    source: str,
    target: str,
    *,
    unchanged: bool = False,
    limit: float | None = None,
    other: str = "",
) -> Followed:
    """What became of the classes of one state in another, or in one of the taxonomy ``other``.

    Raises TooMuchLost when a larger share of the classes in use than ``limit`` (0 to 1) has no
    target or needs a decision.
    """
    if other in ("", slug):
        account = catalog.comparisons.account(slug, source, target, unchanged=unchanged)
        found = loss(catalog.comparisons.correspondence(slug, source, target))
    else:
        ends = Place(slug, source), Place(other, target)
        account = catalog.relations.account(*ends)
        found = loss(catalog.relations.correspondence(*ends))
    if limit is not None and found.share > Fraction(str(limit)):
        raise TooMuchLost(
            limit,
            found.classes,
            found.without_target,
            found.needing_decision,
            tuple(islice(_concerned(account), _NAMED)),
        )
    return Followed(account=account, loss=found, backward=_backward(catalog, account))


def _concerned(account: Account) -> Iterator[tuple[str, str, str]]:
    """The classes that need care: id, label, and why."""
    for component in account.components:
        asked = {pair.source for pair in component.pairs if pair.needs_decision}
        for each in component.sources:
            if not component.targets:
                yield each, account.source.label(each), NO_TARGET
            elif each in asked:
                yield each, account.source.label(each), DECISION


def _backward(catalog: Catalog, account: Account) -> bool:
    """Whether the target is older than the source; the draft comes after all versions."""
    if account.source.slug != account.target.slug:
        return False
    numbers = [each.number for each in catalog.versions(account.source.slug)]
    order = [*numbers, DRAFT]
    return order.index(account.source.version) > order.index(account.target.version)


def class_in(catalog: Catalog, slug: str, selectors: tuple[str, ...], reference: str) -> str:
    """The id of the class that a person means, looked for in one state after the other.

    Raises UnknownClass, and AmbiguousReference for a label that several classes have.
    """
    states = [catalog.open(slug, each) for each in selectors]
    if any(reference in state.index for state in states):
        return reference
    for state in states:
        try:
            return find(state.taxonomy, reference)
        except UnknownClass:
            continue
    raise UnknownClass(reference, " and ".join(f"{slug} {each}" for each in selectors))

"""Matching: what is told first, then what can be inferred, surest first; and all of it proposed."""

from __future__ import annotations

from cladist.model.matching.descent import descend
from cladist.model.matching.links import Link, Links
from cladist.model.matching.outcome import outcome
from cladist.model.matching.pairing import Pairing, identity
from cladist.model.matching.proposals import Basis, Proposal
from cladist.model.matching.reading import Reading
from cladist.model.matching.sides import Side
from cladist.model.matching.told import tell
from cladist.model.matching.weighing import prune
from cladist.model.matching.weights import FLOOR, SETTLED, SURE
from cladist.model.taxonomy import Taxonomy

_ROUNDS = 6
"""How often pairs may lead to further pairs through the hierarchy; one round a level is enough."""


def match(old: Taxonomy, new: Taxonomy, basis: Basis | None = None) -> tuple[Proposal, ...]:
    """What seems to have become of every class in use, most certain kinds first.

    Every active class of ``old`` is a source of exactly one proposal and every active class of
    ``new`` a target of exactly one. Raises :class:`UnknownClass` for a table that names a class
    which is not in use.
    """
    basis = basis or Basis()
    language = basis.language or old.header.default_language
    links = Links()
    ours, theirs = Side(old, language), Side(new, language)
    tell(ours, theirs, basis, links)
    reading = Reading(ours, theirs, links, basis.use)
    if reading.free_sources():
        _infer(reading)
    return outcome(reading)


def _infer(reading: Reading) -> None:
    reading.gather()
    for floor in (SURE, SETTLED, FLOOR):
        _settle(reading, floor)
        if descend(reading, reading.free_sources() - _tied(reading), floor):
            _settle(reading, floor)
    for pair, rivals in _pairing(reading).break_ties(FLOOR):
        reading.links.add(Link(source=pair[0], target=pair[1], rivals=rivals))
    reading.refresh()
    descend(reading, reading.free_sources(), FLOOR)
    reading.refresh()
    prune(reading)


def _settle(reading: Reading, floor: float) -> None:
    """Take clear pairs until they lead to no more."""
    for _ in range(_ROUNDS):
        reading.refresh()
        found = list(_pairing(reading).settle(floor))
        for source, target in found:
            reading.links.add(Link(source=source, target=target))
        if not found:
            return


def _pairing(reading: Reading) -> Pairing:
    return Pairing(reading.signs, reading.free_sources(), reading.free_targets())


def _tied(reading: Reading) -> set[str]:
    """Classes that a free one names as well as it names others: no sign of merge or split."""
    signs, ours, theirs = reading.signs, reading.free_sources(), reading.free_targets()
    return {
        source
        for source, target in signs.pairs()
        if source in ours
        and target in theirs
        and signs.naming(source, target)
        and identity(signs, (source, target)) >= SETTLED
    }

"""Ranks and numbers of an annotation, reckoned exactly: decimal, never binary fractions."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from cladist.datasets.annotations.finding import Fault, Finding
from cladist.datasets.annotations.ground import Ground

_EXACT = Context(prec=200)
_MOST_PLACES = 60
"""Digits before or after the point; more are no measurement."""


def rank(ground: Ground, given: Any) -> Iterator[Finding]:
    """What is wrong with the rank of an ordinal class."""
    if type(given) is not int:
        yield Finding(Fault.MALFORMED, "/rank", "A rank is a whole number.")
        return
    ranks = sorted(
        entry.rank
        for each in ground.index.selection
        if (entry := ground.index.entry(each)).rank is not None
    )
    if given not in ranks:
        told = f"{given} is no rank of this version"
        told += f": they run from {ranks[0]} to {ranks[-1]}." if ranks else ", which has none."
        yield Finding(Fault.UNKNOWN_RANK, "/rank", told)


def value(ground: Ground, given: Any) -> Iterator[Finding]:
    """What is wrong with the number of a regression target."""
    structure = ground.structure
    number = decimal(given)
    if number is None:
        told = "A value is a decimal number of at most 60 places before and after the point."
        yield Finding(Fault.MALFORMED, "/value", told)
        return
    least, most = decimal(structure.minimum), decimal(structure.maximum)
    if least is not None and number < least:
        yield Finding(Fault.OUT_OF_RANGE, "/value", f"{given} is under the minimum of {least}.")
    elif most is not None and number > most:
        yield Finding(Fault.OUT_OF_RANGE, "/value", f"{given} is over the maximum of {most}.")
    step = decimal(structure.step)
    if step:
        start = Decimal(0) if least is None else least
        if _EXACT.remainder(_EXACT.subtract(number, start), step):
            told = f"{given} is not on the step of {step} from {start}."
            yield Finding(Fault.OFF_STEP, "/value", told)


def decimal(given: Any) -> Decimal | None:
    """A number as it is written; ``None`` for what is none, or has too many places.

    A binary fraction is taken as the shortest decimal that stands for it, which is what was
    written where it had at most 15 digits.
    """
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        return None
    if isinstance(given, int) and given.bit_length() > 200:
        return None
    try:
        found = given if isinstance(given, Decimal) else Decimal(str(given).strip())
    except InvalidOperation:
        return None
    if not found.is_finite() or not -_MOST_PLACES <= found.adjusted() <= _MOST_PLACES:
        return None
    exponent = found.as_tuple().exponent
    return found if isinstance(exponent, int) and exponent >= -_MOST_PLACES else None

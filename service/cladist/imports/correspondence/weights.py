"""The weights of a table: which share of a code goes over into, or comes from, its counterpart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from cladist.imports.sketch import shown
from cladist.model.errors import InvalidValue

TOLERANCE = Fraction(1, 100)
"""How far from 1 the weights of one code may sum up to without being pointed out."""

_DECIMAL = re.compile(r"([0-9]{0,20}(?:[.,][0-9]{1,40})?(?:e-[0-9]{1,2})?)(\s*%)?", re.IGNORECASE)
_RATIO = re.compile(r"([0-9]{1,20})\s*/\s*([0-9]{1,20})")
_HUNDRED = 100


class Weight(NamedTuple):
    """A number as it stands; ``percent`` if the cell itself says so."""

    value: Fraction
    percent: bool = False


def weight_of(cell: str, field: str) -> Weight | None:
    """The number in a cell: ``0.25``, ``0,25``, ``1/4``, ``25 %``; none if it is empty.

    Raises :class:`InvalidValue` for anything else, and for more than 100.
    """
    if not cell:
        return None
    ratio, decimal = _RATIO.fullmatch(cell), _DECIMAL.fullmatch(cell)
    try:
        if ratio:
            weight = Weight(Fraction(int(ratio[1]), int(ratio[2])))
        elif decimal:
            weight = Weight(Fraction(decimal[1].replace(",", ".")), decimal[2] is not None)
        else:
            raise ValueError
    except (ValueError, ZeroDivisionError):
        raise InvalidValue(field, f"“{shown(cell)}” is not a number from 0 to 1.") from None
    if weight.value > _HUNDRED:
        raise InvalidValue(field, f"“{shown(cell)}” is more than 100 percent.")
    return weight


def in_percent(weights: Iterable[Weight | None]) -> bool:
    """Whether numbers without a percent sign are percentages: those of a column, if one is over 1.

    No share is over 1, so such a column cannot hold shares.
    """
    return any(each is not None and not each.percent and each.value > 1 for each in weights)


def shares(weights: Sequence[Weight | None]) -> list[Fraction | None]:
    """The weights of a whole column, each from 0 to 1."""
    all_percent = in_percent(weights)
    return [
        None if each is None else each.value / (_HUNDRED if each.percent or all_percent else 1)
        for each in weights
    ]


def unbalanced(weights: Iterable[tuple[str, Fraction | None]]) -> list[str]:
    """The codes whose weights, given with each, do not sum up to 1: the code and what is wrong.

    Codes that have no weights at all are left out.
    """
    sums: dict[str, Fraction] = {}
    missing = set()
    for code, weight in weights:
        if weight is None:
            missing.add(code)
        else:
            sums[code] = sums.get(code, Fraction()) + weight
    return [
        f"“{shown(code)}” {float(total):.4g}" + (" with some missing" if code in missing else "")
        for code, total in sums.items()
        if abs(total - 1) > TOLERANCE or code in missing
    ]

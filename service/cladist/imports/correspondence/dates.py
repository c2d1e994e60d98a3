"""Dates in a workbook: numbers that a style shows as days and times (ECMA-376, 18.17.4)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from cladist.imports.correspondence.workbook import Attributes, Workbook

_BUILT_IN = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_DATE = re.compile("[dmyhs]", re.IGNORECASE)
_SINCE_1900, _SINCE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP = 60  # the 29th of February 1900, which never was: days before it count one less
_SECONDS = 86_400


def date_styles(workbook: Workbook, part: str) -> frozenset[str]:
    """The styles, by their place in the part, that show a number as a date or a time."""
    formats: dict[str, str] = {}
    styles: list[str] = []
    within = ""

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal within
        if tag in ("cellXfs", "cellStyleXfs"):
            within = tag
        elif tag == "xf" and within == "cellXfs":
            styles.append(attributes.get("numFmtId", ""))
        elif tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")

    workbook.parse(part, start)
    return frozenset(
        str(place)
        for place, each in enumerate(styles)
        if each in _BUILT_IN or _DATE.search(_NOT_FORMAT.sub("", formats.get(each, "")))
    )


def shown_date(number: float, *, since_1904: bool) -> str | None:
    """The day, the time of a day, or both, as ISO 8601; none for a number that is neither."""
    days = number + 1 if number < _LEAP and not since_1904 else number
    try:
        passed = timedelta(seconds=round(days * _SECONDS))
        moment = (_SINCE_1904 if since_1904 else _SINCE_1900) + passed
    except (OverflowError, ValueError):
        return None
    if number < 1:
        return moment.time().isoformat() if number >= 0 else None
    return moment.isoformat(sep=" ") if passed.seconds else moment.date().isoformat()

"""Colours for classes that have none of their own: apart from each other, the same for ever."""

from __future__ import annotations

from colorsys import hls_to_rgb

_GOLDEN = 0.618033988749895
"""The golden section: hues that follow each other by it lie far apart, however many there are."""
_LIGHT = (0.45, 0.6, 0.35)
_SATURATION = (0.75, 0.55)


def colour_of(code: int) -> str:
    """The colour made of a code, ``#RRGGBB``; codes never move, so it does not either."""
    hue = code * _GOLDEN % 1
    lightness = _LIGHT[code % len(_LIGHT)]
    saturation = _SATURATION[code // len(_LIGHT) % len(_SATURATION)]
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue, lightness, saturation))
    return f"#{red:02X}{green:02X}{blue:02X}"

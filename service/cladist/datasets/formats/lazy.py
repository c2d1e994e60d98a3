"""Fields of a record that are worked out only when one of them is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any


class Lazy(Mapping[str, Any]):
    """A mapping that is made when it is read first."""

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Any]:
        return self._make()

    def __getitem__(self, key: str) -> Any:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def box(x: float, y: float, width: float, height: float) -> dict[str, Any]:
    """The fields of a box."""
    return {
        "geometry.x": x,
        "geometry.y": y,
        "geometry.width": width,
        "geometry.height": height,
        "geometry.area": width * height,
    }


def outline(points: list[tuple[float, float]]) -> dict[str, Any]:
    """The fields of a polygon or a set of points: its box, its own area, and how many there are."""
    across, down = [each[0] for each in points], [each[1] for each in points]
    x, y = min(across), min(down)
    after = [*points[1:], points[0]]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, after, strict=True))
    found = box(x, y, max(across) - x, max(down) - y)
    return {**found, "geometry.area": abs(twice) / 2, "geometry.points": len(points)}

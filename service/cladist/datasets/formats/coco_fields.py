"""What rules may ask of a COCO annotation: its members, its picture, and what lies beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import msgspec

from cladist.datasets.formats.jsonblocks import Block, Decoder, parts
from cladist.datasets.formats.lazy import Lazy, box
from cladist.datasets.records import Fields, Ref

_OWN = frozenset({"segmentation", "bbox", "area", "attributes", "keypoints"})
_PLAIN = (str, int, float, bool)


class _Picture(msgspec.Struct, gc=False):
    id: int | str | None = None
    file_name: str = ""
    width: float | None = None
    height: float | None = None


class _Beside(msgspec.Struct, gc=False):
    category_id: int | None = None
    image_id: int | str | None = None


_PICTURES: Decoder = msgspec.json.Decoder(list[_Picture])
_BESIDE: Decoder = msgspec.json.Decoder(list[_Beside])


class _Fields(Mapping[str, Any]):
    """Fields of an annotation; its picture is looked up when it is asked for."""

    def __init__(self, own: Mapping[str, Any], picture: Lazy) -> None:
        self._own, self._picture = own, picture

    def __getitem__(self, key: str) -> Any:
        return self._picture[key] if key.startswith("image.") else self._own[key]

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from self._picture

    def __len__(self) -> int:
        return len(self._own) + len(self._picture)


class Surroundings:
    """What a file says besides an annotation; read when it is asked for first."""

    def __init__(self, path: Path, source: str) -> None:
        self._path, self._source = path, source

    def beside(self, image: Any, ref: Ref) -> Sequence[Ref]:
        """The classes of the other annotations of a picture."""
        found = list(self._labels.get(image, ()))
        if ref in found:
            found.remove(ref)
        return found

    def fields(self, annotation: bytes, image: Any = None) -> Fields:
        """The fields of an annotation, or of a segment in a picture."""
        told: dict[str, Any] = msgspec.json.decode(annotation)
        found = {**_geometry(told), "source": self._source}
        attributes = told.get("attributes")
        if isinstance(attributes, Mapping):
            found |= {f"attributes.{name}": value for name, value in attributes.items()}
        found |= {
            f"record.{name}": value
            for name, value in told.items()
            if name not in _OWN and _is_plain(value)
        }
        return _Fields(found, Lazy(partial(self._picture, told.get("image_id", image))))

    def _picture(self, image: Any) -> Mapping[str, Any]:
        found = self._pictures.get(image)
        if found is None:
            return {}
        told = {"name": found.file_name, "width": found.width, "height": found.height}
        return {f"image.{name}": value for name, value in told.items()}

    @cached_property
    def _pictures(self) -> Mapping[Any, _Picture]:
        return {
            each.id: each
            for part in parts(self._path, {"images": _PICTURES})
            if isinstance(part, Block) and part.name == "images"
            for each in part.values
        }

    @cached_property
    def _labels(self) -> Mapping[Any, Sequence[Ref]]:
        found: dict[Any, list[Ref]] = {}
        same: dict[Ref, Ref] = {}
        for part in parts(self._path, {"annotations": _BESIDE}):
            if isinstance(part, Block) and part.name == "annotations":
                for each in part.values:
                    if each.category_id is not None:
                        ref = same.setdefault(each.category_id, each.category_id)
                        found.setdefault(each.image_id, []).append(ref)
        return found


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(each, _PLAIN) for each in value)
    return isinstance(value, _PLAIN)


def _geometry(told: Mapping[str, Any]) -> dict[str, Any]:
    """Where the annotation lies: by its box, and its own area where it says one."""
    found: dict[str, Any] = {}
    numbers = told.get("bbox")
    if isinstance(numbers, list) and len(numbers) == 4 and _is_plain(numbers):
        found |= box(*(float(each) for each in numbers))
    area = told.get("area")
    if isinstance(area, int | float):
        found["geometry.area"] = area
    points = _points(told)
    if points:
        found["geometry.points"] = points
    return found


def _points(told: Mapping[str, Any]) -> int:
    """How many points the outline has, or how many key points are marked."""
    marked = told.get("num_keypoints")
    if isinstance(marked, int):
        return marked
    outlines = told.get("segmentation")
    if not isinstance(outlines, list):
        return 0
    return sum(len(each) // 2 for each in outlines if isinstance(each, list))

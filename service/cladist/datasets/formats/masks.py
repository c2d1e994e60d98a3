"""Index masks: PNG images whose pixels are numbers of classes.

A number is the code of a class, or what the legend says. A record is all that has one number in one
image, named ``PATH#NUMBER``. Where ``instances`` is set, a number is the class times that plus the
number of an instance, which is kept. Pixels whose label goes get the first ignored number, else the
greatest one that a pixel can have. Palettes and all other chunks stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from cladist.datasets.files import files_of
from cladist.datasets.formats import png
from cladist.datasets.formats.ahead import ahead
from cladist.datasets.formats.lazy import Lazy
from cladist.datasets.formats.png import Png
from cladist.datasets.records import Entry, Item, Label, Placed, Reading
from cladist.datasets.run import Run
from cladist.model.errors import InvalidValue

_AHEAD = 6
_LOOKED_AT = 8
_FEW = 64
"""Different numbers in one image that may be classes; photographs have more."""


class Mask(NamedTuple):
    """An image that was read: its numbers, and how many pixels have each."""

    path: str
    size: int
    image: Png
    numbers: Any
    counts: Mapping[int, int]


class Changed(NamedTuple):
    """What an image becomes: what each number is now, and the palette."""

    mask: Mask
    now: Mapping[int, int]
    palette: bytes


@dataclass(frozen=True, slots=True)
class Masks:
    """One image, or a folder of them."""

    root: Path
    paths: tuple[str, ...]
    reading: Reading
    format: str = "Index masks"
    dense: bool = False
    legend: Sequence[Entry] = ()

    def carry(self, run: Run) -> None:
        """Every image: read by others ahead, placed here, written by others again."""
        masks = ahead(self.paths, self._read, _AHEAD)
        changed = (self._changed(each, run) for each in masks)
        for each, new in ahead(changed, partial(_encoded, level=run.reading.level), _AHEAD):
            if new is None:
                run.copy(each.mask.path)
            else:
                run.replace(each.mask.path, new)
            run.advance(each.mask.size)

    def _read(self, path: str) -> Mask:
        import numpy

        data = (self.root / path if path else self.root).read_bytes()
        name = path or self.root.name
        image = png.parsed(data, name)
        numbers = png.pixels(image, name)
        counts = numpy.bincount(numbers.reshape(-1))
        found = numpy.flatnonzero(counts)
        return Mask(
            path,
            len(data),
            image,
            numbers,
            dict(zip(found.tolist(), counts[found].tolist(), strict=True)),
        )

    def _changed(self, mask: Mask, run: Run) -> Changed:
        each_ = max(self.reading.instances, 1)
        classes = {
            number: number // each_ for number in mask.counts if number not in self.reading.ignore
        }
        name = mask.path or self.root.name
        beside = sorted(set(classes.values())) if run.looks_beside else ()
        palette = bytearray(mask.image.palette)
        now: dict[int, int] = {}
        for number, ref in classes.items():
            fields = Lazy(partial(_fields, mask, number))
            (placed,) = run.place(Item((Label(f"{name}#{number}", ref, fields),), beside))
            now[number] = self._number(placed, number % each_, mask, now)
            if placed.refs and not placed.kept:
                _paint(palette, number, now[number], run.colour(placed.verdict.target or ""))
        return Changed(mask, now, bytes(palette))

    def _number(self, placed: Placed, instance: int, mask: Mask, now: Mapping[int, int]) -> int:
        """What the pixels are now; of an instance whose number is taken the next free one."""
        if not placed.refs:
            return self.reading.ignore[0] if self.reading.ignore else _greatest(mask)
        ref = placed.refs[0]
        if not isinstance(ref, int):
            raise InvalidValue("legend", f"“{ref}” is no number, and pixels are numbers.")
        if not self.reading.instances:
            return ref
        taken = {
            each % self.reading.instances
            for each in now.values()
            if each // self.reading.instances == ref
        }
        while instance in taken:
            instance += 1
        if instance >= self.reading.instances:
            raise InvalidValue("instances", f"{mask.path} has more instances than fit.")
        return ref * self.reading.instances + instance


def _greatest(mask: Mask) -> int:
    return 65535 if mask.image.depth == 16 else 255


def _fields(mask: Mask, number: int) -> dict[str, object]:
    """What rules may ask: how many pixels there are and the box around them."""
    import numpy

    rows, columns = numpy.nonzero(mask.numbers == number)
    left, top = int(columns.min()), int(rows.min())
    return {
        "geometry.area": mask.counts[number],
        "geometry.x": left,
        "geometry.y": top,
        "geometry.width": int(columns.max()) - left + 1,
        "geometry.height": int(rows.max()) - top + 1,
        "source": mask.path,
    }


def _paint(palette: bytearray, old: int, new: int, colour: str) -> None:
    """Give a number its class's colour, else that of the number before it, if it has none."""
    if not palette or new > 255:
        return
    known = len(palette) // 3
    if colour:
        painted = bytes.fromhex(colour.removeprefix("#"))
    elif new >= known and old < known:
        painted = bytes(palette[3 * old : 3 * old + 3])
    else:
        return
    palette.extend(bytes(3 * (new + 1 - known)) if new >= known else b"")
    palette[3 * new : 3 * new + 3] = painted


def _encoded(changed: Changed, level: int) -> tuple[Changed, bytes | None]:
    """The new file; none where nothing differs."""
    import numpy

    mask, now = changed.mask, changed.now
    if all(old == new for old, new in now.items()):
        return changed, None
    most = max(max(now.values()), max(mask.counts))
    wide = most > 255 or mask.image.depth == 16
    if most > 65535 or (wide and mask.image.colour == png.PALETTE):
        limit = 255 if mask.image.colour == png.PALETTE else 65535
        where = f" of {mask.path}" if mask.path else ""
        raise InvalidValue(
            "masks", f"a class has number {most}, and pixels{where} go up to {limit}."
        )
    table = numpy.arange(max(mask.counts) + 1, dtype=numpy.uint16 if wide else numpy.uint8)
    for old, new in now.items():
        table[old] = new
    numbers = table[mask.numbers]
    return changed, png.encoded(mask.image, numbers, level, changed.palette)


def opened(root: Path, reading: Reading) -> Masks | None:
    """The dataset in a file or a folder; none where images may be photographs."""
    if root.is_file():
        paths = [""] if _is_png(root) else []
    else:
        found = [path for path, _ in files_of(root)]
        paths = [path for path in found if _is_png(root / path)]
        told = reading.format or reading.legend or reading.ignore
        if len(paths) != len(found) and not told:
            return None
    if not paths:
        return None
    masks = Masks(root, tuple(paths), reading)
    if reading.format or reading.legend or reading.ignore or reading.instances:
        return masks
    return (
        masks
        if all(_is_mask(root / path if path else root) for path in paths[:_LOOKED_AT])
        else None
    )


def _is_png(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8) == png.SIGNATURE


def _is_mask(path: Path) -> bool:
    """Whether an image has one number a pixel, and few different ones."""
    import numpy

    image = png.parsed(path.read_bytes(), path.name)
    if image.colour not in (png.GREY, png.PALETTE):
        return False
    return len(numpy.unique(png.pixels(image, path.name))) <= _FEW

"""The pictures of a panoptic dataset: a pixel is the id of its segment, R + 256 G + 65536 B."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from cladist.datasets.files import files_of
from cladist.datasets.formats import png
from cladist.model.errors import UnreadableInput


class Measure(NamedTuple):
    """How many pixels a segment has, and the box around them: x, y, width, height."""

    area: int
    box: tuple[int, int, int, int]


class Pictures:
    """Where the pictures of annotations are."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._found: dict[str, list[str]] = {}
        for path, _ in files_of(root) if root.is_dir() else ():
            if path.endswith(".png"):
                self._found.setdefault(PurePosixPath(path).name, []).append(path)

    def path(self, file: str, name: str) -> str:
        """The path from the root of a picture that a JSON file names.

        The folder with the name of the JSON file comes first, as COCO has it. Raises
        UnreadableInput where the picture is not there, or where several may be meant.
        """
        wanted = PurePosixPath(name)
        found = [
            each
            for each in self._found.get(wanted.name, ())
            if PurePosixPath(each).parts[-len(wanted.parts) :] == wanted.parts
        ]
        listing = PurePosixPath(file)
        own = (listing.parent / listing.stem / wanted).as_posix()
        if own in found:
            return own
        if len(found) != 1:
            many = "there are several" if found else "it is not there"
            raise UnreadableInput(
                f"Segments of {name} go or become one, so it must be rewritten, and {many}: "
                "give the folder that has the JSON file and its pictures."
            )
        return found[0]

    def ids(self, path: str) -> Any:
        """The ids of a picture, a number for each pixel; raises UnreadableInput."""
        import numpy
        from PIL import Image

        data = (self._root / path).read_bytes()
        png.parsed(data, path)
        try:
            with Image.open(io.BytesIO(data)) as image:
                colours = numpy.asarray(image.convert("RGB"), dtype=numpy.uint32)
        except (OSError, SyntaxError, ValueError) as error:
            raise UnreadableInput(f"{path} is damaged: {error}") from None
        return colours[..., 0] + 256 * colours[..., 1] + 65536 * colours[..., 2]


def measured(ids: Any, segments: Sequence[int]) -> Measure:
    """What several segments are as one."""
    import numpy

    mask: Any = numpy.isin(ids, numpy.array(segments, dtype=numpy.uint32))
    if not mask.any():
        return Measure(0, (0, 0, 0, 0))
    rows, columns = mask.any(axis=1).nonzero()[0], mask.any(axis=0).nonzero()[0]
    x, y = int(columns[0]), int(rows[0])
    box = (x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1)
    return Measure(int(mask.sum()), box)


def write(ids: Any, became: Mapping[int, int], target: Path, level: int) -> None:
    """A picture in which segments have other ids."""
    import numpy
    from PIL import Image

    new = ids.copy()
    for old, now in became.items():
        new[ids == old] = now
    colours = numpy.stack([new % 256, new // 256 % 256, new // 65536], axis=-1)
    image = Image.fromarray(colours.astype(numpy.uint8))
    image.save(target, "PNG", compress_level=level)

"""Index masks: numbers, palettes and all else of the PNG stay what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cladist.datasets.records import Reading
from cladist.datasets.transfer import Order, transfer
from cladist.model.errors import InvalidValue, UnknownLabels, UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.runs import migrated

MERGED = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()
RETIRED = zoo.street().then(zoo.retire("sign")).plan()
IGNORE = Reading(ignore=(255, 0))
PIXELS = numpy.array([[0, 3, 8, 90], [255, 3, 1, 0]] * 8, dtype=numpy.uint8)


def palette(folder: Path, pixels: Any = PIXELS, **how: Any) -> Path:
    path = folder / "a.png"
    image = Image.fromarray(pixels, "P")
    image.putpalette([value for code in range(256) for value in (code, 7, 255 - code)])
    about = PngInfo()
    about.add_text("where", "Oslo")
    image.save(path, pnginfo=about, transparency=3, dpi=(72, 72), **how)
    return path


def numbers(path: Path) -> list[list[int]]:
    with Image.open(path) as image:
        found: list[list[int]] = numpy.asarray(image).tolist()
    return found


def mapped(table: dict[int, int]) -> list[list[int]]:
    return [[table.get(value, value) for value in row] for row in PIXELS.tolist()]


@pytest.mark.parametrize("how", [{}, {"optimize": True}, {"bits": 8, "compress_level": 0}])
def test_palette_and_texts_stay(how: dict[str, Any], tmp_path: Path) -> None:
    output, _ = migrated(palette(tmp_path, **how), MERGED, reading=IGNORE)
    with Image.open(output) as image:
        assert image.mode == "P"
        assert image.info["where"] == "Oslo" and image.info["transparency"] == 3
        colours = image.getpalette()
    assert colours is not None and colours[3 * 90 : 3 * 90 + 3] == [90, 7, 165]
    assert numbers(output) == mapped({3: 91, 8: 91})


def test_filtered_rows_are_read(tmp_path: Path) -> None:
    pixels = numpy.tile(numpy.array([1, 3, 8, 9], dtype=numpy.uint8), (64, 64))
    path = tmp_path / "a.png"
    Image.fromarray(pixels).save(path)
    assert (
        numbers(migrated(path, MERGED, reading=Reading(format="masks"))[0])
        == [[1, 91, 91, 9] * 64] * 64
    )


def test_grey_of_few_bits_is_widened(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    image = Image.fromarray(numpy.array([[1, 3], [3, 1]], dtype=numpy.uint8), "P")
    image.putpalette([0, 0, 0] * 4)
    image.save(path, bits=2)
    plan = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 200))).plan()
    output, _ = migrated(path, plan, reading=Reading(format="masks"))
    assert numbers(output) == [[1, 200], [200, 1]]


def test_what_goes_is_ignored_and_what_is_ignored_stays(tmp_path: Path) -> None:
    output, report = migrated(
        palette(tmp_path), RETIRED, reading=IGNORE, rules={"retired": "remove"}
    )
    assert numbers(output) == mapped({90: 255})
    assert report.fates["retired"] == 1


def test_a_number_that_is_no_class(tmp_path: Path) -> None:
    path = palette(tmp_path)
    with pytest.raises(UnknownLabels, match="255"):
        transfer(Order(source=path, plan=MERGED, reading=Reading(ignore=(0,))), tmp_path / "o.png")
    kept, _ = migrated(path, MERGED, reading=Reading(ignore=(0,)), rules={"unknown": "keep"})
    assert numbers(kept) == mapped({3: 91, 8: 91})


def test_instances_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    pixels = numpy.array([[301, 801, 302, 100]], dtype=numpy.uint16)
    Image.fromarray(pixels).save(path)
    output, _ = migrated(path, MERGED, reading=Reading(instances=100))
    (row,) = numbers(output)
    assert row[3] == 100
    assert {each // 100 for each in row[:3]} == {91} and len(set(row)) == 4


def test_a_number_that_no_palette_holds(tmp_path: Path) -> None:
    plan = zoo.street().then(zoo.merge(["car", "truck"], zoo.a("motor", 300))).plan()
    with pytest.raises(InvalidValue, match="300"):
        transfer(Order(source=palette(tmp_path), plan=plan, reading=IGNORE), tmp_path / "o.png")
    assert [each.name for each in tmp_path.iterdir()] == ["a.png"]


def test_colours_are_no_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGB", (2, 2)).save(path)
    with pytest.raises(UnreadableInput, match="colours in place of numbers"):
        transfer(
            Order(source=path, plan=MERGED, reading=Reading(format="masks")), tmp_path / "o.png"
        )


@pytest.mark.parametrize("cut", [20, 60, -1])
def test_a_damaged_image(cut: int, tmp_path: Path) -> None:
    path = palette(tmp_path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UnreadableInput, match=r"a\.png is (cut off|damaged)"):
        transfer(Order(source=path, plan=MERGED, reading=IGNORE), tmp_path / "o.png")

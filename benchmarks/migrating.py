"""Datasets that follow a merge of every two classes, against copying the same bytes and others.

Each run is a process of its own, timed on the clock from the order to the last rename, its delta,
report and lock file included, all of it on disk; peak memory is the process's. Every output's
labels are counted and must be what the merge makes of the input's. Sizes are rows, or images.
"""

from __future__ import annotations

import os
import resource
import shutil
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.figures import Asked, Figure, at_most, middle, seconds
from benchmarks.processes import fresh
from cladist.datasets.detecting import MODULES

CLASSES = 200
ROWS = {"csv": 20_000_000, "jsonl": 2_000_000}
MASKS = 100
PAINTED = 150
"""Classes of masks, whose codes fit a palette with those of what they merge into."""
QUICK = 200
"""By how much less a quick run measures."""

SIZES = (CLASSES,)
_ASKED: dict[str, Asked] = {"csv": at_most(2.5), "jsonl": at_most(6)}
_BLOCK = 4 * 2**20


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Tables, JSON Lines, the same with many classes, and masks."""
    with TemporaryDirectory() as folder:
        for kind in ROWS:
            yield from _text(kind, Path(folder), quick)
        yield from _masks(Path(folder), quick)


def _text(kind: str, folder: Path, quick: bool) -> Iterator[Figure]:
    rows = ROWS[kind] // (QUICK if quick else 1)
    runs = 1 if quick else 3
    data = folder / f"data.{kind}"
    fresh(generated, kind, rows, CLASSES, str(data))
    fresh(planned, CLASSES, str(folder / "plan.json"))
    copy = middle([fresh(copied, str(data))[0] for _ in range(runs)])
    told = [fresh(migrated, str(data), str(folder / "plan.json"), rows) for _ in range(runs)]
    ours, peak = middle([each[0] for each in told]), max(each[1] for each in told)
    name = f"migrate {rows:,} rows of {kind}"
    size = data.stat().st_size / 1e6
    yield Figure(
        name,
        CLASSES,
        f"{seconds(ours)}, {peak:.0f} MB",
        f"copy of {size:.0f} MB {seconds(copy)}",
        ours / copy,
        None if quick else _ASKED[kind],
    )
    peer_name, peer = _PEERS[kind]
    other, _ = fresh(peer, str(data))
    yield Figure(name, CLASSES, seconds(ours), f"{peer_name} {seconds(other)}", other / ours)
    data.unlink()
    many = 50 * CLASSES
    fresh(generated, kind, rows // 10, many, str(data))
    fresh(planned, many, str(folder / "plan.json"))
    spent, _ = fresh(migrated, str(data), str(folder / "plan.json"), rows // 10)
    speed = (rows / ours) / (rows / 10 / spent)
    told_few = f"with {CLASSES} {seconds(ours / 10)} a tenth"
    yield Figure(f"{kind}: rows a second by classes", many, seconds(spent), told_few, speed)
    data.unlink()


def planned(classes: int, path: str) -> None:
    """Write the plan of a merge of every two classes."""
    from cladist.datasets.plan import encoded
    from cladist.datasets.planning import plan_of, vocabulary_of
    from cladist.index.building import build
    from cladist.model.change.kinds import MergeClasses
    from cladist.model.change.planning import replay
    from cladist.model.correspondence.descent import Made, correspondence_of, extent_of
    from cladist.model.taxonomy import Class, Header, LabelStructure, Structure, Taxonomy, Text

    base = "https://example.org/b/"

    def a(number: int) -> Class:
        text = Text(f"class {number}", "en")
        return Class(id=f"{base}c{number}", code=number, preferred=(text,))

    header = Header(iri=f"{base}b", slug="b", structure=LabelStructure(kind=Structure.MULTI_LABEL))
    first = Taxonomy(header, {each.id: each for each in map(a, range(classes))})
    merges = [
        MergeClasses(sources=(f"{base}c{n}", f"{base}c{n + 1}"), new=a(classes + n // 2))
        for n in range(0, classes, 2)
    ]
    last = replay(first, merges)[0]
    made = [Made(f"m{number}", each) for number, each in enumerate(merges)]
    given = correspondence_of(extent_of(first), made)
    source, target = (
        vocabulary_of(each, build(each), slug="b", version=f"{number}.0.0", digest=str(number))
        for number, each in enumerate((first, last), 1)
    )
    Path(path).write_bytes(encoded(plan_of(source, target, given)))


def generated(kind: str, rows: int, classes: int, path: str) -> None:
    """Write a dataset in which every class comes equally often."""
    batch = 50_000
    with Path(path).open("w") as file:
        if kind == "csv":
            file.write("image,label,x,y\n")
        for start in range(0, rows, batch):
            every = range(start, min(start + batch, rows))
            if kind == "csv":
                lines = [
                    f"image{n:09},class {n * 7 % classes},{n % 640},{n % 480}\n" for n in every
                ]
            else:
                lines = [
                    f'{{"id": {n}, "text": "words and more words of record number {n} that make it '
                    f'as long as records are", "label": "class {n * 7 % classes}"}}\n'
                    for n in every
                ]
            file.write("".join(lines))


def copied(path: str) -> tuple[float, float]:
    """Seconds that reading the bytes and writing them to disk takes, and the peak."""
    start = perf_counter()
    with Path(path).open("rb") as source, Path(f"{path}.copy").open("wb") as target:
        shutil.copyfileobj(source, target, _BLOCK)
        target.flush()
        os.fsync(target.fileno())
    spent = perf_counter() - start
    Path(f"{path}.copy").unlink()
    return spent, _peak()


def migrated(path: str, plan: str, rows: int) -> tuple[float, float]:
    """Seconds that migrating takes, and the peak in MB; the sums are checked."""
    from cladist.datasets.plan import decoded
    from cladist.datasets.transfer import Order, transfer

    _imported()
    source = Path(path)
    order = Order(source=source, plan=decoded(Path(plan).read_bytes()))
    output = source.parent / "out" / source.name
    start = perf_counter()
    report = transfer(order, output)
    spent = perf_counter() - start
    assert report.adds_up and report.labels == rows == report.fates["merged"]
    peak = _peak()
    shutil.rmtree(output.parent)
    return spent, peak


def _imported() -> None:
    """Import what a migration imports when it is needed first, as the peers' times are without."""
    for name in ("numpy", "PIL.Image", "pyarrow.compute", "cladist.datasets.formats.masks"):
        import_module(name)
    for name in MODULES:
        import_module(f"cladist.datasets.formats.{name}")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def polars_csv(path: str) -> tuple[float, float]:
    """Seconds that Polars takes to stream the table with other labels, and the peak."""
    import polars

    label = polars.col("label")
    start = perf_counter()
    number = label.str.slice(6).cast(polars.Int64) // 2 + CLASSES
    frame = polars.scan_csv(path, infer_schema=False)
    new = polars.concat_str(polars.lit("class "), number.cast(polars.String)).alias("label")
    frame.with_columns(new).sink_csv(f"{path}.polars")
    spent = perf_counter() - start
    Path(f"{path}.polars").unlink()
    return spent, _peak()


def json_lines(path: str) -> tuple[float, float]:
    """Seconds that msgspec takes to read, map and write every line, and the peak."""
    import msgspec

    decoder, encoder = msgspec.json.Decoder(), msgspec.json.Encoder()
    start = perf_counter()
    with Path(path).open("rb") as source, Path(f"{path}.new").open("wb") as target:
        for line in source:
            record: Any = decoder.decode(line)
            record["label"] = f"class {CLASSES + int(record['label'][6:]) // 2}"
            target.write(encoder.encode(record) + b"\n")
    spent = perf_counter() - start
    Path(f"{path}.new").unlink()
    return spent, _peak()


_PEERS: dict[str, tuple[str, Callable[[str], tuple[float, float]]]] = {
    "csv": ("Polars", polars_csv),
    "jsonl": ("msgspec", json_lines),
}


def _masks(folder: Path, quick: bool) -> Iterator[Figure]:
    count = 4 if quick else MASKS
    root = folder / "masks"
    fresh(painted, count, str(root))
    fresh(planned, PAINTED, str(folder / "plan.json"))
    peer = fresh(decoded_masks, str(root))[0]
    for level, bound in ((1, 3), (6, 6)):
        ours, peak = fresh(migrated_masks, str(root), str(folder / "plan.json"), level)
        asked = None if quick else at_most(bound)
        told = f"Pillow, decoding alone {seconds(peer)}"
        name = f"migrate {count} masks, deflate level {level}"
        yield Figure(name, PAINTED, f"{seconds(ours)}, {peak:.0f} MB", told, ours / peer, asked)
    other = fresh(pillow_masks, str(root))[0]
    yield Figure(
        f"migrate {count} masks",
        PAINTED,
        "",
        f"Pillow point(), level 1 {seconds(other)}",
        other / peer,
    )


def painted(count: int, path: str) -> None:
    """Masks of 2,048 by 1,024 pixels with a palette: 24 classes in rectangles each."""
    import numpy
    from PIL import Image

    root = Path(path)
    root.mkdir()
    random = numpy.random.default_rng(7)
    for number in range(count):
        pixels = numpy.zeros((1024, 2048), dtype=numpy.uint8)
        for code in random.integers(0, PAINTED, 24):
            top, left = random.integers(0, 900), random.integers(0, 1800)
            pixels[top : top + 300, left : left + 400] = code
        image = Image.fromarray(pixels)
        image.putpalette(list(random.integers(0, 256, 768, dtype=numpy.uint8)))
        image.save(root / f"{number:03}.png")


def decoded_masks(path: str) -> tuple[float, float]:
    """Seconds that Pillow takes to decode all masks, and the peak."""
    from PIL import Image

    start = perf_counter()
    for each in sorted(Path(path).iterdir()):
        with Image.open(each) as image:
            image.load()
    return perf_counter() - start, _peak()


def pillow_masks(path: str) -> tuple[float, float]:
    """Seconds that Pillow takes to decode, map and write all masks, and the peak."""
    from PIL import Image

    table = [PAINTED + n // 2 if n < PAINTED else n for n in range(256)]
    start = perf_counter()
    for each in sorted(Path(path).iterdir()):
        with Image.open(each) as image:
            palette = image.getpalette()
            new = image.point(table)
            assert palette is not None
            new.putpalette(palette)
            new.save(f"{path}.png", compress_level=1)
    spent = perf_counter() - start
    Path(f"{path}.png").unlink()
    return spent, _peak()


def migrated_masks(path: str, plan: str, level: int) -> tuple[float, float]:
    """Seconds that migrating the masks takes, and the peak in MB."""
    from cladist.datasets.plan import decoded
    from cladist.datasets.records import Reading
    from cladist.datasets.transfer import Order, transfer

    _imported()
    order = Order(
        source=Path(path),
        plan=decoded(Path(plan).read_bytes()),
        reading=Reading(format="masks", level=level),
    )
    output = Path(f"{path}.out")
    start = perf_counter()
    report = transfer(order, output)
    spent = perf_counter() - start
    assert report.adds_up
    shutil.rmtree(output)
    return spent, _peak()

"""Import of a file, stored and indexed, against parsing the same bytes with pyoxigraph.

Both are processor seconds of fresh processes in turn; those of Cladist include its parsing child.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.figures import Figure, at_most, middle, seconds
from benchmarks.generate import SLUG, taxonomy, write
from benchmarks.processes import cpu, fresh

SIZES = (10_000, 100_000)
ASKED_OF = 100_000
FORMATS = {"Turtle": "made-up.ttl", "N-Triples": "made-up.nt"}


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Import against parse, for each size and format."""
    runs = 1 if quick else 3
    for size in sizes:
        with TemporaryDirectory() as folder:
            fresh(written, size, folder)
            for label, name in FORMATS.items():
                path = str(Path(folder, name))
                pairs = [(fresh(imported, path), fresh(parsed, path)) for _ in range(runs)]
                ours, peer = (middle(each) for each in zip(*pairs, strict=True))
                yield Figure(
                    f"import {label}, store, index (CPU)",
                    size,
                    seconds(ours),
                    f"pyoxigraph.parse {seconds(peer)}",
                    ours / peer,
                    at_most(6) if size >= ASKED_OF else None,
                )


def written(size: int, folder: str) -> None:
    """Write the taxonomy in every format."""
    made = taxonomy(size)
    for name in FORMATS.values():
        write(made, Path(folder, name))


def imported(path: str) -> float:
    """Processor seconds, children's included, of an import into an empty store."""
    from cladist.catalog.selecting import DRAFT
    from cladist.catalog.values import Author, Document, NewTaxonomy
    from cladist.settings import Settings
    from cladist.wiring import catalog

    document = Document(Path(path).read_bytes(), Path(path).suffix)
    with TemporaryDirectory() as folder:
        settings = Settings(store=f"sqlite:///{folder}/cladist.sqlite")
        with catalog(settings) as opened:
            start = cpu()
            opened.import_new(NewTaxonomy(slug=SLUG), document, Author())
            assert len(opened.open(SLUG, DRAFT).index)
            return cpu() - start


def parsed(path: str) -> float:
    """Processor seconds of parsing a file into a list of statements."""
    from pyoxigraph import RdfFormat, parse

    kind = RdfFormat.from_extension(Path(path).suffix[1:])
    data = Path(path).read_bytes()
    start = process_time()
    assert list(parse(data, kind))
    return process_time() - start

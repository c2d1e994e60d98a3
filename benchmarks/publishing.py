"""Publishing a rename against SPARQL ``COPY GRAPH``; what versions weigh and cost to open.

Publishing is measured on the clock, since it waits for the disk; the peer copies the version's
graph in memory within the same process. Opening is measured in processor seconds, each in a fresh
process. Validation is the same whatever stores the outcome: its time is shown apart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.figures import Figure, at_least, at_most, middle, seconds
from benchmarks.generate import IRI, SLUG, taxonomy
from benchmarks.importing import parsed
from benchmarks.processes import fresh
from benchmarks.stock import ACT, publish
from cladist.ledger.records import ChangeRecord
from cladist.model.change.kinds import RenameClass
from cladist.model.change.planning import plan
from cladist.model.taxonomy import Taxonomy, Text
from cladist.rdf.content import Lines, digest, patch
from cladist.rdf.writing import content_delta
from cladist.wire import change_text

SIZES = (1_000, 10_000, 100_000)
MOST_VALIDATED = 10_000
ASKED_OF = 100_000
VERSIONS = 100
COPIES = 3


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """The ledger, its size and its reading, then the whole use case, for each size."""
    for size in sizes:
        runs = 1 if quick else 3
        with TemporaryDirectory() as folder:
            yield from _ledger(size, Path(folder), runs)
        if size <= MOST_VALIDATED:
            yield from _use_case(size, runs)


def _ledger(size: int, folder: Path, runs: int) -> Iterator[Figure]:
    store = f"sqlite:///{folder}/cladist.sqlite"
    asked = size >= ASKED_OF
    ours, copied, last = fresh(published, store, size, str(folder / "last.nt"))
    told = f"COPY GRAPH in memory {seconds(copied)}"
    floor = at_least(1_000) if asked else None
    yield Figure("publish a rename, ledger", size, seconds(ours), told, copied / ours, floor)
    weight, snapshot = _weights(folder / "cladist.sqlite")
    told = f"one zstd snapshot {_kibibytes(snapshot)}"
    share, most = weight / snapshot, at_most(1.1) if asked else None
    yield Figure(f"{VERSIONS} versions, stored", size, _kibibytes(weight), told, share, most)
    file = str(folder / "last.nt")
    rounds = [(fresh(opened, store, last), fresh(parsed, file)) for _ in range(runs)]
    ours, peer = (middle(each) for each in zip(*rounds, strict=True))
    told = f"pyoxigraph.parse {seconds(peer)}"
    most = at_most(1.5) if asked else None
    yield Figure(f"open version {VERSIONS} (CPU)", size, seconds(ours), told, ours / peer, most)
    ours = middle([fresh(indexed, store, last) for _ in range(runs)])
    yield Figure("the same, indexed (CPU)", size, seconds(ours), told, ours / peer)


def published(store: str, size: int, last: str) -> tuple[float, float, str]:
    """Seconds to publish a rename and to copy the graph; the digest of the last version.

    Its N-Triples are written to the file ``last``.
    """
    made = taxonomy(size)
    sha = publish(store, made)
    times, sha, lines = _renamed(store, made, sha)
    Path(last).write_bytes(b"".join(lines))
    return middle(times), middle(_copied(lines)), sha


def _renamed(store: str, made: Taxonomy, sha: str) -> tuple[list[float], str, Lines]:
    """Seconds for each version that renames one more class; the last one's digest and content."""
    from cladist.ledger import NewVersion, open_ledger

    times: list[float] = []
    with open_ledger(store) as ledger:
        lines: Lines = ledger.content(sha)
        for number, class_id in enumerate(sorted(made.classes)[:: len(made.classes) // VERSIONS]):
            change = RenameClass(id=class_id, label=Text(f"renamed {number}", "en"))
            delta = content_delta(plan(made, change), IRI)
            lines = patch(lines, delta)
            sha = digest(lines)
            revision = ledger.head(SLUG).revision
            record = ChangeRecord(f"change-{number}", change_text(change), ACT.who, ACT.at)
            revision = ledger.append(SLUG, revision, [record], ACT).revision
            new = NewVersion(f"1.0.{number + 1}", sha, "", f"[{change_text(change)}]")
            start = perf_counter()
            ledger.publish(SLUG, revision, new, delta, ACT)
            times.append(perf_counter() - start)
    return times, sha, lines


def _copied(lines: Lines) -> list[float]:
    """Seconds for each copy of the content's graph."""
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(b"".join(lines), ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode("urn:g:0"))
    times = []
    for number in range(1, COPIES + 1):
        start = perf_counter()
        store.update(f"COPY GRAPH <urn:g:0> TO GRAPH <urn:g:{number}>")
        times.append(perf_counter() - start)
        store.remove_graph(ox.NamedNode(f"urn:g:{number}"))
    return times


def _weights(database: Path) -> tuple[int, int]:
    """Bytes of all contents in the ledger, and of those that are kept whole."""
    with closing(sqlite3.connect(database)) as connection:
        query = "SELECT sum(length(payload)), max(length(payload)) FROM blob"
        weight, snapshot = connection.execute(query).fetchone()
        return int(weight), int(snapshot)


def opened(store: str, sha: str) -> float:
    """Processor seconds to have a version's content in memory, its digest checked."""
    from cladist.ledger import open_ledger

    with open_ledger(store) as ledger:
        start = process_time()
        assert ledger.content(sha)
        return process_time() - start


def indexed(store: str, sha: str) -> float:
    """Processor seconds to have a version's content and its index in memory."""
    from cladist.catalog.opened import Opened
    from cladist.ledger import open_ledger

    with open_ledger(store) as ledger:
        start = process_time()
        assert len(Opened(IRI, sha, ledger.content(sha)).index)
        return process_time() - start


def _use_case(size: int, runs: int) -> Iterator[Figure]:
    with TemporaryDirectory() as folder:
        edit, check, freeze = fresh(used, f"sqlite:///{folder}/cladist.sqlite", size, runs)
    yield Figure("edit, whole use case", size, seconds(edit))
    yield Figure("publish, without validation", size, seconds(freeze))
    yield Figure("validation alone", size, seconds(check))


def used(store: str, size: int, runs: int) -> tuple[float, float, float]:
    """Seconds to edit, to validate and to publish what was validated, by way of the catalog."""
    from cladist.catalog.values import Author
    from cladist.settings import Settings
    from cladist.wiring import catalog

    made = taxonomy(size)
    publish(store, made)
    author = Author()
    times: list[tuple[float, float, float]] = []
    with catalog(Settings(store=store)) as cases:
        for number, class_id in enumerate(sorted(made.classes)[:runs]):
            revision = cases.draft(SLUG).revision
            change = RenameClass(id=class_id, label=Text(f"renamed {number}", "en"))
            start = perf_counter()
            revision = cases.edit(SLUG, [change], revision, author).draft.revision
            edited = perf_counter()
            cases.validate(SLUG)
            checked = perf_counter()
            cases.publish(SLUG, revision, author)
            times.append((edited - start, checked - edited, perf_counter() - checked))
    edit, check, freeze = (middle(each) for each in zip(*times, strict=True))
    return edit, check, freeze


def _kibibytes(value: int) -> str:
    return f"{value / 1024:,.0f} KiB"

"""What differs between two versions, against sets of N-Triples lines and ``graph_diff``.

All figures are processor seconds. Two stored versions of which 2 % of the classes differ are
compared in one process twice: when neither is open yet, and when both are, as in a server that has
served them. Two files are compared by what of them differs, which is all that the peer gives.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks.figures import Figure, at_least, at_most, middle, seconds
from benchmarks.generate import IRI, SLUG, taxonomy, write
from benchmarks.processes import cpu, fresh
from benchmarks.stock import ACT, VERSION, publish
from cladist.catalog.publishing import delta_facts
from cladist.ledger.records import ChangeRecord
from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.change.planning import replay
from cladist.model.diff.operations import kind_of
from cladist.model.taxonomy import Class, Taxonomy, Text
from cladist.rdf.content import compose, digest, patch
from cladist.rdf.writing import content, content_delta
from cladist.wire import as_json, change_text, dumps

SIZES = (1_000, 10_000, 100_000)
ASKED_OF = 100_000
FILES_OF = 10_000
VERSIONS = 50
SHARE = 50
"""One class in so many is changed."""


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """Stored versions, then two files, then a long composition, for each size."""
    for size in sizes:
        runs = 1 if quick else 3
        with TemporaryDirectory() as folder:
            yield from _stored(size, Path(folder), runs)
            if size <= FILES_OF:
                yield from _files(size, Path(folder), runs)
        yield from _composed(size)


def _stored(size: int, folder: Path, runs: int) -> Iterator[Figure]:
    store = f"sqlite:///{folder}/cladist.sqlite"
    old, new = str(folder / "old.nt"), str(folder / "new.nt")
    fresh(prepared, store, size, old, new)
    asked = size >= ASKED_OF
    rounds = [(*fresh(compared, store), fresh(as_sets, old, new)) for _ in range(runs)]
    lines, cold, warm, peer = (middle(each) for each in zip(*rounds, strict=True))
    told = f"sets of lines {seconds(peer)}"
    most = at_most(1 / 20) if asked else None
    yield Figure(
        "diff of stored versions, statements", size, seconds(lines), told, lines / peer, most
    )
    most = at_most(1 / 4) if asked else None
    name = "the same with operations and cards"
    yield Figure(name, size, seconds(warm), told, warm / peer, most)
    yield Figure("the same, versions not open yet", size, seconds(cold), told, cold / peer)


def prepared(store: str, size: int, old: str, new: str) -> bool:
    """Store two versions and write their N-Triples."""
    from cladist.ledger import NewVersion, open_ledger

    made = taxonomy(size)
    publish(store, made)
    write(made, Path(old))
    changes = [*changed(made, random.Random(7))]
    after, effects = replay(made, changes)
    write(after, Path(new))
    delta = compose(content_delta(effect, IRI) for effect in effects)
    lines = patch(content(made), delta)
    records = [
        ChangeRecord(f"change-{number}", change_text(change), ACT.who, ACT.at)
        for number, change in enumerate(changes)
    ]
    told = [
        {
            "id": record.id,
            "who": ACT.who,
            "at": ACT.at,
            "why": None,
            "evidence": None,
            "bump": "major",
            "text": f"{kind_of(change)} for a reason",
            "change": as_json(change),
        }
        for record, change in zip(records, changes, strict=True)
    ]
    facts = json.dumps({"delta": delta_facts(delta)})
    with open_ledger(store) as ledger:
        revision = ledger.append(SLUG, ledger.head(SLUG).revision, records, ACT).revision
        version = NewVersion("2.0.0", digest(lines), "", dumps(told), facts)
        ledger.publish(SLUG, revision, version, delta, ACT)
    return True


def changed(made: Taxonomy, dice: random.Random) -> Iterator[Change]:
    """One change for each of the classes that differ: names, meanings, places, and new classes."""
    order = sorted(made.classes)
    chosen = dice.sample(order, len(order) // SHARE)
    for number, class_id in enumerate(chosen):
        match number % 4:
            case 0:
                yield kinds.RenameClass(id=class_id, label=Text(f"renamed {number}", "en"))
            case 1:
                text = Text(f"Another meaning, number {number}.", "en")
                shift = kinds.Shift.CLARIFIED
                yield kinds.RedefineClass(id=class_id, definitions=(text,), shift=shift)
            case 2:
                yield kinds.EditClass(id=class_id, colour="#0A0B0C")
            case _:
                item = Class(
                    id=f"{IRI}/new{number}",
                    code=len(order) + number + 1,
                    preferred=(Text(f"new {number}", "en"),),
                    parents=(class_id,),
                )
                yield kinds.AddClass(new=item)


def compared(store: str) -> tuple[float, float, float]:
    """Seconds for the statements, for all with versions not open yet, and with both open."""
    from cladist.settings import Settings
    from cladist.wiring import catalog

    with catalog(Settings(store=store)) as cases:
        cases.versions(SLUG)
        start = process_time()
        assert len(cases.comparisons.statements(SLUG, VERSION, "2.0.0"))
        lines = process_time() - start
        start = process_time()
        first = cases.comparisons.diff(SLUG, VERSION, "2.0.0")
        cold = process_time() - start
        start = process_time()
        again = cases.comparisons.diff(SLUG, VERSION, "2.0.0")
        warm = process_time() - start
        assert again == first
        assert len(first.residual) == 0
    return lines, cold, warm


def as_sets(old: str, new: str) -> float:
    """Seconds to read two files and take the difference of their lines as sets."""
    start = process_time()
    before = set(Path(old).read_bytes().splitlines())
    after = set(Path(new).read_bytes().splitlines())
    assert before - after
    assert after - before
    return process_time() - start


def _files(size: int, folder: Path, runs: int) -> Iterator[Figure]:
    files = str(folder / "old.nt"), str(folder / "new.nt")
    ours = middle([fresh(files_compared, *files) for _ in range(runs)])
    peer = fresh(graphs_compared, *files)
    told = f"rdflib parse, graph_diff {seconds(peer)}"
    floor = at_least(100) if size >= FILES_OF else None
    yield Figure("diff of two files, statements", size, seconds(ours), told, peer / ours, floor)


def files_compared(old: str, new: str) -> float:
    """Seconds for what differs between two files, the limited reader's included."""
    from cladist.catalog.filing import statements
    from cladist.catalog.values import Document
    from cladist.rdf.limits import Limits

    start = cpu()
    documents = [Document(Path(each).read_bytes(), "n-triples") for each in (old, new)]
    assert len(statements(documents[0], documents[1], Limits()))
    return cpu() - start


def graphs_compared(old: str, new: str) -> float:
    """Seconds for what ``rdflib.compare.graph_diff`` finds, reading the files included."""
    from rdflib import Graph
    from rdflib.compare import graph_diff

    start = process_time()
    first, second = (Graph().parse(each, format="nt") for each in (old, new))
    assert len(graph_diff(first, second)[1])
    return process_time() - start


def _composed(size: int) -> Iterator[Figure]:
    few, many = fresh(composed, size, VERSIONS // 2), fresh(composed, size, VERSIONS)
    told = f"{VERSIONS // 2} versions {seconds(few)}"
    name = f"correspondence over {VERSIONS} versions"
    yield Figure(name, size, seconds(many), told, many / few)


def composed(size: int, versions: int) -> float:
    """Seconds to compose so many correspondences, each of changes to 2 % of the classes."""
    from cladist.model.correspondence.descent import Made, correspondence_of, extent_of
    from cladist.model.correspondence.relation import compose as in_a_row

    made = taxonomy(size)
    extent = extent_of(made)
    dice = random.Random(11)
    order = sorted(made.classes)
    steps, code = [], size
    for version in range(versions):
        changes = []
        for class_id in dice.sample(order, len(order) // SHARE // 3 or 1):
            code += 1
            part = Class(id=f"{IRI}/v{code}", code=code)
            changes.append(kinds.SplitClass(id=class_id, new=(part,), into=(order[0],)))
        told = [Made(f"{version}-{place}", each) for place, each in enumerate(changes)]
        steps.append(correspondence_of(extent, told))
        extent = steps[-1].target
    start = process_time()
    whole = in_a_row(*steps)
    spent = process_time() - start
    assert whole.source is steps[0].source
    return spent

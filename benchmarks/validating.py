"""Validation against pySHACL, SPARQL on Oxigraph and mere parsing, on made-up classes with defects.

All rules that are shapes run in ours; comparisons of texts, which are none, are measured apart. The
peers check a part of them: pySHACL five shapes of SHACL Core, Oxigraph four of these and three more
by queries written by hand. For these the classes at fault are compared, and must be the same.
Everyone begins with the content in memory; times are processor seconds. Memory is that of a process
that does nothing else.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import pyoxigraph as ox

from benchmarks.figures import Figure, at_least, at_most, middle, seconds
from benchmarks.generate import IRI, taxonomy
from benchmarks.processes import fresh
from cladist.model.taxonomy import Group, Taxonomy
from cladist.rdf.words import BROADER
from cladist.rdf.writing import content
from cladist.validation.native import Checker, likeness

SIZES = (1_000, 10_000, 100_000)
MOST_SHACL = 10_000
EDITED = 100
_SHAPES = Path(__file__).with_name("core.ttl")
_PREFIXES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX clad: <https://w3id.org/cladist/ns#>
"""
QUERIES = {
    "clad-skos-s14": """?c skos:prefLabel ?a, ?b
        FILTER (STR(?a) < STR(?b) && LANG(?a) = LANG(?b))""",
    "clad-skos-s13": "?c skos:prefLabel ?a ; skos:altLabel|skos:hiddenLabel ?a",
    "clad-clar-no-definition": """?c a skos:Concept
        FILTER NOT EXISTS { ?c skos:definition ?d }""",
    "clad-skos-s27": "?c skos:related|^skos:related ?o . ?c skos:broader+ ?o",
    "clad-hier-cycle": "?c skos:broader+ ?c",
    "clad-clar-sibling-labels": """?c skos:broader ?p ; skos:prefLabel ?l .
        ?d skos:broader ?p ; skos:prefLabel ?l FILTER (STR(?c) < STR(?d))""",
    "clad-excl-under-two": """?g a clad:ExclusiveGroup ; skos:member ?a, ?b
        FILTER (STR(?a) < STR(?b)) ?c skos:broader+ ?a ; skos:broader+ ?b""",
}
"""What a careful hand would write for Oxigraph; ``?c`` is at fault."""
CORE = tuple(QUERIES)[:4]
LOST = "reaches-a-top"
"""The fifth core shape: what is on a cycle, or has nothing but that above, reaches no top class. Of
this we tell the cycle."""


def measure(sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
    """A whole check, a check of an edit, and memory, for each size."""
    for size in sizes:
        runs = 1 if quick else 3
        bench = _Bench(size)
        ours = middle([spent(bench.checker.check) for _ in range(runs)])
        yield from bench.against_parsing(ours, runs)
        yield from bench.against_sparql(ours)
        if size <= MOST_SHACL:
            yield from bench.against_shacl(ours)
        yield bench.edits(ours, runs)
        if size <= MOST_SHACL:
            with TemporaryDirectory() as folder:
                file = Path(folder) / "content.nq"
                file.write_bytes(b"".join(bench.lines))
                none, mine, theirs = (
                    fresh(held, str(file), each) for each in ("nothing", "native", "pyshacl")
                )
            mine, theirs = max(1, mine - none), max(1, theirs - none)
            told = f"pySHACL {theirs} MiB"
            asked = at_most(0.25) if size >= 10_000 else None
            yield Figure("memory of a check", size, f"{mine} MiB", told, mine / theirs, asked)


def spent(work: Callable[[], Any]) -> float:
    """Processor seconds of a call."""
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def defective(size: int) -> Taxonomy:
    """A made-up taxonomy in which about one class in fifty has a defect of one of seven kinds."""
    made, dice = taxonomy(size), Random(7)
    classes = dict(made.classes)
    ids = sorted(classes)
    for item in dice.sample(ids[80:], size // 50):
        each, kind = classes[item], dice.randrange(6)
        parent = classes[each.parents[0]]
        if kind == 0:
            each = replace(each, preferred=(*each.preferred, *parent.preferred[:1]))
        elif kind == 1:
            each = replace(each, alternative=each.preferred[:1])
        elif kind == 2:
            each = replace(each, definitions=())
        elif kind == 3:
            each = replace(each, related=parent.parents)
        elif kind == 4:
            beside = next(one for one in ids if classes[one].parents == each.parents)
            each = replace(each, preferred=classes[beside].preferred)
        else:
            each = replace(each, parents=(*each.parents, ids[dice.randrange(8)]))
        classes[item] = each
    low, high = ids[-1], classes[ids[-1]].parents[0]
    classes[high] = replace(classes[high], parents=(low,))
    group = Group(id=f"{IRI}/g", members=tuple(ids[:8]))
    return replace(made, classes=classes, groups={group.id: group})


class _Bench:
    def __init__(self, size: int) -> None:
        self.size = size
        self.lines = content(defective(size))
        self.checker = Checker(self.lines, without=[each.id for each in likeness.RULES])
        self.found: dict[str, set[str]] = {}
        for each in self.checker.findings():
            self.found.setdefault(each.rule, set()).add(each.subject)
        classes, facts = self.checker.facts.classes, self.checker.facts
        self.roots = [each for each in classes if not facts.forward[BROADER].get(each)]
        led = facts.below(frozenset(self.roots))
        self.found[LOST] = classes - led

    def against_parsing(self, ours: float, runs: int) -> Iterator[Figure]:
        """A check of what is in memory, and one from the lines, against parsing these lines."""
        text = b"".join(self.lines)

        def parsed() -> None:
            for _ in ox.parse(text, format=ox.RdfFormat.N_QUADS):
                pass

        peer = middle([spent(parsed) for _ in range(runs)])
        asked = at_most(1) if self.size >= 100_000 else None
        told = f"`pyoxigraph.parse` {seconds(peer)}"
        yield Figure("check everything", self.size, seconds(ours), told, ours / peer, asked)
        thorough = Checker(self.lines)
        every = middle([spent(thorough.check) for _ in range(runs)])
        name = "check everything, likeness too"
        yield Figure(name, self.size, seconds(every), told, every / peer)
        cold = spent(lambda: Checker(self.lines))
        yield Figure("index and check", self.size, seconds(cold), told, cold / peer)

    def against_sparql(self, ours: float) -> Iterator[Figure]:
        """The seven queries on a store in memory."""
        store = ox.Store()
        store.bulk_load(b"".join(self.lines), format=ox.RdfFormat.N_QUADS)
        total = 0.0
        for rule, body in QUERIES.items():
            faulty: set[str] = set()
            query = f"{_PREFIXES}SELECT DISTINCT ?c WHERE {{ {body} }}"
            total += spent(lambda: faulty.update(_answers(store, query)))  # noqa: B023 - run at once
            self.compare(rule, faulty)
        asked = at_least(20) if self.size == 10_000 else None
        told = f"7 queries on Oxigraph {seconds(total)}"
        yield Figure("check everything", self.size, seconds(ours), told, total / ours, asked)

    def against_shacl(self, ours: float) -> Iterator[Figure]:
        """Four core shapes, run by pySHACL over a graph in memory."""
        import pyshacl
        from rdflib import Graph, URIRef

        from cladist.rdf.namespaces import RULES, SH, SKOS
        from cladist.validation.loading import load

        graph, shapes = load(self.lines), Graph().parse(_SHAPES)
        for item in self.roots:
            graph.add((URIRef(item), URIRef(f"{SKOS}topConceptOf"), URIRef(IRI)))
        reports: list[Any] = []
        total = spent(lambda: reports.append(pyshacl.validate(graph, shacl_graph=shapes)[1]))
        faulty: dict[str, set[str]] = {rule: set() for rule in (*CORE, LOST)}
        [report] = reports
        for result in report.subjects(URIRef(f"{SH}resultSeverity")):
            rule = str(report.value(result, URIRef(f"{SH}sourceShape"))).removeprefix(RULES)
            faulty[rule].add(str(report.value(result, URIRef(f"{SH}focusNode"))))
        for rule, found in faulty.items():
            self.compare(rule, found)
        asked = at_least(100) if self.size == 10_000 else None
        told = f"pySHACL, 5 core shapes {seconds(total)}"
        yield Figure("check everything", self.size, seconds(ours), told, total / ours, asked)

    def compare(self, rule: str, faulty: set[str]) -> None:
        """Both sides found the same classes; of a cycle we tell one, of what is under two the
        uppermost."""
        mine = self.found.get(rule, set())
        same = mine == faulty
        if rule in ("clad-hier-cycle", "clad-excl-under-two", "clad-clar-sibling-labels"):
            same = mine <= faulty and bool(mine) == bool(faulty)
        if rule == "clad-skos-s27":
            same = mine == faulty
        if not same:
            raise AssertionError(f"{rule}: {len(mine)} against {len(faulty)}")

    def edits(self, ours: float, runs: int) -> Figure:
        """A hundred classes renamed and moved, checked where that reaches."""
        dice = Random(3)
        times = []
        for _ in range(runs * 3):
            removed, added = self._edit(dice)
            times.append(spent(lambda: self.checker.change(removed, added)))  # noqa: B023
            self.checker.change(added, removed)
        each = middle(times)
        asked = at_least(100) if self.size >= 100_000 else None
        told = f"everything {seconds(ours)}"
        return Figure(
            f"check an edit of {EDITED}", self.size, seconds(each), told, ours / each, asked
        )

    def _edit(self, dice: Random) -> tuple[list[bytes], list[bytes]]:
        removed: list[bytes] = []
        added: list[bytes] = []
        broader, label = b" <http://www.w3.org/2004/02/skos/core#broader> ", b"#prefLabel> "
        places = [at for at, line in enumerate(self.lines) if broader in line or label in line]
        for at in dice.sample(places[len(places) // 2 :], EDITED):
            line = self.lines[at]
            if broader in line:
                subject = line.split(b" ", 1)[0]
                parent = f"<{IRI}/c{dice.randrange(8, self.size // 8):06}> .\n".encode()
                fresh_line = subject + broader + parent
            else:
                fresh_line = line.replace(b'> "', b'> "new ', 1)
            if fresh_line not in (line, *added):
                removed.append(line)
                added.append(fresh_line)
        return removed, added


def _answers(store: ox.Store, query: str) -> set[str]:
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    return {row["c"].value for row in rows}


def held(file: str, engine: str) -> int:
    """Mebibytes that a process takes at most to check the lines of a file, or only to read them."""
    lines = Path(file).read_bytes().splitlines(keepends=True)
    if engine == "native":
        Checker(lines)
    if engine == "pyshacl":
        import pyshacl
        from rdflib import Graph

        from cladist.validation.loading import load

        pyshacl.validate(load(lines), shacl_graph=Graph().parse(_SHAPES))
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024

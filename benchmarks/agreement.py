"""Do both engines find the same in a real file? ``python -m benchmarks.agreement FILE...``

Each rule is run by pySHACL by itself, so that one sees which takes long; of real vocabularies some
take minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

from rdflib import Graph, Literal, URIRef

from cladist import resources
from cladist.catalog.importing import Intake, header_of, read_new
from cladist.catalog.values import Document, NewTaxonomy
from cladist.imports.reading import format_of
from cladist.rdf.formats import readable
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import RULES, SH
from cladist.rdf.writing import content
from cladist.validation import rules
from cladist.validation.engine import examine
from cladist.validation.entailment import entail
from cladist.validation.finding import Finding
from cladist.validation.loading import load
from cladist.validation.native import Checker
from cladist.wiring import mint

_BASE = "https://example.org/"


def lines_of(path: Path) -> list[bytes]:
    """The content that an import makes of a file."""
    header = header_of(NewTaxonomy(slug="agreement"), _BASE)
    form = readable(path.name)
    document = Document(path.read_bytes(), form.label if form else str(format_of(path.name)))
    return content(read_new(document, header, Intake(Limits(), _BASE, mint)).taxonomy)


def _alone(whole: Graph, rule: str, others: list[str]) -> Graph:
    shapes = Graph()
    for statement in whole:
        shapes.add(statement)
    for other in others:
        if other != rule:
            shapes.set((URIRef(RULES + other), URIRef(f"{SH}deactivated"), Literal(True)))
    return shapes


def main() -> None:
    """Print each rule with what both find; end with 1 where they differ."""
    asked = [rule.id for rule in rules() if rule.shape]
    whole = Graph()
    for shape_file in resources.shapes():
        whole.parse(shape_file, format="turtle")
    differing = 0
    for name in sys.argv[1:]:
        lines = lines_of(Path(name))
        ours = set(Checker(lines).findings())
        graph = load(lines)
        entail(graph)
        print(f"{name}: {len(lines):,} statements, {len(ours):,} found natively")
        for rule in asked:
            start = process_time()
            found: set[Finding] = set(examine(graph, _alone(whole, rule, asked)))
            mine = {each for each in ours if each.rule == rule}
            same = mine == {each for each in found if each.rule == rule}
            differing += not same
            took = process_time() - start
            told = "same" if same else f"DIFFERS: {len(found):,} by pySHACL"
            print(f"  {rule}: {len(mine):,} {told} ({took:.1f} s)", flush=True)
    sys.exit(bool(differing))


if __name__ == "__main__":
    main()

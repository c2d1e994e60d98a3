"""Children, ancestors and prefix search: the resident index against Oxigraph's SPARQL, in one run.

Both answer the same questions about the same classes in turn; each question's time is the median
over its classes. The index remembers in which order it has once put children: they are asked for
with that memory wiped, and again. Both give children by label; the index also says how many each
has. Numbers of answers are compared before anything is measured.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns

import pyoxigraph as ox

from benchmarks.generate import taxonomy
from cladist.graph import Projection
from cladist.index import Scope, VersionIndex, View, build, children, completions
from cladist.model.taxonomy import Taxonomy
from cladist.rdf.content import digest
from cladist.rdf.namespaces import SKOS
from cladist.rdf.writing import content

SIZES = (1_000, 10_000, 100_000)
ASKED = 200
SCANS = 5  # a scan of all labels takes long enough to be measured few times
LETTERS = 4
LIMIT = 1_000_000

_LABEL = f'?c <{SKOS}prefLabel> ?l FILTER(LANG(?l) = "en")'
CHILDREN = f"SELECT ?c ?l {{{{ ?c <{SKOS}broader> {{}} . {_LABEL} }}}} ORDER BY LCASE(?l)"
ANCESTORS = f"SELECT DISTINCT ?a {{{{ {{}} <{SKOS}broader>+ ?a }}}}"
PREFIX = f"SELECT ?c ?l {{{{ {_LABEL} FILTER(STRSTARTS(LCASE(STR(?l)), {{}})) }}}} ORDER BY ?l"

Ask = Callable[[str], int]
Term = ox.Literal | ox.NamedNode


@dataclass(frozen=True, slots=True)
class Question:
    """One question asked of both: each answer is the number of classes found."""

    name: str
    asked: Sequence[str]
    index: Ask
    sparql: Ask
    floor: float


def questions(
    made: Taxonomy, index: VersionIndex, select: Callable[[str, Term], int]
) -> list[Question]:
    """The three questions, about classes and label beginnings drawn at random."""
    dice = random.Random(7)
    classes = sorted(made.classes)
    parents = dice.choices([each for each in classes if index.children(each)], k=ASKED)
    labels = dice.choices([each.label("en") for each in made.classes.values()], k=SCANS)
    view, scope = View("en"), Scope("en")

    def below(class_id: str) -> int:
        return len(children(index, class_id, view).items)

    def below_anew(class_id: str) -> int:
        index.memo.clear()
        return below(class_id)

    def below_by_sparql(class_id: str) -> int:
        return select(CHILDREN, ox.NamedNode(class_id))

    return [
        Question("children, asked first", parents, below_anew, below_by_sparql, 10),
        Question("children, asked again", parents, below, below_by_sparql, 10),
        Question(
            "ancestors",
            dice.choices(classes, k=ASKED),
            lambda each: len(index.ancestors(each)),
            lambda each: select(ANCESTORS, ox.NamedNode(each)),
            10,
        ),
        Question(
            "label prefix",
            [label[: LETTERS * 2].lower() for label in labels],
            lambda each: len(completions(index, each, scope)),
            lambda each: select(PREFIX, ox.Literal(each)),
            1_000,
        ),
    ]


def measured(ask: Ask, asked: Sequence[str]) -> float:
    """The median time of one question in microseconds."""
    times: list[float] = []
    for each in asked:
        start = perf_counter_ns()
        ask(each)
        times.append((perf_counter_ns() - start) / 1_000)
    return median(times)


def compare(size: int) -> list[tuple[str, float, float, float]]:
    """Name, microseconds of the index and of SPARQL, and the ratio that is asked for."""
    made = taxonomy(size)
    lines = content(made)
    sha = digest(lines)
    projection = Projection({sha: lines}.__getitem__)

    def select(query: str, given: Term) -> int:
        return len(projection.select(sha, query.format(given)).rows)

    rows: list[tuple[str, float, float, float]] = []
    for question in questions(made, build(made), select):
        for each in question.asked[:SCANS]:
            found, wanted = question.index(each), question.sparql(each)
            if found != wanted:
                raise SystemExit(f"{question.name} of {each}: {found} by index, {wanted} by SPARQL")
        for each in question.asked:  # neither finds cold caches
            question.index(each)
            question.sparql(each)
        by_index = measured(question.index, list(question.asked) * (ASKED // len(question.asked)))
        by_sparql = measured(question.sparql, question.asked)
        rows.append((question.name, by_index, by_sparql, question.floor))
    return rows


def main(arguments: Sequence[str] | None = None) -> bool:
    """Print the table; whether every ratio is what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of classes")
    given = parser.parse_args(arguments)
    print(f"{'classes':>8}  {'question':<22}{'index':>10}{'SPARQL':>14}{'ratio':>11}  asked")
    met = True
    for size in given.sizes:
        for name, by_index, by_sparql, floor in compare(size):
            ratio = by_sparql / by_index
            met &= ratio >= floor
            print(
                f"{size:>8}  {name:<22}{by_index:>7.1f} µs{by_sparql:>11.1f} µs"
                f"{ratio:>10.0f}×  ≥ {floor:.0f}× {'' if ratio >= floor else 'MISSED'}"
            )
    return met


if __name__ == "__main__":
    raise SystemExit(not main())

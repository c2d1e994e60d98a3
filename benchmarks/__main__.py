"""Every figure with one command: ``python -m benchmarks [names] [--sizes 1k,10k] [--quick]``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from time import monotonic

from benchmarks import (
    checking,
    comparing,
    custom_shapes,
    engines,
    figures,
    importing,
    inference,
    lookups,
    machine,
    migrating,
    migrating_coco,
    migrating_parquet,
    publishing,
    resolving,
    serving,
    starting,
    validating,
)
from benchmarks.figures import Benchmark, Figure, at_least

QUICK = (1_000,)
ASKED_FROM = 10_000  # fewer classes are found quickly even by a scan


class Lookups:
    """The questions that the index and SPARQL answer, as figures."""

    SIZES = lookups.SIZES

    def measure(self, sizes: Sequence[int], quick: bool) -> Iterator[Figure]:
        """The questions, for each size."""
        for size in sizes:
            for name, ours, peer, floor in lookups.compare(size):
                told = f"Oxigraph SPARQL {figures.seconds(peer / 1e6)}"
                mine = figures.seconds(ours / 1e6)
                asked = at_least(floor) if size >= ASKED_FROM else None
                yield Figure(name, size, mine, told, peer / ours, asked)


BENCHMARKS: dict[str, Benchmark] = {
    "starting": starting,
    "lookups": Lookups(),
    "serving": serving,
    "publishing": publishing,
    "importing": importing,
    "comparing": comparing,
    "resolving": resolving,
    "inference": inference,
    "checking": checking,
    "validating": validating,
    "custom_shapes": custom_shapes,
    "migrating": migrating,
    "migrating_coco": migrating_coco,
    "migrating_parquet": migrating_parquet,
    "engines": engines,
}


def main() -> None:
    """Print the machine, then each figure as soon as it is known."""
    given = _arguments()
    start = monotonic()
    missed = 0
    print(f"{machine.described()}; {machine.load()}\n")
    print(figures.heading())
    for name in given.names or BENCHMARKS:
        benchmark = BENCHMARKS[name]
        sizes = given.sizes or (QUICK if given.quick else benchmark.SIZES)
        for figure in benchmark.measure(sizes, given.quick):
            missed += figure.missed
            print(figures.line(figure.cells()), flush=True)
    took = monotonic() - start
    print(f"\n{missed} missed; {took:.0f} s; {machine.load()}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    known = ", ".join(BENCHMARKS)
    parser.add_argument("names", nargs="*", metavar="name", help=f"all, or some of {known}")
    parser.add_argument("--sizes", type=_sizes, help="numbers of classes, such as 1k,10k,100k")
    parser.add_argument("--quick", action="store_true", help="few classes, each thing once")
    given = parser.parse_args()
    unknown = set(given.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no {min(unknown)}; there are {known}")
    return given


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(int(each.replace("k", "000")) for each in text.split(","))


if __name__ == "__main__":
    main()

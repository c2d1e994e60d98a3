"""The verb that resolves: what became of what a stale client calls a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, TypedDict, Unpack

import click

from cladist.cli.comparing import newest
from cladist.cli.desk import Desk
from cladist.cli.failing import REFUSED
from cladist.cli.options import SLUG, verb
from cladist.cli.printing import Answer, Block, Table, cell, working
from cladist.model.errors import UnreadableInput

KINDS = ("id", "code", "notation", "label")
"""What references may be taken for."""

Json = dict[str, Any]


class Source(TypedDict):
    """The options that say where the references are, and what they are."""

    file: IO[bytes] | None
    column: str
    by: str | None


@verb
@SLUG
@click.argument("references", nargs=-1, metavar="[REFERENCE]...")
@click.option(
    "--from",
    "source",
    metavar="VERSION",
    required=True,
    help="The version that the references are of, such as 1, 2.1.0, latest or draft.",
)
@click.option(
    "--to", "target", metavar="VERSION", default="", help="The version to go to; else the latest."
)
@click.option(
    "--file", type=click.File("rb"), help="References from a file, one a line; “-” is stdin."
)
@click.option("--column", metavar="NAME", default="", help="The file is CSV or TSV: this column.")
@click.option("--by", type=click.Choice(KINDS), help="What references are; else whatever fits.")
@click.option("--strict", is_flag=True, help="End with status 5 unless all follow automatically.")
def resolve(
    desk: Desk,
    *,
    slug: str,
    references: tuple[str, ...],
    source: str,
    target: str,
    strict: bool,
    **given: Unpack[Source],
) -> Answer:
    """Say what became of old ids, codes or labels.

    A REFERENCE is looked up in the version that --from names: as an id, a code such as #12 or 12, a
    notation, a preferred, alternative or hidden label, then as a label without regard to case and
    accents. The answer is the class that stands for it in the version that --to names, which may be
    an older one, and the way there. “decide” says that somebody must choose; similar labels are
    only suggested. The status is 0 whatever became of them, unless --strict is given.
    """
    wanted = _wanted(references, given)
    with desk.catalog() as catalog, working(f"Resolving in {slug}"):
        end = target or newest(catalog, slug)
        found = _answers(catalog.comparisons.resolver(slug, source, end), wanted, given)
    all_follow = all(each["automatic"] for each in found["answers"])
    return Answer(lambda: found, lambda: _text(found), REFUSED if strict and not all_follow else 0)


def _wanted(references: Sequence[str], given: Source) -> Sequence[str]:
    if bool(references) is (given["file"] is not None):
        raise click.UsageError("Say what to resolve: references, or --file FILE.")
    if given["file"] is None:
        if given["column"]:
            raise click.UsageError("--column names a column of a file: say --file FILE as well.")
        return references
    return list(_read(given["file"], given["column"]))


def _read(file: IO[bytes], column: str) -> Iterator[str]:
    """The references of a file; lines and cells that hold nothing are none."""
    from cladist.imports.decoding import decoded
    from cladist.rdf.delimited import records

    text = decoded(file.read())
    if not column:
        yield from (line for line in text.splitlines() if line.strip())
        return
    tabs = Path(str(getattr(file, "name", ""))).suffix.lower() in (".tsv", ".tab")
    rows = records(text, "\t" if tabs else ",")
    _, header = next(rows, (1, [""]))
    if column not in header:
        there = ", ".join(f"“{each}”" for each in header)
        raise UnreadableInput(f"The file has no column “{column}”; it has {there}.")
    place = header.index(column)
    yield from (cells[place] for _, cells in rows if cells[place].strip())


def _answers(resolver: Any, references: Sequence[str], given: Source) -> Json:
    """All answers as plain values; details are given of references on the command line alone."""
    from cladist.catalog.resolution_forms import detailed, plain
    from cladist.index.naming import By

    by = None if given["by"] is None else By(given["by"])
    whole = given["file"] is None
    tell = detailed if whole else plain
    answers = [tell(resolver, resolver.resolve(each, by, detailed=whole)) for each in references]
    return {
        "slug": resolver.start.slug,
        "from": resolver.start.version,
        "to": resolver.end.version,
        **_counts(answers),
        "answers": answers,
    }


def _counts(answers: Sequence[Json]) -> Json:
    automatic = sum(each["automatic"] for each in answers)
    decisions = sum(each["needs_decision"] for each in answers)
    unknown = sum(each["status"] == "unknown" for each in answers)
    return {
        "total": len(answers),
        "automatic": automatic,
        "needing_decision": decisions,
        "without_target": len(answers) - automatic - decisions - unknown,
        "unknown": unknown,
    }


def _text(found: Json) -> Iterator[Block]:
    answers = found["answers"]
    heads = ("asked", f"in {found['from']}", "what became of it", f"in {found['to']}", "")
    if answers:
        yield Table(heads, [_row(each) for each in answers])
    hops = [(each["query"], *_hop(hop)) for each in answers for hop in each.get("path", ())]
    if hops:
        yield ""
        yield Table(("asked", "version", "on the way"), hops)
    for each in answers:
        if each.get("suggestions"):
            yield f"Similar to “{cell(each['query'])}”: {_classes(each['suggestions'])}"
    yield (
        f"{found['slug']}: {found['total']} asked, {found['automatic']} follow automatically, "
        f"{found['needing_decision']} need a decision, {found['without_target']} have no target, "
        f"{found['unknown']} are unknown"
    )


def _row(answer: Json) -> tuple[str, ...]:
    meant = [answer["class"]] if answer["class"] else answer["candidates"]
    more = answer["candidates_total"] - len(answer["candidates"])
    return (
        answer["query"],
        _classes(meant) + (f" and {more} more" if more else ""),
        answer["status"],
        _classes(answer["targets"]),
        _remark(answer),
    )


def _remark(answer: Json) -> str:
    remarks = ["decide"] if answer["needs_decision"] else []
    if answer["by_successors"]:
        remarks.append("by its successors")
    if answer["known_in"]:
        remarks.append(f"known in {' and '.join(answer['known_in'])}")
    return ", ".join(remarks)


def _hop(hop: Json) -> tuple[str, str]:
    return hop["version"], hop["text"] + (" (taken back)" if hop["reverted"] else "")


def _classes(classes: Sequence[Json]) -> str:
    return ", ".join(
        each["label"] if each["code"] is None else f"{each['label']} #{each['code']}"
        for each in classes
    )

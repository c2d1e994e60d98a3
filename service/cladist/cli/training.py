"""The verb that writes training cards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cladist.cli.desk import Desk, Reading, Target, read
from cladist.cli.files import OUTPUT, delivered
from cladist.cli.options import TARGET, verb
from cladist.cli.printing import Answer, note

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.training import Counts

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@verb
@TARGET
@click.option(
    "--from", "earlier", multiple=True, metavar="VERSION", help="Map the outputs of this version."
)
@click.option(
    "--counts",
    type=FILE,
    help="How often classes occur, for weights: a JSON object, or a table CLASS,COUNT.",
)
@click.option(
    "--usage", metavar="NAME", help="Take the counts that were registered for this usage."
)
@click.option(
    "--items", type=click.IntRange(1), help="How many items there are, where each may have several."
)
@OUTPUT
def card(
    desk: Desk,
    *,
    target: Target,
    earlier: tuple[str, ...],
    counts: Path | None,
    usage: str | None,
    items: int | None,
    output: Path | None,
) -> Answer:
    """Write what a model must know that is trained on it.

    The outputs and which class each is, where outputs of earlier versions are now, what is above
    and what excludes what, weights of classes, and which loss and metrics fit. A file that ends in
    .npz gets NumPy arrays, all else JSON.
    """
    from cladist.catalog.training import card_of

    if counts is not None and usage is not None:
        raise click.UsageError("Say --counts or --usage, not both.")
    known = None if counts is None else counts_of(counts, items)
    with desk.catalog() as catalog:
        found = read(catalog, target)
        if usage is not None:
            known = _registered(catalog, found, usage, items)
        before = [read(catalog, Target(target.slug, each)) for each in earlier]
    made = card_of(
        found.state,
        found.slug,
        found.version,
        [(each.version, each.state) for each in before],
        known,
    )
    if output is not None and output.suffix == ".npz":
        from cladist.exports.training.matrices import archive

        data = archive(made)
    else:
        data = (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
    about = {"slug": found.slug, "version": found.version, "sha256": found.state.sha}
    return delivered(desk, data, output, f"the card of {found.name}", about)


def _registered(catalog: Catalog, found: Reading, usage: str, items: int | None) -> Counts:
    """The counts of a usage as the classes are now; those that cannot follow are told."""
    from cladist.catalog.training import Counts

    followed = catalog.usages.followed(found.slug, usage, found.version)
    if followed.left:
        note(f"{followed.left} labels of {usage} need a decision and are not counted.")
    return Counts(followed.counts, items)


def counts_of(path: Path, items: int | None) -> Counts:
    """The counts in a file; raises UnreadableInput."""
    import csv

    from cladist.catalog.training import Counts
    from cladist.model.errors import UnreadableInput

    text = path.read_bytes().decode("utf-8-sig", "replace")
    try:
        if path.suffix == ".json":
            rows = [*json.loads(text).items()]
        else:
            rows = [(name, int(count)) for name, count in csv.reader(text.splitlines())]
    except (ValueError, AttributeError) as error:
        raise UnreadableInput(f"{path.name} holds no counts of classes: {error}") from None
    wrong = [name for name, count in rows if type(count) is not int or count < 0]
    if wrong:
        raise UnreadableInput(f"{path.name}: the count of “{wrong[0]}” is no whole number.")
    found: dict[str, int] = {}
    for name, count in rows:
        found[name] = found.get(name, 0) + count
    return Counts(found, items)

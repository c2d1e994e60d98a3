"""Verbs on lock files: binding a dataset or model to a version, and comparing it with another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cladist.cli.desk import LATEST, Desk, Target
from cladist.cli.migration_options import planner
from cladist.cli.options import TARGET, verb
from cladist.cli.printing import Answer, Block, Table

if TYPE_CHECKING:
    from cladist.datasets.compatibility import Compatibility
    from cladist.datasets.lock import Lock
    from cladist.datasets.plan import Plan

MIGRATE, OPEN = 4, 9
"""The status for what must be migrated, and for what needs a person as well."""

_PATH = click.Path(exists=True, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SERVER = click.option("--server", metavar="URL", help="Ask this service in place of the store.")


@verb
@click.argument("path", type=_PATH)
@TARGET
@click.option("--model", is_flag=True, help="PATH is a model: its outputs are the class index.")
@click.option("--legend", type=_FILE, help="What the dataset writes and the class it means.")
@click.option(
    "--unknown",
    type=click.Choice(("refuse", "keep")),
    default="refuse",
    show_default=True,
    help="What becomes of a dataset with labels that the version does not know.",
)
@click.option("--replace", is_flag=True, help="Write it anew where there is one.")
@_SERVER
def lock(
    desk: Desk,
    *,
    path: Path,
    target: Target,
    model: bool,
    legend: Path | None,
    unknown: str,
    replace: bool,
    server: str | None,
) -> Answer:
    """Bind a dataset or a model to a version.

    The lock file says which classes its labels are; “cladist migrate” and “cladist compat” read it.
    All labels are looked at first: those that the version does not know are refused. Of a model
    the outputs are compared that its config.json names.
    """
    from cladist.datasets import lock as locks
    from cladist.model.errors import Refused

    selector = target.selector or LATEST
    if locks.found(path) is not None and not replace:
        raise Refused(f"{path.name} has a lock file already: --replace writes it anew.")
    plan = planner(desk, None, server).plan(target.slug, selector, selector, ())
    made, place, told = _of_model(path, plan) if model else _of_dataset(path, plan, legend, unknown)
    place.write_bytes(locks.encoded(made))
    name = f"{made.slug} {made.version}"
    data = {"lock": str(place), "taxonomy": made.slug, "version": made.version}
    return Answer(
        lambda: {**data, "digest": made.digest},
        lambda: [f"{path} is bound to {name}: {told}", f"It stands in {place}."],
    )


def _of_model(path: Path, plan: Plan) -> tuple[Lock, Path, str]:
    from cladist.datasets import lock as locks
    from cladist.datasets import model_files

    named = model_files.outputs(path)
    if named is not None:
        model_files.check(named, plan.source)
    made = locks.lock_of(plan.source, kind=locks.Kind.MODEL)
    place = path / locks.NAME if path.is_dir() else locks.beside(path)
    size = len(plan.source.selection)
    seen = "no configuration names them" if named is None else "all as its configuration names them"
    return made, place, f"{size} outputs, {seen}."


def _of_dataset(
    path: Path, plan: Plan, legend: Path | None, unknown: str
) -> tuple[Lock, Path, str]:
    from cladist.cli.migration_options import text_of
    from cladist.datasets import legend_file
    from cladist.datasets import lock as locks
    from cladist.datasets.hashing import digest
    from cladist.datasets.records import Reading
    from cladist.datasets.transfer import Order, survey
    from cladist.model.errors import UnknownLabels

    known = {} if legend is None else legend_file.read(text_of(legend), legend.name)
    report = survey(Order(source=path, plan=plan, reading=Reading(legend=known)))
    if report.unknown and unknown == "refuse":
        raise UnknownLabels(report.unknown, f"{plan.source.slug} {plan.source.version}")
    made = locks.lock_of(plan.source, dataset="" if path.is_dir() else digest(path), legend=known)
    inside = locks.belongs_inside(path, report.dataset)
    place = path / locks.NAME if inside else locks.beside(path)
    strange = sum(count for _, count in report.unknown)
    seen = f"{strange} of them unknown" if strange else "all known"
    return made, place, f"{report.labels} labels of {report.dataset}, {seen}."


@verb
@click.argument("path", type=_PATH)
@click.option(
    "--to", "target", metavar="VERSION", default=LATEST, show_default=True, help="Which version."
)
@_SERVER
def compat(desk: Desk, *, path: Path, target: str, server: str | None) -> Answer:
    """Say whether a dataset or model fits a version.

    PATH has a lock file, or is one. The status is 0 where it fits as it is, 4 where every class
    became exactly one, so that “cladist migrate” or the map that --json gives will do, and 9 where
    somebody must decide.
    """
    from cladist.datasets import lock as locks
    from cladist.datasets.compatibility import Verdict, compared
    from cladist.model.errors import InvalidValue

    found = locks.read(path) if path.name.endswith(locks.NAME) else locks.found(path)
    if found is None:
        raise InvalidValue("PATH", f"{path.name} has no lock file: “cladist lock” writes one.")
    plan = planner(desk, None, server).plan(found.slug, found.version, target, ())
    made = compared(found, plan)
    status = {Verdict.FOLLOWS: MIGRATE, Verdict.OPEN: OPEN}.get(made.verdict, 0)
    return Answer(lambda: _data(made), lambda: _told(path, made), status)


def _data(made: Compatibility) -> dict[str, Any]:
    import msgspec

    found: dict[str, Any] = msgspec.to_builtins(made)
    return found


_SAID = {
    "same": "is bound to this version.",
    "fits": "fits as it is.",
    "follows": "must be migrated; every class became exactly one.",
    "open": "must be migrated, and of some classes somebody must decide.",
}


def _told(path: Path, made: Compatibility) -> Iterator[Block]:
    yield f"{path} ({made.kind.value}), {made.slug} {made.source} → {made.target}"
    yield f"It {_SAID[made.verdict.value]}"
    rows = [
        (each.label, ", ".join(each.labels) or "nothing", _way(each.automatic, each.targets))
        for each in made.moved
    ]
    if rows:
        yield ""
        yield Table(("class", "is now", ""), rows)
    moves = [(old, new) for old, new in enumerate(made.positions) if old != new]
    if moves and made.kind.value == "model":
        yield ""
        gone = sum(new is None for _, new in moves)
        new = len(made.added)
        yield f"Outputs that are elsewhere: {len(moves)}, {gone} of them gone; new: {new}."


def _way(automatic: bool, targets: tuple[str, ...]) -> str:
    return "by itself" if automatic else "to be decided" if targets else "retired"

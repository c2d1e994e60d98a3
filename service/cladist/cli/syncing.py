"""The verb that brings a live labeling project to another version, and back."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import click

from cladist.cli.desk import LATEST, Desk, Target
from cladist.cli.migration_options import DECIDING, Deciding
from cladist.cli.options import TargetType, verb
from cladist.cli.printing import Answer, Block, Table

if TYPE_CHECKING:
    from cladist.datasets.plan import Plan
    from cladist.sync.labels import Exported
    from cladist.sync.results import Progress
    from cladist.sync.studio import Studio
    from cladist.sync.syncing import Restored, Survey, Synced, Wanted

OPEN = 9
"""The status when labels are left that need a person."""

TOKEN = "LABEL_STUDIO_API_KEY"
"""The environment variable that has the access token."""


class Asked(TypedDict):
    """Which project, and how it follows."""

    project: int
    start: str
    control: tuple[str, ...]
    journal: Path | None
    server: str | None
    dry_run: bool
    undo: bool


class Told(Asked, Deciding):
    """All options of the verb."""


def _deciding(function: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(DECIDING):
        function = option(function)
    return function


@verb
@click.argument("tool", type=click.Choice(("label-studio",)))
@click.argument("url")
@click.argument("target", metavar="[SLUG[@VERSION]]", type=TargetType(), required=False)
@click.option("--project", type=click.IntRange(1), required=True, help="The project's number.")
@click.option(
    "--from",
    "start",
    metavar="VERSION",
    default="",
    help="The version that the project has; else what its configuration says.",
)
@click.option(
    "--control",
    multiple=True,
    metavar="NAME",
    help="A control whose labels are classes; else each with such labels alone. May be repeated.",
)
@click.option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What is done is written there; else label-studio-PROJECT.journal.",
)
@_deciding
@click.option("--server", metavar="URL", help="Ask this service in place of the store.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing.")
@click.option("--undo", is_flag=True, help="Take back what the journal says was done.")
def sync(desk: Desk, *, tool: str, url: str, target: Target | None, **told: Unpack[Told]) -> Answer:
    """Bring a live labeling project to another version.

    TOOL is “label-studio”, URL where it runs; its access token is in LABEL_STUDIO_API_KEY. The
    project's annotations, predictions and drafts are all looked at. Its labels become those of the
    version, results follow, and what is done is written to a journal that --undo reads. Nothing is
    changed while labels are left that need a person: the review file lists them, the status is 9.
    """
    from cladist.sync.journal import Journal
    from cladist.sync.studio import Studio
    from cladist.sync.syncing import undo

    path = told["journal"] or Path(f"label-studio-{told['project']}.journal")
    with Studio(url, os.environ.get(TOKEN, "")) as studio, _bar() as progress:
        if told["undo"]:
            restored = undo(studio, Journal(path), progress)
            status = 0 if restored.whole else OPEN
            return Answer(
                lambda: _restored_data(restored), lambda: _restored(restored, path), status
            )
        if target is None:
            raise click.UsageError("Name the taxonomy and version, such as pets@2.")
        return _followed(desk, studio, (url, target, told, path), progress)


def _followed(
    desk: Desk, studio: Studio, asked: tuple[str, Target, Told, Path], progress: Progress
) -> Answer:
    from cladist.sync.journal import Journal
    from cladist.sync.syncing import survey, sync

    url, target, told, path = asked
    wanted = _wanted(desk, studio, url, target, told)
    found = survey(studio, wanted, progress)
    review = path.with_name(f"{path.name}.review.tsv") if found.review else None
    done = None
    if not told["dry_run"]:
        if review is not None:
            review.write_bytes(found.review)
        else:
            done = sync(studio, wanted, found, Journal(path), progress)
    left = review is not None or (done is not None and done.left)
    return Answer(
        lambda: _data(found, done, path),
        lambda: _text(found, done, path, None if told["dry_run"] else review),
        OPEN if left else 0,
    )


def _wanted(desk: Desk, studio: Studio, url: str, target: Target, told: Told) -> Wanted:
    from cladist.cli.migration_options import decisions_of, planner, policy_of
    from cladist.model.errors import InvalidValue
    from cladist.sync.labeling_config import told as written
    from cladist.sync.syncing import Wanted

    known = written(studio.project(told["project"]).config)
    start = told["start"] or (known[1] if known and known[0] == target.slug else "")
    if not start:
        raise InvalidValue("from", "the configuration does not say its version: name it.")
    selector = target.selector or LATEST
    plan = planner(desk, None, told["server"]).plan(target.slug, start, selector, ())
    policy = policy_of(plan, told)
    return Wanted(
        url=url,
        project=told["project"],
        plan=plan,
        exported=_exported(desk, plan, told["server"]),
        policy=policy,
        decisions=decisions_of(plan, policy, told),
        controls=told["control"],
    )


def _exported(desk: Desk, plan: Plan, server: str | None) -> Exported:
    """The target's classes as labeling configurations."""
    slug, version = plan.target.slug, plan.target.version
    if server:
        from cladist.client import Client

        def fetched(control: str) -> str:
            with Client(server, cache=None) as client:
                return client.export(slug, version, "label-studio.xml", control=control).decode()

        return fetched
    from cladist.catalog.class_forms import Wanted, exported
    from cladist.exports.classes.tool import Choices
    from cladist.exports.classes.tools import BY_NAME

    with desk.catalog() as catalog:
        state = catalog.open(slug, version)
    tool = BY_NAME["label-studio"]

    def export(control: str) -> str:
        wanted = Wanted(choices=Choices(control=control))
        return exported(state, slug, version, tool, wanted).data.decode()

    return export


@contextmanager
def _bar() -> Iterator[Progress]:
    """What is done and the time left, on stderr; only on a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("Label Studio", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _data(found: Survey, done: Synced | None, path: Path) -> dict[str, Any]:
    import msgspec

    return {
        "project": found.project.id,
        "title": found.project.title,
        "from": found.report.source,
        "to": found.report.target,
        "controls": list(found.configs.names),
        "labels_added": list(found.configs.added),
        "labels_gone": list(found.configs.gone),
        "uses": found.uses.counts,
        "results_changed": len(found.changes),
        "report": msgspec.to_builtins(found.report),
        "replaced": None if done is None else done.replaced,
        "left": None if done is None else done.left,
        "journal": None if done is None else str(path),
    }


def _text(found: Survey, done: Synced | None, path: Path, review: Path | None) -> Iterator[Block]:
    report = found.report
    name = f"{report.slug} {report.source} → {report.target}"
    yield f"Project {found.project.id}, “{found.project.title}”, {name}"
    counts = (len(found.configs.added), len(found.configs.gone))
    yield f"Labels that come: {counts[0]}; that go: {counts[1]}."
    yield ""
    rows = [(each.source, each.fate, each.target, str(each.count)) for each in report.lines]
    yield Table(("from", "", "to", "labels"), rows)
    missed = _missed(found)
    if missed:
        yield ""
        yield f"Label Studio's own summary misses {missed} uses of labels that go."
    yield ""
    if done is not None:
        yield f"{done.replaced} annotations, predictions and drafts follow; {path} takes it back."
        if done.left:
            yield f"{done.left} were changed meanwhile: run it again. Old labels stay until then."
    elif found.review:
        where = "Nothing was changed" if review is None else f"Fill in “to” in {review}"
        yield f"{report.review} labels need a person. {where}; pass it with --decisions."
    else:
        yield f"{len(found.changes)} annotations, predictions and drafts would follow."


def _missed(found: Survey) -> int:
    """How many uses of labels that go the project's summary does not know of."""
    seen = {key: sum(found.uses.counts.get(key, {}).values()) for key in found.configs.gone}
    return sum(max(0, count - found.project.counted.get(key, 0)) for key, count in seen.items())


def _restored_data(restored: Restored) -> dict[str, Any]:
    return {
        "replaced": restored.replaced,
        "changed_since": [list(each) for each in restored.changed],
        "labels_in_use": list(restored.strange),
        "whole": restored.whole,
    }


def _restored(restored: Restored, path: Path) -> Iterator[Block]:
    yield f"{restored.replaced} annotations, predictions and drafts are as before, by {path}."
    for kind, number in restored.changed[:10]:
        yield f"Changed since and left as it is: {number} of the {kind}."
    if restored.strange:
        yield f"New labels are in use: {', '.join(restored.strange[:10])}."
    if not restored.whole:
        yield "The project keeps old and new labels until that is settled; then undo again."

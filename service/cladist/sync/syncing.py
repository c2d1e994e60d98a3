"""A project that follows to another version while people go on labeling, and its way back.

The project first gets a configuration with old and new labels, then its results follow, then the
old labels go. Nothing is changed while labels are left that need a person. Results are read again
before each is replaced, so that what somebody does meanwhile is seen in the next round.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cladist.datasets.decisions import NO_DECISIONS, Decisions
from cladist.datasets.naming import PATH
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy, Unknown
from cladist.datasets.records import Reading
from cladist.datasets.report import Report
from cladist.datasets.transfer import Beside, Order, transfer
from cladist.model.errors import UnknownLabels
from cladist.sync.journal import Done, Head, Journal
from cladist.sync.labeling_config import controls
from cladist.sync.labels import Configs, Exported, configs
from cladist.sync.results import Change, Gathered, Progress, Uses, changes, labels_of
from cladist.sync.studio import KINDS, Project, Studio

_ROUNDS = 5


def silent(done: int, total: int) -> None:
    """Where nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which project follows by which plan; ``controls`` are named where it is not plain."""

    url: str
    project: int
    plan: Plan
    exported: Exported
    policy: Policy = field(default_factory=Policy)
    decisions: Decisions = NO_DECISIONS
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What would become of a project: its configurations, its labels, its results."""

    project: Project
    configs: Configs
    uses: Uses
    report: Report
    changes: tuple[Change, ...]
    review: bytes
    """What a person must decide, as a table; empty where nothing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Synced:
    """What was done. ``left`` counts results that were changed meanwhile, again and again."""

    survey: Survey
    replaced: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was taken back, and what somebody had changed since, which stays: kind and number.

    ``strange`` are labels in use that the old configuration does not have. While anything is left
    the project keeps the configuration with old and new labels.
    """

    replaced: int
    changed: tuple[tuple[str, int], ...]
    strange: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether everything is as it was, the configuration too."""
        return not self.changed and not self.strange


def survey(studio: Studio, wanted: Wanted, progress: Progress = silent) -> Survey:
    """What a sync would do; nothing is changed. Raises UnknownLabels."""
    project = studio.project(wanted.project)
    made = configs(project.config, wanted.controls, wanted.plan, wanted.exported)
    return _look(studio, wanted, project, made, progress)


def _look(
    studio: Studio, wanted: Wanted, project: Project, made: Configs, progress: Progress
) -> Survey:
    gathered = Gathered(made.names, wanted.plan)
    with _folder() as folder:
        tasks = folder / "tasks.json"
        gathered.write(studio.tasks(wanted.project), tasks, progress)
        output = folder / "followed.json"
        order = Order(
            source=tasks,
            plan=wanted.plan,
            policy=wanted.policy,
            decisions=wanted.decisions,
            reading=Reading(format="labelstudio"),
        )
        report = transfer(order, output)
        if report.unknown and wanted.policy.unknown is Unknown.REFUSE:
            source = wanted.plan.source
            raise UnknownLabels(report.unknown, f"{source.slug} {source.version}")
        review = Beside(output).review
        return Survey(
            project=project,
            configs=made,
            uses=gathered.uses,
            report=report,
            changes=tuple(changes(tasks, output)),
            review=review.read_bytes() if review.exists() else b"",
        )


def sync(
    studio: Studio, wanted: Wanted, found: Survey, journal: Journal, progress: Progress = silent
) -> Synced:
    """Do what a survey found, which left nothing to decide."""
    plan = wanted.plan
    made = found.configs
    head = Head(
        url=wanted.url,
        project=wanted.project,
        slug=plan.target.slug,
        source=plan.source.version,
        target=plan.target.version,
        before=made.before,
        both=made.both,
        after=made.after,
        controls=made.names,
    )
    head = journal.begin(head)
    studio.configure(wanted.project, head.both)
    replaced, pending = 0, found.changes
    for _ in range(_ROUNDS):
        replaced += _replace(studio, pending, journal, progress)
        pending = _look(studio, wanted, found.project, made, silent).changes
        if not pending:
            studio.configure(wanted.project, head.after)
            break
    return Synced(survey=found, replaced=replaced, left=len(pending))


def _replace(
    studio: Studio, pending: tuple[Change, ...], journal: Journal, progress: Progress
) -> int:
    replaced = 0
    for number, change in enumerate(pending, 1):
        now = studio.result(change.kind, change.id)
        then = change.made(now)
        if then is not None:
            journal.add(Done(change.kind, change.id, now, then))
            studio.replace(change.kind, change.id, then)
            replaced += 1
        progress(number, len(pending))
    return replaced


def undo(studio: Studio, journal: Journal, progress: Progress = silent) -> Restored:
    """Take a sync back; what somebody changed since stays and is told."""
    head = journal.head()
    studio.configure(head.project, head.both)
    done = list(journal.done())
    ends = {(each.kind, each.id): each for each in done}
    starts = {(each.kind, each.id): each for each in reversed(done)}
    replaced, changed = 0, []
    for number, (which, end) in enumerate(ends.items(), 1):
        now, start = studio.result(*which), starts[which].before
        if now == end.after:
            studio.replace(*which, start)
            replaced += 1
        elif now != start:
            changed.append(which)
        progress(number, len(ends))
    restored = Restored(replaced=replaced, changed=tuple(changed), strange=_strange(studio, head))
    if restored.whole:
        studio.configure(head.project, head.before)
    return restored


def _strange(studio: Studio, head: Head) -> tuple[str, ...]:
    """Labels in use that the configuration from before does not have."""
    known = {key for each in controls(head.before) for key in each.keys}
    used = {
        part
        for task, _ in studio.tasks(head.project)
        for kind in KINDS
        for each in task.get(kind) or []
        for row in each["result"] or []
        if row.get("from_name") in head.controls
        for label in labels_of(row)
        for part in label.split(PATH)
    }
    return tuple(sorted(used - known))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)

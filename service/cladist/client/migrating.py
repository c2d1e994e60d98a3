"""A dataset migrated here by a plan that a service gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

if TYPE_CHECKING:
    from cladist.datasets.binding import Planner, Wanted
    from cladist.datasets.decisions import Decisions
    from cladist.datasets.plan import Plan
    from cladist.datasets.policy import Policy
    from cladist.datasets.records import Reading
    from cladist.datasets.report import Report
    from cladist.index.naming import By


class MigrationOptions(TypedDict, total=False):
    """What decides where the correspondence does not, and how the dataset is read.

    ``rules`` is the document of a split policy, ``decisions`` are files with decisions of people.
    """

    rules: Mapping[str, Any]
    decisions: Sequence[Path]
    reading: Reading
    by: By


def migrate(
    planner: Planner,
    dataset: Path,
    output: Path | None,
    wanted: Wanted,
    **options: Unpack[MigrationOptions],
) -> Report:
    """Migrate a dataset to a new place; without an output say what would become of the labels."""
    from cladist.datasets.binding import bind
    from cladist.datasets.policy_document import policy_of
    from cladist.datasets.records import Reading
    from cladist.datasets.transfer import Order, survey, transfer

    bound = bind(dataset, wanted, planner)
    policy = policy_of(options.get("rules", {}), bound.plan)
    order = Order(
        source=dataset,
        plan=bound.plan,
        policy=policy,
        decisions=_decisions(options.get("decisions", ()), bound.plan, policy),
        reading=options.get("reading") or Reading(legend=bound.legend),
        by=options.get("by"),
        origins=bound.origins,
    )
    return survey(order) if output is None else transfer(order, output)


def _decisions(files: Sequence[Path], plan: Plan, policy: Policy) -> Decisions:
    from cladist.datasets import decisions
    from cladist.datasets.choosing import Choices

    choices = Choices(plan, policy.residues)
    return decisions.together(
        [decisions.read(each.read_text("utf-8"), each.name, choices) for each in files]
    )

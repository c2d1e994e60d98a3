"""What is asked of the service, checked before a job is made of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cladist.datasets import decisions, policy_document
from cladist.datasets.choosing import Choices
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy
from cladist.jobs.job import Job
from cladist.jobs.runner import Jobs
from cladist.model.errors import AlreadyMigrated, InvalidValue


def accepted(jobs: Jobs, plan: Plan, asked: Mapping[str, Any], who: str) -> Job:
    """A new job for a dataset that is named, or that lies where its path says.

    ``asked`` has ``name`` or ``path``, ``rules``, ``decisions``, ``reading`` and ``by``. Raises
    InvalidValue, RefusedRows and AlreadyMigrated.
    """
    if bool(asked["name"]) is bool(asked["path"]):
        raise InvalidValue("name", "give the name of a dataset to upload, or its path, not both.")
    if asked["name"] in (".", ".."):
        raise InvalidValue("name", "this is no name of a file.")
    if plan.source.version == plan.target.version:
        raise AlreadyMigrated(f"{plan.target.slug} {plan.target.version}")
    rules = asked["rules"]
    policy = Policy() if rules is None else policy_document.policy_of(rules, plan)
    lines = "\n".join(json.dumps(each) for each in asked["decisions"])
    decisions.read(lines, "decisions.jsonl", Choices(plan, policy.residues))
    about = {
        "slug": plan.target.slug,
        "source": plan.source.version,
        "target": plan.target.version,
        "name": asked["name"],
        "path": asked["path"],
        "who": who,
        "reading": asked["reading"] or {},
        "by": asked["by"],
    }
    return jobs.create(about, plan, rules, asked["decisions"])

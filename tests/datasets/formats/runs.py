"""A small dataset through a migration and back again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cladist.datasets.choosing import Choices
from cladist.datasets.decisions import read as read_decisions
from cladist.datasets.plan import Plan
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Reading
from cladist.datasets.report import Report
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, transfer

PLAIN = Reading()


def migrated(
    source: Path,
    plan: Plan,
    *,
    reading: Reading = PLAIN,
    rules: dict[str, Any] | None = None,
    decided: str = "",
) -> tuple[Path, Report]:
    """The output and the report; undoing gives the input again."""
    policy = policy_of(rules or {}, plan)
    table = f"record\tfrom\tto\n{decided}"
    decisions = read_decisions(table, "d.tsv", Choices(plan, policy.residues))
    output = source.parent / "out" / source.name
    order = Order(source=source, plan=plan, policy=policy, decisions=decisions, reading=reading)
    report = transfer(order, output)
    again = source.parent / "again" / source.name
    restore(output, Beside(output).delta, again)
    if source.is_file():
        assert again.read_bytes() == source.read_bytes()
    return output, report


def text(source: Path, plan: Plan, **how: Any) -> str:
    """What a file says after a migration."""
    return migrated(source, plan, **how)[0].read_bytes().decode()

"""A difference as KGCL: its operations in the words of the Knowledge Graph Change Language.

KGCL 0.7 (https://w3id.org/kgcl) as JSON and as text, one change a line. What KGCL has no word for
is told in words of our own, of type ``clad:``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cladist.model.diff.values import Diff, Operation
from cladist.rdf.kgcl_changes import Telling
from cladist.rdf.kgcl_outcome import edges_left, oldest_first, taken_back
from cladist.rdf.kgcl_text import comment, statement
from cladist.rdf.kgcl_values import Kgcl
from cladist.wire import Json

Told = Sequence[tuple[Operation | None, Sequence[Kgcl]]]
"""The changes by the operation that they come from; those that follow from several have none."""


def kgcl_json(diff: Diff) -> Json:
    """The changes as a KGCL session: ``change_set``, and as ``activity_set`` who made them and why.

    Every operation gives at least one change, which names it by ``was_generated_by``.
    """
    told = _told(diff)
    activities = [_activity(operation) for operation, _ in told if operation is not None]
    return {"change_set": list(_change_set(told)), "activity_set": activities}


def kgcl_text(diff: Diff) -> str:
    """The changes as KGCL text, one a line; lines that begin with ``#`` say what they are for."""
    sides = (f"{side.slug} {side.version}" for side in (diff.source, diff.target))
    lines = [comment(" to ".join(sides))]
    for operation, changes in _told(diff):
        lines += ["", comment(_about(operation)), *map(statement, changes)]
    return "\n".join(lines) + "\n"


def _told(diff: Diff) -> Told:
    """The operations with their changes, in the order of the difference."""
    telling = Telling(diff)
    # Values are followed in the order of time, even where the newest operation stands first.
    told: Told = [(each, telling.told(each.change)) for each in oldest_first(diff)]
    told = told[::-1] if taken_back(diff) else told
    rest = telling.rest({card.id: card.subject for card in diff.cards})
    rest += edges_left([*(change for _, found in told for change in found), *rest], diff)
    return [*told, *([(None, rest)] if rest else [])]


def _change_set(told: Told) -> Iterator[Json]:
    for operation, changes in told:
        source = "following" if operation is None else operation.id
        made = {} if operation is None else {"was_generated_by": operation.id}
        for place, change in enumerate(changes, 1):
            yield {"id": f"{source}/{place}", **change, **made}


def _activity(operation: Operation) -> Json:
    activity = {
        "id": operation.id,
        "description": _sentence(operation),
        "was_associated_with": operation.who,
        "ended_at_time": operation.at,
    }
    return {key: value for key, value in activity.items() if value}


def _sentence(operation: Operation) -> str:
    text = f"Taken back: {operation.text}" if operation.reverted else operation.text
    return f"{text}. {operation.why}" if operation.why else text


def _about(operation: Operation | None) -> str:
    if operation is None:
        return "what follows from several of these, or from none"
    facts = (operation.bump.name.lower(), operation.version, operation.who, operation.at)
    return f"{_sentence(operation)} ({', '.join(filter(None, facts))})"

"""The pairs of classes that relate two taxonomies: from a table's rows, and as they are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from cladist.model.change.parts import Pair, Part
from cladist.model.correspondence.components import ClassPair
from cladist.model.correspondence.descent import MANUAL, completed
from cladist.model.correspondence.ties import predicate_of, tie_of
from cladist.model.errors import InvalidValue
from cladist.model.matching.proposals import TablePair
from cladist.wire import dumps


def pairs_of_table(rows: Iterable[TablePair]) -> tuple[ClassPair, ...]:
    """The pairs that a table tells of, each once and with both parts said, sorted."""
    found: dict[tuple[str, str], Pair] = {}
    for row in rows:
        if row.source and row.target:
            pair = Pair(
                source=row.source,
                target=row.target,
                source_part=row.source_part,
                target_part=row.target_part,
            )
            if found.setdefault((row.source, row.target), pair) != pair:
                reason = f"it says two things about {row.source} and {row.target}."
                raise InvalidValue("table", reason)
    return tuple(
        _class_pair(
            each.source,
            each.target,
            each.source_part or Part.WHOLE,
            each.target_part or Part.WHOLE,
        )
        for each in sorted(
            completed([*found.values()]), key=lambda each: (each.source, each.target)
        )
    )


def _class_pair(source: str, target: str, source_part: Part, target_part: Part) -> ClassPair:
    return ClassPair(
        source=source,
        target=target,
        source_part=source_part,
        target_part=target_part,
        predicate=predicate_of(tie_of(source_part, target_part)),
        justification=MANUAL,
        confidence=1.0,
        changes=(),
        needs_decision=False,  # found anew from all pairs of a class, whenever they are told
    )


def written(pairs: Iterable[ClassPair]) -> str:
    """Pairs as they are stored: a JSON array of source id, target id and both parts for each."""
    return dumps([[each.source, each.target, each.source_part, each.target_part] for each in pairs])


def read(text: str, *, turned: bool) -> Iterator[ClassPair]:
    """The pairs of such a text, in the other direction if they are turned."""
    for source, target, source_part, target_part in json.loads(text):
        ends = ((source, Part(source_part)), (target, Part(target_part)))
        (start, start_part), (end, end_part) = ends[::-1] if turned else ends
        yield _class_pair(start, end, start_part, end_part)

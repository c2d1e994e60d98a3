"""What became of references, as plain values for JSON and as the rows of a table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from cladist.catalog.resolving import Resolution, Resolver
from cladist.index.searching import Hit
from cladist.index.version_index import VersionIndex
from cladist.model.correspondence.components import ClassPair
from cladist.model.correspondence.routes import Hop
from cladist.rdf.delimited import listed

Json = dict[str, Any]

COLUMNS = (
    *("query", "status", "automatic", "needs_decision", "how"),
    *("class_id", "class_code", "class_label"),
    *("target_ids", "target_codes", "target_labels", "predicates", "confidences"),
    *("by_successors", "candidate_ids", "known_in"),
)
"""The columns of the table."""

_CANDIDATES = 20
"""Classes of an ambiguous reference that are named."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def plain(resolver: Resolver, found: Resolution) -> Json:
    """The answer to one reference, without its details."""
    return {"query": found.query, **fields(resolver, found)}


def fields(resolver: Resolver, found: Resolution) -> Json:
    """The same without the reference: all that references to one class have in common."""
    index, fate = resolver.start.state.index, found.fate
    classes = found.meant.classes
    several = classes if fate is None else ()
    return {
        "status": found.status.value,
        "automatic": found.automatic,
        "needs_decision": found.needs_decision,
        "how": None if found.meant.how is None else found.meant.how.value,
        "class": None if fate is None else _class(index, fate.id),
        "targets": [_target(resolver, pair) for pair in (fate.pairs if fate else ())],
        "by_successors": fate is not None and fate.by_successors,
        "candidates": [_class(index, each) for each in several[:_CANDIDATES]],
        "candidates_total": len(several),
        "known_in": list(found.known_in),
    }


def detailed(resolver: Resolver, found: Resolution) -> Json:
    """The answer to one reference with the path of its class, or what else may be meant."""
    return {
        **plain(resolver, found),
        "path": [_hop(resolver, each) for each in found.path],
        "suggestions": [_hit(resolver.start.state.index, each) for each in found.suggestions],
    }


def _class(index: VersionIndex, class_id: str) -> Json:
    entry = index.entry(class_id)
    label = index.label(entry)
    return {"id": entry.id, "code": entry.code, "label": label, "active": entry.active}


def _named(resolver: Resolver, class_id: str) -> Json:
    label, code = resolver.described(class_id)
    return {"id": class_id, "code": code, "label": label}


def _target(resolver: Resolver, pair: ClassPair) -> Json:
    return {
        **_named(resolver, pair.target),
        "predicate": pair.predicate,
        "confidence": pair.confidence,
    }


def _hop(resolver: Resolver, hop: Hop) -> Json:
    return {
        "version": hop.version,
        "change": hop.change or None,
        "kind": hop.kind.value,
        "text": hop.text,
        "from": [_named(resolver, each) for each in hop.sources],
        "to": [_named(resolver, each) for each in hop.targets],
        "reverted": hop.reverted,
    }


def _hit(index: VersionIndex, hit: Hit) -> Json:
    return {**_class(index, hit.entry.id), "matched": hit.label, "how": hit.how.value}


def table(answers: Iterable[Json]) -> str:
    """The answers, one a row (RFC 4180); several values in a cell have ``|`` between them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_inert(each) for each in _row(answer)] for answer in answers)
    return out.getvalue()


def _row(answer: Json) -> tuple[str, ...]:
    item, targets = answer["class"] or {}, answer["targets"]
    return (
        answer["query"],
        answer["status"],
        _yes(answer["automatic"]),
        _yes(answer["needs_decision"]),
        answer["how"] or "",
        item.get("id", ""),
        str(item.get("code", "")),
        item.get("label", ""),
        *(
            listed(str(each[name]) for each in targets)
            for name in ("id", "code", "label", "predicate", "confidence")
        ),
        _yes(answer["by_successors"]),
        listed(each["id"] for each in answer["candidates"]),
        listed(answer["known_in"]),
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, an apostrophe before it if need be."""
    return f"'{cell}" if _FORMULA.match(cell) else cell

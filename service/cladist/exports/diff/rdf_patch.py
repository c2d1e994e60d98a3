"""A difference as RDF Patch, which turns one state into the other in an RDF store."""

from __future__ import annotations

from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from cladist.exports.diff import telling
from cladist.model.correspondence.account import Side
from cladist.model.diff.values import Diff
from cladist.rdf.terms import text

_DRAFT = "draft"


def rdf_patch(diff: Diff) -> bytes:
    """The statements as one transaction of RDF Patch (Apache Jena), UTF-8.

    ``H id`` names the state that the patch leads to and ``H prev`` the one that it starts from, so
    that the patches from version to version make a log (RDF Delta). Statements of a version stand
    in the default graph, its mappings in the graph that is theirs.
    """
    removed, added = diff.statements.removed, diff.statements.added
    header = (
        f"H id <urn:uuid:{_state(diff.target, diff.source, added, removed)}> .\n"
        f"H prev <urn:uuid:{_state(diff.source, diff.target, removed, added)}> .\n"
        f"H from {text(telling.named(diff.source))} .\n"
        f"H to {text(telling.named(diff.target))} .\n"
        "TX .\n"
    )
    rows = [b"D " + line for line in removed] + [b"A " + line for line in added]
    return header.encode() + b"".join(rows) + b"TC .\n"


def _state(side: Side, other: Side, own: tuple[bytes, ...], others: tuple[bytes, ...]) -> str:
    """The UUID of a state, always the same; a draft changes, so what it holds is part of it."""
    name = f"{side.taxonomy} {side.version}"
    if side.version == _DRAFT:
        held = sha256(b"".join((*own, b"\n", *others))).hexdigest()
        name = f"{name} beside {other.version} {held}"
    return str(uuid5(NAMESPACE_URL, name))

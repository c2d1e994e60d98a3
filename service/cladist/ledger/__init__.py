"""The truth: an SQL change log of taxonomies, their drafts and their published versions.

It knows content as opaque lines, changes as opaque JSON texts, and revisions; nothing of SKOS or
HTTP. SQLAlchemy is imported when a ledger is opened, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cladist.ledger.records import (
    Act,
    ChangeRecord,
    Delivery,
    DraftHead,
    DraftRecord,
    EventRecord,
    Fault,
    Idempotency,
    NewRelation,
    NewVersion,
    RelationRecord,
    RelationSummary,
    Repeated,
    TaxonomyRecord,
    Usage,
    VersionRecord,
    VersionSummary,
    Webhook,
    instant,
)

if TYPE_CHECKING:
    from cladist.ledger.ledger import Ledger

__all__ = [
    "Act",
    "ChangeRecord",
    "Delivery",
    "DraftHead",
    "DraftRecord",
    "EventRecord",
    "Fault",
    "Idempotency",
    "NewRelation",
    "NewVersion",
    "RelationRecord",
    "RelationSummary",
    "Repeated",
    "TaxonomyRecord",
    "Usage",
    "VersionRecord",
    "VersionSummary",
    "Webhook",
    "instant",
    "open_ledger",
]


def open_ledger(url: str) -> Ledger:
    """The ledger at ``sqlite:///path`` or ``postgresql://…``, created or migrated when it must be.

    Any number of processes may open the same ledger at once. StoreUnavailable when it cannot be
    reached, is no ledger, or was written by a newer Cladist; InvalidValue for any other URL.
    """
    from cladist.ledger.engine import Store
    from cladist.ledger.ledger import Ledger
    from cladist.ledger.migration import migrate

    store = Store(url)
    try:
        migrate(store)
    except BaseException:
        store.close()
        raise
    return Ledger(store)

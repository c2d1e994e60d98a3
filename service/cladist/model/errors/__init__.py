"""Every way in which Cladist refuses: one tree, each error carrying its data.

    CladistError
    ├── NotFound
    │   ├── UnknownTaxonomy      slug
    │   ├── UnknownVersion       slug, selector
    │   ├── UnknownClass         reference, state
    │   ├── UnknownGroup         reference
    │   ├── UnknownChange        reference
    │   └── UnknownProposal      reference
    ├── Conflict
    │   ├── TaxonomyExists       slug
    │   ├── StaleDraft           expected, actual
    │   ├── NothingToPublish     slug
    │   ├── NotAcknowledged      slug, usages
    │   ├── DependentChanges     change, dependents
    │   ├── NoCommonHistory      source, target
    │   ├── BoundElsewhere       bound, said
    │   ├── AlreadyMigrated      version
    │   ├── OutputExists         path
    │   ├── ChangedSince         path
    │   └── ContentMismatch      expected, actual
    ├── Refused                  the request is understood and not allowed
    │   ├── InvalidChange        reason, classes
    │   ├── CycleFound           cycle, labels
    │   ├── SuccessorCycle       cycle, labels
    │   ├── CodeTaken            code, holder
    │   ├── AmbiguousReference   reference, candidates
    │   ├── ManySchemes          schemes
    │   ├── InvalidTaxonomy      report
    │   ├── InvalidValue         field, reason
    │   ├── LoweredVersion       proposed, asked
    │   ├── RefusedRows          rows
    │   ├── UnknownCodes         rows, total
    │   ├── UnknownLabels        labels, version
    │   ├── TooMuchLost          limit, classes, without_target, needing_decision, concerned
    │   └── ReusedKey            key
    ├── UnreadableInput          reason, line, column
    ├── LimitExceeded            limit, allowed
    │   ├── BodyTooLarge
    │   └── ParserLimit
    └── StoreUnavailable         reason
        └── StoreFull

They become HTTP answers in ``api/problems.py`` alone and exit codes in ``cli/`` alone.
"""

from __future__ import annotations

from cladist.model.errors.conflicts import (
    AlreadyMigrated,
    BoundElsewhere,
    ChangedSince,
    Conflict,
    ContentMismatch,
    DependentChanges,
    NoCommonHistory,
    NotAcknowledged,
    NothingToPublish,
    OutputExists,
    StaleDraft,
    TaxonomyExists,
)
from cladist.model.errors.limits import (
    BodyTooLarge,
    LimitExceeded,
    ParserLimit,
    StoreFull,
    StoreUnavailable,
    UnreadableInput,
)
from cladist.model.errors.missing import (
    NotFound,
    UnknownChange,
    UnknownClass,
    UnknownGroup,
    UnknownProposal,
    UnknownTaxonomy,
    UnknownVersion,
)
from cladist.model.errors.refusals import (
    AmbiguousReference,
    CodeTaken,
    CycleFound,
    InvalidChange,
    InvalidTaxonomy,
    InvalidValue,
    LoweredVersion,
    ManySchemes,
    Refused,
    RefusedRows,
    ReusedKey,
    SuccessorCycle,
    TooMuchLost,
    UnknownCodes,
    UnknownLabels,
)
from cladist.model.errors.root import CladistError

__all__ = [
    "AlreadyMigrated",
    "AmbiguousReference",
    "BodyTooLarge",
    "BoundElsewhere",
    "ChangedSince",
    "CladistError",
    "CodeTaken",
    "Conflict",
    "ContentMismatch",
    "CycleFound",
    "DependentChanges",
    "InvalidChange",
    "InvalidTaxonomy",
    "InvalidValue",
    "LimitExceeded",
    "LoweredVersion",
    "ManySchemes",
    "NoCommonHistory",
    "NotAcknowledged",
    "NotFound",
    "NothingToPublish",
    "OutputExists",
    "ParserLimit",
    "Refused",
    "RefusedRows",
    "ReusedKey",
    "StaleDraft",
    "StoreFull",
    "StoreUnavailable",
    "SuccessorCycle",
    "TaxonomyExists",
    "TooMuchLost",
    "UnknownChange",
    "UnknownClass",
    "UnknownCodes",
    "UnknownGroup",
    "UnknownLabels",
    "UnknownProposal",
    "UnknownTaxonomy",
    "UnknownVersion",
    "UnreadableInput",
]

"""One version or draft state resident in memory: what serves its lists, trees and search."""

from __future__ import annotations

from cladist.index.browsing import (
    Branch,
    Branches,
    Node,
    Paths,
    Tree,
    View,
    children,
    paths,
    subtree,
    tree,
)
from cladist.index.building import build
from cladist.index.entries import Entry, Label, Notation
from cladist.index.patching import patched
from cladist.index.searching import Hit, How, Scope, SearchResult, completions, search
from cladist.index.storing import from_bytes, to_bytes
from cladist.index.version_index import Listing, Page, VersionIndex

__all__ = [
    "Branch",
    "Branches",
    "Entry",
    "Hit",
    "How",
    "Label",
    "Listing",
    "Node",
    "Notation",
    "Page",
    "Paths",
    "Scope",
    "SearchResult",
    "Tree",
    "VersionIndex",
    "View",
    "build",
    "children",
    "completions",
    "from_bytes",
    "patched",
    "paths",
    "search",
    "subtree",
    "to_bytes",
    "tree",
]

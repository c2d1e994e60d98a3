"""All that an index answers, as one value that can be compared."""

from __future__ import annotations

from typing import Any

from cladist.index import (
    Listing,
    Scope,
    VersionIndex,
    View,
    children,
    paths,
    search,
    tree,
)
from tests.index.taxonomies import WORDS, named

ASKED = (*WORDS, "gr", "k", "ho", "hund", "7", "#1", "A", named(1), "zebra", "")


def answers(index: VersionIndex) -> dict[str, Any]:
    """Every kind of answer, for every class and some texts."""
    ids = list(index.row_of)
    views = [View(language, retired) for language in ("en", "de") for retired in (True, False)]
    return {
        "rules": index.rules,
        "entries": {each: index.entry(each) for each in ids},
        "lists": [index.listing(each) for each in Listing],
        "positions": {each: index.position(each) for each in ids},
        "roots": [children(index, None, view, count_descendants=True) for view in views],
        "children": {each: [children(index, each, view) for view in views] for each in ids},
        "trees": [tree(index, 3, view, limit=200) for view in views],
        "paths": {each: paths(index, each, 20) for each in ids},
        "ancestors": {each: index.ancestors(each) for each in ids},
        "descendants": {
            (each, retired): index.descendants(each, retired)
            for each in ids
            for retired in (True, False)
        },
        "found": {
            (text, language, retired): search(index, text, Scope(language, retired), limit=50)
            for text in ASKED
            for language in (None, "de")
            for retired in (True, False)
        },
    }

"""The reference pages that are written from the code whenever the site is built."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docs_pages import changes, errors, http, rules, settings, vocabulary

WRITERS: Mapping[str, Callable[[], str]] = {
    "reference/http.md": http.written,
    "reference/changes.md": changes.written,
    "reference/settings.md": settings.written,
    "reference/errors.md": errors.written,
    "reference/rules.md": rules.written,
    "reference/vocabulary.md": vocabulary.written,
}
"""What writes each page, by its place under ``docs/``."""

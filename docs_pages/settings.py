"""The page of settings, from the fields of ``Settings``."""

from __future__ import annotations

from typing import Any

from cladist.settings import Settings
from docs_pages.markdown import code, page, table

_HEAD = """# Settings

An installation is set up by environment variables, read once when the process starts. Nothing can
be changed while it runs. Verbs of the [command line](cli.md) read the same variables; some have an
option that counts more.
"""

_BOUNDS = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}


def written() -> str:
    """The page in Markdown."""
    prefix = Settings.model_config.get("env_prefix", "")
    rows = [
        (
            code(f"{prefix}{name}".upper()),
            _kind(field),
            code(field.default),
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]
    return page(_HEAD, table(("variable", "value", "default", "meaning"), rows))


def _kind(field: Any) -> str:
    names = {str: "text", int: "whole number", bool: "`true` or `false`"}
    bounds = [
        f"{word} {getattr(limit, name)}"
        for limit in field.metadata
        for name, word in _BOUNDS.items()
        if hasattr(limit, name)
    ]
    return ", ".join([names.get(field.annotation, str(field.annotation)), *bounds])

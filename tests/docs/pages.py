"""Pages of the documentation as their reader meets them: those in files, and those written."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from docs_pages import WRITERS

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


@cache
def written(name: str) -> str:
    """A page of the reference that is written from the code."""
    return WRITERS[f"reference/{name}.md"]()


def section(page: str, heading: str) -> str:
    """What stands under a heading of the third level, which must be there once."""
    parts = re.split(r"^#{2,3} ", page, flags=re.MULTILINE)
    (found,) = (part for part in parts if part.partition("\n")[0] == heading)
    return found


def navigation() -> set[str]:
    """Every page that the site's navigation names."""
    nav = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    return set(re.findall(r"- (?:\w+: )?(\S+\.md)$", nav, re.MULTILINE))

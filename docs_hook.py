"""What mkdocs runs while it builds the site: pages made from the code join the others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_ROOT = Path(__file__).resolve().parent


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that no file holds."""
    from mkdocs.structure.files import File

    # The code beside the pages, whichever is installed. mkdocs puts the path back after loading.
    sys.path[:0] = [str(_ROOT), str(_ROOT / "service")]
    from docs_pages import WRITERS

    for place, write in WRITERS.items():
        files.append(File.generated(config, place, content=write()))
    return files

"""What mkdocs runs while it builds the site: pages made from this checkout's code join the others."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent / "service"))  # the code beside the pages, always

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that no file holds."""
    from mkdocs.structure.files import File

    from docs_pages import WRITERS

    for place, write in WRITERS.items():
        files.append(File.generated(config, place, content=write()))
    return files

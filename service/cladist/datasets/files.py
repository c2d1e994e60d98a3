"""Files of a dataset: which there are, and that an output does not touch them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.lock import NAME
from cladist.model.errors import InvalidValue, OutputExists, UnreadableInput


def files_of(root: Path) -> Sequence[tuple[str, int]]:
    """Every file with its size, by path from the root, ``""`` for a single one; no lock file.

    Raises UnreadableInput for links that lead out of the root, and for what is no plain file.
    """
    if not root.is_dir():
        return [("", root.stat().st_size)]
    top = root.resolve()
    found = []
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            _refuse_strange(path, top)
            relative = path.relative_to(root).as_posix()
            if relative != NAME:
                found.append((relative, path.stat().st_size))
    return found


def _refuse_strange(path: Path, top: Path) -> None:
    real = path.resolve()
    if not real.is_relative_to(top):
        raise UnreadableInput(f"{path} is a link that leads out of the dataset.")
    if not real.is_file():
        raise UnreadableInput(f"{path} is no plain file.")


def refuse_overlap(source: Path, output: Path) -> None:
    """Refuse an output that exists, or that lies in the input or around it."""
    if not source.exists():
        raise FileNotFoundError(2, "There is no such file or folder", str(source))
    if output.exists() or output.is_symlink():
        raise OutputExists(str(output))
    here, there = source.resolve(), output.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        raise InvalidValue("output", "choose a place outside of the input.")

"""Where the files that ship with the package lie: its vocabulary, its examples, its shapes.

A wheel carries them inside the package. A checkout, and so an editable install, keeps them at its
root, two folders up from the package; ``docs/decisions/0001-packaging.md`` says why.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder that holds ``shapes/`` and ``ontologies/``."""
    return _PACKAGE if (_PACKAGE / "shapes").is_dir() else _PACKAGE.parents[1]


def shapes() -> list[Path]:
    """The shape files, one a question, by name."""
    return sorted((root() / "shapes").glob("*.ttl"))


def file_shapes() -> list[Path]:
    """The shape files about what only a file can have."""
    return sorted((root() / "shapes" / "files").glob("*.ttl"))


def link_shapes() -> list[Path]:
    """The files that declare the rules for which the web is asked."""
    return sorted((root() / "shapes" / "links").glob("*.ttl"))


def vocabulary() -> Path:
    """``cladist.ttl``: every term of the ``clad:`` namespace."""
    return root() / "ontologies" / "cladist.ttl"


def examples() -> list[Path]:
    """The example taxonomies in Turtle, by name."""
    return sorted((root() / "ontologies" / "examples").glob("*.ttl"))

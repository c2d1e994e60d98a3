"""Two files to compare."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from cladist.api.schemas.base import Model
from cladist.api.schemas.foreign import DocumentModel

FILES_EXAMPLE: dict[str, Any] = {
    "old": {"format": "outline", "text": "animal\n  cat\n"},
    "new": {"format": "outline", "text": "animal\n  cat\n  dog\n"},
}


class FilesModel(Model):
    """Two files of the same classes, in any formats that can be imported."""

    old: DocumentModel
    new: DocumentModel


@cache
def files_adapter() -> TypeAdapter[FilesModel]:
    """The reader of a body that holds two files."""
    return TypeAdapter(FilesModel)

"""Files inside a JSON body, correspondence tables among them."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from cladist.api.schemas.base import Model

if TYPE_CHECKING:
    from cladist.catalog.tables import TableFile

_COLUMN = 1_000


def _decoded(value: object) -> bytes | None:
    try:
        return b64decode(value, validate=True) if isinstance(value, str) else None
    except (binascii.Error, ValueError):
        raise PydanticCustomError("base64", "This is not base64") from None


Base64 = Annotated[
    bytes | None,
    PlainValidator(_decoded),
    WithJsonSchema({"anyOf": [{"type": "string", "contentEncoding": "base64"}, {"type": "null"}]}),
]
"""Bytes as base64 (RFC 4648, section 4)."""


class FileModel(Model):
    """A file: as text, or its bytes in base64; just one of the two."""

    text: str | None = Field(
        None,
        description="The file, if it is text in UTF-8.",
        examples=["source,target\n0111,0112\n"],
    )
    base64: Base64 = Field(
        None, description="The bytes of the file in base64 (RFC 4648, section 4)."
    )

    @model_validator(mode="after")
    def _one(self) -> FileModel:
        if (self.text is None) is (self.base64 is None):
            raise PydanticCustomError("file", "Give the file as text or as base64")
        if not self.data:
            raise PydanticCustomError("file", "The file is empty")
        return self

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return (self.text or "").encode() if self.base64 is None else self.base64


class TableColumnsModel(Model):
    """What is known of a table; whatever is left out is found in its header.

    A column is named as the header has it, or by its place: `#3` is the third.
    """

    source: str = Field(
        "", max_length=_COLUMN, description="Column of the source codes.", examples=["old code"]
    )
    target: str = Field(
        "", max_length=_COLUMN, description="Column of the target codes.", examples=["new code"]
    )
    source_part: str = Field(
        "", max_length=_COLUMN, description="Column that marks sources of which a part is meant."
    )
    target_part: str = Field(
        "", max_length=_COLUMN, description="Column that marks targets of which a part is meant."
    )
    source_weight: str = Field(
        "", max_length=_COLUMN, description="Column of the share of the source."
    )
    target_weight: str = Field(
        "", max_length=_COLUMN, description="Column of the share of the target."
    )
    note: str = Field("", max_length=_COLUMN, description="Column of remarks.")
    header: int = Field(0, ge=0, description="The header's line, from 1; 0 to look for it.")
    delimiter: str = Field("", max_length=1, description="What stands between cells.")
    sheet: str = Field(
        "", max_length=_COLUMN, description="The sheet of a workbook: its name, or its number."
    )
    encoding: str = Field(
        "", max_length=32, description="The encoding of text not in UTF-8.", examples=["cp1252"]
    )
    fill_down: bool = Field(False, description="An empty code repeats the one above it.")
    source_width: int = Field(
        0, ge=0, description="Digits that source codes are filled up to with zeros."
    )
    target_width: int = Field(
        0, ge=0, description="Digits that target codes are filled up to with zeros."
    )


class TableModel(FileModel):
    """A correspondence table: one row is one pair of codes."""

    format: Literal["csv", "tsv", "xlsx"] = Field(
        description="What the file is; it is never guessed.", examples=["csv"]
    )
    columns: TableColumnsModel = Field(default_factory=TableColumnsModel)
    unknown_limit: float = Field(
        0.0,
        ge=0,
        le=1,
        description="The share of rows, from 0 to 1, that may name a code of neither side. Such "
        "rows are left out and told.",
        examples=[0.01],
    )


def table_file(table: TableModel) -> TableFile:
    """The table to read; raises InvalidValue for columns that no table can have."""
    from cladist.catalog.tables import TableFile
    from cladist.imports.correspondence.table import TableColumns

    columns = TableColumns(**table.columns.model_dump())
    return TableFile(table.data, table.format, columns, table.unknown_limit)

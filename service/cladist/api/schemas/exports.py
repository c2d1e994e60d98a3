"""Class lists for tools, and what is said about them, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from cladist.api.schemas.base import Model

if TYPE_CHECKING:
    from cladist.catalog.class_forms import Exported
    from cladist.exports.classes.tool import Tool


class ExportForm(Model):
    """One form in which classes can be had."""

    name: str = Field(examples=["yolo"])
    reader: str = Field(description="Who reads it.", examples=["YOLO"])
    media_type: str = Field(examples=["application/yaml"])
    path: str = Field(
        examples=["/api/v1/taxonomies/pets/versions/1.0.0/exports/yolo.yaml"],
    )


class ExportList(Model):
    """All forms in which the classes of a state can be had."""

    taxonomy: str = Field(examples=["pets"])
    version: str = Field(examples=["1.0.0"])
    exports: list[ExportForm]


class ExportWarning(Model):
    """What a file does not say although the taxonomy does, or what was changed for it."""

    code: str = Field(examples=["no-hierarchy"])
    text: str = Field(
        examples=["YOLO has no place here for which class is above which."],
    )


class ExportedName(Model):
    """What the file calls a class."""

    index: int = Field(description="The place in the file, from 0.", examples=[0])
    name: str = Field(examples=["cat"])
    id: str = Field(examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"])
    code: int = Field(examples=[2])


class ExportAbout(Model):
    """What one export holds, and what it cannot say."""

    taxonomy: str = Field(examples=["pets"])
    version: str = Field(examples=["1.0.0"])
    digest: str = Field(description="SHA-256 of the version's content.", examples=["9f2c…"])
    draft: bool = Field(description="Whether it may still change.", examples=[False])
    form: str = Field(examples=["yolo"])
    class_index: bool = Field(
        description="Whether the places are those of the version's class index.", examples=[True]
    )
    warnings: list[ExportWarning]
    names: list[ExportedName]


def form_of(tool: Tool, path: str) -> ExportForm:
    """One form; ``path`` is where it is."""
    return ExportForm(name=tool.name, reader=tool.reader, media_type=tool.media_type, path=path)


def about(found: Exported) -> ExportAbout:
    """What is said about an export."""
    classes = found.classes
    return ExportAbout(
        taxonomy=classes.slug,
        version=classes.version,
        digest=classes.digest,
        draft=classes.draft,
        form=found.tool.name,
        class_index=classes.whole,
        warnings=[ExportWarning(code=each.code, text=each.text) for each in found.warnings],
        names=[
            ExportedName(index=each.index, name=each.name, id=each.id, code=each.code)
            for each in classes.items
        ],
    )

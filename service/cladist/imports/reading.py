"""The one door: bytes of a named format in, a sketch out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePosixPath

from cladist.imports.classification import read_classification
from cladist.imports.coco import read_coco
from cladist.imports.outline import read_outline
from cladist.imports.sketch import Sketch
from cladist.imports.table import read_table
from cladist.imports.tools import READERS
from cladist.model.errors import InvalidValue, LimitExceeded
from cladist.model.identifiers import check_language

LINES = 500_000
"""Lines of a file at most, so that reading one cannot take the memory of the service."""


class ImportFormat(StrEnum):
    """What a file is. The caller knows it, from a name or a media type; it is never guessed."""

    CSV = "csv"
    TSV = "tsv"
    OUTLINE = "outline"
    COCO = "coco"
    CLASSIFICATION = "classification"
    LABEL_STUDIO = "label-studio"
    LABEL_STUDIO_TAXONOMY = "label-studio-taxonomy"
    CVAT = "cvat"
    YOLO = "yolo"
    DATUMARO = "datumaro"
    HF_FEATURES = "hf-features"
    HF_CARD = "hf-card"
    HF_PARQUET = "hf-parquet"
    HF_MODEL = "hf-model"
    FIFTYONE = "fiftyone"
    ARGILLA = "argilla"
    SPACY = "spacy"
    SPACY_PATTERNS = "spacy-patterns"
    PRODIGY = "prodigy"
    LABELBOX = "labelbox"
    ENCORD = "encord"
    SUPERVISELY = "supervisely"

    @property
    def of_tool(self) -> bool:
        """Whether it is a tool's class list, which is read beside the taxonomy that it is of."""
        return self.value in READERS and self is not ImportFormat.COCO


_NAMES = {
    "text/csv": ImportFormat.CSV,
    "text/tab-separated-values": ImportFormat.TSV,
    "text/plain": ImportFormat.OUTLINE,
    "application/json": ImportFormat.COCO,
    ".csv": ImportFormat.CSV,
    ".tsv": ImportFormat.TSV,
    ".tab": ImportFormat.TSV,
    ".txt": ImportFormat.OUTLINE,
    ".json": ImportFormat.COCO,
}


def format_of(name: str) -> ImportFormat | None:
    """The format that a media type, a file name or a format's own name stands for, if any."""
    plain = name.partition(";")[0].strip().lower()
    if plain in set(ImportFormat):
        return ImportFormat(plain)
    return _NAMES.get(plain) or _NAMES.get(PurePosixPath(plain).suffix)


def read(
    data: bytes,
    form: ImportFormat,
    *,
    language: str = "en",
    encoding: str = "",
    notation_system: str = "",
) -> Sketch:
    """What the file says about classes; labels without a language tag are in ``language``.

    Of classifications alone: ``encoding`` is that of a text not in UTF-8, ``notation_system`` the
    datatype of the codes.
    Raises :class:`~cladist.model.errors.UnreadableInput` or
    :class:`~cladist.model.errors.LimitExceeded` when nothing can be made of it.
    """
    language = check_language(language)
    if not language:
        raise InvalidValue("language", "is empty; labels need one.")
    if data.count(b"\n") > LINES:
        raise LimitExceeded("the lines of a list or table", LINES)
    match form:
        case ImportFormat.CSV:
            return read_table(data, delimiter=",", language=language)
        case ImportFormat.TSV:
            return read_table(data, delimiter="\t", language=language)
        case ImportFormat.OUTLINE:
            return read_outline(data, language=language)
        case ImportFormat.COCO:
            return read_coco(data, language=language)
        case ImportFormat.CLASSIFICATION:
            return read_classification(
                data, language=language, system=notation_system, encoding=encoding
            )
        case _:
            raise InvalidValue("format", f"{form.value} is read beside a taxonomy.")

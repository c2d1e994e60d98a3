"""The lock file of a dataset: to which version of which taxonomy its labels are bound."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

import msgspec

from cladist.datasets.records import Ref
from cladist.datasets.vocabulary import Vocabulary
from cladist.model.errors import UnreadableInput

NAME = "taxonomy.lock"
FORMAT = "cladist-lock-1"


class Kind(StrEnum):
    """What is bound."""

    DATASET = "dataset"
    MODEL = "model"
    """Its outputs are the class index."""


class Coded(msgspec.Struct, frozen=True):
    """A class of the version: its code, its place in the class index if it has one, its name."""

    code: int
    index: int | None
    id: str
    label: str


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """The version, its digest and its code table; ``dataset`` is the digest of a single file."""

    format: str = FORMAT
    kind: Kind = Kind.DATASET
    taxonomy: str
    slug: str
    version: str
    digest: str
    classes: tuple[Coded, ...]
    dataset: str = ""
    migrated_from: str = ""
    """The version to which the labels were bound before."""
    legend: dict[str, str] = {}
    """What the dataset writes, and the class (its id) that it means, where data do not say it."""

    @property
    def meanings(self) -> dict[Ref, str]:
        """The legend with whole numbers as numbers."""
        return {int(ref) if ref.isdecimal() else ref: name for ref, name in self.legend.items()}


def lock_of(
    version: Vocabulary,
    *,
    kind: Kind = Kind.DATASET,
    dataset: str = "",
    migrated_from: str = "",
    legend: Mapping[Ref, str] | None = None,
) -> Lock:
    """The lock of a dataset whose labels are bound to a version."""
    places = {class_id: place for place, class_id in enumerate(version.selection)}
    classes = tuple(
        Coded(each.code, places.get(each.id), each.id, version.label(each.id))
        for each in version.in_use()
    )
    return Lock(
        kind=kind,
        taxonomy=version.taxonomy,
        slug=version.slug,
        version=version.version,
        digest=version.digest,
        classes=classes,
        dataset=dataset,
        migrated_from=migrated_from,
        legend={str(ref): meaning for ref, meaning in (legend or {}).items()},
    )


def encoded(lock: Lock) -> bytes:
    """The text of a lock file: JSON, a class a line."""
    classes = [msgspec.json.encode(each).decode() for each in lock.classes]
    head = msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(lock, classes=())))
    listed = ",\n    ".join(classes)
    return head.replace(b'"classes": []', f'"classes": [\n    {listed}\n  ]'.encode()) + b"\n"


def beside(dataset: Path) -> Path:
    """Where the lock file lies that is not in the dataset: beside it, under its name."""
    return dataset.with_name(f"{dataset.name}.{NAME}")


def belongs_inside(dataset: Path, format: str) -> bool:
    """Whether the lock file lies in the dataset: in folders, but for those that readers take whole.

    Who reads a folder of Parquet files stumbles over any other file in it.
    """
    return dataset.is_dir() and not format.startswith("Parquet")


def found(dataset: Path) -> Lock | None:
    """The lock of a dataset, if it has one; raises UnreadableInput."""
    inside = dataset / NAME if dataset.is_dir() else dataset.with_name(NAME)
    place = next((each for each in (beside(dataset), inside) if each.is_file()), None)
    return None if place is None else read(place)


def read(place: Path) -> Lock:
    """A lock file; raises UnreadableInput."""
    try:
        return msgspec.json.decode(place.read_bytes(), type=Lock)
    except msgspec.DecodeError as error:
        raise UnreadableInput(f"{place.name} is no lock file: {error}") from None

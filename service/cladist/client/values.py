"""What a service says of taxonomies, versions, classes and exports, as frozen values.

Each has the name and the fields that the HTTP reference gives it; fields of a newer service that
are not known here are passed over.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Value(msgspec.Struct, frozen=True):
    """The base of all answers: equal when all fields are, never changed."""


class TaxonomyLine(Value, frozen=True):
    """A taxonomy as lists show it; ``latest`` is the number of its last version."""

    slug: str
    iri: str
    created_by: str
    created_at: str
    latest: str | None
    revision: int


class VersionLine(Value, frozen=True):
    """A published version; ``digest`` is the SHA-256 of its content."""

    taxonomy: str
    version: str
    previous: str | None
    digest: str
    notes: str
    published_by: str
    published_at: str


class PublishedChange(Value, frozen=True):
    """A change that was frozen with a version; ``change`` is the JSON object of it."""

    id: str
    who: str
    at: str
    why: str | None
    evidence: Any
    bump: str
    text: str
    change: dict[str, Any]


class VersionDetail(VersionLine, frozen=True):
    """A version with the changes that made it."""

    changes: tuple[PublishedChange, ...]


class ClassLine(Value, frozen=True):
    """A class in use.

    ``index`` is its place in the class index, none where annotators may not pick it. ``parents``
    are ids. ``label`` is in the language that was asked for, else in the default language.
    """

    id: str
    code: int
    index: int | None
    label: str
    labels: dict[str, str]
    parents: tuple[str, ...]
    selectable: bool
    colour: str | None
    hotkey: str | None
    definition: str | None = None


class ClassList(Value, frozen=True):
    """The classes of a version; ``version`` is its full number, whatever selector was used."""

    taxonomy: str
    iri: str
    version: str
    digest: str
    label_structure: dict[str, Any]
    training: dict[str, Any]
    default_language: str
    classes: tuple[ClassLine, ...]


class IndexLine(Value, frozen=True):
    """A place of the class index."""

    index: int
    id: str
    code: int
    label: str


class ClassIndex(Value, frozen=True):
    """What a training head predicts; ``sha256`` is over the ids, one a line."""

    taxonomy: str
    iri: str
    version: str
    digest: str
    sha256: str
    size: int
    classes: tuple[IndexLine, ...]


class Permutation(Value, frozen=True):
    """How the class index of one version became that of another.

    ``positions`` has for each old place the new one, none where the class is gone; ``added`` are
    the new places without an old one.
    """

    taxonomy: str
    source: str = msgspec.field(name="from")
    target: str = msgspec.field(name="to")
    size_from: int
    size_to: int
    positions: tuple[int | None, ...]
    added: tuple[int, ...]


class ExportForm(Value, frozen=True):
    """A form in which classes can be had."""

    name: str
    reader: str
    media_type: str
    path: str

    @property
    def file(self) -> str:
        """The name to ask for the form by."""
        return self.path.rpartition("/")[2]


class ExportWarning(Value, frozen=True):
    """What a file does not say although the taxonomy does, or what was changed for it."""

    code: str
    text: str


class ExportedName(Value, frozen=True):
    """What a file calls a class."""

    index: int
    name: str
    id: str
    code: int


class ExportAbout(Value, frozen=True):
    """What an export holds, and what it cannot say."""

    taxonomy: str
    version: str
    digest: str
    draft: bool
    form: str
    class_index: bool
    warnings: tuple[ExportWarning, ...]
    names: tuple[ExportedName, ...]

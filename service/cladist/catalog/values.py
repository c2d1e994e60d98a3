"""What goes into the use cases and comes out of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cladist.imports.sketch import RefusedRow
from cladist.imports.survey import Finding
from cladist.ledger.records import ChangeRecord
from cladist.model.change.effect import Effect
from cladist.model.change.kinds import Change, Shift
from cladist.model.taxonomy import LabelStructure, SelectableRule, Texts
from cladist.model.version import Number, Reason
from cladist.validation import Report


@dataclass(frozen=True, slots=True)
class Author:
    """Who makes a change, why, and on what evidence."""

    who: str = "anonymous"
    why: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Retry:
    """How a repeated request is known; ``render`` turns the first result into the answer kept."""

    key: str
    request_hash: str
    render: Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTaxonomy:
    """What a new taxonomy starts with."""

    slug: str
    iri: str = ""
    titles: Texts = ()
    descriptions: Texts = ()
    license: str = ""
    source: str = ""
    namespace: str = ""
    default_language: str = "en"
    structure: LabelStructure = field(default_factory=LabelStructure)
    selectable_rule: SelectableRule = SelectableRule.LEAVES
    polyhierarchy: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A file to import: its bytes and its format by name, media type or suffix.

    ``scheme`` is the one to take of several in RDF, ``base`` what relative IRIs in it are about. Of
    the format ``classification`` alone: ``encoding`` is that of a text not in UTF-8, and
    ``notation_system`` the IRI of the code system, the datatype of the notations.
    """

    data: bytes
    format: str
    scheme: str = ""
    base: str = ""
    encoding: str = ""
    notation_system: str = ""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is taken onto an existing taxonomy.

    ``shift`` is said of every definition that differs; ``retire_absent`` retires classes that the
    file does not mention (always so for RDF, which states a whole version).
    """

    shift: Shift = Shift.SHIFTED
    retire_absent: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """One change of a draft: what was meant, by whom, and how it moves the version number."""

    record: ChangeRecord
    change: Change
    effect: Effect
    reason: Reason


@dataclass(frozen=True, slots=True)
class Draft:
    """The working state: where it stands and what was changed since the last version."""

    slug: str
    iri: str
    revision: int
    base_sha: str
    base_version: str | None
    proposed: Number
    changes: tuple[Recorded, ...]
    notes: str
    """Release notes drafted from the changes, in Markdown."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The outcome of an edit, or of its dry run: the draft and the changes it took in."""

    draft: Draft
    changes: tuple[Recorded, ...]
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """The outcome of an import, or of its dry run.

    ``new``, ``changed``, ``unchanged`` and ``retired`` count classes. ``refused`` are rows that
    no class can be made of: a dry run lists them, a real one stores nothing and raises RefusedRows.
    """

    slug: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    refused: tuple[RefusedRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    draft: Draft | None = None
    changes: tuple[Recorded, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its number, digest, notes, and who published it when."""

    slug: str
    iri: str
    number: str
    previous: str | None
    sha: str
    notes: str
    who: str
    at: str
    reasons: tuple[Reason, ...] = ()
    report: Report | None = None

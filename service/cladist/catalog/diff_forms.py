"""A difference written in every form that people and programs ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cladist.catalog.following import class_in
from cladist.catalog.forms import Form, Forms
from cladist.exports.diff.telling import Level
from cladist.model.diff.filtering import EVERYTHING, Scope, narrowed
from cladist.model.diff.values import Diff
from cladist.model.errors import Refused

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.values import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A difference, how much of it is to be told, and whether it is a part of the whole."""

    diff: Diff
    level: Level = Level.CARDS
    partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a difference is wanted; ``under`` names a class by id, #code or label."""

    scope: Scope = EVERYTHING
    under: str = ""
    level: Level = Level.CARDS

    @property
    def partial(self) -> bool:
        """Whether anything is left out but a level."""
        return bool(self.under) or self.scope != EVERYTHING


def compared(catalog: Catalog, slug: str, source: str, target: str, wanted: Wanted) -> Compared:
    """What differs between two states. A class is looked for in the target first."""
    under = wanted.under and class_in(catalog, slug, (target, source), wanted.under)
    diff = catalog.comparisons.diff(slug, source, target, wanted.scope, under=under)
    return Compared(diff=diff, level=wanted.level, partial=wanted.partial)


def compared_files(
    catalog: Catalog, old: Document, new: Document, wanted: Wanted, form: str | None
) -> Compared:
    """What differs between two files; a patch is of their statements as they stand."""
    if wanted.under:
        raise Refused("The classes under one are told apart in a taxonomy, not between files.")
    diff = catalog.comparisons.files(old, new, statements_alone=form == "rdf-patch")
    part = narrowed(diff, wanted.scope)
    return Compared(diff=part, level=wanted.level, partial=wanted.partial)


def plain(told: Compared) -> dict[str, Any]:
    """The difference as plain values, as far as the level goes."""
    from cladist.exports.diff import json

    return json.plain(told.diff, told.level)


def _json(told: Compared) -> bytes:
    import orjson

    return orjson.dumps(plain(told))


def _markdown(told: Compared) -> bytes:
    from cladist.exports.diff.markdown import markdown

    return markdown(told.diff, told.level).encode()


def _html(told: Compared) -> bytes:
    from cladist.exports.diff.html import html

    return html(told.diff, told.level).encode()


def _operations_csv(told: Compared) -> bytes:
    from cladist.exports.diff.csv import operations_table

    return operations_table(told.diff).encode()


def _cards_csv(told: Compared) -> bytes:
    from cladist.exports.diff.csv import cards_table

    return cards_table(told.diff).encode()


def _rdf_patch(told: Compared) -> bytes:
    from cladist.exports.diff.rdf_patch import rdf_patch

    if told.partial:
        raise Refused(
            "A part of a difference is no patch: leave out kind, under and language, "
            "or choose another format."
        )
    return rdf_patch(told.diff)


def _kgcl(told: Compared) -> bytes:
    from cladist.rdf.kgcl import kgcl_text

    return kgcl_text(told.diff).encode()


def _kgcl_json(told: Compared) -> bytes:
    import orjson

    from cladist.rdf.kgcl import kgcl_json

    return orjson.dumps(kgcl_json(told.diff))


FORMS: Forms[Compared] = Forms(
    (
        Form("json", "application/json", ".json", _json),
        Form("markdown", "text/markdown", ".md", _markdown),
        Form("html", "text/html", ".html", _html),
        Form("csv", "text/csv", ".csv", _operations_csv),
        Form("csv-cards", "text/csv", ".csv", _cards_csv),
        Form("rdf-patch", "application/rdf-patch", ".rdfp", _rdf_patch),
        Form("kgcl", "text/kgcl", ".kgcl", _kgcl),
        Form("kgcl-json", "application/kgcl+json", ".kgcl.json", _kgcl_json),
    )
)
"""Of CSV there are two tables, that of the operations and that of the cards. No media types are
registered for RDF Patch and KGCL; the first is in use, those of KGCL are ours."""

"""What can be read from a service. Each function here is a method of both clients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar, Unpack

import msgspec

from cladist.client.following import Correspondence, ReferenceAccount, ReferenceAnswer
from cladist.client.operation import (
    ANYTHING,
    API,
    BODY,
    DRAFT,
    Operation,
    Reply,
    of_version,
    pairs,
    under,
    value,
    whole,
)
from cladist.client.values import (
    ClassIndex,
    ClassList,
    ExportAbout,
    ExportForm,
    Permutation,
    TaxonomyLine,
    VersionDetail,
    VersionLine,
)

if TYPE_CHECKING:
    from cladist.datasets.plan import Plan

T = TypeVar("T")


class ExportOptions(TypedDict, total=False):
    """Which classes an export holds and what it calls them; see the reference of exports."""

    which: str
    under: Sequence[str]
    depth: int
    name: str
    language: str
    separator: str
    longest: int
    letters: str
    control: str
    data: str
    scheme: str


class _Taxonomies(msgspec.Struct, frozen=True):
    taxonomies: tuple[TaxonomyLine, ...]


class _Versions(msgspec.Struct, frozen=True):
    versions: tuple[VersionLine, ...]


class _Exports(msgspec.Struct, frozen=True):
    exports: tuple[ExportForm, ...]


def taxonomies() -> Operation[tuple[TaxonomyLine, ...]]:
    """All taxonomies, by slug."""
    read = value(_Taxonomies)
    return Operation(path=f"{API}/taxonomies", read=lambda reply: read(reply).taxonomies, kept=True)


def versions(slug: str) -> Operation[tuple[VersionLine, ...]]:
    """All versions of a taxonomy, oldest first; raises UnknownTaxonomy."""
    read = value(_Versions)
    return Operation(
        path=under(slug, "versions"), read=lambda reply: read(reply).versions, kept=True
    )


def version(slug: str, selector: str = "latest") -> Operation[VersionDetail]:
    """A version with the changes that made it; raises UnknownVersion, also for the draft."""
    return Operation(path=of_version(slug, selector), read=value(VersionDetail), kept=True)


def classes(
    slug: str,
    selector: str = "latest",
    which: Literal["active", "selectable"] = "active",
    *,
    language: str = "",
    definitions: bool = False,
) -> Operation[ClassList]:
    """The classes in use by code, or those that annotators may pick in the order of the class
    index, labelled in a language as far as there are labels in it."""
    read = value(ClassList)

    def labelled(reply: Reply) -> ClassList:
        found = read(reply)
        if not language:
            return found
        lines = (
            msgspec.structs.replace(each, label=each.labels.get(language.lower(), each.label))
            for each in found.classes
        )
        return msgspec.structs.replace(found, classes=tuple(lines))

    given = {"selectable": which == "selectable", "definitions": definitions}
    return Operation(
        path=of_version(slug, selector, "classes"),
        params=pairs(given),
        read=labelled,
        kept=selector != DRAFT,
    )


def class_index(slug: str, selector: str = "latest") -> Operation[ClassIndex]:
    """What a training head predicts: the selectable classes at their places."""
    return Operation(
        path=of_version(slug, selector, "index"), read=value(ClassIndex), kept=selector != DRAFT
    )


def permutation(slug: str, source: str, target: str = "latest") -> Operation[Permutation]:
    """Where each place of one version's class index is in that of another."""
    return Operation(
        path=of_version(slug, target, "index", "permutation"),
        params=pairs({"from": source}),
        read=value(Permutation),
        kept=DRAFT not in (source, target),
    )


def training(
    slug: str, selector: str = "latest", earlier: Iterable[str] = ()
) -> Operation[dict[str, Any]]:
    """The training card, with permutations from earlier versions: its JSON object."""
    return _training((slug, selector, "training"), tuple(earlier), value(dict[str, Any]))


def training_arrays(
    slug: str, selector: str = "latest", earlier: Iterable[str] = ()
) -> Operation[bytes]:
    """The training card as NumPy arrays: the bytes of an ``.npz`` file."""
    return _training((slug, selector, "training", "arrays.npz"), tuple(earlier), whole)


def _training(
    steps: tuple[str, ...], earlier: tuple[str, ...], read: Callable[[Reply], T]
) -> Operation[T]:
    return Operation(
        path=of_version(*steps),
        params=pairs({"from": earlier}),
        headers=ANYTHING,
        read=read,
        kept=DRAFT not in (*steps[1:], *earlier),
    )


def resolve(
    slug: str,
    references: Sequence[str],
    source: str,
    target: str = "latest",
    *,
    by: str = "",
) -> Operation[tuple[ReferenceAnswer, ...]]:
    """What became of up to 100,000 ids, codes, notations or labels, in their order."""
    return Operation(
        method="POST",
        path=under(slug, "resolve"),
        params=pairs({"from": source, "to": target, "by": by}),
        headers=BODY,
        body=msgspec.json.encode(list(references)),
        read=value(tuple[ReferenceAnswer, ...]),
    )


def account(
    slug: str, reference: str, source: str, target: str = "latest", *, by: str = ""
) -> Operation[ReferenceAccount]:
    """What became of one reference, with its way through the versions and suggestions."""
    return Operation(
        path=under(slug, "resolve"),
        params=(("q", reference), *pairs({"from": source, "to": target, "by": by})),
        read=value(ReferenceAccount),
        kept=DRAFT not in (source, target),
    )


def correspondence(
    slug: str,
    source: str,
    target: str = "latest",
    *,
    other: str = "",
    unchanged: bool = False,
    limit: float | None = None,
) -> Operation[Correspondence]:
    """What became of every class, also in a version of another taxonomy.

    Raises NoCommonHistory, and TooMuchLost where a larger share of classes than ``limit`` (0 to 1)
    has no target or needs a decision.
    """
    given = {"from": source, "to": target, "with": other, "all": unchanged, "limit": limit}
    return Operation(
        path=under(slug, "correspondence"),
        params=pairs(given),
        read=value(Correspondence),
        kept=DRAFT not in (source, target),
    )


def plan(
    slug: str, source: str, target: str = "latest", origins: Iterable[str] = ()
) -> Operation[Plan]:
    """All that migrating data takes; ``origins`` are versions from which labels may have come."""

    def read(reply: Reply) -> Plan:
        from cladist.datasets.plan import decoded

        return decoded(reply.body)

    return Operation(
        path=under(slug, "migration"),
        params=pairs({"from": source, "to": target, "origin": sorted(origins)}),
        read=read,
        kept=DRAFT not in (source, target),
    )


def exports(slug: str, selector: str = "latest") -> Operation[tuple[ExportForm, ...]]:
    """All forms in which the classes can be had."""
    read = value(_Exports)
    return Operation(
        path=of_version(slug, selector, "exports"),
        read=lambda reply: read(reply).exports,
        kept=selector != DRAFT,
    )


def export(
    slug: str, selector: str, file: str, **options: Unpack[ExportOptions]
) -> Operation[bytes]:
    """The classes as a tool reads them; ``file`` names the form, such as ``yolo.yaml``."""
    return Operation(
        path=of_version(slug, selector, "exports", file),
        params=pairs(options),
        headers=ANYTHING,
        read=whole,
        kept=selector != DRAFT,
    )


def export_about(
    slug: str, selector: str, file: str, **options: Unpack[ExportOptions]
) -> Operation[ExportAbout]:
    """Which classes an export holds under which names, and what it cannot say."""
    return Operation(
        path=of_version(slug, selector, "exports", file, "about"),
        params=pairs(options),
        read=value(ExportAbout),
        kept=selector != DRAFT,
    )

"""Requests that do not fit the present state."""

from __future__ import annotations

from collections.abc import Sequence

from cladist.model.errors.root import CladistError


class Conflict(CladistError):
    """The request does not fit the present state."""


class TaxonomyExists(Conflict):
    """The slug or the IRI is taken."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"A taxonomy “{slug}” exists already.")
        self.slug = slug


class StaleDraft(Conflict):
    """The draft has moved on since the caller read it."""

    def __init__(self, expected: int, actual: int) -> None:
        super().__init__(
            f"The draft is at revision {actual}, not {expected}: read it again, then repeat."
        )
        self.expected, self.actual = expected, actual


class NothingToPublish(Conflict):
    """The draft equals the last version."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"The draft of “{slug}” holds no change since the last version.")
        self.slug = slug


class NotAcknowledged(Conflict):
    """Usages that want to be asked have not agreed to what would be published."""

    def __init__(self, slug: str, usages: Sequence[str]) -> None:
        names = ", ".join(f"“{each}”" for each in usages)
        super().__init__(
            f"{names} must acknowledge what the draft of {slug} does to them, or say why it is "
            "published without."
        )
        self.slug, self.usages = slug, tuple(usages)


class DependentChanges(Conflict):
    """A change cannot be undone because later changes build on it."""

    def __init__(self, change: str, dependents: Sequence[str]) -> None:
        names = ", ".join(dependents)
        super().__init__(f"Change {change} cannot be undone alone: {names} build on it.")
        self.change, self.dependents = change, tuple(dependents)


class NoCommonHistory(Conflict):
    """Versions of different taxonomies that no stored table relates."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(
            f"{source} and {target} are of different taxonomies and no table relates them: "
            "relate them by a correspondence table first."
        )
        self.source, self.target = source, target


class ContentMismatch(Conflict):
    """Content does not have the digest under which it is known."""

    def __init__(self, expected: str, actual: str) -> None:
        super().__init__(f"Content has digest {actual}, expected {expected}.")
        self.expected, self.actual = expected, actual


class BoundElsewhere(Conflict):
    """A dataset, or an exported plan, is bound to other versions than was said."""

    def __init__(self, bound: str, said: str) -> None:
        super().__init__(
            f"This is bound to {bound}, and {said} was said: leave that out, or remove the lock "
            "file if it is wrong."
        )
        self.bound, self.said = bound, said


class AlreadyMigrated(Conflict):
    """A dataset is at the version to which it should be migrated."""

    def __init__(self, version: str) -> None:
        super().__init__(f"The dataset is at {version} already: there is nothing to do.")
        self.version = version


class OutputExists(Conflict):
    """Something lies where the output should go; nothing is ever overwritten."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} exists already: name another output, or move it away.")
        self.path = path


class ChangedSince(Conflict):
    """A file is not what it was when its delta was written."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path} was changed after the migration, so it cannot be taken back byte for byte."
        )
        self.path = path

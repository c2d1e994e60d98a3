"""What was asked for does not exist."""

from __future__ import annotations

from cladist.model.errors.root import CladistError


class NotFound(CladistError):
    """What was asked for does not exist."""


class UnknownTaxonomy(NotFound):
    """No taxonomy has this slug or IRI."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"There is no taxonomy “{slug}”.")
        self.slug = slug


class UnknownVersion(NotFound):
    """The taxonomy has no version that the selector names."""

    def __init__(self, slug: str, selector: str) -> None:
        super().__init__(f"Taxonomy “{slug}” has no version “{selector}”.")
        self.slug, self.selector = slug, selector


class UnknownClass(NotFound):
    """No class of the taxonomy answers to this reference (id, ``#code`` or label)."""

    def __init__(self, reference: str, state: str = "") -> None:
        super().__init__(f"There is no class “{reference}”{f' in {state}' if state else ''}.")
        self.reference, self.state = reference, state


class UnknownGroup(NotFound):
    """No exclusive group has this id."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no exclusive group “{reference}”.")
        self.reference = reference


class UnknownChange(NotFound):
    """The draft holds no change with this id."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"The draft holds no change “{reference}”.")
        self.reference = reference


class UnknownProposal(NotFound):
    """Matching the file gives no proposal with this id."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"There is no proposal “{reference}” for this file and table.")
        self.reference = reference

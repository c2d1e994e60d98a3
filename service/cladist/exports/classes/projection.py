"""Which classes of a version an export holds, and what it calls them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cladist.model.errors import InvalidValue


class Which(StrEnum):
    """The classes to take."""

    SELECTABLE = "selectable"
    """Those that annotators may pick: the class index."""
    LEAVES = "leaves"
    """Those in use with nothing in use below."""
    ACTIVE = "active"
    """All in use."""


class NameForm(StrEnum):
    """What an export calls a class."""

    LABEL = "label"
    PATH = "path"
    """The labels from a top class down to this one."""
    CODE = "code"
    NOTATION = "notation"
    """Its code in somebody else's code system; the label where it has none."""
    ID = "id"


class Letters(StrEnum):
    """Which characters a name may hold; others become ``_``, accents go."""

    ANY = "any"
    ASCII = "ascii"
    """Printable ASCII."""
    WORD = "word"
    """Letters, digits, ``_`` and ``-`` of ASCII."""


SHORTEST = 8
LONGEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A choice of classes and names. ``under`` are class ids: these and the classes below them.

    ``depth`` counts levels: with 1 the top classes alone, or those of ``under``. ``longest`` is the
    most characters of a name, between :data:`SHORTEST` and :data:`LONGEST`.
    """

    which: Which = Which.SELECTABLE
    under: tuple[str, ...] = ()
    depth: int | None = None
    name: NameForm = NameForm.LABEL
    language: str | None = None
    separator: str = "/"
    longest: int | None = None
    letters: Letters = Letters.ANY

    def __post_init__(self) -> None:
        """Raise InvalidValue for bounds that make no sense."""
        if self.depth is not None and self.depth < 1:
            raise InvalidValue("depth", "is 1 or more.")
        if self.longest is not None and not SHORTEST <= self.longest <= LONGEST:
            raise InvalidValue("longest", f"is from {SHORTEST} to {LONGEST}.")
        if not 1 <= len(self.separator) <= 8:
            raise InvalidValue("separator", "has 1 to 8 characters.")


WHOLE = Projection()
"""The class index by its labels."""

"""The forms in which a difference or a correspondence is written, found by name, type or suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """One form: its name, media type and file suffix, and what writes it (UTF-8)."""

    name: str
    media_type: str
    suffix: str
    write: Callable[[T], bytes]


class Forms(Generic[T]):
    """All forms of one thing. Of two that share a media type or a suffix the first answers to it;
    the other is asked for by its name."""

    def __init__(self, forms: Iterable[Form[T]]) -> None:
        self._forms = tuple(forms)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all forms."""
        return tuple(each.name for each in self._forms)

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types of all forms, each once; the first is the usual one."""
        return tuple(dict.fromkeys(each.media_type for each in self._forms))

    def named(self, name: str) -> Form[T]:
        """The form of this name, which must be one of ``names``."""
        return next(each for each in self._forms if each.name == name)

    def typed(self, media_type: str) -> Form[T]:
        """The form of this media type, which must be one of ``media_types``."""
        return next(each for each in self._forms if each.media_type == media_type)

    def suffixed(self, file_name: str) -> Form[T] | None:
        """The form that a file's suffix stands for, the longest suffix first."""
        fitting = [each for each in self._forms if file_name.lower().endswith(each.suffix)]
        return max(fitting, key=lambda each: len(each.suffix), default=None)

"""What a verb works with: the settings, the open catalog, and the taxonomy that was named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

from cladist.cli.printing import note

if TYPE_CHECKING:
    from cladist.catalog.catalog import Catalog
    from cladist.catalog.opened import State
    from cladist.catalog.values import Author
    from cladist.settings import Settings

DRAFT, LATEST = "draft", "latest"


class Target(NamedTuple):
    """A taxonomy and, where one was named, the selector of a version."""

    slug: str
    selector: str = ""


@dataclass(frozen=True)
class Reading:
    """A state that was opened for reading: which one it is, and what it holds."""

    slug: str
    version: str
    state: State

    @property
    def name(self) -> str:
        """What people call it: ``pets 1.0.0`` or ``pets draft``."""
        return f"{self.slug} {self.version}"


@dataclass(frozen=True)
class Desk:
    """One run of a verb: where the store is, who is at work, and how to answer."""

    store: str | None
    as_json: bool

    @cached_property
    def settings(self) -> Settings:
        """The settings of the environment, with the store that was named."""
        return settings({} if self.store is None else {"store": self.store})

    @contextmanager
    def catalog(self) -> Iterator[Catalog]:
        """The use cases, on the store."""
        from cladist.wiring import catalog

        with catalog(self.settings) as found:
            yield found

    def author(self, who: str | None, why: str = "", evidence: str = "") -> Author:
        """Who makes a change, why, and on what evidence."""
        from cladist.catalog.values import Author

        return Author(who or self.settings.author, why, _as_json(evidence))


def _as_json(evidence: str) -> str:
    """The evidence as a JSON text: an object or a list as it is, all else as a string."""
    import json

    if not evidence:
        return ""
    try:
        structured = isinstance(json.loads(evidence), dict | list)
    except ValueError:
        structured = False
    return evidence if structured else json.dumps(evidence, ensure_ascii=False)


def settings(given: dict[str, Any]) -> Settings:
    """The settings of the environment but for those given; wrong ones are a usage error."""
    from cladist.settings import Settings

    try:
        return Settings(**given)
    except ValueError as error:  # what pydantic raises is one
        raise click.UsageError("Settings: " + "; ".join(faults(error))) from None


def faults(error: ValueError) -> list[str]:
    """What a pydantic error says is wrong, each with its place."""
    found = cast(Any, error).errors(include_url=False, include_input=False)
    return [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in found]


def read(catalog: Catalog, target: Target) -> Reading:
    """The state that was named; else the latest version, else the draft, which is then said."""
    selector = target.selector or LATEST
    if not target.selector and not catalog.versions(target.slug):
        catalog.draft(target.slug)
        note(f"{target.slug} has no version yet: this is the draft.")
        selector = DRAFT
    state = catalog.open(target.slug, selector)
    version = DRAFT if selector == DRAFT else catalog.version(target.slug, selector).number
    return Reading(target.slug, version, state)

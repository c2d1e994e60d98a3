"""Class lists for labeling tools and training code: from a state to the bytes of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cladist.catalog.opened import State as Opened
from cladist.exports.classes import label_studio_taxonomy
from cladist.exports.classes.choosing import State, class_list
from cladist.exports.classes.class_list import ClassList, Warned
from cladist.exports.classes.projection import WHOLE, Letters, Projection
from cladist.exports.classes.tool import NO_CHOICES, Choices, Tool
from cladist.exports.classes.tools import BY_NAME
from cladist.model.change.references import find


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for a tool, the classes in it, and what it does not say."""

    tool: Tool
    data: bytes
    classes: ClassList
    warnings: Sequence[Warned]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; classes under which others are wanted are named as people name them."""

    projection: Projection = WHOLE
    choices: Choices = NO_CHOICES
    under: Sequence[str] = ()


def listed(state: Opened, slug: str, version: str, wanted: Wanted) -> ClassList:
    """The classes that are wanted of a state."""
    under = tuple(find(state.taxonomy, each) for each in wanted.under)
    projection = replace(wanted.projection, under=under)
    whole = State(slug, version, state.sha, state.taxonomy, state.index)
    return class_list(whole, projection)


def exported(state: Opened, slug: str, version: str, tool: Tool, wanted: Wanted) -> Exported:
    """The file of a tool; raises what the projection and the tool refuse."""
    classes = listed(
        state, slug, version, replace(wanted, projection=fitted(tool, wanted.projection))
    )
    data = tool.write(classes, wanted.choices)
    warnings = tuple(tool.warnings(classes, wanted.choices))
    return Exported(tool, data, classes, warnings)


def level(state: Opened, slug: str, version: str, wanted: Wanted, path: Sequence[str]) -> bytes:
    """One level of the tree for Label Studio's Taxonomy tag; UnknownClass for a strange path."""
    tool = BY_NAME["label-studio-taxonomy"]
    fitting = replace(wanted, projection=fitted(tool, wanted.projection))
    classes = state.index.remembered(
        ("class list", version, fitting.projection, tuple(wanted.under)),
        lambda: listed(state, slug, version, fitting),
    )
    return label_studio_taxonomy.level(classes, path)


def fitted(tool: Tool, projection: Projection) -> Projection:
    """The projection within what the tool allows."""
    bounds = [each for each in (projection.longest, tool.longest) if each is not None]
    letters = tool.letters if projection.letters is Letters.ANY else projection.letters
    return replace(projection, longest=min(bounds, default=None), letters=letters)

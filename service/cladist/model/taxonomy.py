"""The taxonomy as a value: its header, classes, exclusive groups and kept statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Protocol

UNGIVEN = -1
"""Code of a class that has none yet; whoever records the change gives the next one."""


class Structure(StrEnum):
    """Label structure: what one item may carry (MODEL: label structures)."""

    SINGLE_LABEL = "single-label"
    MULTI_LABEL = "multi-label"
    ORDINAL = "ordinal"
    SEQUENCE = "sequence"
    STRUCTURED = "structured"
    REGRESSION = "regression"


class SelectableRule(StrEnum):
    """Which classes an annotator may pick where a class does not say so itself."""

    LEAVES = "leaves"
    ANY = "any"


class Value:
    """Base of the values that are exchanged as JSON: fields that nobody knows are refused."""

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by pydantic, never written


@dataclass(frozen=True, slots=True, order=True)
class Text(Value):
    """A literal with a language tag (RDF 1.1 language-tagged string); no tag when empty."""

    value: str
    language: str = ""


Texts = tuple[Text, ...]


@dataclass(frozen=True, slots=True, order=True)
class Notation(Value):
    """A code in somebody else's code system; ``system`` is its datatype IRI (SKOS 6.5.1)."""

    value: str
    system: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Match(Value):
    """A SKOS mapping to a class elsewhere; ``predicate`` is such as ``exactMatch``."""

    predicate: str
    target: str


@dataclass(frozen=True, slots=True, order=True)
class Statement(Value):
    """A triple kept as it came: predicate IRI and the object as an N-Triples term."""

    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Retirement(Value):
    """Why a class is out of use, and the classes that stand in for it (none, one or several)."""

    reason: str = ""
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Class(Value):
    """One label class (``skos:Concept``). Tuples are sets in sorted order.

    ``id`` is an opaque IRI that never moves, ``code`` a small integer given once. ``selectable``
    is ``None`` where the taxonomy's rule decides.
    """

    id: str = ""
    code: int = UNGIVEN
    preferred: Texts = ()
    alternative: Texts = ()
    hidden: Texts = ()
    definitions: Texts = ()
    scope_notes: Texts = ()
    examples: Texts = ()
    counter_examples: Texts = ()
    boundary_notes: Texts = ()
    boundary_with: tuple[str, ...] = ()
    notations: tuple[Notation, ...] = ()
    parents: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    selectable: bool | None = None
    rank: int | None = None
    colour: str = ""
    hotkey: str = ""
    retirement: Retirement | None = None
    matches: tuple[Match, ...] = ()
    extra: tuple[Statement, ...] = ()

    @property
    def active(self) -> bool:
        """Whether the class is in use."""
        return self.retirement is None

    def label(self, language: str = "en") -> str:
        """The preferred label in the language, else in any, else the class's IRI."""
        best = self.id
        for text in self.preferred:
            if text.language == language:
                return text.value
            if best == self.id:
                best = text.value
        return best


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Value):
    """Exclusive group: classes that cannot both apply to one item; exhaustive under a class."""

    id: str = ""
    labels: Texts = ()
    members: tuple[str, ...] = ()
    exhaustive: bool = False
    under: str = ""
    extra: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Slot(Value):
    """A role of a structured label: on which class, filled by which class, how often."""

    id: str = ""
    role: str
    owner: str
    value: str
    minimum: int = 0
    maximum: int | None = None


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Relation(Value):
    """An allowed relation between two classes of a structured label."""

    id: str = ""
    role: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelStructure(Value):
    """The label structure with what it adds; numbers are decimal texts (``xsd:decimal``).

    ``tagging_scheme`` belongs to sequences; ``unit`` (a QUDT IRI), ``minimum``, ``maximum`` and
    ``step`` to regression; ``slots`` and ``relations`` to structured labels.
    """

    kind: Structure = Structure.SINGLE_LABEL
    tagging_scheme: str = ""
    unit: str = ""
    minimum: str = ""
    maximum: str = ""
    step: str = ""
    slots: tuple[Slot, ...] = ()
    relations: tuple[Relation, ...] = ()


class Enforcement(StrEnum):
    """What becomes of a broken rule: it stops publishing, is reported only, or is left out."""

    ENFORCE = "enforce"
    REPORT = "report"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class RuleSetting(Value):
    """How this taxonomy takes one validation rule, and why it differs from the usual."""

    rule: str
    enforcement: Enforcement
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is said of the taxonomy as a whole (``skos:ConceptScheme``, ``clad:Taxonomy``)."""

    iri: str
    slug: str
    namespace: str = ""
    titles: Texts = ()
    descriptions: Texts = ()
    license: str = ""
    source: str = ""
    default_language: str = "en"
    structure: LabelStructure = field(default_factory=LabelStructure)
    selectable_rule: SelectableRule = SelectableRule.LEAVES
    polyhierarchy: bool = True
    rules: tuple[RuleSetting, ...] = ()
    extra: tuple[Statement, ...] = ()

    @property
    def mint(self) -> str:
        """The IRI prefix under which new classes and groups get their ids."""
        return self.namespace or self.iri + "/"


class State(Protocol):
    """What planning a change reads: a taxonomy, or one in the middle of a replay."""

    @property
    def header(self) -> Header: ...
    @property
    def classes(self) -> Mapping[str, Class]: ...
    @property
    def groups(self) -> Mapping[str, Group]: ...
    @property
    def others(self) -> Mapping[str, tuple[Statement, ...]]: ...
    def holder(self, code: int) -> str | None:
        """The class that has this code, if any."""
        ...

    def children(self, parent: str) -> tuple[str, ...]:
        """The classes whose parents include this one, retired ones too, by id."""
        ...

    def next_code(self) -> int:
        """The lowest code above all that were ever given; codes start at 1."""
        ...


@dataclass(frozen=True)
class Taxonomy:
    """One state of a taxonomy. ``others`` keeps statements about any other subject."""

    header: Header
    classes: Mapping[str, Class] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    others: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)

    @cached_property
    def _holders(self) -> dict[int, str]:
        return {each.code: each.id for each in self.classes.values()}

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in self.classes.values():
            for parent in each.parents:
                found.setdefault(parent, []).append(each.id)
        return found

    def holder(self, code: int) -> str | None:
        """The class that has this code, if any."""
        return self._holders.get(code)

    def children(self, parent: str) -> tuple[str, ...]:
        """The classes whose parents include this one, retired ones too, by id."""
        return tuple(sorted(self._children.get(parent, ())))

    def next_code(self) -> int:
        """The lowest code above all that were ever given; codes start at 1."""
        return max(self._holders, default=0) + 1


def active_children(state: State, parent: str) -> Iterator[str]:
    """The children in use of a class."""
    classes = state.classes
    return (child for child in state.children(parent) if classes[child].active)


def is_selectable(state: State, item: Class) -> bool:
    """Whether an annotator may pick the class in this state."""
    if not item.active:
        return False
    if item.selectable is not None:
        return item.selectable
    if state.header.selectable_rule is SelectableRule.ANY:
        return True
    return next(active_children(state, item.id), None) is None


def name(state: State, class_id: str) -> str:
    """What a person calls the class: its label in the default language, else its IRI."""
    item = state.classes.get(class_id)
    return class_id if item is None else item.label(state.header.default_language)

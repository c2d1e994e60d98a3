"""A content as the native rules read it: statements both ways, who is in use, who stands where.

Plain dictionaries of strings: about a seventh of the memory that an RDF graph of objects takes,
and every question of a rule is a look-up. An edit moves only the statements that it changes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from cladist.rdf.words import (
    BROADER,
    DEPRECATED,
    FALSE,
    IN_SCHEME,
    PREFERRED,
    SELECTABLE,
    SELECTABLE_RULE,
    TRUE,
    TYPE,
)
from cladist.validation.native.statements import (
    CONCEPT,
    INHERITED,
    INVERTED,
    NO_VALUES,
    ONCE,
    READ,
    SINGLE,
    SUBCLASS,
    TAXONOMY,
    TEXT_PARENT,
    USUAL,
    Inverse,
    Triple,
    is_text,
    kind,
    language,
    tokens,
)

_RULE_ANY = '"any"'


class Facts:
    """What a content says. ``classes`` are the concepts of the taxonomy, ``active`` those in use;
    ``languages`` counts the active classes that have a preferred label in a language."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.forward: dict[str, dict[str, tuple[str, ...]]] = {each: {} for each in READ}
        self.back: dict[str, Inverse] = {each: Inverse() for each in INVERTED}
        self.known: Counter[str] = Counter()
        self.odd: dict[str, set[str]] = {each: set() for each in USUAL}
        """Who has, or had, an object that is not as usual: all others need no second look."""
        self.repeated: dict[str, set[str]] = {each: set() for each in ONCE}
        """Who has, or had, two objects of one language or datatype."""
        self.skeletons: dict[str, tuple[str, str]] = {}
        """Labels with their language and what people tell apart of them; filled by who asks."""
        self.retired: set[str] = set()
        self.classes: set[str] = set()
        self.active: set[str] = set()
        self.roots: set[str] = set()
        """The active classes without a parent."""
        self.languages: Counter[str] = Counter()
        self._spoken: dict[str, frozenset[str]] = {}
        self._types: dict[str, set[str]] = {}
        self._below: dict[frozenset[str], set[str]] = {}
        self.memo: dict[Any, Any] = {}
        """What rules worked out for the whole content, until the next change."""
        for line in lines:
            self._add(*tokens(line))
        self._chosen: str | None = None
        self._begin()

    # Asking

    def of(self, predicate: str, subject: str) -> tuple[str, ...]:
        """The objects of the subject's statements with a predicate."""
        return self.forward[predicate].get(subject, NO_VALUES)

    def holders(self, predicate: str, value: str) -> Collection[str]:
        """The subjects of statements with a predicate and an object."""
        return self.back[predicate].get(value)

    def is_a(self, subject: str, type: str) -> bool:
        """Whether the subject has a type, be it by a subclass."""
        return subject in self.instances(type)

    def instances(self, type: str) -> Collection[str]:
        """All that has a type."""
        more = self._types.get(type)
        return self.back[TYPE].get(type) if more is None else more

    def children(self, parent: str) -> Collection[str]:
        """The subjects that name the class as a parent."""
        return self.back[BROADER].get(parent)

    def active_children(self, parent: str) -> Iterator[str]:
        """The children that are concepts in use, whatever scheme they are in."""
        return (
            each
            for each in self.back[BROADER].get(parent)
            if each not in self.retired and self.is_a(each, CONCEPT)
        )

    def selectable(self, item: str) -> bool:
        """Whether an annotator may pick an active class."""
        said = self.of(SELECTABLE, item)
        if FALSE in said:
            return False
        if TRUE in said or self.any_level:
            return True
        return next(self.active_children(item), None) is None

    def speaking(self) -> Collection[tuple[str, frozenset[str]]]:
        """The active classes, each with the languages in which it has a preferred label."""
        return self._spoken.items()

    def spoken(self, item: str) -> frozenset[str]:
        """The languages in which an active class has a preferred label."""
        return self._spoken.get(item, frozenset())

    @property
    def any_level(self) -> bool:
        """Whether the taxonomy lets annotators pick classes on every level."""
        return _RULE_ANY in self.of(SELECTABLE_RULE, self.taxonomy)

    def above(self, item: str) -> set[str]:
        """Everything that one or more steps up lead to; the class itself on a cycle alone."""
        parents = self.forward[BROADER]
        found = set(parents.get(item, NO_VALUES))
        todo = list(found)
        while todo:
            for each in parents.get(todo.pop(), NO_VALUES):
                if each not in found:
                    found.add(each)
                    todo.append(each)
        return found

    def below(self, items: frozenset[str]) -> set[str]:
        """The classes and everything under them."""
        found = self._below.get(items)
        if found is None:
            found = set(items)
            todo = list(items)
            while todo:
                fresh = [each for each in self.children(todo.pop()) if each not in found]
                found.update(fresh)
                todo.extend(fresh)
            self._below[items] = found
        return found

    # Changing

    def look_from(self, taxonomy: str) -> None:
        """Take one of several taxonomies for the one that rules look from."""
        self._chosen = taxonomy
        self.memo.clear()
        self._begin()

    def change(self, removed: Iterable[Triple], added: Iterable[Triple]) -> bool:
        """Move to another content, given as the statements that leave and those that come.

        False when everything may be otherwise now: subclasses, or what the taxonomy is.
        """
        self._below.clear()
        self.memo.clear()
        subjects = set()
        for subject, predicate, value in removed:
            subjects.add(subject)
            self._remove(subject, predicate, value)
        for subject, predicate, value in added:
            subjects.add(subject)
            self._add(subject, predicate, value)
        if self._types or self.forward[SUBCLASS] or self._named() != self.taxonomies:
            self._chosen = None
            self._begin()
            return False
        for subject in subjects:
            self._settle(subject)
        return len(self.taxonomies) == 1

    def _named(self) -> tuple[str, ...]:
        return tuple(sorted(self.back[TYPE].get(TAXONOMY)))

    def _begin(self) -> None:
        """What follows from all statements together."""
        self.taxonomies = self._named()
        """What is said to be a taxonomy; rules look from ``taxonomy``, the first of them."""
        self.taxonomy = self._chosen or (self.taxonomies[0] if self.taxonomies else "")
        self._inherit()
        for item in (*self.classes, *self.active, *self._spoken):
            self._forget(item)
        self.retired = {item for item, said in self.forward[DEPRECATED].items() if TRUE in said}
        members = self.back[IN_SCHEME].get(self.taxonomy)
        concepts = self.instances(CONCEPT)
        for item in [each for each in members if each in concepts]:
            self._enter(item)

    def _inherit(self) -> None:
        """Instances by subclasses, kept for the types that rules ask for."""
        self._types = {}
        if not self.forward[SUBCLASS]:
            return
        for type in INHERITED:
            below, seen = [type], {type}
            for each in below:  # grows while it is read
                fresh = [low for low in self.back[SUBCLASS].get(each) if low not in seen]
                seen.update(fresh)
                below += fresh
            self._types[type] = {item for each in below for item in self.back[TYPE].get(each)}

    def _settle(self, item: str) -> None:
        self._forget(item)
        if TRUE not in self.of(DEPRECATED, item):
            self.retired.discard(item)
        else:
            self.retired.add(item)
        if self.taxonomy in self.of(IN_SCHEME, item) and self.is_a(item, CONCEPT):
            self._enter(item)

    def _forget(self, item: str) -> None:
        self.classes.discard(item)
        self.active.discard(item)
        self.roots.discard(item)
        for tag in self._spoken.pop(item, ()):
            self.languages[tag] -= 1
            if not self.languages[tag]:
                del self.languages[tag]

    def _enter(self, item: str) -> None:
        self.classes.add(item)
        if item not in self.retired:
            self.active.add(item)
            if item not in self.forward[BROADER]:
                self.roots.add(item)
            spoken = _SHARED.setdefault(tags := self._tags(item), tags)
            self._spoken[item] = spoken
            self.languages.update(spoken)

    def _tags(self, item: str) -> frozenset[str]:
        found = (language(each) for each in self.of(PREFERRED, item) if is_text(each))
        return frozenset(tag for tag in found if tag)

    def _add(self, subject: str, predicate: str, value: str) -> None:
        subject = sys.intern(subject)
        self.known[subject] += 1
        if predicate == BROADER and is_text(value):
            predicate = TEXT_PARENT
        kept = self.forward.get(predicate)
        if kept is None:
            return
        before = kept.get(subject, NO_VALUES)
        if value in before:
            return
        if not is_text(value):
            value = sys.intern(value)
        kept[subject] = (*before, value)
        if predicate in self.back:
            self.back[predicate].add(value, subject)
        if predicate in USUAL and not USUAL[predicate].fullmatch(value):
            self.odd[predicate].add(subject)
        if (
            before
            and predicate in ONCE
            and (predicate in SINGLE or kind(value) in map(kind, before))
        ):
            self.repeated[predicate].add(subject)

    def _remove(self, subject: str, predicate: str, value: str) -> None:
        self.known[subject] -= 1
        if not self.known[subject]:
            del self.known[subject]
        if predicate == BROADER and is_text(value):
            predicate = TEXT_PARENT
        kept = self.forward.get(predicate)
        if kept is None or value not in kept.get(subject, NO_VALUES):
            return
        left = tuple(each for each in kept[subject] if each != value)
        if left:
            kept[subject] = left
        else:
            del kept[subject]
        if predicate in self.back:
            self.back[predicate].remove(value, subject)


_SHARED: dict[frozenset[str], frozenset[str]] = {}
"""Sets of language tags: few, and most classes have the same."""

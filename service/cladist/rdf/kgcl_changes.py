"""What each operation does, as KGCL changes: its own words, and the statements that it explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cladist.model.change import kinds
from cladist.model.change.kinds import Change
from cladist.model.correspondence.descent import completed
from cladist.model.diff.values import Diff, Subject
from cladist.model.taxonomy import Class, Text
from cladist.rdf import words
from cladist.rdf.kgcl_outcome import leaving, oldest_first, retired_in_the_end, taken_back
from cladist.rdf.kgcl_pending import Pending
from cladist.rdf.kgcl_values import (
    ALTERNATIVE,
    BY_FIELD,
    DEFINITION,
    HIDDEN,
    NAMED,
    SILENT,
    Kgcl,
    changes_of,
    inverse,
    obsoletion,
    own,
    retires,
    tokens_by_predicate,
    undo,
)
from cladist.rdf.terms import iri, literal, text
from cladist.rdf.writing import class_lines


class Telling:
    """The operations of a difference one after the other, oldest first; each statement told once.

    What the operations did is inverted where the difference takes them back.
    """

    def __init__(self, diff: Diff) -> None:
        self._back = back = taken_back(diff)
        self._older = diff.target if back else diff.source
        removed, added = diff.statements.removed, diff.statements.added
        self._pending = Pending(added, removed) if back else Pending(removed, added)
        self._labels: dict[tuple[str, str], str] = {}
        self._retired = retired_in_the_end(each.change for each in oldest_first(diff))

    def told(self, change: Change) -> list[Kgcl]:
        """What one operation does, at least one change; call it in the order of time."""
        if self._back and isinstance(change, kinds.RestoreClass):
            return [self._not_restored(change.id)]
        again = self._retired_again(change)
        found = list(_TELLERS[type(change)](self, change))
        if not self._back:
            return found
        return [undo(each) if again and retires(each) else inverse(each) for each in found[::-1]]

    def _retired_again(self, change: Change) -> bool:
        """Whether the change is about a class that is out of use already."""
        for class_id in leaving(change):
            removed, added = self._pending.values(class_id, words.DEPRECATED)
            if removed or (class_id in self._retired and not added):
                return True
            self._pending.tell(class_id, words.DEPRECATED, added=[words.TRUE])
        return False

    def rest(self, subjects: Mapping[str, Subject]) -> list[Kgcl]:
        """What no operation told of classes, and of the members of exclusive groups."""
        found: list[Kgcl] = []
        for subject, predicate in list(self._pending.keys()):
            about = subjects.get(subject)
            member = about is Subject.GROUP and predicate == words.MEMBER
            if member or (about is Subject.CLASS and predicate not in SILENT):
                found += self._net(subject, {predicate})
        return [inverse(each) for each in found] if self._back else found

    def _net(self, subject: str, predicates: Iterable[str]) -> Iterator[Kgcl]:
        """What is not told yet of some predicates of a subject."""
        for predicate in sorted(predicates):
            values = self._pending.take(subject, predicate)
            yield from changes_of(subject, predicate, values.removed, values.added)

    def created(self, item: Class) -> Iterator[Kgcl]:
        """A new class with everything that is said of it; taken back it goes as a whole."""
        default = self._older.language
        label = min(item.preferred, key=lambda each: each.language != default, default=None)
        yield {"type": "NodeCreation", "about_node": item.id, **_name(label)}
        self._labelled(item.id, item.preferred)
        if self._back:
            self._pending.drop(item.id)
            return
        lines = class_lines(item, self._older.taxonomy)
        for predicate, tokens in tokens_by_predicate(lines).items():
            self._pending.tell(item.id, predicate, added=tokens)
            if label is not None and predicate == words.PREFERRED:
                tokens.remove(text(label.value, label.language))
            if predicate not in SILENT:
                yield from changes_of(item.id, predicate, [], tokens)
        if item.retirement is not None:
            yield obsoletion(item.id, item.retirement.successors)

    def _labelled(self, class_id: str, labels: Iterable[Text]) -> None:
        self._labels.update({(class_id, each.language): each.value for each in labels})

    def _label(self, class_id: str, language: str) -> str | None:
        """The preferred label so far; what the statements do not tell, the older side does."""
        if (class_id, language) in self._labels:
            return self._labels[class_id, language]
        removed, added = self._pending.values(class_id, words.PREFERRED)
        for token in removed:
            if literal(token).language == language:
                return literal(token).value
        first = any(literal(token).language == language for token in added)
        known = language == self._older.language and class_id in self._older.names
        return self._older.label(class_id) if known and not first else None

    def renamed(self, change: kinds.RenameClass) -> Iterator[Kgcl]:
        """A new label for the last one, which stays as an alternative label."""
        label, before = change.label, self._label(change.id, change.label.language)
        new = text(label.value, label.language)
        self._labelled(change.id, (label,))
        if before is None:
            self._pending.tell(change.id, words.PREFERRED, added=[new])
            yield from changes_of(change.id, words.PREFERRED, [], [new])
            yield from self._swapped(change.id, "", new)
            return
        old = text(before, label.language)
        self._pending.tell(change.id, words.PREFERRED, [old], [new])
        yield {
            "type": "NodeRename",
            "about_node": change.id,
            "old_value": before,
            "new_value": label.value,
            **{side: label.language for side in _LANGUAGES if label.language},
        }
        yield from self._swapped(change.id, old, new)

    def _swapped(self, class_id: str, old: str, new: str) -> Iterator[Kgcl]:
        """The old label becomes another one, and the new label is no other one any more."""
        for predicate in (ALTERNATIVE, HIDDEN):
            values = self._pending.values(class_id, predicate)
            removed = [each for each in values.removed if each == new]
            added = [each for each in values.added if each == old]
            self._pending.tell(class_id, predicate, removed, added)
            yield from changes_of(class_id, predicate, removed, added)

    def edited(self, change: kinds.EditClass) -> Iterator[Kgcl]:
        """The statements of the fields that the edit names."""
        predicates = set[str]()
        for field, said in BY_FIELD.items():
            if getattr(change, field, None) is not None:
                predicates |= said
        if change.extra is not None:
            predicates |= self._pending.predicates(change.id) - NAMED
        found = list(self._net(change.id, predicates))
        self._labelled(change.id, change.preferred or ())
        yield from found or [own("NodeEdit", change.id, change)]

    def redefined(self, change: kinds.RedefineClass) -> Iterator[Kgcl]:
        """The definitions, and what that does to the meaning."""
        yield from self._net(change.id, {DEFINITION})
        yield own("MeaningChange", change.id, change)

    def moved(self, change: kinds.MoveClass) -> Iterator[Kgcl]:
        """The parents that the class lost and gained."""
        found = list(self._net(change.id, {words.BROADER}))
        yield from found or [own("NodeEdit", change.id, change)]

    def placed(self, change: kinds.AddParent | kinds.RemoveParent) -> Iterator[Kgcl]:
        """One parent more or less."""
        removed, added = [], [iri(change.parent)]
        if isinstance(change, kinds.RemoveParent):
            removed, added = added, removed
        self._pending.strike(change.id, words.BROADER, removed, added)
        yield from changes_of(change.id, words.BROADER, removed, added)

    def merged(self, change: kinds.MergeClasses) -> Iterator[Kgcl]:
        """The target if it is new, then each source into it, with what goes along."""
        target = change.into if change.new is None else change.new.id
        yield from self._all_created(() if change.new is None else (change.new,))
        for source in change.sources:
            yield {
                "type": "NodeDirectMerge",
                "about_node": source,
                "has_direct_replacement": target,
            }
        yield from self._following(change.sources)
        yield from self._net(target, {ALTERNATIVE})

    def parted(self, change: kinds.SplitClass) -> Iterator[Kgcl]:
        """The new parts, then the split."""
        yield from self._all_created(change.new)
        yield own("NodeSplit", change.id, change)
        yield from self._net(change.id, {words.SELECTABLE} if change.keep_as_parent else ())
        yield from self._following((change.id,))

    def regrouped(self, change: kinds.RegroupClasses) -> Iterator[Kgcl]:
        """The new classes, then the pairs."""
        yield from self._all_created(change.new)
        pairs = completed(change.pairs)
        yield own("NodeRegroup", "", replace(change, pairs=pairs))
        sources = tuple(dict.fromkeys(pair.source for pair in pairs))
        yield from self._following(sources)

    def retired(self, change: kinds.RetireClass) -> Iterator[Kgcl]:
        """Out of use, with the reason."""
        yield obsoletion(change.id, change.successors)
        yield from self._net(change.id, {words.REASON})
        yield from self._following((change.id,))

    def restored(self, change: kinds.RestoreClass) -> Iterator[Kgcl]:
        """In use again; the reason goes with the retirement."""
        self._not_restored(change.id)
        yield {"type": "NodeUnobsoletion", "about_node": change.id}

    def _not_restored(self, class_id: str) -> Kgcl:
        """A class out of use as it was before it was restored; its restoration is told with it."""
        self._pending.take(class_id, words.REASON)
        self._pending.tell(class_id, words.DEPRECATED, removed=[words.TRUE])
        successors = self._pending.take(class_id, words.REPLACED_BY).removed
        return obsoletion(class_id, [token[1:-1] for token in successors])

    def _all_created(self, items: Iterable[Class]) -> Iterator[Kgcl]:
        for item in items:
            yield from self.created(item)
            yield from self._net(item.id, {words.BROADER})  # those it takes from its source

    def _following(self, sources: Iterable[str]) -> Iterator[Kgcl]:
        """The children that go elsewhere as their parents go."""
        for source in sources:
            self._pending.take(source, words.REASON)
            for child in sorted(self._pending.children(source)):
                yield from self._net(child, {words.BROADER})

    def selectable(self, change: kinds.SetSelectable) -> Iterator[Kgcl]:
        """Whether the class may be picked."""
        self._pending.take(change.id, words.SELECTABLE)
        yield own("SelectableChange", change.id, change)

    def reordered(self, change: kinds.ReorderClasses) -> Iterator[Kgcl]:
        """The order; the ranks follow from it."""
        for class_id in change.order:
            self._pending.take(class_id, words.RANK)
        yield own("OrderChange", "", change)

    def grouped(self, change: kinds.SetExclusiveGroup) -> Iterator[Kgcl]:
        """The group as it is from now on."""
        self._pending.drop(change.group.id)
        yield own("GroupChange", change.group.id, change)

    def ungrouped(self, change: kinds.RemoveExclusiveGroup) -> Iterator[Kgcl]:
        """The group is gone."""
        self._pending.drop(change.id)
        yield own("GroupChange", change.id, change)

    def structured(self, change: kinds.SetLabelStructure) -> Iterator[Kgcl]:
        """The label structure as it is from now on."""
        yield own("LabelStructureChange", self._older.taxonomy, change)

    def described(self, change: kinds.EditTaxonomy) -> Iterator[Kgcl]:
        """What is said of the taxonomy from now on."""
        yield own("TaxonomyChange", self._older.taxonomy, change)


_LANGUAGES = ("old_language", "new_language")
_TELLERS: Mapping[type, Callable[[Telling, Any], Iterator[Kgcl]]] = {
    kinds.AddClass: lambda telling, change: telling.created(change.new),
    kinds.RenameClass: Telling.renamed,
    kinds.EditClass: Telling.edited,
    kinds.RedefineClass: Telling.redefined,
    kinds.MoveClass: Telling.moved,
    kinds.AddParent: Telling.placed,
    kinds.RemoveParent: Telling.placed,
    kinds.ReorderClasses: Telling.reordered,
    kinds.SetSelectable: Telling.selectable,
    kinds.MergeClasses: Telling.merged,
    kinds.SplitClass: Telling.parted,
    kinds.RegroupClasses: Telling.regrouped,
    kinds.RetireClass: Telling.retired,
    kinds.RestoreClass: Telling.restored,
    kinds.SetExclusiveGroup: Telling.grouped,
    kinds.RemoveExclusiveGroup: Telling.ungrouped,
    kinds.SetLabelStructure: Telling.structured,
    kinds.EditTaxonomy: Telling.described,
}


def _name(label: Text | None) -> Kgcl:
    if label is None:
        return {}
    language = {"language": label.language} if label.language else {}
    return {"name": label.value, **language}

"""Made-up histories: a taxonomy, what somebody else made of it, and what really happened between.

The changes stay hidden; labels come back noisy and a third of the classes with other ids. Some
histories hold twins, classes that nothing tells apart once their ids are gone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from benchmarks.forest import BASE, Maker, children, taxonomy
from benchmarks.wording import MODIFIERS, definition, noisy
from cladist.model.matching import ProposedKind as Kind
from cladist.model.taxonomy import Taxonomy

NEW_IDS, NOISE, NOISE_ELSEWHERE = 1 / 3, 0.3, 0.1

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Truth:
    """What became of some classes, and whether every pair of them left evidence in the data.

    A merge or split of three whose third left none is told as one of two: no more can be known.
    ``reworded`` says that the label was replaced, not only spelt otherwise; ``placed`` that it can
    be known whether the class was moved, because the parent's own change left evidence.
    """

    kind: Kind
    sources: frozenset[str]
    targets: frozenset[str]
    evident: bool
    reworded: bool
    placed: bool


@dataclass(frozen=True, slots=True)
class History:
    """Both states, the truths between them, and the ids of either of which none can be known."""

    old: Taxonomy
    new: Taxonomy
    truths: tuple[Truth, ...]
    unclear: frozenset[str]


def history(seed: int) -> History:
    """The history of this seed: 60 to 300 classes on two to four levels."""
    return _Story(random.Random(seed)).told()


class _Story:
    """One history on its way: the old state, the new one, and who descends from whom."""

    def __init__(self, dice: random.Random) -> None:
        self.dice, self.maker = dice, Maker(dice)
        self.old = self.maker.grow(dice.randint(60, 300), dice.randint(2, 4))
        self.untouched = list(self.old)
        dice.shuffle(self.untouched)
        self.twins = self.maker.twins(self.old) if dice.random() < 0.4 else []
        self.new = deepcopy(self.old)
        self.heirs: dict[str, list[str]] = {each: [each] for each in self.old}
        self.moved: set[str] = set()
        self.reworded: set[str] = set()

    def told(self) -> History:
        """Change, hide, and say what is true."""
        size = len(self.old)
        for change, share in (
            (self._merge, 0.025),
            (self._split, 0.025),
            (self._retire, 0.03),
            (self._rename, 0.08),
            (self._move, 0.05),
            (self._arrive, 0.06),
        ):
            for _ in range(max(2, round(size * share))):
                change()
        if self.maker.coded:
            self._renumber()
        if self.twins and self.dice.random() < 0.3:
            self._lose(self.twins[0])
        ids = self._ids()
        known = {
            (source, target)
            for source, heirs in self.heirs.items()
            for target in heirs
            if source == ids.get(target, target) or self._is_evident(source, target)
        }
        for item in self.new.values():
            item.label = self._noisy(item.label, NOISE)
            item.others = {self._noisy(each, NOISE_ELSEWHERE) for each in sorted(item.others)}
        return History(
            taxonomy(self.old, {}),
            taxonomy(self.new, ids),
            tuple(self._truths(known, ids)),
            frozenset({*self.twins, *(ids[each] for each in self.twins if each in ids)}),
        )

    def _noisy(self, label: str, share: float) -> str:
        return noisy(self.dice, label) if self.dice.random() < share else label

    # what happens

    def _merge(self) -> None:
        """Two or three siblings become one, a new class or the first of them."""
        first = self.untouched.pop()
        parent = self.new[first].parent
        near = [each for each in self.untouched if self.new[each].parent == parent]
        sources = [first, *near[: self.dice.choice((1, 1, 2))]]
        if len(sources) < 2:
            return
        self.untouched = [each for each in self.untouched if each not in sources]
        into = self.dice.random() < 0.5
        target = first if into else self.maker.add(self.new, parent)
        item = self.new[target]
        codes = sorted({code for each in sources for code in self.new[each].codes})
        if self.dice.random() < 0.5:
            item.codes = codes
        for each in sources[into:]:
            if self.dice.random() < 0.85:
                item.others |= {self.new[each].label, *self.new[each].others}
            self._hand_on(each, [target])

    def _split(self) -> None:
        """A class gives way to parts, most of which have its name or words of it."""
        source = self.untouched.pop()
        item = self.new[source]
        parts = [self.maker.add(self.new, item.parent) for _ in range(self.dice.choice((2, 2, 3)))]
        told, coded = self.dice.random() < 0.75, self.dice.random() < 0.3
        for part in parts:
            if told:
                self.new[part].others.add(item.label)
            if self.dice.random() < 0.6:
                words = [self.dice.choice(MODIFIERS), *item.label.split()]
                self.new[part].label = self.maker.free(" ".join(words)) or self.new[part].label
            if coded:
                self.new[part].codes = list(item.codes)
        self._hand_on(source, parts)

    def _hand_on(self, source: str, heirs: list[str]) -> None:
        for at, child in enumerate(children(self.new, source)):
            self.new[child].parent = heirs[at % len(heirs)]
        del self.new[source]
        self.heirs[source] = heirs

    def _retire(self) -> None:
        """Out of use; now and then another class comes in its place, with one word changed."""
        source = self.untouched.pop()
        words, parent = self.old[source].label.split(), self.new[source].parent
        self._lose(source)
        if self.dice.random() < 0.4:
            made = self.maker.add(self.new, parent)
            label = " ".join([self.dice.choice(MODIFIERS), *words[1:]])
            self.new[made].label = self.maker.free(label) or self.new[made].label

    def _lose(self, source: str) -> None:
        """Without a heir; children move up."""
        self._hand_on(source, [self.new[source].parent])
        self.heirs[source] = []

    def _rename(self) -> None:
        """Another label, the old one mostly kept; a few move as well."""
        source = self.untouched.pop()
        item, how = self.new[source], self.dice.random()
        old = item.label
        if item.others and how < 0.4:
            item.label = self.dice.choice(sorted(item.others))
            item.others = item.others - {item.label} | {old}
        else:
            item.label = self.maker.label(self.new[item.parent].label if item.parent else "")
            item.others |= {old} if how < 0.85 else set()
        if self.dice.random() < 0.15:
            item.definition = definition(self.dice, item.label)
        self.reworded.add(source)
        if self.dice.random() < 0.15:
            self._place(source)

    def _move(self) -> None:
        self._place(self.untouched.pop())

    def _place(self, source: str) -> None:
        """Under a class that was there before and that stays what it was."""
        below = [source]
        for each in below:
            below.extend(children(self.new, each))
        kept = [each for each in self.new if self.heirs.get(each) == [each]]
        passed_over = {*below, *self.twins, self.new[source].parent}
        self.new[source].parent = self.dice.choice([e for e in kept if e not in passed_over])
        self.moved.add(source)

    def _arrive(self) -> None:
        """A class of its own, now and then with the code of one that is gone."""
        places = [each for each in self.new if each in self.old and each not in self.twins]
        made = self.maker.add(self.new, self.dice.choice(places))
        gone = [code for each in self.old.keys() - self.new.keys() for code in self.old[each].codes]
        if gone and self.dice.random() < 0.3:
            self.new[made].codes = [self.dice.choice(sorted(gone))]

    def _renumber(self) -> None:
        """Under one class every child gets the code of the next."""
        parent = self.dice.choice(sorted({item.parent for item in self.new.values()}))
        below = [self.new[each] for each in children(self.new, parent)]
        codes = [each.codes for each in below]
        for item, code in zip(below, [*codes[1:], *codes[:1]], strict=True):
            item.codes = code

    def _ids(self) -> dict[str, str]:
        """Other ids for a third of the classes: fresh numbers, or numbers of other classes."""
        lasting = [each for each in self.new if each in self.old]
        chosen = [each for each in lasting if each in self.twins or self.dice.random() < NEW_IDS]
        if self.dice.random() < 0.7:
            numbers = self.dice.sample(range(10_000, 99_999), len(chosen))
            return {each: f"{BASE}old/n{n}" for each, n in zip(chosen, numbers, strict=True)}
        others = self.dice.sample(lasting, len(chosen))
        return {
            each: other.replace("/old/", "/new/")
            for each, other in zip(chosen, others, strict=True)
        }

    # what is true, and what can be known

    def _is_evident(self, source: str, target: str) -> bool:
        """Whether a label, the definition or two children and more passed from one to the other.

        An equal notation alone is no evidence, since its owner may reuse it.
        """
        before, after = self.old[source], self.new[target]
        if before.definition and before.definition == after.definition:
            return True
        if {before.label, *before.others} & {after.label, *after.others}:
            return True
        sent = {heir for each in children(self.old, source) for heir in self.heirs[each]}
        there = {each for each in children(self.new, target) if self._givers(each)}
        several = len(self.heirs[source]) > 1 or len(self._givers(target)) > 1
        both = sent & there
        return len(both) >= 2 and (several or 4 * len(both) >= 3 * len(sent | there))

    def _givers(self, target: str) -> list[str]:
        return [each for each, heirs in self.heirs.items() if target in heirs]

    def _truths(self, known: set[Pair], ids: Mapping[str, str]) -> Iterator[Truth]:
        for source, heirs in self.heirs.items():
            givers = self._givers(heirs[0]) if heirs else []
            if not heirs or source != givers[0]:
                continue
            sources = [each for each in givers if (each, heirs[0]) in known]
            targets = [each for each in heirs if (source, each) in known]
            if len(givers) > 1 and len(sources) > 1:
                givers = sources
            elif len(heirs) > 1 and len(targets) > 1:
                heirs = targets
            yield Truth(
                self._kind(givers, heirs),
                frozenset(givers),
                frozenset(ids.get(each, each) for each in heirs),
                evident=all((each, other) in known for each in givers for other in heirs),
                reworded=source in self.reworded,
                placed=self._is_placed(source, known),
            )

    def _is_placed(self, source: str, known: set[Pair]) -> bool:
        parent = self.old[source].parent
        while parent and not self.heirs[parent]:
            parent = self.old[parent].parent
        return all((parent, each) in known for each in self.heirs.get(parent, ()))

    def _kind(self, sources: list[str], heirs: list[str]) -> Kind:
        if len(sources) > 1:
            return Kind.MERGED
        if len(heirs) > 1:
            return Kind.SPLIT
        if self.old[sources[0]].label != self.new[heirs[0]].label:
            return Kind.RENAMED
        return Kind.MOVED if sources[0] in self.moved else Kind.SAME

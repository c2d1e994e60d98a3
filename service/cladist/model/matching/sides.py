"""One of the two taxonomies as matching sees it: active classes, places, names and words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cladist.model.folding import fold
from cladist.model.taxonomy import Taxonomy, Text

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SHORT = 3

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One label of a class."""

    holder: str
    text: Text
    preferred: bool


class Side:
    """A taxonomy with what is asked of it again and again."""

    def __init__(self, taxonomy: Taxonomy, language: str) -> None:
        self.taxonomy, self.language = taxonomy, language
        self.active = {each.id for each in taxonomy.classes.values() if each.active}

    def label(self, class_id: str) -> str:
        """What a person calls the class."""
        return self.taxonomy.classes[class_id].label(self.language)

    def parents(self, class_id: str) -> tuple[str, ...]:
        """The parents in use."""
        return tuple(
            each for each in self.taxonomy.classes[class_id].parents if each in self.active
        )

    def entries(self, class_ids: Iterable[str]) -> Iterator[Entry]:
        """All labels of the classes."""
        for class_id in class_ids:
            item = self.taxonomy.classes[class_id]
            for text in item.preferred:
                yield Entry(class_id, text, True)
            for text in (*item.alternative, *item.hidden):
                yield Entry(class_id, text, False)

    def keys(self, class_id: str) -> set[Key]:
        """All labels of a class without spelling, word order and number."""
        return {key(each.text.value) for each in self.entries([class_id])}

    def codes(self, class_id: str) -> set[str]:
        """The notations of a class, whatever their systems."""
        return {each.value for each in self.taxonomy.classes[class_id].notations}

    @cached_property
    def words(self) -> Counter[str]:
        """In how many labels in use each word stands."""
        found: Counter[str] = Counter()
        for each in self.entries(self.active):
            found.update(set(key(each.text.value)))
        return found

    @cached_property
    def levels(self) -> dict[str, int]:
        """How far each class in use is below the top, by its shortest way."""
        below: dict[str, list[str]] = {}
        for class_id in self.active:
            for parent in self.parents(class_id):
                below.setdefault(parent, []).append(class_id)
        queue = [each for each in sorted(self.active) if not self.parents(each)]
        found = dict.fromkeys(queue, 0)
        for each in queue:
            for child in below.get(each, ()):
                if child not in found:
                    found[child] = found[each] + 1
                    queue.append(child)
        return found


def key(text: str) -> Key:
    """A label as a bag of words: folded, singular, sorted, without punctuation."""
    return tuple(sorted(words(text)))


def words(text: str) -> Iterator[str]:
    """The folded words of a text, each as if it were singular (an English rule of thumb)."""
    for word in _WORD.findall(fold(text)):
        yield _singular(word.replace("’", "'").removesuffix("'s").replace("'", ""))


def _singular(word: str) -> str:
    if len(word) <= _SHORT or word.endswith(("ss", "us", "is")):
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    if word.endswith("xes"):
        return word[:-2]
    return word.removesuffix("s")


def speak_alike(first: str, second: str) -> bool:
    """Whether texts of these languages can be compared: one language, or one is not told."""
    return not first or not second or first.partition("-")[0] == second.partition("-")[0]

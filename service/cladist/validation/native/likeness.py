"""The checks of ``shapes/likeness.ttl``: how alike names, definitions and colours are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, product
from statistics import median

from cladist.model.folding import fold
from cladist.model.matching.spelling import corrections
from cladist.rdf.terms import unescaped
from cladist.rdf.words import BROADER, COLOUR, PREFERRED, SELECTABLE_RULE
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import PICKED, STATUS, Edited, Foci, Found, named, native
from cladist.validation.native.statements import DEFINITION, is_text, language, lexical

_TOP = "the top"
_WORDS = re.compile(r"[^\W_]+")
_LIKE = str.maketrans(
    "аеорсухіјѕһԁɡқӏαοννρτυχκι0",
    "aeopcyxijshdgklaovvptuxkio",
)
"""Cyrillic and Greek letters, and the digit nought, that look like Latin ones (UTS 39)."""
_CLOSE = 5.0
_LONG, _STEEP, _ENOUGH = 20, 8, 3
_MANY = 200  # from so many names on, what is near is looked up and not compared with each
_WORDY = 6  # words from which on a definition is no mere formula
_ARTICLES = frozenset(("a", "an", "the"))
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def _families(facts: Facts, foci: Foci) -> Iterator[tuple[str, Collection[str]]]:
    """Parents with those of their children that are in use, where these are several."""
    active = facts.active
    if (foci is None or _TOP in foci) and len(facts.roots) > 1:
        yield _TOP, facts.roots
    many = facts.back[BROADER].many
    for parent in many if foci is None else [each for each in foci if each in many]:
        children = many[parent] & active
        if len(children) > 1:
            yield parent, children


def _homes(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """The parents of the subjects, and the top for those that have none."""
    found: set[str] = set()
    for each in edited:
        found.update(facts.of(BROADER, each) or (_TOP,))
    return found


def _upper_homes(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    """The same, and the parents of the parents."""
    parents = {parent for each in edited for parent in facts.of(BROADER, each)}
    return {*(_homes(facts, edited, ends) or ()), *(_homes(facts, parents, ends) or ())}


def _named(facts: Facts, item: str) -> Iterator[tuple[str, str, str]]:
    """Each preferred label with its language and with what people tell apart of it."""
    known = facts.skeletons
    for each in facts.of(PREFERRED, item):
        found = known.get(each)
        if found is None:
            tag = language(each) if is_text(each) else ""
            name = unescaped(lexical(each)) if is_text(each) else ""
            found = known[each] = (tag, _skeleton(tag, name))
        yield (each, *found)


def _skeleton(tag: str, name: str) -> str:
    """A name without case, accents and punctuation, of English ones without a plural, and with
    Latin letters for those that look alike."""
    words = _WORDS.findall(fold(name))
    if not name.isascii():
        words = [each.translate(_LIKE) for each in words]
    if tag.partition("-")[0] == "en" and words:
        words[-1] = _singular(words[-1])
    return " ".join(words)


def _singular(word: str) -> str:
    """An English noun in one form, be it singular or plural: enough to compare, not to show."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "su" else word


def _like_names(facts: Facts, foci: Foci) -> Iterator[Found]:
    for parent, children in _families(facts, foci):
        alike: dict[tuple[str, str], dict[str, set[str]]] = {}
        for item in children:
            for label, tag, skeleton in _named(facts, item):
                alike.setdefault((tag, skeleton), {}).setdefault(label, set()).add(item)
        for (_, skeleton), found in alike.items():
            if skeleton and len(found) > 1:
                items = set().union(*found.values())
                if len(items) > 1:
                    yield parent, min(items), None, f"has nearly the name of {named(items)}"


def _like_spelling(facts: Facts, foci: Foci) -> Iterator[Found]:
    for parent, children in _families(facts, foci):
        spelt: dict[str, dict[str, set[str]]] = {}
        for item in children:
            for _, tag, skeleton in _named(facts, item):
                spelt.setdefault(tag, {}).setdefault(skeleton, set()).add(item)
        for items in spelt.values():
            for one, other in _slips(list(items)):
                first, second = sorted((min(items[one]), min(items[other])))
                if first != second:
                    said = f"has a name one letter away from that of <{second}>"
                    yield parent, first, None, said


def _slips(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Names that differ in one word, and that by one slip; figures and short words do not count."""
    from rapidfuzz.distance import OSA

    if len(names) > _MANY:
        near = corrections(names, names)
        pairs = ((one, other) for one, others in near.items() for other in others)
    else:
        distance = OSA.distance
        pairs = (
            (one, other)
            for one, other in combinations(names, 2)
            if distance(one, other, score_cutoff=1) == 1
        )
    for one, other in pairs:
        if _is_slip(one, other):
            yield one, other


def _like_definitions(facts: Facts, foci: Foci) -> Iterator[Found]:
    for parent, children in _families(facts, foci):
        alike: dict[str, dict[str, set[str]]] = {}
        for item in children:
            for each in facts.of(DEFINITION, item):
                alike.setdefault(_meaning(facts, each), {}).setdefault(each, set()).add(item)
        said_of = {text: set().union(*found.values()) for text, found in alike.items()}
        for text, items in said_of.items():
            if len(alike[text]) > 1 and len(items) > 1:
                yield parent, min(items), None, f"has nearly the definition of {named(items)}"
        for one, other in _miswritten(list(alike)):
            first, second = sorted((min(said_of[one]), min(said_of[other])))
            if first != second:
                said = f"has a definition one letter away from that of <{second}>"
                yield parent, first, None, said


def _meaning(facts: Facts, definition: str) -> str:
    """A definition without case, accents, punctuation and articles."""
    found = facts.skeletons.get(definition)
    if found is None:
        text = unescaped(lexical(definition)) if is_text(definition) else definition
        words = (each for each in _WORDS.findall(fold(text)) if each not in _ARTICLES)
        tag = language(definition) if is_text(definition) else ""
        found = facts.skeletons[definition] = (tag, " ".join(words))
    return found[1]


def _miswritten(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Long texts that differ in one word, and that by one slip: one of their halves is the same."""
    halves: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for text in texts:
        words = tuple(text.split(" "))
        if len(words) >= _WORDY:
            middle = len(words) // 2
            for half in ((*words[:middle], ""), ("", *words[middle:])):
                halves.setdefault((str(len(words)), *half), []).append(words)
    for half, beside in halves.items():
        if len(beside) > 1:
            middle = len(beside[0]) // 2
            late = half[-1] == ""  # the first half is the same: the slip is in the second
            where = range(middle, len(beside[0])) if late else range(middle)
            yield from _but_for_one(beside, where)


def _but_for_one(texts: Sequence[tuple[str, ...]], where: range) -> Iterator[tuple[str, str]]:
    """Texts, as words, that are the same but for a slip in one word of these places."""
    rests: dict[tuple[object, ...], list[str]] = {}
    for words in texts:
        for at in where:
            rests.setdefault((at, words[:at], words[at + 1 :]), []).append(" ".join(words))
    for beside in rests.values():
        for one, other in combinations(beside, 2):
            if _is_slip(one, other):
                yield one, other


def _is_slip(one: str, other: str) -> bool:
    """Whether texts of as many words differ in one long word, and that by one slip."""
    from rapidfuzz.distance import OSA

    pairs = zip(one.split(" "), other.split(" "), strict=False)
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    if len(apart) != 1 or not all(len(word) > 4 and word.isalpha() for word in apart[0]):
        return False
    return bool(OSA.distance(*apart[0], score_cutoff=1) <= 1)


def _like_colours(facts: Facts, foci: Foci) -> Iterator[Found]:
    places: dict[tuple[float, ...], set[str]] = {}
    for value in facts.back[COLOUR].values():
        if _COLOUR.fullmatch(lexical(value)):
            place = _lab(lexical(value))
            picked = [
                each
                for each in facts.holders(COLOUR, value)
                if each in facts.active and facts.selectable(each)
            ]
            if picked:
                places.setdefault(place, set()).update(picked)
    for one, other in _close(places):
        first, second = sorted((min(places[one]), min(places[other])))
        if first != second:
            yield first, first, None, f"has a colour that is hard to tell from that of <{second}>"


def _lab(colour: str) -> tuple[float, ...]:
    """An sRGB colour in CIELAB under D65 (IEC 61966-2-1, CIE 15)."""
    linear = []
    for at in (1, 3, 5):
        part = int(colour[at : at + 2], 16) / 255
        linear.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    red, green, blue = linear
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    root = [each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z)]
    return 116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])


def _close(places: Iterable[tuple[float, ...]]) -> Iterator[tuple[tuple[float, ...], ...]]:
    """Pairs of places less than the bound apart, by cells of that size."""
    cells: dict[tuple[int, ...], list[tuple[float, ...]]] = {}
    for place in sorted(places):
        cell = tuple(int(each // _CLOSE) for each in place)
        for step in product((-1, 0, 1), repeat=3):
            beside = tuple(at + by for at, by in zip(cell, step, strict=True))
            for other in cells.get(beside, ()):
                if sum((a - b) ** 2 for a, b in zip(place, other, strict=True)) < _CLOSE**2:
                    yield other, place
        cells.setdefault(cell, []).append(place)


def _branching(facts: Facts, foci: Foci) -> Iterator[Found]:
    for parent, siblings in _families(facts, foci):
        sizes = {
            item: len(children & facts.active)
            for item in siblings
            if (children := facts.back[BROADER].many.get(item))
        }
        if len(sizes) < _ENOUGH or max(sizes.values()) < _LONG:
            continue
        most = _STEEP * median(sizes.values())
        for item, size in sizes.items():
            if size >= _LONG and size > most:
                said = f"has {size} children, far more than the classes beside it"
                yield parent, item, None, said


def _coloured(facts: Facts, edited: Edited, ends: Collection[str]) -> Foci:
    return None if facts.forward[COLOUR] else ()


def _rule(facts: Facts) -> tuple[str, ...]:
    return facts.of(SELECTABLE_RULE, facts.taxonomy)


_NAMES = (PREFERRED, BROADER, *STATUS)

RULES = (
    native("clad-like-names", _like_names, _NAMES, _homes),
    native("clad-like-spelling", _like_spelling, _NAMES, _homes),
    native("clad-like-definitions", _like_definitions, (DEFINITION, BROADER, *STATUS), _homes),
    native(
        "clad-like-colours", _like_colours, (COLOUR, SELECTABLE_RULE, *PICKED), _coloured, _rule
    ),
    native("clad-like-branching", _branching, (BROADER, *STATUS), _upper_homes),
)

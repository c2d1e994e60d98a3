"""The rules of ``shapes/labels.ttl``, natively."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from cladist.rdf.terms import unescaped
from cladist.rdf.words import LABEL, NOTATION, PREFERRED, TITLE
from cladist.validation.native.clarity import shared
from cladist.validation.native.facts import Facts
from cladist.validation.native.rule import (
    STATUS,
    Foci,
    Found,
    first,
    itself,
    native,
    some,
    values,
)
from cladist.validation.native.statements import (
    ALTERNATIVE,
    CONTROL,
    DEFINITION,
    EXAMPLE,
    HIDDEN,
    LABELS,
    NOTES,
    SPACE,
    datatype,
    is_text,
    language,
    lexical,
)

_EMPTY = re.compile(f"[{SPACE}{CONTROL}]*")
_BLANKS = re.compile(f"[{SPACE}]{{2}}|^[{SPACE}]|[{SPACE}]$")
_UNSEEN = re.compile(f"[{CONTROL}]")
_TAG = re.compile(r"[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
_OBSOLETE = re.compile(r"[\[(]?(?:obsolete|deprecated)[\])]?[ :_-]", re.IGNORECASE)
_TEXTS = (*LABELS, DEFINITION, EXAMPLE, NOTES[-1])  # the last note is the scope note


def _plain(text: str) -> bool:
    """Whether a label is printable ASCII with single blanks inside: most are."""
    return text.isascii() and text.isprintable() and "\\" not in text and "  " not in text


def _empty(text: str) -> bool:
    inner = lexical(text)
    return not inner or (not inner.isalnum() and bool(_EMPTY.fullmatch(unescaped(inner))))


def _blanks(text: str) -> bool:
    inner = lexical(text)
    if _plain(inner):
        return inner != " " and (inner[:1] == " " or inner[-1:] == " ")
    value = unescaped(inner)
    return bool(_BLANKS.search(value)) and not _EMPTY.fullmatch(value)


def _unprintable(text: str) -> bool:
    inner = lexical(text)
    return not _plain(inner) and bool(_UNSEEN.search(unescaped(inner)))


def _labelled(wrong: Callable[[str], bool], said: str) -> Callable[[Facts, Foci], Iterator[Found]]:
    """A rule about each label of an active class."""

    def find(facts: Facts, foci: Foci) -> Iterator[Found]:
        active = facts.active
        for kind in LABELS:
            labels = facts.forward[kind]
            for item in some(foci, facts.odd[kind]):
                if (
                    item in active
                    and item in labels
                    and any(is_text(each) and wrong(each) for each in labels[item])
                ):
                    yield item, item, None, said

    return find


def _empty_label(facts: Facts, foci: Foci) -> Iterator[Found]:
    for kind in LABELS:
        labels = facts.forward[kind]
        for item in some(foci, facts.odd[kind]):
            texts = labels.get(item, ()) if item in facts.classes else ()
            if any(is_text(each) and _empty(each) for each in texts):
                yield item, item, None, "has an empty label"


def _language_tag(facts: Facts, foci: Foci) -> Iterator[Found]:
    for kind in _TEXTS:
        for item in some(foci, facts.odd[kind]):
            texts = facts.of(kind, item) if item in facts.active else ()
            if any(is_text(each) and not _TAG.fullmatch(language(each)) for each in texts):
                yield item, item, None, "has texts without a well-formed language tag"


def _coverage(facts: Facts, foci: Foci) -> Iterator[Found]:
    every = len(facts.languages)
    found = facts.speaking()
    if foci is not None:
        found = [(each, facts.spoken(each)) for each in foci if each in facts.active]
    for item, tags in found:
        lacking = every - len(tags)
        if lacking:
            said = f"has no preferred label in {lacking} of the languages that other classes have"
            yield item, item, None, said


def _common(facts: Facts, foci: Foci) -> Iterator[Found]:
    total = len(facts.active)
    if total and total not in facts.languages.values():
        said = "has no language in which all classes have a preferred label"
        yield facts.taxonomy, facts.taxonomy, None, said


def _only_alternative(facts: Facts, foci: Foci) -> Iterator[Found]:
    both = (facts.forward[ALTERNATIVE], facts.forward[HIDDEN])
    for item in {*both[0], *both[1]} & facts.active if foci is None else some(foci, facts.active):
        spoken = facts.spoken(item)
        tags = {
            tag
            for texts in both
            for each in texts.get(item, ())
            if (tag := language(each)) and tag not in spoken and is_text(each)
        }
        if tags:
            said = f"has other labels, and no preferred one, in {len(tags)} languages"
            yield item, item, None, said


def _overlap(facts: Facts, foci: Foci) -> Iterator[Found]:
    for label, holders in shared(facts, foci, PREFERRED, ALTERNATIVE):
        classes = holders & facts.active
        if len(classes) > 1 and is_text(label):
            item, others = first(classes)
            yield label, item, None, f"shares a label with {others}"


def _notations(facts: Facts, foci: Foci) -> Iterator[Found]:
    given = facts.forward[NOTATION]
    for item in some(foci, facts.repeated[NOTATION]):
        if item in given and item in facts.active:
            systems = Counter(datatype(each) for each in given[item] if is_text(each))
            if max(systems.values(), default=0) > 1:
                yield item, item, None, "has several notations of one code system"


def _notation_clash(facts: Facts, foci: Foci) -> Iterator[Found]:
    for value, holders in shared(facts, foci, NOTATION):
        classes = holders & facts.active
        if len(classes) > 1 and is_text(value):
            item, others = first(classes)
            yield value, item, None, f"has a notation of {others} too"


def _title(facts: Facts, foci: Foci) -> Iterator[Found]:
    titles = (each for kind in (TITLE, LABEL, PREFERRED) for each in facts.of(kind, facts.taxonomy))
    if not any(is_text(each) for each in titles):
        yield facts.taxonomy, facts.taxonomy, None, "has no title"


def _obsolete(facts: Facts, foci: Foci) -> Iterator[Found]:
    for item in some(foci, facts.odd[PREFERRED]):
        texts = facts.of(PREFERRED, item) if item in facts.active else ()
        if any(_OBSOLETE.match(each, 1) for each in texts):
            yield item, item, None, "is in use and its label says that it is not"


def _languages(facts: Facts) -> int:
    return len(facts.languages)


_ALL = (*LABELS, *STATUS)

RULES = (
    native("clad-label-empty", _empty_label, _ALL, itself),
    native(
        "clad-label-whitespace",
        _labelled(_blanks, "has a label with blanks too many"),
        _ALL,
        itself,
    ),
    native(
        "clad-label-unprintable",
        _labelled(_unprintable, "has a label with characters that cannot be seen"),
        _ALL,
        itself,
    ),
    native("clad-label-language-tag", _language_tag, (*_TEXTS, *STATUS), itself),
    native("clad-label-language-coverage", _coverage, (PREFERRED, *STATUS), itself, _languages),
    native(
        "clad-label-no-common-language",
        _common,
        (PREFERRED, *STATUS),
        lambda facts, edited, ends: None,
    ),
    native("clad-label-only-alternative", _only_alternative, _ALL, itself),
    native(
        "clad-label-overlap",
        _overlap,
        (PREFERRED, ALTERNATIVE, *STATUS),
        values(PREFERRED, ALTERNATIVE),
    ),
    native("clad-label-notations", _notations, (NOTATION, *STATUS), itself),
    native("clad-label-notation-clash", _notation_clash, (NOTATION, *STATUS), values(NOTATION)),
    native("clad-label-title", _title, (TITLE, LABEL, PREFERRED), lambda facts, edited, ends: None),
    native("clad-label-obsolete", _obsolete, (PREFERRED, *STATUS), itself),
)

"""Taxonomies for the tests of the index: hand-made ones, and dirty ones drawn by Hypothesis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from cladist.model.taxonomy import (
    Class,
    Header,
    LabelStructure,
    Notation,
    Retirement,
    SelectableRule,
    Structure,
    Taxonomy,
    Text,
)

IRI = "https://example.org/animals"
WORDS = ("ant", "Ant", "bee", "Käfer", "kafer", "grey hound", "big grey hound", "日本", "(x) y")

texts = st.builds(Text, st.sampled_from(WORDS), st.sampled_from(("en", "de", "")))
some_texts = st.sets(texts, max_size=2).map(lambda found: tuple(sorted(found)))
headers = st.builds(
    lambda kind, rule, language: Header(
        iri=IRI,
        slug="animals",
        default_language=language,
        structure=LabelStructure(kind=kind),
        selectable_rule=rule,
    ),
    st.sampled_from((Structure.MULTI_LABEL, Structure.ORDINAL, Structure.REGRESSION)),
    st.sampled_from(SelectableRule),
    st.sampled_from(("en", "de")),
)


def named(number: int) -> str:
    """The id of a class."""
    return f"{IRI}/c{number}"


def animal(number: int, label: str, *parents: int, **more: Any) -> Class:
    """A class with an English label; its code is its number."""
    return Class(
        id=named(number),
        code=number,
        preferred=(Text(label, "en"),),
        parents=tuple(sorted(map(named, parents))),
        **more,
    )


def taxonomy(*classes: Class, header: Header | None = None) -> Taxonomy:
    """A taxonomy of these classes."""
    return Taxonomy(header or Header(iri=IRI, slug="animals"), by_id(classes))


def by_id(classes: Iterable[Class]) -> dict[str, Class]:
    """The classes by id."""
    return {each.id: each for each in classes}


@st.composite
def classes(draw: st.DrawFn, number: int, most: int, tidy: bool) -> Class:
    """A class; unless tidy, a parent may be anywhere, on a cycle or missing."""
    above = st.integers(0, number - 1 if tidy else most + 1)
    parents = draw(st.sets(above, max_size=2)) if number or not tidy else set()
    return Class(
        id=named(number),
        code=number if tidy else draw(st.sampled_from((number, 1))),
        preferred=draw(some_texts),
        alternative=draw(some_texts),
        hidden=draw(st.just(()) | some_texts),
        notations=draw(st.sampled_from(((), (Notation("7", IRI),), (Notation("A"),)))),
        parents=tuple(sorted(map(named, parents))),
        selectable=draw(st.sampled_from((None, None, True, False))),
        rank=draw(st.none() | st.integers(0, 3)),
        retirement=draw(st.sampled_from((None, None, None, Retirement("old")))),
    )


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    """A taxonomy of up to twenty classes, tidy or dirty."""
    tidy, size = draw(st.booleans()), draw(st.integers(0, 20))
    items = [draw(classes(number, size, tidy)) for number in range(size)]
    return taxonomy(*items, header=draw(headers))


@st.composite
def steps(draw: st.DrawFn) -> tuple[Taxonomy, Taxonomy, set[str]]:
    """A taxonomy, another that differs from it in few classes, and the ids of these."""
    tidy, size = draw(st.booleans()), draw(st.integers(0, 30))
    before = [draw(classes(number, size, tidy)) for number in range(size)]
    numbers = draw(st.sets(st.integers(0, size), min_size=1, max_size=2))
    after = by_id(before)
    for number in numbers:
        after.pop(named(number), None)
        if draw(st.integers(0, 3)):
            after[named(number)] = draw(classes(number, size, tidy))
    header = draw(headers)
    later = draw(st.just(header) | headers)
    return taxonomy(*before, header=header), Taxonomy(later, after), set(map(named, numbers))

"""What a text names in a version: tier by tier, classes in use first, nothing guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.index import VersionIndex, build, search
from cladist.index.folding import fold
from cladist.index.naming import By, Meant, NamedBy, Names, names_of
from cladist.model.taxonomy import Notation, Retirement, Taxonomy, Text
from tests.index.taxonomies import WORDS, animal, named, taxonomies, taxonomy

OLD = Retirement("out of fashion")
ANIMALS = taxonomy(
    animal(1, "Café", alternative=(Text("coffee house", "en"),), hidden=(Text("cafee", "en"),)),
    animal(2, "cat", notations=(Notation("B7"), Notation("5"))),
    animal(3, "dog", notations=(Notation("0003"),)),
    animal(4, "CAT", retirement=OLD),
    animal(5, "cafe"),
    animal(6, "7"),
    animal(7, "six"),
    animal(8, "bat"),
    animal(9, "bat", alternative=(Text("dog", "en"),)),
    animal(10, "cow", retirement=OLD),
    animal(11, "ox", retirement=OLD),
    animal(12, "ox"),
    replace(animal(13, "fish"), preferred=(Text("fish", "en"), Text("Fisch", "de"))),
    animal(14, "8"),
)
NAMES = names_of(build(ANIMALS))


def meant(text: str, by: By | None = None) -> tuple[tuple[int, ...], NamedBy | None]:
    """The numbers of the classes that a text names, and how."""
    found = NAMES.meant(text, by)
    return tuple(int(each.rpartition("/c")[2]) for each in found.classes), found.how


def test_each_tier_answers() -> None:
    assert meant(named(2)) == ((2,), NamedBy.ID)
    assert meant("#2") == ((2,), NamedBy.CODE)
    assert meant("2") == ((2,), NamedBy.CODE)
    assert meant("B7") == ((2,), NamedBy.NOTATION)
    assert meant("Café") == ((1,), NamedBy.PREFERRED)
    assert meant("Cafe\u0301") == ((1,), NamedBy.PREFERRED)  # decomposed, as some systems write it
    assert meant("Fisch") == ((13,), NamedBy.PREFERRED)
    assert meant("coffee house") == ((1,), NamedBy.ALTERNATIVE)
    assert meant("cafee") == ((1,), NamedBy.HIDDEN)
    assert meant("FISH") == ((13,), NamedBy.PREFERRED_FOLDED)
    assert meant("Coffee  House") == ((1,), NamedBy.ALTERNATIVE_FOLDED)
    assert meant("CAFÉE") == ((1,), NamedBy.HIDDEN_FOLDED)
    assert meant("  cow ") == ((10,), NamedBy.PREFERRED)


def test_the_first_tier_that_knows_a_text_decides() -> None:
    assert meant("dog") == ((3,), NamedBy.PREFERRED)  # also another label of 9
    assert meant("cat") == ((2,), NamedBy.PREFERRED)
    assert meant("CAT") == ((4,), NamedBy.PREFERRED)  # retired, and exactly what was said
    assert meant("cafe") == ((5,), NamedBy.PREFERRED)


def test_several_classes_of_one_tier_are_all_named() -> None:
    assert meant("bat") == ((8, 9), NamedBy.PREFERRED)
    assert meant("CAFÉ") == ((1, 5), NamedBy.PREFERRED_FOLDED)


def test_classes_in_use_come_before_retired_ones_of_their_tier() -> None:
    assert meant("ox") == ((12,), NamedBy.PREFERRED)
    assert meant("Cat") == ((2,), NamedBy.PREFERRED_FOLDED)
    assert meant("cow") == ((10,), NamedBy.PREFERRED)


def test_a_number_that_means_more_than_a_code_is_not_guessed() -> None:
    assert meant("7") == ((7, 6), NamedBy.CODE)  # the label of 6
    assert meant("5") == ((5, 2), NamedBy.CODE)  # a notation of 2
    assert meant("8") == ((8, 14), NamedBy.CODE)
    assert meant("#7") == ((7,), NamedBy.CODE)
    assert meant("0003") == ((3,), NamedBy.NOTATION)
    assert meant("007") == ((), None)  # no code begins with a zero


def test_callers_may_say_what_texts_are() -> None:
    assert meant("7", By.CODE) == ((7,), NamedBy.CODE)
    assert meant("7", By.LABEL) == ((6,), NamedBy.PREFERRED)
    assert meant("5", By.NOTATION) == ((2,), NamedBy.NOTATION)
    assert meant("fish", By.NOTATION) == ((), None)
    assert meant("FISCH", By.LABEL) == ((13,), NamedBy.PREFERRED_FOLDED)
    assert meant(named(2), By.LABEL) == ((), None)
    assert meant(named(2), By.ID) == ((2,), NamedBy.ID)


@pytest.mark.parametrize(
    "text", ["", "  ", "\u0301", "#", "#x", "\ud800", "\x00", "x" * 10_000, "ca"]
)
def test_other_texts_name_nothing(text: str) -> None:
    assert NAMES.meant(text) == Meant()


def test_a_label_of_marks_alone_is_found_as_it_is() -> None:
    names = Names(build(taxonomy(animal(1, "\u0301"), animal(2, "x"))))
    assert names.meant("\u0301").classes == (named(1),)
    assert names.meant("\u0300").classes == ()


def test_a_name_that_all_classes_share_names_them_all() -> None:
    size = 20_000
    crowd = build(taxonomy(*(animal(number, "same") for number in range(size))))
    assert len(names_of(crowd).meant("SAME").classes) == size


def test_names_are_gathered_once_for_an_index() -> None:
    index: VersionIndex = build(ANIMALS)
    assert names_of(index) is names_of(index)


@given(taxonomies(), st.sampled_from(WORDS))
def test_whatever_is_named_has_the_name(given_taxonomy: Taxonomy, word: str) -> None:
    index = build(given_taxonomy)
    found = names_of(index).meant(word, By.LABEL)
    having = {
        each.id
        for each in given_taxonomy.classes.values()
        for text in (*each.preferred, *each.alternative, *each.hidden)
        if fold(text.value) == fold(word)
    }
    assert set(found.classes) <= having
    assert bool(found.classes) is bool(having)
    active = [each for each in found.classes if each not in index.retired]
    assert active in ([], list(found.classes))
    searched = {hit.entry.id for hit in search(index, word, limit=100).hits}
    assert searched.issuperset(active)

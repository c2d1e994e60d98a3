"""What is told and what counts as evidence that an old class is a foreign one, or not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cladist.model.change.parts import Part
from cladist.model.errors import UnknownClass
from cladist.model.matching import Basis, Evidence, ProposedKind, TablePair, match
from cladist.model.taxonomy import Match, Notation, Text
from tests.model.pets import ACCEPTED, a, evidence, gone, of, the, told

# equal ids


def test_equal_ids_are_one_class_whatever_else_changed() -> None:
    old = of(a("1", "cat"), a("2", "dog"), a("3", "hen", under="1"))
    new = of(a("1", "cat"), a("2", "Hund"), a("3", "hen", under="2"))
    found = match(old, new)
    assert told(found) == {("same", "1", "1"), ("renamed", "2", "2"), ("moved", "3", "3")}
    assert {each.confidence for each in found} == {1.0}


def test_a_class_renamed_and_moved_counts_as_renamed() -> None:
    found = match(of(a("1", "cat"), a("2", "hen", under="1")), of(a("1", "cat"), a("2", "cock")))
    assert the(found, "2").kind is ProposedKind.RENAMED


def test_a_retired_class_that_is_back_is_the_same() -> None:
    assert told(match(of(gone(a("1", "cat"))), of(a("1", "cat")))) == {("same", "1", "1")}


def test_a_class_that_the_new_version_retires_is_surely_retired() -> None:
    found = match(of(a("1", "cat")), of(gone(a("1", "cat"))))
    assert told(found) == {("retired", "1", "")}
    assert found[0].confidence == 1.0


def test_children_of_a_parent_that_went_into_another_have_not_moved() -> None:
    old = of(a("1", "cat"), a("2", "feline"), a("3", "lion", under="2"))
    new = of(a("1", "cat", "feline"), a("3", "lion", under="1"))
    assert told(match(old, new)) == {("merged", "1 2", "1"), ("same", "3", "3")}


# tables


def test_a_table_decides_alone_and_keeps_its_flags() -> None:
    old = of(*(a(f"o{each}", f"old {each}") for each in range(1, 8)))
    new = of(*(a(f"n{each}", f"new {each}") for each in range(1, 7)))
    rows = ["o1 n1", "o2 n2", "o3 n2", "o4 n3", "o4 n4", "o5 n5", "o6 n5", "o6 n6", "o7 "]
    pairs = [row.split(" ") for row in rows]
    table = tuple(
        TablePair(source=one, target=other, source_part=Part.PART, target_part=Part.WHOLE)
        for one, other in pairs
    )
    found = match(old, new, Basis(table=table))
    assert told(found) == {
        ("renamed", "o1", "n1"),
        ("merged", "o2 o3", "n2"),
        ("split", "o4", "n3 n4"),
        ("regrouped", "o5 o6", "n5 n6"),
        ("retired", "o7", ""),
    }
    assert all(each.confidence == 1.0 for each in found)
    (pair,) = the(found, "o1").pairs
    assert (pair.source_part, pair.target_part) == (Part.PART, Part.WHOLE)


def test_neither_ids_nor_labels_nor_notations_join_against_a_table() -> None:
    old = of(a("x", "cat", code="1"), a("y", "dog", code="2"))
    new = of(a("x", "cat", code="1"), a("z", "dog", code="2"))
    found = match(old, new, Basis(table=(TablePair(source="x", target="z"),)))
    assert told(found, accepted=False) == {
        ("renamed", "x", "z"),
        ("retired", "y", ""),
        ("added", "", "x"),
    }


def test_a_table_that_names_what_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownClass, match="“nowhere”"):
        match(of(a("1", "cat")), of(), Basis(table=(TablePair(source="nowhere"),)))


def test_levels_that_a_table_does_not_name_follow_from_their_members() -> None:
    old = of(
        a("oA", "farming"),
        a("oB", "fishing"),
        a("oC", "crafts and trade"),
        *(a(f"o{each}", f"job {each}", under="oA") for each in (1, 2, 3)),
        *(a(f"o{each}", f"job {each}", under="oB") for each in (4, 5)),
        *(a(f"o{each}", f"job {each}", under="oC") for each in (6, 7, 8, 9)),
    )
    new = of(
        a("nA", "agriculture"),
        a("nC", "crafts"),
        a("nD", "trade"),
        *(a(f"n{each}", f"work {each}", under="nA") for each in (1, 2, 3, 4, 5)),
        *(a(f"n{each}", f"work {each}", under="nC") for each in (6, 7)),
        *(a(f"n{each}", f"work {each}", under="nD") for each in (8, 9)),
    )
    table = tuple(TablePair(source=f"o{each}", target=f"n{each}") for each in range(1, 10))
    found = match(old, new, Basis(table=table))
    assert ("merged", "oA oB", "nA") in told(found)
    assert ("split", "oC", "nC nD") in told(found, accepted=False)
    assert evidence(the(found, "oA")) == {Evidence.CHILDREN, Evidence.PARENT}


# declared successors


def test_declared_successors_are_followed_to_the_end() -> None:
    old = of(a("1", "cat"), a("2", "dog"), a("3", "hen"))
    new = of(
        gone(a("1", "cat"), "1a"),
        gone(a("1a", "cats"), "1b"),
        a("1b", "feline"),
        gone(a("2", "dog"), "2a", "2b"),
        a("2a", "hound"),
        a("2b", "lapdog"),
        a("3", "hen"),
    )
    assert told(match(old, new)) == {
        ("renamed", "1", "1b"),
        ("split", "2", "2a 2b"),
        ("same", "3", "3"),
    }


def test_a_successor_that_is_another_old_class_makes_a_merge() -> None:
    old = of(a("1", "cat"), a("2", "dog"), a("3", "hen"), a("4", "cock"))
    new = of(a("2", "dog"), gone(a("1", "cat"), "2"), a("5", "cock"))
    found = match(old, new, Basis(declared=(("3", "5"),)))
    assert told(found) == {("merged", "1 2", "2"), ("merged", "3 4", "5")}


def test_successors_in_a_circle_lead_nowhere() -> None:
    new = of(gone(a("1", "cat"), "2"), gone(a("2", "dog"), "1"))
    assert told(match(of(a("1", "cat")), new)) == {("retired", "1", "")}


# other ids


def test_a_notation_that_is_given_to_another_meaning_joins_nothing() -> None:
    old, new = of(a("o", "fishing", code="05")), of(a("n", "coal mining", code="05"))
    found = match(old, new)
    assert told(found, accepted=False) == {("retired", "o", ""), ("added", "", "n")}
    assert told(found) == set()
    assert the(found, "o").alternatives[0].target == "n"


def test_a_notation_with_support_joins() -> None:
    old = of(a("o", "tabby cat", code="05", told="A cat with stripes all over."))
    new = of(a("n", "striped cat", code="05", told="A cat with stripes, all over"))
    found = match(old, new)
    assert told(found) == {("renamed", "o", "n")}
    assert {Evidence.NOTATION, Evidence.DEFINITION} <= evidence(found[0])


def test_notations_of_other_systems_are_not_equal() -> None:
    old = of(a("o", "cats", code="05", told="Cats of all kinds."))
    other = replace(a("n", "felines", told="Cats of all kinds."), notations=(Notation("05", "x"),))
    assert Evidence.NOTATION not in evidence(match(old, of(other))[0])


def test_another_namespace_comes_out_as_one_to_one() -> None:
    labels = ["cat", "dog", "hen", "cock", "cow", "goat", "goat"]
    old = of(*(a(f"https://a.example/{at}", each) for at, each in enumerate(labels)))
    moved = [a(f"https://b.example#{at}", each) for at, each in enumerate(labels)]
    moved[2] = a("https://b.example#2", "pullet")
    found = match(old, of(*moved))
    assert {(each.kind, each.sources[0][-1], each.targets[0][-1]) for each in found} == {
        (ProposedKind.RENAMED if at == 2 else ProposedKind.SAME, str(at), str(at))
        for at in range(len(labels))
    }
    assert all(each.confidence >= ACCEPTED and not each.ambiguous for each in found)


def test_numbers_that_were_given_anew_say_nothing() -> None:
    labels = ["cat", "dog", "hen", "cock"]
    old = of(*(a(f"https://a.example/{at}", each) for at, each in enumerate(labels)))
    new = of(*(a(f"https://b.example/{at}", each) for at, each in enumerate(reversed(labels))))
    found = match(old, new)
    assert {(each.sources[0][-1], each.targets[0][-1]) for each in found} == {
        ("0", "3"),
        ("1", "2"),
        ("2", "1"),
        ("3", "0"),
    }


def test_an_exact_match_joins() -> None:
    hub = (Match("exactMatch", "https://hub.example/7"),)
    old, new = replace(a("o", "cat"), matches=hub), replace(a("n", "Katze"), matches=hub)
    found = match(of(old), of(new))
    assert told(found) == {("renamed", "o", "n")}
    assert evidence(found[0]) == {Evidence.MAPPING, Evidence.PARENT}


@pytest.mark.parametrize("written", ["Red Fox", "red foxes", "fox, red", "red-fox", "réd fox"])
def test_spelling_rules_do_not_part_classes(written: str) -> None:
    found = match(of(a("o", "red fox")), of(a("n", written)))
    assert told(found) == {("renamed", "o", "n")}


@pytest.mark.parametrize("written", ["red sparow", "red sparroww", "red spraow", "red sparrov"])
def test_one_slip_under_the_same_parent_does_not_either(written: str) -> None:
    old = of(a("p", "bird"), a("o", "red sparrow", under="p"))
    new = of(a("p", "bird"), a("n", written, under="p"))
    found = match(old, new)
    assert (("renamed", "o", "n") in told(found)) is (written != "red spraow")  # two slips


def test_a_word_that_stands_elsewhere_is_no_slip() -> None:
    old = of(a("p", "food"), a("o", "apple cakes", under="p"), a("q", "apple lakes", under="p"))
    new = of(a("p", "food"), a("n", "apple lakes", under="p"), a("m", "apple rakes", under="p"))
    found = match(old, new)
    assert ("same", "q", "n") in told(found)
    assert ("renamed", "o", "n") not in told(found, accepted=False)


def test_labels_of_different_languages_are_not_compared() -> None:
    old = of(replace(a("o", ""), preferred=(Text("gift", "en"),)))
    new = of(replace(a("n", ""), preferred=(Text("Gift", "de"),)))
    assert told(match(old, new)) == {("retired", "o", ""), ("added", "", "n")}


def test_a_renamed_class_is_known_by_the_old_label_that_it_keeps() -> None:
    found = match(of(a("o", "tabby")), of(a("n", "striped cat", "tabby")))
    assert told(found) == {("renamed", "o", "n")}
    assert Evidence.MOVED_LABEL in evidence(found[0])


def test_a_renamed_class_is_known_by_its_children() -> None:
    below = [("c1", "lion"), ("c2", "lynx"), ("c3", "puma")]
    old = of(a("o", "cats"), *(a(each, label, under="o") for each, label in below))
    new = of(a("n", "felids"), *(a(each, label, under="n") for each, label in below))
    assert ("renamed", "o", "n") in told(match(old, new))


def test_evidence_that_is_not_to_be_used_is_not() -> None:
    old, new = of(a("1", "cat")), of(a("1", "cat"))
    assert match(old, new, Basis(use=frozenset({Evidence.LABEL})))[0].pairs[0].confidence < 1
    nothing = match(old, new, Basis(use=frozenset()))
    assert told(nothing) == {("retired", "1", ""), ("added", "", "1")}

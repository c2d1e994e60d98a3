"""What makes a merge or a split of classes without a match, and what nobody can know."""

from __future__ import annotations

from dataclasses import replace

from cladist.model.matching import ProposedKind, match
from tests.model.pets import a, of, the, told

# merges and splits


def test_labels_that_moved_to_a_new_class_make_a_merge() -> None:
    old = of(a("1", "cat", "tomcat"), a("2", "dog", "hound"))
    new = of(a("3", "pet", "cat", "dog", "hound", "tomcat"))
    assert told(match(old, new)) == {("merged", "1 2", "3")}


def test_a_label_that_moved_to_an_old_class_makes_a_merge() -> None:
    old = of(a("1", "cat"), a("2", "dog"))
    assert told(match(old, of(a("1", "cat", "dog")))) == {("merged", "1 2", "1")}


def test_a_label_that_was_there_before_has_not_moved() -> None:
    old = of(a("1", "cat", "dog"), a("2", "dog"))
    assert told(match(old, of(a("1", "cat", "dog")))) == {("same", "1", "1"), ("retired", "2", "")}


def test_children_that_went_to_another_class_make_a_merge() -> None:
    old = of(
        a("1", "big cats"),
        a("2", "cats"),
        *(a(f"b{each}", f"big cat {each}", under="1") for each in range(4)),
        *(a(f"c{each}", f"cat {each}", under="2") for each in range(4)),
    )
    new = of(
        a("2", "cats"),
        *(a(f"b{each}", f"big cat {each}", under="2") for each in range(4)),
        *(a(f"c{each}", f"cat {each}", under="2") for each in range(4)),
    )
    assert ("merged", "1 2", "2") in told(match(old, new))


def test_children_that_went_up_make_none() -> None:
    below = [a(f"b{each}", f"big cat {each}", under="1") for each in range(4)]
    old = of(a("0", "animals"), a("1", "big cats", under="0"), *below)
    new = of(a("0", "animals"), *(replace(each, parents=("0",)) for each in below))
    found = match(old, new)
    assert ("retired", "1", "") in told(found)
    assert ("same", "b0", "b0") in told(found)


def test_labels_given_to_several_new_classes_make_a_split() -> None:
    old = of(a("1", "pet"), a("2", "cow"))
    new = of(a("2", "cow"), a("3", "small pet", "pet"), a("4", "big pet", "pet"))
    assert told(match(old, new)) == {("split", "1", "3 4"), ("same", "2", "2")}


def test_other_labels_that_became_classes_make_a_split() -> None:
    found = match(of(a("1", "pet", "cat", "dog")), of(a("3", "cat"), a("4", "dog")))
    assert told(found) == {("split", "1", "3 4")}


def test_children_shared_out_among_new_classes_make_a_split() -> None:
    old = of(a("1", "pets"), *(a(f"c{each}", f"pet {each}", under="1") for each in range(6)))
    new = of(
        a("3", "furry friends"),
        a("4", "feathered friends"),
        *(a(f"c{each}", f"pet {each}", under="34"[each % 2]) for each in range(6)),
    )
    assert ("split", "1", "3 4") in told(match(old, new))


def test_a_class_that_lives_on_was_not_split() -> None:
    old, new = of(a("1", "pet")), of(a("1", "pet"), a("2", "small pet", "pet"))
    found = match(old, new)
    assert ("same", "1", "1") in told(found)
    assert the(found, "2").kind is ProposedKind.ADDED


# what nobody can know


def test_twins_are_never_sure() -> None:
    old = of(a("1", "cat"), a("2", "cat"))
    found = match(old, of(a("3", "cat"), a("4", "cat")))
    assert len(found) == 2
    assert all(each.ambiguous and each.alternatives and each.confidence <= 0.5 for each in found)


def test_a_twin_that_is_gone_is_not_sure_either() -> None:
    found = match(of(a("1", "cat"), a("2", "cat")), of(a("3", "cat")))
    assert told(found) == set()
    assert {each.kind for each in found} == {ProposedKind.SAME, ProposedKind.RETIRED}
    assert all(each.ambiguous and each.alternatives for each in found)


def test_twins_in_different_places_are_told_apart() -> None:
    places = [a("p", "bird"), a("q", "machine")]
    old = of(*places, a("1", "crane", under="p"), a("2", "crane", under="q"))
    new = of(*places, a("3", "crane", under="q"), a("4", "crane", under="p"))
    assert {("same", "1", "4"), ("same", "2", "3")} <= told(match(old, new))


def test_a_crowd_of_one_label_is_not_sure() -> None:
    old = of(*(a(f"o{each}", "other") for each in range(50)))
    new = of(*(a(f"n{each}", "other") for each in range(50)))
    assert told(match(old, new)) == set()


def test_a_label_that_could_come_from_two_is_not_sure() -> None:
    old = of(a("p", "bird"), a("1", "crane", under="p"), a("2", "crane", under="p"))
    new = of(a("p", "bird"), a("3", "lifter", "crane", under="p"))
    assert ("renamed", "1", "3") not in told(match(old, new))
    assert ("merged", "1 2", "3") not in told(match(old, new))

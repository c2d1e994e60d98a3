"""What lists, trees, search and references answer, on a small taxonomy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cladist.index import (
    How,
    Listing,
    Scope,
    View,
    build,
    children,
    from_bytes,
    patched,
    paths,
    search,
    subtree,
    to_bytes,
    tree,
)
from cladist.index.folding import fold, inner_words
from cladist.model.errors import UnknownClass, UnreadableInput
from cladist.model.taxonomy import Notation, Retirement, Taxonomy, Text
from tests.index.taxonomies import animal, named, taxonomy

DOG = replace(
    animal(3, "dog", 1),
    preferred=(Text("Hund", "de"), Text("dog", "en")),
    alternative=(Text("hound", "en"),),
    hidden=(Text("dgo", "en"),),
    notations=(Notation("2084071", "https://example.org/wordnet"),),
)
ANIMALS = taxonomy(
    animal(1, "animal"),
    animal(2, "cat", 1, alternative=(Text("dog’s enemy", "en"),)),
    DOG,
    animal(4, "grey hound", 3, 9),
    animal(5, "Dogfish", 1),
    animal(6, "dogger", 1, retirement=Retirement("out of fashion")),
    animal(7, "café", rank=1),
    animal(8, "Cafe", rank=2),
    animal(9, "runner"),
)
INDEX = build(ANIMALS)


def found(text: str, scope: Scope | None = None) -> list[tuple[str, int, str]]:
    """How, the code of the class and the label of each hit."""
    hits = search(INDEX, text, scope or Scope()).hits
    return [(hit.how, hit.entry.code, hit.label) for hit in hits]


def codes(class_id: str | None, view: View | None = None) -> list[int]:
    """The codes of the children in order."""
    return [each.entry.code for each in children(INDEX, class_id, view or View()).items]


def test_lists_hold_the_classes_by_code_and_pages_say_how_many_there_are() -> None:
    assert [each.code for each in INDEX.listing(Listing.ALL).items] == [*range(1, 10)]
    assert [each.code for each in INDEX.listing(Listing.ACTIVE).items] == [1, 2, 3, 4, 5, 7, 8, 9]
    assert [each.code for each in INDEX.listing(Listing.SELECTABLE).items] == [2, 4, 5, 7, 8]
    page = INDEX.listing(Listing.ALL, 7, 5)
    assert ([each.code for each in page.items], page.total) == ([8, 9], 9)
    assert INDEX.position(named(4)) == 1
    assert INDEX.position(named(1)) is None


def test_children_stand_by_rank_then_label_then_code() -> None:
    assert codes(None) == [7, 8, 1, 9]
    assert codes(named(1)) == [2, 3, 5]
    assert codes(named(1), View("de")) == [2, 5, 3]
    assert codes(named(1), View(include_retired=True)) == [2, 3, 5, 6]
    page = children(INDEX, named(1), offset=1, limit=1, count_descendants=True)
    assert page.total == 3
    assert [(each.entry.code, each.children, each.descendants) for each in page.items] == [
        (3, 1, 1)
    ]
    with pytest.raises(UnknownClass):
        children(INDEX, named(99))


def test_trees_end_where_they_are_told() -> None:
    top = subtree(INDEX, named(1), 1).nodes[0]
    assert [each.entry.code for each in top.below] == [2, 3, 5]
    assert (top.below[1].children, top.below[1].below) == (1, ())
    assert [each.below for each in tree(INDEX, 0).nodes] == [(), (), (), ()]
    assert tree(INDEX, 0, limit=2).truncated


def test_a_class_has_a_path_for_every_way_to_it() -> None:
    assert paths(INDEX, named(4)).paths == (
        (named(9), named(4)),
        (named(1), named(3), named(4)),
    )
    assert set(INDEX.ancestors(named(4))) == {named(1), named(3), named(9)}


def test_search_puts_the_surest_hit_first() -> None:
    assert found("dog") == [
        (How.PREFERRED, 3, "dog"),
        (How.PREFERRED_PREFIX, 5, "Dogfish"),
        (How.ALTERNATIVE_PREFIX, 2, "dog’s enemy"),
    ]
    assert found("hound") == [(How.ALTERNATIVE, 3, "hound"), (How.WORD_PREFIX, 4, "grey hound")]
    assert found("DGO") == [(How.ALTERNATIVE, 3, "dgo")]
    assert found("dogg", Scope(include_retired=True)) == [(How.PREFERRED_PREFIX, 6, "dogger")]


def test_search_looks_past_case_and_accents() -> None:
    assert found("CAFÉ") == [(How.PREFERRED, 7, "café"), (How.PREFERRED, 8, "Cafe")]
    assert found("hun", Scope("en")) == []
    assert found("hun", Scope("de")) == [(How.PREFERRED_PREFIX, 3, "Hund")]


@pytest.mark.parametrize("text", ["3", "#3", "2084071", named(3)])
def test_search_knows_codes_notations_and_ids(text: str) -> None:
    assert found(text)[0] == (How.IDENTIFIER, 3, text)


def test_a_slip_of_the_keyboard_gives_suggestions_apart() -> None:
    result = search(INDEX, "gery hound")
    assert result.hits == ()
    assert [(hit.how, hit.label) for hit in result.suggestions] == [(How.SIMILAR, "grey hound")]
    assert search(INDEX, "   ").suggestions == search(INDEX, "").hits == ()


@pytest.mark.parametrize("data", [b"", b"\x93", b"\x91\x02", to_bytes(INDEX)[:-9]])
def test_bytes_of_another_form_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        from_bytes(data)


def test_a_patch_that_closes_a_circle_is_seen() -> None:
    moved = replace(ANIMALS.classes[named(1)], parents=(named(4),))
    after = Taxonomy(ANIMALS.header, {**ANIMALS.classes, moved.id: moved})
    assert patched(INDEX, after, [moved.id]).circular >= {named(1), named(3), named(4)}


def test_children_stand_anew_when_the_default_language_changes() -> None:
    labels = ((Text("ant", "de"), Text("worm", "fr")), (Text("bee", "fr"), Text("zebra", "de")))
    made = [replace(animal(each + 2, "", 1), preferred=labels[each]) for each in (0, 1)]
    before = taxonomy(
        animal(1, "tier"), *made, header=replace(ANIMALS.header, default_language="de")
    )
    index = build(before)
    assert [each.entry.code for each in children(index, named(1), View("en")).items] == [2, 3]
    after = Taxonomy(replace(before.header, default_language="fr"), before.classes)
    for language in ("en", "it"):
        page = children(patched(index, after, []), named(1), View(language))
        assert [each.entry.code for each in page.items] == [3, 2]


def test_folding_drops_case_accents_and_stray_spaces() -> None:
    assert fold("  Ｇroße\u00a0 ÉTÉ\n") == "grosse ete"
    assert [*inner_words("(a) b-c d")] == ["a) b-c d", "b-c d", "c d", "d"]

"""COCO categories: codes, supercategories, colours, and JSON that lies."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cladist.imports.building import new_taxonomy, prepare
from cladist.imports.reading import ImportFormat, read
from cladist.imports.sketch import Sketch
from cladist.model.errors import CladistError, LimitExceeded, UnreadableInput
from cladist.model.taxonomy import Taxonomy, is_selectable
from tests.imports.sketches import HEADER, minting, named

CATEGORIES = [
    {"id": 1, "name": "person", "supercategory": "person", "color": [220, 20, 60], "isthing": 1},
    {"id": 3, "name": "car", "supercategory": "vehicle"},
    {"id": 90, "name": "bus", "supercategory": "vehicle"},
    {"id": 0, "name": "background", "supercategory": "none"},
]


def coco(value: Any) -> Sketch:
    """The sketch of a JSON value."""
    return read(json.dumps(value).encode(), ImportFormat.COCO)


def taxonomy(value: Any) -> Taxonomy:
    """The taxonomy of a JSON value."""
    return new_taxonomy(coco(value), HEADER, minting())


def test_ids_are_codes_and_supercategories_get_the_next() -> None:
    made = taxonomy(CATEGORIES)
    codes = {each.code: each.label() for each in made.classes.values()}
    assert codes == {
        **{0: "background", 1: "person", 3: "car", 90: "bus"},
        **{91: "person", 92: "vehicle"},
    }
    assert {each.code for each in made.classes.values() if is_selectable(made, each)} == {
        *(0, 1, 3, 90),
    }
    assert made.classes[made.holder(1) or ""].colour == "#DC143C"


def test_a_category_that_is_its_own_supercategory_stands_under_it() -> None:
    made = taxonomy(CATEGORIES)
    assert made.classes[made.holder(1) or ""].parents == (made.holder(91),)
    assert made.classes[made.holder(91) or ""].parents == ()


def test_a_supercategory_that_is_a_category_is_that_category() -> None:
    made = taxonomy(
        [
            {"id": 2, "name": "husky", "supercategory": "dog"},
            {"id": 1, "name": "dog", "supercategory": "animal"},
        ]
    )
    assert len(made.classes) == 3
    dog = named(made, "dog")
    assert named(made, "husky").parents == (dog.id,)
    assert is_selectable(made, dog)


def test_a_whole_annotation_file_is_read_for_its_categories_and_title() -> None:
    sketch = coco({"info": {"description": "Street"}, "images": [], "categories": CATEGORIES})
    assert sketch.titles[0].value == "Street"
    assert any("isthing" in each for each in sketch.findings)
    assert new_taxonomy(sketch, HEADER, minting()).header.titles == sketch.titles


def test_read_again_it_changes_nothing() -> None:
    made = taxonomy(CATEGORIES)
    preview = prepare(coco(CATEGORIES), made, minting("again")).preview
    assert (preview.new, preview.changed, preview.refused) == ((), (), ())
    assert len(preview.unchanged) == 4


@pytest.mark.parametrize(
    ("category", "reason"),
    [
        ({"name": "x"}, "id: is not a whole number"),
        ({"id": -1, "name": "x"}, "id: "),
        ({"id": 1.0, "name": "x"}, "id: "),
        ({"id": True, "name": "x"}, "id: "),
        ({"id": "1", "name": "x"}, "id: "),
        ({"id": 2**53, "name": "x"}, "id: "),
        ({"id": 5}, "name: is not a text"),
        ({"id": 5, "name": 7}, "name: is not a text"),
        ({"id": 5, "name": " "}, "name: is empty"),
        ({"id": 5, "name": "\ud800"}, "name: holds the character U+D800"),
        ({"id": 5, "name": "x", "supercategory": 3}, "supercategory: is not a text"),
        ({"id": 5, "name": "x", "supercategory": "\x00"}, "supercategory: holds"),
        ({"id": 5, "name": "x", "color": [1, 2]}, "color: "),
        ({"id": 5, "name": "x", "color": [1, 2, 256]}, "color: "),
        ({"id": 5, "name": "x", "color": "red"}, "color: "),
        ({"id": 5, "name": "first"}, "has the name of category 1"),
        ([], "category: is not an object"),
        (None, "category: is not an object"),
    ],
)
def test_a_bad_category_is_refused_with_its_place(category: Any, reason: str) -> None:
    (refused,) = coco([{"id": 1, "name": "first"}, category]).refused
    assert refused.line == 2
    assert refused.reason.startswith(f"category 2: {reason}")
    refused.label.encode()


def test_an_id_that_stands_twice_is_refused() -> None:
    sketch = coco([{"id": 1, "name": "a"}, {"id": 1, "name": "b"}])
    (refused,) = prepare(sketch, Taxonomy(HEADER), minting()).preview.refused
    assert (refused.line, refused.label) == (2, "b")
    assert "code" in refused.reason


def test_supercategories_in_a_circle_are_refused() -> None:
    sketch = coco(
        [
            {"id": 1, "name": "a", "supercategory": "b"},
            {"id": 2, "name": "b", "supercategory": "a"},
        ]
    )
    refused = prepare(sketch, Taxonomy(HEADER), minting()).preview.refused
    assert [each.line for each in refused] == [1, 2]
    assert all("cycle" in each.reason for each in refused)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ('{"a": 1}', "no list of categories"),
        ('{"categories": {}}', "no list of categories"),
        ("7", "no list of categories"),
        ('[{"id": NaN, "name": "a"}]', "NaN"),
        ('[{"id": -Infinity, "name": "a"}]', "-Infinity"),
        ('[{"id": 1, "name": "a", "id": 2}]', "“id” stands twice"),
        ('{"categories": [], "categories": []}', "“categories” stands twice"),
        ("[" + "9" * 10_000 + "]", "too many digits"),
        (r'[{"\ud800": 1, "\ud800": 2}]', "stands twice"),
    ],
)
def test_json_that_lies_is_unreadable(text: str, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason) as caught:
        read(text.encode(), ImportFormat.COCO)
    str(caught.value).encode()


def test_a_syntax_error_has_line_and_column() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(b'[{"id": 1,\n "name" "a"}]', ImportFormat.COCO)
    assert (caught.value.line, caught.value.column) == (2, 9)


def test_bottomless_nesting_is_over_the_limit() -> None:
    with pytest.raises(CladistError) as caught:
        read(b"[" * 200_000, ImportFormat.COCO)
    assert isinstance(caught.value, LimitExceeded | UnreadableInput)

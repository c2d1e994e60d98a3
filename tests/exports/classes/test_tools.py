"""What each tool's file says, and what is said of what it cannot say."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from cladist.exports.classes import label_studio_taxonomy
from cladist.exports.classes.choosing import class_list
from cladist.exports.classes.tool import NO_CHOICES, Choices
from cladist.exports.classes.tools import BY_FILE, BY_NAME, TOOLS
from cladist.model.errors import InvalidValue, UnknownClass
from cladist.model.taxonomy import Structure
from tests.exports.classes.farm import LEAVES, a, iri, listed, state


def read(name: str, structure: Structure = Structure.SINGLE_LABEL, **given: Any) -> Any:
    """A tool's file as its format says."""
    data = BY_NAME[name].write(listed(structure), Choices(**given))
    kind = BY_NAME[name].media_type
    if kind == "application/json":
        return json.loads(data)
    if kind == "application/yaml":
        return yaml.safe_load(data)
    return ElementTree.fromstring(data) if kind == "application/xml" else data.decode()


def told(name: str, structure: Structure = Structure.SINGLE_LABEL) -> set[str]:
    """The codes of what is warned of."""
    return {each.code for each in BY_NAME[name].warnings(listed(structure), NO_CHOICES)}


def test_names_and_files_are_the_tools_own() -> None:
    assert len(BY_NAME) == len(BY_FILE) == len(TOOLS)


@pytest.mark.parametrize("name", BY_NAME)
@pytest.mark.parametrize("structure", [each for each in Structure if each != Structure.REGRESSION])
def test_every_tool_takes_every_structure_and_names_every_class(
    name: str, structure: Structure
) -> None:
    classes = listed(structure)
    text = BY_NAME[name].write(classes, NO_CHOICES).decode()
    if name != "palette":
        assert all(each in text for each in classes.names)
    assert BY_NAME[name].write(classes, NO_CHOICES).decode() == text


def test_label_studio_labels_carry_ids_codes_and_colours() -> None:
    view = read("label-studio", control="rectangle")
    labels = view.findall("RectangleLabels/Label")
    assert [each.get("value") for each in labels] == LEAVES
    assert labels[0].attrib == {
        "value": "crane (bird)",
        "alias": iri("crane"),
        "category": "3",
        "background": "#AA0011",
        "hotkey": "c",
    }
    assert labels[2].get("hint") == "Hunts by day."
    assert view.find("Image").get("value") == "$image"


@pytest.mark.parametrize(
    ("structure", "path", "many"),
    [
        (Structure.SINGLE_LABEL, "Choices", "single"),
        (Structure.MULTI_LABEL, "Choices", "multiple"),
        (Structure.SEQUENCE, "Labels", None),
    ],
)
def test_label_studio_asks_as_the_structure_has_it(
    structure: Structure, path: str, many: str | None
) -> None:
    control = read("label-studio", structure).find(path)
    assert control.get("choice") == many


def test_a_kind_of_labeling_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidValue, match="rectangle"):
        read("label-studio", control="lasso")


def test_the_nested_control_holds_the_tree() -> None:
    view = read("label-studio", control="taxonomy")
    animal, machine = view.findall("Taxonomy/Choice")
    assert [each.get("alias") for each in animal.iter("Choice")].count(iri("drone")) == 1
    assert [each.get("alias") for each in machine] == [iri("crane2"), iri("drone")]


def flat(items: list[dict[str, Any]], path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """The aliases below each path of aliases, of the whole tree."""
    found = {path: [each["alias"] for each in items]}
    for each in items:
        if "children" in each:
            found |= flat(each["children"], (*path, each["alias"]))
    return found


def test_level_by_level_the_tree_is_the_same() -> None:
    classes = listed()
    whole = flat(json.loads(label_studio_taxonomy.whole(classes, NO_CHOICES))["items"])

    def walked(path: tuple[str, ...]) -> dict[tuple[str, ...], Any]:
        items = json.loads(label_studio_taxonomy.level(classes, path))["items"]
        found = {path: [each["alias"] for each in items]}
        for each in items:
            if not each["isLeaf"]:
                found |= walked((*path, each["alias"]))
        return found

    assert walked(()) == whole
    assert len(whole) == 5  # the root, animal, bird, mammal, machine


def test_a_path_may_be_named_by_labels_and_must_be_there() -> None:
    classes = listed()
    below = json.loads(label_studio_taxonomy.level(classes, ("animal", "bird")))["items"]
    assert {each["value"] for each in below} == {"crane (bird)", "hawk", "drone"}
    with pytest.raises(UnknownClass):
        label_studio_taxonomy.level(classes, ("animal", "machine"))


def test_coco_ids_are_the_codes() -> None:
    categories = read("coco")["categories"]
    assert [each["id"] for each in categories] == [3, 6, 7, 90, 91]
    assert categories[0] == {
        "id": 3,
        "name": "crane (bird)",
        "supercategory": "bird",
        "color": [170, 0, 17],
        "iri": iri("crane"),
    }


def test_yolo_names_are_by_index_with_our_table_beside() -> None:
    data = read("yolo")
    assert data["names"] == dict(enumerate(LEAVES))
    assert data["nc"] == len(LEAVES)
    assert data["cladist"]["classes"][3] == {"index": 3, "code": 90, "id": iri("crane2")}


def test_datumaro_knows_what_excludes_what() -> None:
    label = read("datumaro")["categories"]["label"]
    assert label["label_groups"] == [{"name": "farm", "group_type": "exclusive", "labels": LEAVES}]
    assert read("datumaro", Structure.MULTI_LABEL)["categories"]["label"]["label_groups"] == []
    assert "groups-partial" in told("datumaro", Structure.MULTI_LABEL)
    assert "groups-partial" not in told("datumaro")


@pytest.mark.parametrize(
    ("structure", "feature"),
    [
        (Structure.SINGLE_LABEL, {"label": {"names": LEAVES, "_type": "ClassLabel"}}),
        (
            Structure.MULTI_LABEL,
            {"labels": {"feature": {"names": LEAVES, "_type": "ClassLabel"}, "_type": "List"}},
        ),
    ],
)
def test_features_follow_the_structure(structure: Structure, feature: Any) -> None:
    assert read("hf-features", structure) == feature
    assert read("hf-parquet", structure) == {"info": {"features": feature}}


def test_a_model_gets_both_ways_between_numbers_and_names() -> None:
    model = read("hf-model", Structure.MULTI_LABEL)
    assert model["problem_type"] == "multi_label_classification"
    assert {model["id2label"][str(place)]: place for place in range(5)} == model["label2id"]


def test_names_of_a_tree_come_once() -> None:
    names: list[str] = []

    def walk(node: Any) -> None:
        names.append(node["name"])
        for each in node.get("values", ()):
            walk(each)

    walk(read("fiftyone")["root"])
    assert len(names) == len(set(names)) == 10
    assert "one-parent" in told("fiftyone")


def test_options_of_questions_have_ids_as_values() -> None:
    settings = read("argilla")["questions"][0]["settings"]
    assert settings["type"] == "label_selection"
    assert settings["options"][0] == {"value": iri("crane"), "text": "crane (bird)"}
    options = read("labelbox")["classifications"][0]["options"]
    assert [each["value"] for each in options] == [iri("animal"), iri("machine")]


def test_a_list_that_would_break_is_refused() -> None:
    assert read("prodigy") == "".join(f"{each}\n" for each in LEAVES)
    classes = class_list(state(classes=[a("x", 1, label="cats, dogs")], groups=()))
    with pytest.raises(InvalidValue, match="cats, dogs"):
        BY_NAME["prodigy"].write(classes, NO_CHOICES)


def test_tags_say_what_may_follow() -> None:
    found = read("tags", Structure.SEQUENCE, scheme="BIOES")
    tags = found["tags"]
    assert len(tags) == 1 + 4 * len(LEAVES)
    follows = {
        (tags[place], tags[each]) for place, row in enumerate(found["follows"]) for each in row
    }
    assert ("B-cat", "E-cat") in follows
    assert ("B-cat", "O") not in follows
    assert ("S-cat", "B-hawk") in follows
    assert {tags[each][0] for each in found["begins"]} == {"O", "B", "S"}
    assert {tags[each][0] for each in found["ends"]} == {"O", "E", "S"}


def test_synonyms_become_patterns() -> None:
    lines = [json.loads(each) for each in read("spacy-patterns").splitlines()]
    assert {each["pattern"] for each in lines if each["id"] == iri("cat")} == {"cat", "moggy"}


def test_what_a_format_cannot_say_is_said() -> None:
    assert {"no-ids", "no-hierarchy", "no-exclusivity"} <= told("cvat")
    assert told("coco") == {"names-told-apart", "one-parent", "no-exclusivity"}
    assert "no-order" in told("spacy", Structure.ORDINAL)

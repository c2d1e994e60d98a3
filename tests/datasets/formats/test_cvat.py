"""CVAT XML 1.1: shapes, tracks, the list of labels, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cladist.datasets.plan import Plan
from cladist.datasets.records import Reading
from cladist.model.errors import UnknownLabels, UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.trees import (
    MERGED,
    REMOVE,
    RENAMED,
    RETIRED,
    SAME,
    SPLIT,
    Texts,
    carried,
    made,
    migrated,
    texts,
)

JOINED = zoo.street().then(zoo.merge(["car", "truck", "bus"], zoo.a("motor", 91))).plan()
BOX = 'xtl="2" ytl="2" xbr="9" ybr="9"'


def attribute(name: str, kind: str = "select", values: str = "a\nb") -> str:
    """The specification of an attribute."""
    return (
        f"\n<attribute><name>{name}</name><input_type>{kind}</input_type>"
        f"<values>{values}</values></attribute>"
    )


def listed(*labels: str) -> str:
    """A list of labels."""
    return "<labels>\n" + "".join(f"  <label>{each}</label>\n" for each in labels) + "</labels>"


def name(label: str, *attributes: str) -> str:
    """What the list says of a label."""
    inside = f"<attributes>{''.join(attributes)}</attributes>" if attributes else ""
    return f"<name>{label}</name><color>#102030</color>{inside}"


NAMES = ("person", "car", "truck", "bus", "vehicle", "sign")
LABELS = listed(*(name(each) for each in NAMES))


def document(inside: str, labels: str = LABELS) -> str:
    """A document."""
    return (
        f"<annotations><version>1.1</version><meta><task><name>t</name>{labels}</task></meta>"
        f"{inside}</annotations>"
    )


def image(*shapes: str, number: int = 5) -> str:
    """An image with shapes."""
    return f'<image id="{number}" name="a &amp; b.jpg" width="64">{"".join(shapes)}</image>'


def inside(text: str, tmp_path: Path, plan: Plan = MERGED, **how: object) -> str:
    """What follows the list of labels after a migration."""
    found = migrated(tmp_path, {"annotations.xml": document(text)}, plan, **how)
    return found["annotations.xml"].partition("</meta>")[2].removesuffix("</annotations>")


def labels_after(labels: str, plan: Plan, tmp_path: Path, shapes: str = "") -> str:
    """What a list of labels becomes."""
    found = migrated(tmp_path, {"annotations.xml": document(shapes, labels)}, plan)
    before, _, after = found["annotations.xml"].partition("<name>t</name>")
    assert before == "<annotations><version>1.1</version><meta><task>"
    return after.partition("</task></meta>")[0]


def test_all_kinds_of_shapes_follow(tmp_path: Path) -> None:
    shapes = (
        f'<box {BOX} label="car"></box>',
        "<polygon points='1,1;2,2;3,1' label = 'car'/>",
        '<polyline label="car" points="1,1;2,2"/>',
        '<points label="&#99;ar" points="1,1"/>',
        '<cuboid label="car" xtl1="1"/>',
        '<ellipse label="car" cx="1" cy="1" rx="1" ry="1"/>',
        '<mask label="car" rle="1, 2" left="0" top="0" width="1" height="3"/>',
        '<tag label="car" source="manual"><attribute name="label">car</attribute></tag>',
    )
    after = [each.replace('"car"', '"motor"').replace("'car'", '"motor"') for each in shapes]
    after[3] = after[3].replace("&#99;ar", "motor")
    assert inside(image(*shapes), tmp_path) == image(*after)


def test_a_track_has_one_label(tmp_path: Path) -> None:
    track = '<track id="7" label="truck"><box frame="0" label="truck"/><box frame="1"/></track>'
    assert inside(track, tmp_path) == track.replace('"truck"', '"motor"', 1)


def test_the_parts_of_a_skeleton_have_labels_of_their_own(tmp_path: Path) -> None:
    skeleton = (
        '<skeleton label="car"><points label="head" points="1,1">'
        '<attribute name="size">9</attribute></points></skeleton>'
    )
    assert inside(image(skeleton), tmp_path) == image(skeleton.replace('"car"', '"motor"'))


def test_what_stands_in_other_attributes_is_let_alone(tmp_path: Path) -> None:
    box = f"""<box source=' label="car" > ' {BOX}\n label="car"/>"""
    after = box.replace('\n label="car"', '\n label="motor"')
    assert inside(image(box), tmp_path) == image(after)


def test_a_shape_goes_with_its_space_and_nothing_else(tmp_path: Path) -> None:
    sign, bus = f'<box label="sign" {BOX}/>', f'<box label="bus" {BOX}/>'
    tight = image(sign, bus, sign) + image(sign, number=6)
    wide = image("\n  ", sign, "\n  ", bus, "\n  ", sign, "\n")
    found = inside(tight + wide, tmp_path, RETIRED, policy=REMOVE)
    assert found == image(bus) + image(number=6) + image("\n  ", bus, "\n")


def test_shapes_and_tracks_are_decided_by_their_numbers(tmp_path: Path) -> None:
    box, track = '<box label="vehicle"/>', '<track id="3" label="vehicle"></track>'
    decided = "image 5#2\tvehicle\tvan\ntrack 3\tvehicle\ttram\n"
    found = inside(image(box, box) + track, tmp_path, SPLIT, decided=decided)
    after = (box, box.replace("vehicle", "van"))
    assert found == image(*after) + track.replace("vehicle", "tram")


def test_rules_see_what_a_shape_says(tmp_path: Path) -> None:
    conditions = [
        {"field": "attributes.wheels", "at-least": 4},
        {"field": "record.occluded", "is": 1},
        {"field": "geometry.area", "is": 49},
        {"field": "image.name", "is": "a & b.jpg"},
        {"field": "source", "is": "annotations.xml"},
    ]
    rule = {"name": "all", "when": {"all": conditions}, "to": "tram"}
    policy = {"splits": [{"class": "vehicle", "rules": [rule], "default": "van"}]}

    def box(label: str, wheels: int) -> str:
        said = f'<attribute name="wheels">{wheels}</attribute>'
        return f'<box label="{label}" occluded="1" {BOX}>{said}</box>'

    found = inside(image(box("vehicle", 4), box("vehicle", 3)), tmp_path, SPLIT, policy=policy)
    assert found == image(box("tram", 4), box("van", 3))


def test_identical_shapes_are_told_of_after_a_merge(tmp_path: Path) -> None:
    shapes = (
        f'<box label="car" {BOX} z_order="0"/>',
        f'<box label="truck" {BOX} z_order="1"/>',
        '<skeleton label="car" z_order="0"/>',
        '<skeleton label="truck" z_order="0"/>',
        '<tag label="car"/><tag label="truck"/>',
    )
    root = made(tmp_path / "street", {"annotations.xml": document(image(*shapes))})
    _, report = carried(root, MERGED)
    assert [each.records for each in report.findings] == [("image 5#2",)]


def test_the_list_changes_only_where_labels_do(tmp_path: Path) -> None:
    before = (
        "<labels>\n\n  <!-- people -->\n  <label>\n    <name>person</name>\n    <color/>\n"
        "    <type>any</type>\n  </label><label><name><![CDATA[bus]]></name></label>\n</labels>"
    )
    after = before.replace("<name>person", "<name>pedestrian")
    assert labels_after(before, RENAMED, tmp_path) == after
    assert labels_after(before, SAME, tmp_path / "same") == before


def test_labels_that_merge_bring_their_attributes_together(tmp_path: Path) -> None:
    before = listed(
        name("car", attribute("colour", values="red\ngreen"), attribute("size", "number", "1\n9")),
        name("sign"),
        name("truck", attribute("size", "number", "5\n7"), attribute("load")),
        name("bus", attribute("colour", values="green\nblue"), attribute("load", values="b\nc")),
    )
    after = listed(
        name(
            "motor",
            attribute("colour", values="red\ngreen\nblue"),
            attribute("size", "number", "1\n9"),
            attribute("load", values="a\nb\nc"),
        ),
        name("sign"),
    )
    assert labels_after(before, JOINED, tmp_path) == after


@pytest.mark.parametrize(
    "empty", ["", "<attributes/>", "<attributes></attributes>", "<attributes>\n</attributes>"]
)
def test_a_label_without_attributes_gets_those_of_others(empty: str, tmp_path: Path) -> None:
    before = listed(name("car") + empty, name("truck", attribute("load")))
    found = labels_after(before, MERGED, tmp_path)
    assert found.count("<attributes>") == found.count("</attributes>") == 1
    assert attribute("load") in found
    assert "<name>motor</name>" in found
    assert "truck" not in found


def test_parts_of_skeletons_follow_in_the_list(tmp_path: Path) -> None:
    part = "<name>head</name><parent>person</parent>"
    other = "<name>head</name><parent>bus</parent>"
    before = listed(name("person"), part, name("bus"), other)
    after = listed(name("pedestrian"), part.replace("person", "pedestrian"), name("bus"), other)
    assert labels_after(before, RENAMED, tmp_path) == after


def test_a_split_label_is_listed_for_each_part(tmp_path: Path) -> None:
    before = listed(name("vehicle", attribute("load")), name("bus"))
    shapes = image('<tag label="vehicle"/>')
    found = labels_after(before, SPLIT, tmp_path, shapes)
    assert found == before  # nobody decided
    found = labels_after(before, SPLIT, tmp_path / "unused")
    assert found == listed(
        name("tram", attribute("load")), name("van", attribute("load")), name("bus")
    )


def test_several_documents_have_lists_and_records_of_their_own(tmp_path: Path) -> None:
    files: Texts = {
        "1/annotations.xml": document(image('<tag label="car"/>'), listed(name("car"))),
        "2/annotations.xml": document(
            image('<tag label="vehicle"/>'), listed(name("truck"), name("vehicle"))
        ),
    }
    history = zoo.street().then(
        zoo.merge(["car", "truck"], zoo.a("motor", 91)),
        zoo.split("vehicle", zoo.a("van", 92), zoo.a("tram", 93)),
    )
    decided = "2/annotations.xml image 5#1\tvehicle\ttram\n"
    found = migrated(tmp_path, files, history.plan(), decided=decided)
    assert found == {
        "1/annotations.xml": document(image('<tag label="motor"/>'), listed(name("motor"))),
        "2/annotations.xml": document(
            image('<tag label="tram"/>'), listed(name("motor"), name("tram"))
        ),
    }


def test_a_document_longer_than_a_block(tmp_path: Path) -> None:
    shapes = [f'\n <box label="{each}" {BOX}>é</box>' for each in (*NAMES, "sign", "car")]
    track = f'<track id="1" label="sign">\n{shapes[0]}</track>'
    numbers = range(5, 4_000)
    text = "".join(image(*shapes, number=each) + track for each in numbers)
    assert len(text) > 2 * 2**20
    found = inside(text, tmp_path, RETIRED, policy=REMOVE)
    kept = [each for each in shapes if '"sign"' not in each]
    assert found == "".join(image(*kept, number=each) for each in numbers)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (document(image("<box/>")), "image 5#1 has no label"),
        (document('<track id="3"></track>'), "track 3 has no label"),
        (document(image("<box label='car'>")), r"annotations\.xml is broken: mismatched tag"),
        (document(image())[:-5], r"annotations\.xml is broken: (no element|unclosed token)"),
        (f"<!DOCTYPE annotations>{document(image())}", "document type declaration"),
        ("<annotations><version>1.1</version></annotations>", "no list of labels in front"),
    ],
)
def test_what_is_refused(text: str, message: str, tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"annotations.xml": text})
    with pytest.raises(UnreadableInput, match=message):
        carried(root, MERGED, reading=Reading(format="cvat"))
    assert texts(root) == {"annotations.xml": text}
    assert not list((tmp_path / "output").glob("*"))


def test_a_label_that_the_list_lacks_is_unknown(tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"annotations.xml": document(image('<tag label="cat"/>'))})
    with pytest.raises(UnknownLabels, match="cat"):
        carried(root, MERGED)

"""Pascal VOC: names in XML, the lists of classes, and what is refused."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cladist.datasets.records import Reading
from cladist.datasets.transfer import Order, survey, transfer
from cladist.model.errors import UnreadableInput
from tests.datasets.formats.trees import (
    MERGED,
    REMOVE,
    RETIRED,
    SAME,
    SPLIT,
    carried,
    made,
    migrated,
    texts,
)

DECIDED = "Annotations/1.xml#1\tvehicle\tvan\nAnnotations/1.xml#2\tvehicle\ttram\n"


def thing(name: str, inside: str = "", left: int = 2) -> str:
    """An object with a box."""
    return (
        f"<object><name>{name}</name>{inside}<bndbox><xmin>{left}</xmin><ymin>2</ymin>"
        "<xmax>9</xmax><ymax>9</ymax></bndbox></object>"
    )


def picture(*things: str) -> str:
    """An annotation."""
    return f"<annotation><filename>1.jpg</filename>{''.join(things)}</annotation>"


def one(text: str | bytes, tmp_path: Path) -> bytes:
    """What a single annotation becomes by the merge of car and truck."""
    source, output = tmp_path / "1.xml", tmp_path / "output.xml"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    transfer(Order(source=source, plan=MERGED), output)
    return output.read_bytes()


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("car", "motor"),
        ("\n  car\t", "motor"),
        ("c&#97;r", "motor"),
        ("<![CDATA[car]]>", "motor"),
        ("bus", "bus"),
        ("<![CDATA[bus]]>", "<![CDATA[bus]]>"),
    ],
)
def test_a_name_in_whatever_way_it_is_written(name: str, after: str, tmp_path: Path) -> None:
    text = (
        "\ufeff<?xml version='1.0'?>\r\n<!-- car > bus -->\r\n<annotation>\r\n\t<folder>a &gt; b"
        f"</folder><object><name >{name}</name\n>\r\n<pose  x='>'>car</pose></object></annotation>"
    )
    expected = text.replace(f"<name >{name}<", f"<name >{after}<")
    assert one(text, tmp_path).decode() == expected


def test_a_declared_encoding_is_kept(tmp_path: Path) -> None:
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    text = f"{head}<annotation><folder>Straße</folder>{thing('truck')}</annotation>"
    expected = text.replace("truck", "motor").encode("latin-1")
    assert one(text.encode("latin-1"), tmp_path) == expected


def test_names_of_attributes_are_no_names_of_objects(tmp_path: Path) -> None:
    attributes = (
        "<attributes><attribute><name>bus</name><value>car</value></attribute></attributes>"
    )
    text = f"<annotation><object>{attributes}<name>car</name></object></annotation>"
    expected = text.replace("<name>car", "<name>motor")
    assert one(text, tmp_path).decode() == expected


def test_an_object_goes_with_its_space_and_its_parts(tmp_path: Path) -> None:
    part = "<part><name>person</name></part>"
    text = f"<annotation>\n\t{thing('sign', part)}\n\t{thing('car', part)}\n</annotation>"
    files = {"Annotations/1.xml": text}
    found = migrated(tmp_path, files, RETIRED, policy=REMOVE)
    assert found["Annotations/1.xml"] == f"<annotation>\n\t{thing('car', part)}\n</annotation>"


def test_elements_without_space_between_them(tmp_path: Path) -> None:
    text = picture(thing("sign"), thing("sign", "<x/>"), thing("bus", "<x/>"))
    found = migrated(tmp_path, {"Annotations/1.xml": text}, RETIRED, policy=REMOVE)
    assert found["Annotations/1.xml"] == picture(thing("bus", "<x/>"))


def test_objects_and_parts_are_decided_by_their_numbers(tmp_path: Path) -> None:
    part = "<part><name>vehicle</name></part>"
    decided = "Annotations/1.xml#2\tvehicle\tvan\nAnnotations/1.xml#2.1\tvehicle\ttram\n"
    text = picture(thing("vehicle"), thing("vehicle", part))
    policy = {"residues": {"rest": None}, "splits": [{"class": "vehicle", "default": "rest"}]}
    found = migrated(tmp_path, {"Annotations/1.xml": text}, SPLIT, decided=decided, policy=policy)
    after = picture(thing("rest"), thing("van", part.replace("vehicle", "tram")))
    assert found["Annotations/1.xml"] == after


def test_rules_see_what_an_object_says(tmp_path: Path) -> None:
    conditions = [
        {"field": "attributes.truncated", "is": 1},
        {"field": "attributes.wheels", "at-least": 4},
        {"field": "geometry.width", "is": 7},
        {"field": "geometry.area", "is": 49},
        {"field": "image.name", "ends-with": "1.jpg"},
        {"field": "source", "is": "Annotations/1.xml"},
    ]
    rule = {"name": "all", "when": {"all": conditions}, "to": "tram"}
    policy = {"splits": [{"class": "vehicle", "rules": [rule], "default": "van"}]}
    attributes = (
        "<attributes><attribute><name>wheels</name><value>4</value></attribute></attributes>"
    )
    inside = f"<truncated>1</truncated>{attributes}"
    text = picture(thing("vehicle", inside), thing("vehicle", inside, left=3))
    found = migrated(tmp_path, {"Annotations/1.xml": text}, SPLIT, policy=policy)
    after = picture(thing("tram", inside), thing("van", inside, left=3))
    assert found["Annotations/1.xml"] == after


def test_identical_boxes_are_told_of_after_a_merge(tmp_path: Path) -> None:
    text = picture(thing("car"), thing("truck", "<pose>left</pose>"), thing("truck", left=3))
    root = made(tmp_path / "street", {"Annotations/1.xml": text})
    _, report = carried(root, MERGED)
    assert [each.records for each in report.findings] == [("Annotations/1.xml#2",)]


LISTED = {
    "VOC2007/Annotations/1.xml": picture(thing("car"), thing("bus")),
    "VOC2007/Annotations/2.xml": picture(thing("truck", "<difficult>1</difficult>")),
    "VOC2007/Annotations/3.xml": picture(thing("bus")),
    "VOC2007/ImageSets/Main/train.txt": "1\n2\n3\n",
    "VOC2007/ImageSets/Main/car_train.txt": "1  1\n2 -1\n3 -1\n",
    "VOC2007/ImageSets/Main/truck_train.txt": "1 -1\n2  0\n3 -1\n",
    "VOC2007/ImageSets/Main/bus_train.txt": "1 1\n2 -1\n3 1\n",
    "VOC2007/ImageSets/Main/notes_train.txt": "car is what drives\n",
    "VOC2012/Annotations/1.xml": picture(thing("truck")),
    "VOC2012/ImageSets/Main/bus_train.txt": "1 -1\n",
}


def test_lists_of_merged_classes_become_one(tmp_path: Path) -> None:
    found = migrated(tmp_path, LISTED, MERGED)
    assert found["VOC2007/ImageSets/Main/motor_train.txt"] == "1  1\n2  0\n3 -1\n"
    gone = {f"VOC2007/ImageSets/Main/{name}_train.txt" for name in ("car", "truck")}
    assert set(LISTED) - set(found) == gone
    same = {path for path, text in LISTED.items() if found.get(path) == text}
    assert {path for path in LISTED if not path.endswith(".xml")} - gone <= same


def test_nothing_changes(tmp_path: Path) -> None:
    assert migrated(tmp_path, LISTED, SAME) == LISTED


def test_the_list_of_a_split_class_becomes_several(tmp_path: Path) -> None:
    files = {
        "Annotations/1.xml": picture(thing("vehicle"), thing("vehicle")),
        "Annotations/2.xml": picture(thing("sign")),
        "ImageSets/Main/vehicle_val.txt": "1 1\n2 -1\n",
    }
    found = migrated(tmp_path, files, SPLIT, decided=DECIDED)
    assert found["ImageSets/Main/van_val.txt"] == found["ImageSets/Main/tram_val.txt"]
    assert found["ImageSets/Main/van_val.txt"] == "1  1\n2 -1\n"
    assert "ImageSets/Main/vehicle_val.txt" not in found


def test_what_waits_for_review_stays_in_the_list_of_its_class(tmp_path: Path) -> None:
    files = {
        "Annotations/1.xml": picture(thing("vehicle"), thing("vehicle")),
        "ImageSets/Main/vehicle_val.txt": "1 1\n",
    }
    found = migrated(tmp_path, files, SPLIT, decided=DECIDED.splitlines(keepends=True)[0])
    assert found["ImageSets/Main/vehicle_val.txt"] == "1  1\n"
    assert found["ImageSets/Main/van_val.txt"] == "1  1\n"


def test_the_list_of_a_retired_class_goes(tmp_path: Path) -> None:
    files = {
        "Annotations/1.xml": picture(thing("sign")),
        "ImageSets/Main/sign_val.txt": "1 1\n",
        "ImageSets/Main/bus_val.txt": "1 -1\n",
    }
    found = migrated(tmp_path, files, RETIRED, policy=REMOVE)
    assert set(found) == {"Annotations/1.xml", "ImageSets/Main/bus_val.txt"}


def test_pictures_without_annotation_follow_the_lists(tmp_path: Path) -> None:
    """A merged class is negative only where all its sources are."""
    files = {
        "Annotations/1.xml": picture(thing("bus")),
        "ImageSets/Main/car_val.txt": "1 -1\n2 1\n3 0\n4 -1\n5 -1\n",
        "ImageSets/Main/truck_val.txt": "1 -1\n2 -1\n3 -1\n4 -1\n",
    }
    found = migrated(tmp_path, files, MERGED)
    assert found["ImageSets/Main/motor_val.txt"] == "1 -1\n2  1\n3  0\n4 -1\n"


def test_a_picture_without_annotation_that_shows_a_split_class(tmp_path: Path) -> None:
    files = {
        "Annotations/1.xml": picture(thing("vehicle"), thing("vehicle")),
        "ImageSets/Main/vehicle_val.txt": "1 1\n2 -1\n3 1\n",
    }
    root = made(tmp_path / "street", files)
    with pytest.raises(UnreadableInput, match=r"vehicle_val\.txt says that 3 shows “vehicle”"):
        carried(root, SPLIT, decided=DECIDED)


def test_masks_are_read_where_it_is_told_which_numbers_are_none(tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"Annotations/1.xml": picture(thing("car"))})
    image = Image.new("P", (4, 1))
    image.putpalette(bytes(range(256)) * 3)
    image.putdata([0, 3, 8, 255])
    stream = BytesIO()
    image.save(stream, "png")
    (root / "SegmentationClass").mkdir()
    (root / "SegmentationClass" / "1.png").write_bytes(stream.getvalue())
    order = Order(source=root, plan=MERGED)
    with pytest.raises(UnreadableInput, match="what the numbers in SegmentationClass mean"):
        survey(order)
    output = tmp_path / "output"
    told = Order(source=root, plan=MERGED, reading=Reading(ignore=(0, 255)))
    report = transfer(told, output)
    assert report.labels == 3
    with Image.open(output / "SegmentationClass" / "1.png") as changed:
        assert changed.mode == "P"
        assert changed.tobytes() == bytes([0, 91, 91, 255])
    assert "<name>motor</name>" in texts(output / "Annotations")["1.xml"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!DOCTYPE annotation [<!ENTITY a 'car'>]><annotation/>", "document type declaration"),
        ("<annotation><object></annotation>", "is broken: mismatched tag.*line 1, column 23"),
        (f"<annotation>{thing('car')}", "is broken: no element found"),
        ("<annotation><object><pose>left</pose></object></annotation>", "1.xml#1 has no name"),
        ("<annotation><object><name/></object></annotation>", "1.xml#1 has no name"),
        ("<annotation>" + "<a>" * 200, "more than 100 deep"),
    ],
)
def test_what_is_refused(text: str, message: str, tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"Annotations/1.xml": text})
    with pytest.raises(UnreadableInput, match=message):
        carried(root, MERGED)
    assert not list((tmp_path / "output").glob("*"))


def test_other_bytes_than_those_of_letters_are_refused(tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"Annotations/1.xml": picture(thing("car"))})
    (root / "Annotations" / "2.xml").write_bytes(picture(thing("car")).encode("utf-16"))
    with pytest.raises(UnreadableInput, match=r"2\.xml is in UTF-16"):
        survey(Order(source=root, plan=MERGED))

"""YOLO: numbers and names change together, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from cladist.datasets.detecting import opened
from cladist.datasets.records import Reading
from cladist.model.errors import UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.trees import (
    MERGED,
    RENAMED,
    RETIRED,
    SAME,
    SPLIT,
    carried,
    made,
    migrated,
    texts,
)

TABLE = "names:\n  0: car\n  1: sign\n  2: truck\n  3: bus\n"
BOX = "0.5 0.5 0.25 0.125"


def names_after(table: str, tmp_path: Path) -> str:
    """A table of car, sign, truck and bus after the merge of car and truck."""
    files = {"data.yaml": table, "labels/a.txt": f"0 {BOX}\n1 {BOX}\n2 {BOX}\n3 {BOX}\n"}
    found = migrated(tmp_path, files, MERGED)
    assert [line[0] for line in found["labels/a.txt"].splitlines()] == list("0102")
    document = yaml.safe_load(found["data.yaml"])
    names = document["names"]
    assert list(names.values() if isinstance(names, dict) else names) == ["motor", "sign", "bus"]
    if isinstance(names, dict):
        assert sorted(map(int, names)) == [0, 1, 2]
    assert document.get("nc", 3) == 3
    return found["data.yaml"]


def test_every_line_still_means_what_it_meant(tmp_path: Path) -> None:
    """The case of a reordered table: a label of a class that nothing happened to gets its number
    anew together with the names."""
    files = {"data.yaml": TABLE, "labels/a.txt": f"3 {BOX}\n", "labels/b.txt": f"1 {BOX}\n0 {BOX}"}
    found = migrated(tmp_path, files, MERGED)
    assert yaml.safe_load(found["data.yaml"])["names"] == {0: "motor", 1: "sign", 2: "bus"}
    assert found["labels/a.txt"] == f"2 {BOX}\n"
    assert found["labels/b.txt"] == f"1 {BOX}\n0 {BOX}"


def test_lines_keep_their_numbers_spaces_and_ends(tmp_path: Path) -> None:
    lines = (
        f"2 {BOX}\r\n\r\n"
        "  3\t0.1 0.1 0.9 .1 5e-1 0.90 \n"  # a polygon
        f"2 {BOX} 0.875\n"  # with how sure it was
        "0 0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9"  # an oriented box
    )
    found = migrated(tmp_path, {"data.yaml": TABLE, "labels/a.txt": lines}, MERGED)
    changed = lines.replace("2 0.5", "0 0.5").replace("  3\t", "  2\t")
    assert found["labels/a.txt"] == changed


def test_empty_files_stay_and_caches_go_when_labels_change(tmp_path: Path) -> None:
    files = {
        "data.yaml": TABLE,
        "labels/empty.txt": "",
        "labels/a.txt": f"2 {BOX}\n",
        "labels.cache": "old",
        "images/a.jpg": "picture",
    }
    assert set(files) - set(migrated(tmp_path / "1", files, MERGED)) == {"labels.cache"}
    assert migrated(tmp_path / "2", files, SAME) == files


def test_a_label_that_goes_takes_its_line(tmp_path: Path) -> None:
    files = {"data.yaml": TABLE, "labels/a.txt": f"1 {BOX}\n3 {BOX}\n1 {BOX}"}
    found = migrated(tmp_path, files, RETIRED, policy={"retired": "remove"})
    assert found["labels/a.txt"] == f"2 {BOX}\n"
    assert yaml.safe_load(found["data.yaml"])["names"] == {0: "car", 1: "truck", 2: "bus"}


def test_names_in_lines_keep_their_comments_and_quotes(tmp_path: Path) -> None:
    assert names_after(
        "# streets\r\npath: ../here  # or there\r\nnc: 4 # of them\r\nnames: # all\r\n"
        '  0: "car" # red\r\n  # no trucks\r\n  1: sign # of all kinds\r\n'
        "  2: 'truck'\r\n\r\n  # the last\r\n  '3': bus # yellow\r\ntrain: images\r\n",
        tmp_path,
    ) == (
        "# streets\r\npath: ../here  # or there\r\nnc: 3 # of them\r\nnames: # all\r\n"
        '  0: "motor" # red\r\n  # no trucks\r\n  1: sign # of all kinds\r\n'
        "\r\n  # the last\r\n  '2': bus # yellow\r\ntrain: images\r\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("names: [car, 'sign', \"truck\", bus]\nnc: 4", "names: [motor, 'sign', bus]\nnc: 3"),
        (
            "names: ['car', 'sign', # two\n  'truck',\n  'bus',\n]\n",
            "names: ['motor', 'sign', # two\n  'bus',\n]\n",
        ),
        ("names: {0: car, 1: sign, '2': truck, 3: bus}", "names: {0: motor, 1: sign, 2: bus}"),
        ("names:\n- car\n- sign\n- truck\n- bus", "names:\n- motor\n- sign\n- bus"),
        (
            "names:\n  3: bus\n  0: car\n  1: sign\n  2: truck\nx: y\n",
            "names:\n  0: motor\n  1: sign\n  2: bus\nx: y\n",
        ),
    ],
)
def test_names_keep_their_style(before: str, after: str, tmp_path: Path) -> None:
    assert names_after(before, tmp_path) == after


def test_a_name_that_yaml_would_misread_is_quoted(tmp_path: Path) -> None:
    plan = zoo.street().then(zoo.rename("car", "no"), zoo.rename("sign", "it's: 1")).plan()
    files = {"data.yaml": TABLE, "labels/a.txt": f"0 {BOX}\n"}
    found = migrated(tmp_path, files, plan)["data.yaml"]
    assert found == "names:\n  0: 'no'\n  1: 'it''s: 1'\n  2: truck\n  3: bus\n"
    assert yaml.safe_load(found)["names"][1] == "it's: 1"


def test_a_name_that_yaml_misreads_is_taken_as_it_is_written(tmp_path: Path) -> None:
    history = zoo.History(zoo.taxonomy_of(zoo.a("no", 1), zoo.a("on", 2)))
    files = {"data.yaml": "names: [no, on]\n", "labels/a.txt": f"1 {BOX}\n"}
    found = migrated(tmp_path, files, history.then(zoo.rename("on", "off")).plan())
    assert found["data.yaml"] == "names: [no, 'off']\n"


def test_a_split_class_gets_a_line_for_each_part(tmp_path: Path) -> None:
    files = {
        "data.yaml": "names:\n  # moves\n  0: vehicle # any\n  1: sign\n",
        "labels/a.txt": f"0 {BOX}\n0 {BOX}\n1 {BOX}\n0 {BOX}\n",
    }
    decided = "labels/a.txt:1\tvehicle\ttram\nlabels/a.txt:2\tvehicle\tvan\n"
    found = migrated(tmp_path, files, SPLIT, decided=decided)
    assert found["data.yaml"] == (
        "names:\n  # moves\n  0: tram # any\n  1: van # any\n  2: vehicle # any\n  3: sign\n"
    )
    assert [line[0] for line in found["labels/a.txt"].splitlines()] == list("0132")


def test_all_files_that_name_the_classes_follow(tmp_path: Path) -> None:
    categories = [{"id": place, "name": name} for place, name in enumerate(("car", "truck"))]
    notes = json.dumps({"categories": categories, "info": {"year": 2024}}, indent=2)
    found = migrated(
        tmp_path,
        {
            "classes.txt": "car\r\ntruck\r\n",
            "notes.json": notes,
            "labels/a.txt": f"1 {BOX}\n",
            "labels/classes.txt": "\ufeffcar\ntruck",
        },
        MERGED,
    )
    assert found["classes.txt"] == "motor\r\n"
    assert found["labels/classes.txt"] == "\ufeffmotor"
    assert json.loads(found["notes.json"]) == {
        "categories": [{"id": 0, "name": "motor"}],
        "info": {"year": 2024},
    }
    assert found["labels/a.txt"] == f"0 {BOX}\n"


def test_the_layout_of_darknet(tmp_path: Path) -> None:
    files = {
        "obj.data": "classes = 3\nnames = data/obj.names\n",
        "obj.names": "car\ntruck\nbus\n",
        "train.txt": "data/obj_train_data/a.jpg\n",
        "obj_train_data/a.jpg": "picture",
        "obj_train_data/a.txt": f"2 {BOX}\n1 {BOX}\n",
    }
    found = migrated(tmp_path, files, MERGED)
    assert found == {
        **files,
        "obj.data": "classes = 2\nnames = data/obj.names\n",
        "obj.names": "motor\nbus\n",
        "obj_train_data/a.txt": f"1 {BOX}\n0 {BOX}\n",
    }


def test_rules_see_the_box_of_a_pose_and_not_its_points(tmp_path: Path) -> None:
    low = {"field": "geometry.height", "at-most": 0.2}
    rule = {"name": "low", "when": low, "to": "tram"}
    policy = {"splits": [{"class": "vehicle", "rules": [rule], "default": "van"}]}
    files = {"labels/a.txt": f"0 {BOX} 0.1 0.1 2 0.9 0.9 2\n"}
    now = {}
    for kind, table in (("pose", "kpt_shape: [2, 3]\n"), ("polygon", "")):
        files["data.yaml"] = f"{table}names: [vehicle]\n"
        now[kind] = migrated(tmp_path / kind, files, SPLIT, policy=policy)["data.yaml"]
    assert now == {"pose": "kpt_shape: [2, 3]\nnames: [tram]\n", "polygon": "names: [van]\n"}


def test_identical_boxes_are_told_of_after_a_merge(tmp_path: Path) -> None:
    files = {"data.yaml": TABLE, "labels/a.txt": f"0 {BOX}\n2 {BOX}\n3 {BOX}\n"}
    _, report = carried(made(tmp_path / "street", files), MERGED)
    assert [(each.count, each.records) for each in report.findings] == [(1, ("labels/a.txt:2",))]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"labels/a.txt": f"0 {BOX}\n4 {BOX}\n"}, r"a\.txt has class 4.*0 to 3.*line 2"),
        ({"labels/a.txt": f"0 {BOX}\n", "labels/b.txt": "1 0.5 x 1 1\n"}, r"b\.txt.*line 1"),
        ({"labels/a.txt": f"0 {BOX}\n-1 {BOX}\n"}, r"a\.txt.*line 2"),
        ({"labels/a.txt": f"0 {BOX}\n0 0.5 0.5\n"}, r"a\.txt.*line 2"),
        ({"labels/a.txt": f"0 {BOX}\n{'9' * 5000} {BOX}\n"}, r"a\.txt.*line 2"),
        ({"data.yaml": "names: [car\n"}, r"data\.yaml is no YAML.*line 2"),
        ({"data.yaml": "names: {0: car, 2: bus}\n"}, r"0 to 1 without gaps"),
        ({"data.yaml": "names: {x: car}\n"}, r"“x”.*no number"),
        ({"data.yaml": "names: [car, [bus]]\n"}, r"text in its own place"),
        ({"data.yaml": "names: [car, bus]\nnc: 3\n"}, r"nc: 3, and “names” has 2"),
        ({"data.yaml": "names: " + "[" * 5000}, r"nested too deeply"),
        ({"classes.txt": "car\nbus\n"}, r"data\.yaml and classes\.txt do not name the same"),
        ({"obj.data": "classes=5\n"}, r"obj\.data counts 5 classes.*names 4"),
    ],
)
def test_what_is_refused(files: dict[str, str], message: str, tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"data.yaml": TABLE, "labels/z.txt": f"0 {BOX}\n", **files})
    before = texts(root)
    with pytest.raises(UnreadableInput, match=f"(?s){message}"):
        carried(root, MERGED)
    assert texts(root) == before
    assert not list((tmp_path / "output").glob("*"))


def test_a_table_without_label_files_is_no_dataset(tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"data.yaml": TABLE, "images/a.jpg": "picture"})
    with pytest.raises(UnreadableInput, match="no label files"):
        opened(root, Reading(format="yolo"))
    with pytest.raises(UnreadableInput, match="no format that Cladist knows"):
        opened(root, Reading())


def test_a_class_is_renamed_in_place(tmp_path: Path) -> None:
    files = {"data.yaml": "names: [person, car]  # two\n", "labels/a.txt": f"0 {BOX}\n"}
    found = migrated(tmp_path, files, RENAMED)
    assert found == {**files, "data.yaml": "names: [pedestrian, car]  # two\n"}


@pytest.mark.parametrize("table", ["names: [sign]\n", "names:\n  0: sign\nx: y\n"])
def test_a_table_may_be_left_empty(table: str, tmp_path: Path) -> None:
    files = {"data.yaml": table, "labels/a.txt": f"0 {BOX}\n"}
    found = migrated(tmp_path, files, RETIRED, policy={"retired": "remove"})
    assert yaml.safe_load(found["data.yaml"])["names"] == []
    assert found["labels/a.txt"] == ""

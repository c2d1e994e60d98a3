"""Folders of images: pictures move to the folder of their class, and none is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from cladist.datasets.detecting import opened
from cladist.datasets.records import Reading
from cladist.model.errors import UnknownLabels, UnreadableInput
from tests.datasets import zoo
from tests.datasets.formats.trees import (
    MERGED,
    REMOVE,
    RETIRED,
    SAME,
    SPLIT,
    Texts,
    carried,
    made,
    migrated,
)

TOLD = Reading(format="imagefolder")


def test_pictures_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    files = {
        "car/1.jpg": "a red car",
        "car/1 (truck).jpg": "a blue car",
        "car/deep/2.jpg": "a car",
        "truck/1.jpg": "a truck",
        "truck/deep/2.jpg": "another truck",
        "truck/deep/3.jpg": "a third truck",
        "truck/notes.md": "on trucks",
        "bus/1.jpg": "a bus",
    }
    assert migrated(tmp_path, files, MERGED) == {
        "motor/1.jpg": "a red car",
        "motor/1 (truck).jpg": "a blue car",
        "motor/1 (truck-2).jpg": "a truck",
        "motor/deep/2.jpg": "a car",
        "motor/deep/2 (truck).jpg": "another truck",
        "motor/deep/3.jpg": "a third truck",
        "truck/notes.md": "on trucks",
        "bus/1.jpg": "a bus",
    }
    assert not (tmp_path / "output" / "street" / "car").exists()


def test_a_class_may_take_the_name_of_one_that_goes(tmp_path: Path) -> None:
    plan = zoo.street().then(zoo.rename("bus", "coach"), zoo.rename("car", "bus")).plan()
    files = {"bus/1.jpg": "a coach", "car/1.jpg": "a small bus", "sign/1.jpg": "a sign"}
    assert migrated(tmp_path, files, plan) == {
        "coach/1.jpg": "a coach",
        "bus/1.jpg": "a small bus",
        "sign/1.jpg": "a sign",
    }


def test_splits_stand_above_classes(tmp_path: Path) -> None:
    files = {
        "train/car/1.jpg": "a car",
        "val/truck/1.jpg": "a truck",
        "test/1.jpg": "nobody said what",
        "classes.txt": "car\n",
    }
    found = migrated(tmp_path, files, MERGED)
    assert found == {
        "train/motor/1.jpg": "a car",
        "val/motor/1.jpg": "a truck",
        "test/1.jpg": "nobody said what",
        "classes.txt": "car\n",
    }


def test_a_class_may_have_the_name_of_a_split(tmp_path: Path) -> None:
    history = zoo.History(zoo.taxonomy_of(zoo.a("train", 1), zoo.a("car", 2)))
    files = {"train/1.jpg": "a train", "car/1.jpg": "a car"}
    found = migrated(tmp_path, files, history.then(zoo.rename("train", "railway")).plan())
    assert found == {"railway/1.jpg": "a train", "car/1.jpg": "a car"}


def test_folders_may_be_notations(tmp_path: Path) -> None:
    """The names of synsets: a class with another label keeps its notation, and so its folder."""
    history = zoo.History(
        zoo.taxonomy_of(
            zoo.a("crane", 1, notation="n02012849"),
            zoo.a("digger", 2, notation="n03126707"),
            zoo.a("car", 3, notation="n02958343"),
        )
    )
    plan = history.then(
        zoo.rename("crane", "bird"), zoo.merge(["digger", "car"], zoo.a("x", 4, notation="n1"))
    ).plan()
    files = {"n02012849/1.jpg": "a", "n03126707/1.jpg": "b", "n02958343/1.jpg": "c"}
    assert migrated(tmp_path, files, plan) == {
        "n02012849/1.jpg": "a",
        "n1/1.jpg": "c",
        "n1/1 (n03126707).jpg": "b",
    }


def test_a_name_that_no_folder_can_have(tmp_path: Path) -> None:
    plan = zoo.street().then(zoo.rename("car", "../car"), zoo.rename("bus", "..")).plan()
    files = {"car/1.jpg": "a car", "bus/1.jpg": "a bus", "sign/1.jpg": "a sign"}
    assert set(migrated(tmp_path, files, plan)) == {".._car/1.jpg", "_../1.jpg", "sign/1.jpg"}


def test_pictures_whose_label_goes_are_left_out(tmp_path: Path) -> None:
    files = {"sign/1.jpg": "a sign", "bus/1.jpg": "a bus"}
    assert set(migrated(tmp_path, files, RETIRED, policy=REMOVE)) == {"bus/1.jpg"}


def test_pictures_are_decided_by_their_paths(tmp_path: Path) -> None:
    files = {f"val/vehicle/{number}.png": str(number) for number in range(1, 5)}
    files["val/bus/1.png"] = "a bus"
    rule = {"name": "named", "when": {"field": "image.name", "is": "2.png"}, "to": "tram"}
    policy = {
        "residues": {"unlabeled": None},
        "splits": [{"class": "vehicle", "rules": [rule], "default": "unlabeled"}],
    }
    decided = "val/vehicle/1.png\tvehicle\tvan\n"
    assert set(migrated(tmp_path, files, SPLIT, policy=policy, decided=decided)) == {
        "val/van/1.png",
        "val/tram/2.png",
        "val/unlabeled/3.png",
        "val/unlabeled/4.png",
        "val/bus/1.png",
    }


@pytest.mark.parametrize(
    "files",
    [
        {"car/1.jpg": "", "bus/2.jpg": "", "3.jpg": ""},
        {"car/1.jpg": "", "bus/2.jpg": "", "car/1.txt": "red"},
        {"car/1.jpg": ""},
        {"car/notes.md": ""},
    ],
)
def test_what_may_be_another_format_must_be_told(files: Texts, tmp_path: Path) -> None:
    root = made(tmp_path / "street", files)
    with pytest.raises(UnreadableInput, match="no format that Cladist knows"):
        opened(root, Reading())


def test_what_is_told_is_taken(tmp_path: Path) -> None:
    files = {"car/1.jpg": "a", "car/1.txt": "red", "2.jpg": "b"}
    found = migrated(tmp_path, files, MERGED, reading=TOLD)
    assert found == {"motor/1.jpg": "a", "car/1.txt": "red", "2.jpg": "b"}


def test_a_table_of_paths_would_be_wrong_afterwards(tmp_path: Path) -> None:
    files = {"car/1.jpg": "a", "bus/1.jpg": "b", "metadata.csv": "file_name,x\ncar/1.jpg,1\n"}
    root = made(tmp_path / "street", files)
    with pytest.raises(UnreadableInput, match=r"metadata\.csv lists the pictures by their paths"):
        opened(root, TOLD)


def test_folders_that_no_class_has_are_unknown(tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"car/1.jpg": "a", "cat/1.jpg": "b"})
    with pytest.raises(UnknownLabels, match="cat"):
        carried(root, MERGED)
    found, _ = carried(root, SAME, policy={"unknown": "keep"})
    assert (found / "cat" / "1.jpg").read_text() == "b"


def test_links_out_of_the_dataset_are_refused(tmp_path: Path) -> None:
    root = made(tmp_path / "street", {"car/1.jpg": "a", "bus/1.jpg": "b"})
    (tmp_path / "secret.jpg").write_text("elsewhere")
    (root / "car" / "2.jpg").symlink_to(tmp_path / "secret.jpg")
    with pytest.raises(UnreadableInput, match="link that leads out of the dataset"):
        carried(root, MERGED)

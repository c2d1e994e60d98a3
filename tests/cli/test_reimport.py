"""Class lists that were exported for tools come back to the same classes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cladist.exports.classes.tools import BY_NAME, TOOLS
from cladist.imports.tools import read
from cladist.model.errors import LimitExceeded, UnreadableInput
from tests.cli.program import Cli

FARM = (
    "animal\n  bird\n    crane\n    hawk\n    dodo\n  mammal\n    cat\nmachine\n  crane\n  lorry\n"
)

# Tags name entity types only with their prefixes, and a palette has colours and no names of its own
# to be told apart by: both are read by training code, and nobody edits them.
FORMS = [each.name for each in TOOLS if each.name not in ("tags", "palette")]


@pytest.fixture
def farm(tmp_path: Path) -> Cli:
    """Two cranes, one with a colour and a hotkey of its own, a retired dodo, a German label."""
    cli = Cli(tmp_path)
    cli.text("import", "-", "--format", "outline", "--as", "farm", given=FARM)
    cli.text("describe", "farm", "#3", "--colour", "#AA0011", "--hotkey", "c")
    cli.text("rename", "farm", "cat", "Katze", "--language", "de")
    cli.text("retire", "farm", "dodo")
    cli.text("publish", "farm")
    return cli


def exported(farm: Cli, form: str) -> Path:
    """A file of the form."""
    path = farm.folder / BY_NAME[form].file
    farm.text("export", "farm@1", "--format", form, "-o", str(path))
    return path


def onto(farm: Cli, path: Path, form: str) -> Any:
    """What importing it would do."""
    return farm.json("import", str(path), "--onto", "farm", "--format", form)


def counts(found: Any) -> tuple[int, int, int]:
    """New, changed and retired classes."""
    return found["new"], found["changed"], found["retired"]


@pytest.mark.parametrize("form", [*FORMS, "csv", "tsv"])
def test_every_form_comes_back_to_the_same_classes(farm: Cli, form: str) -> None:
    path = farm.folder / f"list.{form}" if form in ("csv", "tsv") else exported(farm, form)
    if form in ("csv", "tsv"):
        farm.text("export", "farm@1", "--format", form, "-o", str(path))
    assert counts(onto(farm, path, form)) == (0, 0, 0)


@pytest.mark.parametrize(
    "form", ["label-studio", "cvat", "yolo", "hf-features", "prodigy", "supervisely", "spacy"]
)
def test_a_label_that_somebody_added_is_a_new_class(farm: Cli, form: str) -> None:
    path = exported(farm, form)
    text = path.read_text("utf-8")
    added = {
        "label-studio": ("  </Choices>", '    <Choice value="ferret" />\n  </Choices>'),
        "cvat": ("[\n", '[\n  {"name": "ferret", "attributes": []},\n'),
        "yolo": ("names:\n", "names:\n  99: ferret\n"),
        "hf-features": ('"names": [', '"names": ["ferret",'),
        "prodigy": ("lorry", "ferret\nlorry"),
        "supervisely": ('"classes": [', '"classes": [{"title": "ferret"},'),
        "spacy": ("[\n", '[\n "ferret",\n'),
    }[form]
    assert added[0] in text
    path.write_text(text.replace(*added), "utf-8")
    assert counts(onto(farm, path, form)) == (1, 0, 0)
    assert "ferret" in farm.labels("farm@draft")


def test_what_somebody_changed_in_the_tool_is_a_change(farm: Cli) -> None:
    path = exported(farm, "label-studio-taxonomy")
    value = json.loads(path.read_text("utf-8"))
    crane = value["items"][0]["children"][0]["children"][0]
    assert crane["value"].startswith("crane")
    crane |= {"value": "grey crane", "color": "#00FF00", "hotkey": "g"}
    path.write_text(json.dumps(value), "utf-8")
    assert counts(onto(farm, path, "label-studio-taxonomy")) == (0, 1, 0)
    shown = farm.json("show", "farm@draft", "grey crane")
    assert (shown["colour"], shown["hotkey"]) == ("#00FF00", "g")


def test_a_tree_becomes_a_taxonomy_with_its_ids_and_parents(farm: Cli) -> None:
    path = exported(farm, "label-studio-taxonomy")
    farm.text("import", str(path), "--as", "copy", "--format", "label-studio-taxonomy")
    old = {each["id"] for each in farm.json("classes", "farm@1")["classes"]}
    new = farm.json("classes", "copy@draft")["classes"]
    assert {each["id"] for each in new} == old
    assert "bird" in farm.text("classes", "copy@draft", "--tree")
    told = farm.text("import", str(exported(farm, "yolo")), "--as", "flat", "--format", "yolo")
    assert "5 new" in told
    codes = {each["label"]: each["code"] for each in farm.json("classes", "flat@draft")["classes"]}
    assert codes["cat"] == next(
        each["code"] for each in farm.json("classes", "farm@1")["classes"] if each["label"] == "cat"
    )


STRANGE = ("", "{}", "[1]", '{"a": [{"b": null}]}', "<a/>", "\x00", "[" * 9_999)


@pytest.mark.parametrize("form", FORMS)
def test_files_of_another_form_are_refused(form: str) -> None:
    for text in STRANGE:
        if form == "prodigy" and text.isprintable() and text:
            continue  # any line is a name
        with pytest.raises((UnreadableInput, LimitExceeded)):
            read(form, text.encode())


def test_entities_are_refused_and_nobody_is_retired(farm: Cli) -> None:
    path = farm.folder / "bomb.xml"
    path.write_text('<!DOCTYPE a [<!ENTITY b "c">]><View><Label value="&b;"/></View>', "utf-8")
    told = farm.run("import", str(path), "--onto", "farm", "--format", "label-studio")
    assert (told.exit_code, "entities" in told.output) == (6, True)
    path = exported(farm, "prodigy")
    told = farm.run("import", str(path), "--onto", "farm", "--format", "prodigy", "--retire-absent")
    assert told.exit_code == 5

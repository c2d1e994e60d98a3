"""The makers' own clients read the class lists that are exported for them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from cladist.exports.classes.choosing import class_list
from cladist.exports.classes.tool import Choices
from cladist.exports.classes.tools import BY_NAME, TOOLS
from cladist.model.taxonomy import Retirement, Text
from tests.exports.classes.farm import CLASSES, LEAVES, iri, listed, state
from tests.interop.conftest import WEIGHT, of_client

READER = Path(__file__).with_name("read_exports.py")
IDS = [iri(each) for each in ("crane", "cat", "hawk", "crane2", "drone")]

RENAMED = [
    replace(each, preferred=(Text("house cat", "en"),)) if each.id == iri("cat") else each
    for each in CLASSES
]
RETIRED = [
    replace(each, retirement=Retirement()) if each.id == iri("cat") else each for each in CLASSES
]


CLIENTS_OF = {
    "": [
        ("label-studio-sdk", IDS),
        ("cvat-sdk", LEAVES),
        ("labelbox", IDS),
        ("encord", LEAVES),
        ("spacy", LEAVES),
        ("supervision", LEAVES),
        ("datumaro", LEAVES),
        ("validators", LEAVES),
        ("argilla", IDS),
        ("fiftyone", LEAVES),
        ("supervisely", LEAVES),
    ],
    "heavy": [("ultralytics", LEAVES)],
}
"""Clients and what they find; the heavy ones are large and have a target of their own."""


@pytest.mark.parametrize(("client", "expected"), CLIENTS_OF[WEIGHT])
def test_a_client_finds_the_classes(client: str, expected: list[str], tmp_path: Path) -> None:
    for tool in TOOLS:
        (tmp_path / tool.file).write_bytes(tool.write(listed(), Choices(control="rectangle")))
    config, choices = BY_NAME["label-studio"], Choices(control="rectangle")
    (tmp_path / "nested.xml").write_bytes(config.write(listed(), Choices(control="taxonomy")))
    for name, classes in (("renamed", RENAMED), ("retired", RETIRED)):
        changed = class_list(state(classes=classes))
        (tmp_path / f"{name}.xml").write_bytes(config.write(changed, choices))
    ran = subprocess.run(
        [of_client(client), READER, client, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert sorted(json.loads(ran.stdout.splitlines()[-1])) == sorted(expected)

"""Class lists for tools over HTTP: what tools fetch, how long they may keep it, what is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml

from cladist.exports.classes.tool import Tool
from cladist.exports.classes.tools import TOOLS
from cladist.settings import Settings
from tests.api.serving import API, kind, served
from tests.cli.program import Cli

FARM = "animal\n  bird\n    crane\n    hawk\n  mammal\n    cat\nmachine\n  crane\n"
PATH = f"{API}/taxonomies/farm/versions"


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A store with a version 1.0.0 of farm, and a draft beyond it."""
    cli = Cli(tmp_path_factory.mktemp("farm"))
    cli.text("import", "-", "--format", "outline", "--as", "farm", given=FARM)
    cli.text("publish", "farm")
    cli.text("rename", "farm", "cat", "house cat")
    return cli


@pytest.fixture(scope="module")
def farm(cli: Cli) -> Iterator[httpx.Client]:
    """A service on it."""
    with served(Settings(store=cli.store)) as found:
        yield found


@pytest.mark.parametrize("tool", TOOLS, ids=lambda each: each.name)
def test_every_form_has_a_url_that_never_changes(farm: httpx.Client, tool: Tool) -> None:
    listed = farm.get(f"{PATH}/latest/exports").json()["exports"]
    (form,) = [each for each in listed if each["name"] == tool.name]
    answer = farm.get(form["path"])
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(form["media_type"])
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["link"] == f'<{form["path"]}/about>; rel="describedby"'
    again = farm.get(form["path"], headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    about = farm.get(f"{form['path']}/about").json()
    assert [each["index"] for each in about["names"]] == [0, 1, 2, 3]
    assert len({each["name"] for each in about["names"]}) == 4


def test_a_draft_is_marked_and_asked_for_each_time(farm: httpx.Client) -> None:
    answer = farm.get(f"{PATH}/draft/exports/spacy.json")
    assert "house cat" in answer.json()
    assert answer.headers["cache-control"] == "no-cache"
    about = farm.get(f"{PATH}/draft/exports/spacy.json/about").json()
    assert about["draft"] is True
    assert "draft" in {each["code"] for each in about["warnings"]}
    assert "house cat" not in farm.get(f"{PATH}/1.0.0/exports/spacy.json").json()


def test_a_projection_is_part_of_the_url(farm: httpx.Client) -> None:
    asked = {"under": "animal", "name": "path", "separator": ">"}
    answer = farm.get(f"{PATH}/1.0.0/exports/yolo.yaml", params=asked)
    names = yaml.safe_load(answer.text)["names"]
    assert set(names.values()) == {"animal>bird>crane", "animal>bird>hawk", "animal>mammal>cat"}
    about = farm.get(f"{PATH}/1.0.0/exports/yolo.yaml/about", params=asked).json()
    assert {each["index"]: each["name"] for each in about["names"]} == names
    assert about["class_index"] is False


def test_the_tree_is_the_same_whole_and_level_by_level(farm: httpx.Client) -> None:
    url = f"{PATH}/1.0.0/exports/label-studio-taxonomy.json"

    def walked(path: tuple[str, ...]) -> list[object]:
        items = farm.get(url, params={"lazy": "true", "path": path}).json()["items"]
        return [
            each if each["isLeaf"] else {**each, "children": walked((*path, each["alias"]))}
            for each in items
        ]

    assert walked(()) == farm.get(url).json()["items"]
    older = farm.get(url, params=[("path[]", "animal"), ("path[]", "bird")])
    assert {each["value"] for each in older.json()["items"]} == {"crane (bird)", "hawk"}


@pytest.mark.parametrize(
    ("tail", "name"),
    [
        ("nothing.json", "not-found"),
        ("yolo.yaml?under=newt", "unknown-class"),
        ("yolo.yaml?under=crane", "ambiguous-reference"),
        ("yolo.yaml?longest=2", "invalid-request"),
        ("yolo.yaml?depth=0", "invalid-request"),
        ("yolo.yaml?color=red", "invalid-request"),
        ("label-studio.xml?control=lasso", "invalid-value"),
        ("tags.json?scheme=BXY", "invalid-value"),
        ("label-studio-taxonomy.json?path=newt", "unknown-class"),
    ],
)
def test_what_cannot_be_had_is_a_problem(farm: httpx.Client, tail: str, name: str) -> None:
    answer = farm.get(f"{PATH}/1.0.0/exports/{tail}")
    assert kind(answer)[1] == name


@pytest.mark.parametrize("tool", TOOLS, ids=lambda each: each.name)
def test_the_command_and_the_service_write_the_same_bytes(
    farm: httpx.Client, cli: Cli, tmp_path: Path, tool: Tool
) -> None:
    output = tmp_path / "out"
    told = cli.run("export", "farm@1", "--format", tool.name, "-o", str(output))
    assert output.read_bytes() == farm.get(f"{PATH}/1.0.0/exports/{tool.file}").content
    about = farm.get(f"{PATH}/1.0.0/exports/{tool.file}/about").json()
    assert all(each["text"] in told.stderr for each in about["warnings"])

"""Every operation gives the same from both clients, and what the service says."""

from __future__ import annotations

import asyncio
import inspect
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cladist.client import AsyncClient, Client, drafting, operations, problem_of
from cladist.client.drafts import ValidationReport
from cladist.model import errors
from cladist.model.change.kinds import RenameClass
from cladist.model.taxonomy import Text
from tests.cli.program import Cli

READS: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("taxonomies", (), {}),
    ("versions", ("pets",), {}),
    ("version", ("pets", "2"), {}),
    ("classes", ("pets", "1.0.0", "selectable"), {"language": "de", "definitions": True}),
    ("class_index", ("pets",), {}),
    ("permutation", ("pets", "1.0.0", "2.0.0"), {}),
    ("training", ("pets", "2", ["1"]), {}),
    ("training_arrays", ("pets", "2", ["1"]), {}),
    ("resolve", ("pets", ["cat", "#3", "no such"], "1"), {}),
    ("account", ("pets", "cat", "1"), {"by": "label"}),
    ("correspondence", ("pets", "1"), {"unchanged": True}),
    ("plan", ("pets", "1", "2"), {"origins": ["1.0.0"]}),
    ("exports", ("pets",), {}),
    ("export", ("pets", "latest", "yolo.yaml"), {"which": "active", "under": ["#1"], "depth": 2}),
    ("export_about", ("pets", "latest", "yolo.yaml"), {"name": "path"}),
    ("validate", ("pets",), {}),
    ("draft", ("pets",), {}),
]


async def awaited(url: str, name: str, /, *args: Any, **named: Any) -> Any:
    async with AsyncClient(url, cache=None) as client:
        return await getattr(client, name)(*args, **named)


@pytest.fixture
def client(url: str) -> Any:
    with Client(url, cache=None) as found:
        yield found


@pytest.mark.parametrize(("name", "args", "named"), READS, ids=[name for name, _, _ in READS])
def test_both_clients_say_the_same(
    client: Client, url: str, name: str, args: tuple[Any, ...], named: dict[str, Any]
) -> None:
    found = getattr(client, name)(*args, **named)
    assert found
    assert asyncio.run(awaited(url, name, *args, **named)) == found


def test_every_operation_is_a_method_of_both_clients_and_tried_here() -> None:
    names = {
        name
        for room in (operations, drafting)
        for name, each in vars(room).items()
        if inspect.isfunction(each) and each.__module__ == room.__name__ and name[0] != "_"
    }
    for kind in (Client, AsyncClient):
        assert names <= {name for name in vars(kind) if name[0] != "_"}
    assert names == {name for name, _, _ in READS} | {"edit", "publish"}


def test_class_lists_are_values(client: Client) -> None:
    found = client.classes("pets", "1")
    assert (found.taxonomy, found.version) == ("pets", "1.0.0")
    dog = next(each for each in found.classes if each.label == "dog")
    assert (dog.code, dog.index, dog.colour, dog.hotkey) == (3, None, "#AA0000", "d")
    german = client.classes("pets", "1", language="de")
    assert [each.label for each in german.classes][:3] == ["animal", "cat", "Hund"]
    picked = client.classes("pets", "1", "selectable")
    assert [each.index for each in picked.classes] == [0, 1, 2, 3]
    index = client.class_index("pets", "1")
    assert [each.id for each in index.classes] == [each.id for each in picked.classes]
    with pytest.raises(AttributeError):
        dog.label = "cat"  # type: ignore[misc]


def test_what_became_of_classes(client: Client) -> None:
    moved = client.permutation("pets", "1", "2")
    assert (moved.source, moved.target, moved.size_from) == ("1.0.0", "2.0.0", 4)
    assert len(moved.added) == moved.size_to - sum(each is not None for each in moved.positions)
    cat, dog, unknown = client.resolve("pets", ["cat", "#3", "boat"], "1")
    assert cat.automatic and [each.label for each in cat.targets] == ["pet"]
    assert dog.meant is not None and dog.meant.label == "dog" and dog.status == "unchanged"
    assert unknown.status == "unknown" and unknown.meant is None
    assert client.account("pets", "hare", "1").path[0].kind == "split"
    told = client.correspondence("pets", "1", "2")
    assert told.counts == {"merged": 1, "split": 1} and len(told.components) == 2
    with pytest.raises(errors.TooMuchLost) as refused:
        client.correspondence("pets", "1", "2", limit=0.1)
    assert refused.value.concerned[0][1] == "hare"


def test_exports_and_the_training_card(client: Client) -> None:
    assert "yolo.yaml" in {each.file for each in client.exports("pets")}
    assert b"brown hare" in client.export("pets", "2", "yolo.yaml")
    about = client.export_about("pets", "2", "yolo.yaml")
    assert about.class_index and {each.code for each in about.warnings} >= {"no-hierarchy"}
    assert client.training("pets", "2")["outputs"] == 4
    with np.load(io.BytesIO(client.training_arrays("pets", "2"))) as arrays:
        assert int(arrays["size"]) == 4


def test_a_draft_is_edited_and_published(own: str) -> None:
    with Client(own, author="Zoë", cache=None) as client:
        draft = client.draft("pets")
        ids = {each.label: each.id for each in client.classes("pets", "draft").classes}
        rename = RenameClass(id=ids["pet"], label=Text("companion", "en"))
        tried = client.edit(draft, [rename], dry_run=True)
        assert tried.dry_run and client.draft("pets").revision == draft.revision
        edited = client.edit(tried, [rename], why="Asked for by the clinic.")
        assert edited.changes[0].who == "Zoë" and edited.changes[0].effect
        colour = {"op": "edit_class", "id": ids["dog"], "colour": "#00AA00"}
        edited = client.edit(edited, [colour])
        with pytest.raises(errors.StaleDraft) as stale:
            client.edit(draft, [colour])
        assert (stale.value.expected, stale.value.actual) == (draft.revision, edited.revision)
        problem = problem_of(stale.value)
        assert problem is not None and (problem.kind, problem.status) == ("stale-draft", 412)
        assert isinstance(client.validate("pets"), ValidationReport)
        published = client.publish(edited, notes="Companions.")
        assert (published.version, published.published_by) == ("2.1.0", "Zoë")
        assert client.version("pets").notes == "Companions."


def test_the_asynchronous_client_writes_as_well(own: str) -> None:
    async def work() -> str:
        async with AsyncClient(own, cache=None) as client:
            draft, classes = await asyncio.gather(client.draft("pets"), client.classes("pets"))
            change = {"op": "edit_class", "id": classes.classes[0].id, "colour": "#00AA00"}
            edited = await client.edit(draft, [change], key="mine")
            assert await client.edit(draft, [change], key="mine") == edited
            with pytest.raises(errors.ReusedKey):
                await client.edit(draft, [{**change, "colour": "#0000AA"}], key="mine")
            return (await client.publish(edited)).version

    assert asyncio.run(work()) == "2.0.1"


def test_refusals_are_errors_with_their_data(own: str, pets: Cli) -> None:
    with Client(own, cache=None) as client:
        with pytest.raises(errors.UnknownTaxonomy, match="birds") as missing:
            client.classes("birds")
        assert missing.value.slug == "birds"
        with pytest.raises(errors.UnknownVersion):
            client.version("pets", "9")
        with pytest.raises(errors.NothingToPublish):
            client.publish(client.draft("pets"))
        with pytest.raises(errors.InvalidValue):
            client.classes("..")
        with pytest.raises(errors.Refused, match="depth") as refused:
            client.export("pets", "2", "yolo.yaml", depth=0)
        problem = problem_of(refused.value)
        assert problem is not None and problem.members["errors"]
        with pytest.raises(errors.NotFound):
            client.edit(client.draft("pets"), [{"op": "restore_class", "id": "urn:x:y"}])
        group = {"id": "", "members": [each.id for each in client.classes("pets").classes[:2]]}
        change = {"op": "set_exclusive_group", "group": group}
        edited = client.edit(client.draft("pets"), [change])
        with pytest.raises(errors.InvalidTaxonomy) as invalid:
            client.publish(edited)
        assert isinstance(invalid.value.report, ValidationReport)
        assert not invalid.value.report.conforms


@pytest.mark.parametrize(
    "url",
    ["ftp://labels.example.org", "labels.example.org", "", "http://", "http://[bad", "http://a:b"],
)
def test_another_kind_of_url_is_refused(url: str) -> None:
    with pytest.raises(errors.InvalidValue):
        Client(url)
    with pytest.raises(errors.InvalidValue):
        Client("https://labels.example.org", attempts=0)


def test_importing_it_needs_neither_the_service_nor_the_network(root: Path) -> None:
    program = "import sys, cladist.client; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(root / "service")},
        capture_output=True,
        text=True,
        check=True,
    )
    heavy = {"fastapi", "httpx", "pydantic", "sqlalchemy", "rdflib", "pyoxigraph", "numpy"}
    assert heavy & set(told.stdout.split()) == set()

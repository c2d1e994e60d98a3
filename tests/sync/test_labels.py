"""Which labels a project's controls get, and what becomes of its results."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from cladist.catalog.class_forms import Wanted, exported
from cladist.datasets.plan import Plan
from cladist.exports.classes.tool import Choices
from cladist.exports.classes.tools import BY_NAME
from cladist.model.errors import InvalidValue, OutputExists, Refused, UnreadableInput
from cladist.settings import Settings
from cladist.sync.journal import Done, Head, Journal
from cladist.sync.labeling_config import controls, told
from cladist.sync.labels import Configs, configs
from cladist.sync.results import Gathered, changes
from cladist.wiring import catalog
from tests.cli.program import Cli

FARM = "animal\n  bird\n    hawk\n    crane\n  cat\n  dog\nmachine\n  lorry\n"

Export = Callable[[str], str]


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Export, Export]:
    """From 1.0.0 to 2.0.0 (cat and dog merged, owl new), and both as configurations."""
    cli = Cli(tmp_path_factory.mktemp("farm"))
    cli.text("import", "-", "--format", "outline", "--as", "farm", given=FARM)
    cli.text("publish", "farm")
    cli.text("merge", "farm", "dog", "cat", "--new", "pet")
    cli.text("add", "farm", "owl", "--under", "bird")
    cli.text("publish", "farm")
    with catalog(Settings(store=cli.store)) as store:
        plan = store.migrations.plan("farm", "1.0.0", "2.0.0", ())
        states = {each: store.open("farm", each) for each in ("1.0.0", "2.0.0")}

    def export(version: str) -> Export:
        def made(kind: str) -> str:
            wanted = Wanted(choices=Choices(control=kind))
            tool = BY_NAME["label-studio"]
            return exported(states[version], "farm", version, tool, wanted).data.decode()

        return made

    return plan, export("1.0.0"), export("2.0.0")


def made(farm: tuple[Plan, Export, Export], config: str, *names: str) -> Configs:
    """The configurations of a project that follows."""
    plan, _, new = farm
    return configs(config, names, plan, new)


def texts(config: str) -> list[str]:
    """The labels as people see them."""
    return [each.get("value") or "" for one in controls(config) for each in one.labels]


def test_a_control_with_all_classes_gets_all(farm: tuple[Plan, Export, Export]) -> None:
    found = made(farm, farm[1]("rectangle"))
    assert texts(found.after) == ["hawk", "crane", "lorry", "pet", "owl"]
    assert texts(found.both) == ["hawk", "crane", "lorry", "pet", "owl", "cat", "dog"]
    assert (len(found.added), len(found.gone)) == (2, 2)
    assert (told(found.before), told(found.both)) == (("farm", "1.0.0"),) * 2
    assert told(found.after) == ("farm", "2.0.0")


def test_a_control_with_some_classes_gets_what_they_became(
    farm: tuple[Plan, Export, Export],
) -> None:
    config = (
        '<View>\n  <Text name="data" value="$text"/>\n  <!-- pick one -->\n'
        '  <Labels name="what" toName="data" showInline="true">\n'
        '    <Label value="cat" size="9"/><Label value="dog"/><Label value="hawk" size="7"/>\n'
        '  </Labels>\n  <Choices name="mood" toName="data"><Choice value="good"/></Choices>\n'
        "</View>"
    )
    found = made(farm, config)
    assert found.names == ("what",)
    assert texts(found.after) == ["hawk", "pet", "good"]
    assert "alias" not in found.after
    assert 'size="7"' in found.after
    assert "<!-- pick one -->" in found.after
    assert 'showInline="true"' in found.after


def test_a_tree_is_that_of_the_version(farm: tuple[Plan, Export, Export]) -> None:
    found = made(farm, farm[1]("taxonomy"))
    assert set(texts(found.after)) == {
        *("animal", "bird", "hawk", "crane", "owl", "pet", "machine", "lorry")
    }


def test_controls_that_are_not_there_or_not_ours(farm: tuple[Plan, Export, Export]) -> None:
    config = '<View><Choices name="mood" toName="x"><Choice value="good"/></Choices></View>'
    with pytest.raises(Refused, match="--control"):
        made(farm, config)
    with pytest.raises(InvalidValue, match="mood"):
        made(farm, config, "label")
    with pytest.raises(UnreadableInput):
        made(farm, "<View")


def row(label: str, **more: Any) -> dict[str, Any]:
    """A result."""
    said = {"from_name": "label", "type": "choices", "value": {"choices": [label]}}
    return {"id": label, **said, **more}


def test_only_results_of_the_taxonomy_that_have_yet_to_follow_are_gathered(
    farm: tuple[Plan, Export, Export], tmp_path: Path
) -> None:
    results = [row("cat"), row("pet"), row("good", from_name="mood"), row("wolf"), row("hawk")]
    task = {"id": 3, "annotations": [{"id": 5, "result": results}], "predictions": [], "drafts": []}
    gathered = Gathered(["label"], farm[0])
    path = tmp_path / "tasks.json"
    gathered.write([(task, 1)], path, lambda done, total: None)
    (found,) = json.loads(path.read_text("utf-8"))
    ((held),) = found["annotations"]
    assert [each["id"] for each in held["result"]] == ["cat", "wolf", "hawk"]
    assert gathered.uses.counts["pet"] == {"annotations": 1}
    after = tmp_path / "after.json"
    text = path.read_text("utf-8").replace('{"choices": ["cat"]}', '{"choices": ["pet"]}')
    after.write_text(text, "utf-8")
    (change,) = changes(path, after)
    assert (change.kind, change.id, [*change.after]) == ("annotations", 5, [0])
    now = change.made(results)
    assert now is not None
    assert now[0]["value"] == {"choices": ["pet"]}
    assert now[1:] == results[1:]
    assert change.made(results[1:]) is None


def test_a_journal_goes_on_where_it_ended(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    head = Head(
        url="http://x",
        project=1,
        slug="farm",
        source="1.0.0",
        target="2.0.0",
        before="<a/>",
        both="<b/>",
        after="<c/>",
        controls=("label",),
    )
    assert journal.begin(head) == head
    journal.add(Done("drafts", 4, [], [{"id": "a"}]))
    with journal.path.open("ab") as file:
        file.write(b'{"kind": "dra')  # the machine stopped while it was written
    again = Journal(journal.path)
    assert again.begin(head) == head
    assert [each.id for each in again.done()] == [4]
    other = replace(head, project=2)
    with pytest.raises(OutputExists):
        again.begin(other)
    journal.path.write_bytes(b"hello\n")
    with pytest.raises(UnreadableInput):
        again.head()

"""A project of a real Label Studio server follows to another version, and goes back."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cladist.settings import Settings
from tests.api.serving import served
from tests.cli.program import Cli
from tests.interop.conftest import of_client
from tests.interop.studio import Server, running

FARM = "animal\n  bird\n    hawk\n    crane\n  cat\n  dog\n  newt\n"
QUALITY = """
  <Choices name="quality" toName="data"><Choice value="sharp"/><Choice value="blurred"/></Choices>
"""


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    program = of_client("label-studio").with_name("label-studio")
    with running(program, tmp_path_factory.mktemp("studio")) as found:
        yield found


@pytest.fixture
def farm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, studio: Server) -> Cli:
    """1.0.0; 2.0.0 renames the cat, merges dog and newt, splits the hawk, and adds the owl."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio.token)
    cli = Cli(tmp_path)
    cli.text("import", "-", "--format", "outline", "--as", "farm", given=FARM)
    cli.text("publish", "farm")
    cli.text("rename", "farm", "cat", "house cat")
    cli.text("merge", "farm", "dog", "newt", "--new", "pet")
    cli.text("split", "farm", "hawk", "--into", "kite", "--into", "harrier")
    cli.text("add", "farm", "owl", "--under", "bird")
    cli.text("publish", "farm")
    return cli


def ids(cli: Cli, version: str) -> dict[str, str]:
    """Class ids by label."""
    found = cli.json("classes", f"farm@{version}", "--retired")["classes"]
    return {each["label"]: each["id"] for each in found}


def box(name: str, *labels: str) -> dict[str, Any]:
    """A rectangle with labels."""
    sides = {"x": 1, "y": 1, "width": 10, "height": 10, "rotation": 0}
    return {
        "id": name,
        "from_name": "label",
        "to_name": "data",
        "type": "rectanglelabels",
        "value": {**sides, "rectanglelabels": list(labels)},
    }


def sharp() -> dict[str, Any]:
    """The answer to a question that is none of ours."""
    said = {"from_name": "quality", "to_name": "data", "type": "choices"}
    return {"id": "q1", **said, "value": {"choices": ["sharp"]}}


@pytest.fixture
def project(farm: Cli, studio: Server) -> int:
    """A project on 1.0.0 with annotations, a prediction and a draft."""
    config = farm.text("export", "farm@1", "--format", "label-studio", "--control", "rectangle")
    config = config.replace("</View>", f"{QUALITY}</View>").replace("<Rectangle", "<Rectangle")
    known = ids(farm, "1.0.0")
    image = {"data": {"image": "http://127.0.0.1/1.jpg"}}
    tasks: list[dict[str, Any]] = [
        {
            **image,
            "annotations": [
                {"result": [sharp(), box("r1", known["cat"]), box("r2", known["dog"])]}
            ],
            "predictions": [{"result": [box("r1", known["newt"])]}],
        },
        {**image, "annotations": [{"result": [box("r1", known["hawk"])]}]},
    ]
    number = studio.project(config, tasks)
    last = studio.tasks(number)[-1]["id"]
    studio.asked("POST", f"/api/tasks/{last}/drafts", {"result": [box("d1", known["dog"])]})
    return number


def decided(cli: Cli, review: str, name: str) -> None:
    """Fill in the review file."""
    rows = list(csv.reader(Path(review).read_text("utf-8").splitlines(), delimiter="\t"))
    column = rows[0].index("to")
    for row in rows[1:]:
        row[column] = name
    with Path("decided.tsv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t").writerows(rows)


def synced(cli: Cli, studio: Server, project: int, *more: str) -> Any:
    """What the command line does."""
    return cli.run("sync", "label-studio", studio.url, "farm", "--project", str(project), *more)


def test_a_project_follows_and_goes_back(farm: Cli, studio: Server, project: int) -> None:
    before = (studio.config(project), studio.results(project))
    told = synced(farm, studio, project, "--dry-run", "--json")
    found = json.loads(told.stdout)
    assert told.exit_code == 9
    assert found["report"]["labels"] == 5
    assert found["results_changed"] == 3
    assert synced(farm, studio, project).exit_code == 9
    assert (studio.config(project), studio.results(project)) == before
    decided(farm, f"label-studio-{project}.journal.review.tsv", "kite")
    told = synced(farm, studio, project, "--decisions", "decided.tsv")
    assert told.exit_code == 0, told.output
    now = ids(farm, "2.0.0")
    wanted = [now["house cat"], now["kite"], now["pet"], now["pet"], now["pet"]]
    assert studio.labels(project) == sorted(wanted)
    config = studio.config(project)
    for name in ("owl", "harrier", "pet", "house cat"):
        assert f'value="{name}"' in config
    assert ids(farm, "1.0.0")["dog"] not in config
    assert '<Choice value="blurred"' in config
    assert "farm 2.0.0" in config
    told = synced(farm, studio, project, "--undo")
    assert told.exit_code == 0, told.output
    assert (studio.config(project), studio.results(project)) == before


def test_what_changed_since_stays(farm: Cli, studio: Server, project: int) -> None:
    known = ids(farm, "2.0.0")
    told = synced(farm, studio, project, "--policy", "generalise")
    assert told.exit_code == 9, told.output  # bird is not for labeling: the hawk waits
    decided(farm, f"label-studio-{project}.journal.review.tsv", "harrier")
    assert synced(farm, studio, project, "--decisions", "decided.tsv").exit_code == 0
    kind, number, _ = studio.results(project)[0]
    studio.asked("PATCH", f"/api/{kind}/{number}/", {"result": [box("r1", known["owl"])]})
    told = synced(farm, studio, project, "--undo", "--json")
    found = json.loads(told.stdout)
    assert told.exit_code == 9
    assert found["changed_since"] == [[kind, number]]
    assert found["labels_in_use"] == [known["owl"]]
    both = studio.config(project)
    assert known["owl"] in both
    assert ids(farm, "1.0.0")["dog"] in both


def test_people_label_on_meanwhile(farm: Cli, studio: Server, project: int, tmp_path: Path) -> None:
    from cladist.cli.desk import Desk, Target
    from cladist.cli.syncing import _wanted
    from cladist.sync.journal import Journal
    from cladist.sync.studio import Studio
    from cladist.sync.syncing import survey, sync

    hawk = studio.tasks(project)[1]["annotations"][0]["id"]
    studio.asked("DELETE", f"/api/annotations/{hawk}/")
    dog = ids(farm, "1.0.0")["dog"]
    task = studio.tasks(project)[1]["id"]
    told: Any = {
        **{"project": project, "start": "", "control": (), "decisions": (), "rules": None},
        **{"policy": None, "retired": None, "unknown": None, "server": None},
    }
    late: list[int] = []

    def label(done: int, total: int) -> None:
        if not late:
            body = {"result": [box("late", dog)]}
            late.append(studio.asked("POST", f"/api/tasks/{task}/annotations/", body)["id"])

    desk = Desk(farm.store, as_json=False)
    with Studio(studio.url, studio.token) as opened:
        wanted = _wanted(desk, opened, studio.url, Target("farm", "2"), told)
        found = survey(opened, wanted)
        done = sync(opened, wanted, found, Journal(tmp_path / "journal"), label)
    assert (done.left, done.replaced) == (0, len(found.changes) + 1)
    result = studio.asked("GET", f"/api/annotations/{late[0]}/")["result"]
    assert result[0]["value"]["rectanglelabels"] == [ids(farm, "2.0.0")["pet"]]
    assert dog not in studio.config(project)


def test_a_service_is_asked_in_place_of_the_store(
    farm: Cli, studio: Server, project: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = json.loads(synced(farm, studio, project, "--dry-run", "--json").stdout)
    with served(Settings(store=farm.store)) as client:
        monkeypatch.setenv("CLADIST_STORE", "sqlite:////nowhere/store.sqlite")
        told = synced(
            farm, studio, project, "--dry-run", "--json", "--server", str(client.base_url)
        )
    assert json.loads(told.stdout) == here


def test_an_unreachable_server_and_a_wrong_token(
    farm: Cli, studio: Server, project: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert synced(farm, studio, 999).exit_code == 3
    told = farm.run("sync", "label-studio", "http://127.0.0.1:9", "farm", "--project", "1")
    assert (told.exit_code, "does not answer" in told.output) == (8, True)
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "nobody")
    assert synced(farm, studio, project).exit_code == 5
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "")
    assert "LABEL_STUDIO_API_KEY" in synced(farm, studio, project).output


def test_a_personal_token_is_exchanged(farm: Cli, studio: Server, project: int) -> None:
    from cladist.sync.studio import Studio

    made = studio.client.post("/api/token/", json={})
    assert made.status_code in (200, 201), made.text
    with Studio(studio.url, made.json()["token"]) as opened:
        assert opened.project(project).id == project

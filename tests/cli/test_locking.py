"""Locks of datasets and models, and whether they fit another version."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from cladist.settings import Settings
from tests.api.serving import served
from tests.cli.program import Cli
from tests.console import lines_of

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "lock-data-and-models.md"
FARM = "animal\n  bird\n    hawk\n  cat\n  dog\n  newt\n"
PHOTOS = "text,label\na,cat\nb,hawk\nc,dog\n"


@pytest.fixture
def farm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """1.0.0; 1.1.0 renames; 2.0.0 merges; 3.0.0 splits. In the folder: photos.csv and a model."""
    monkeypatch.chdir(tmp_path)
    cli = Cli(tmp_path)
    cli.text("import", "-", "--format", "outline", "--as", "farm", given=FARM)
    cli.text("publish", "farm")
    cli.write("photos.csv", PHOTOS)
    (tmp_path / "model").mkdir()
    cli.text("export", "farm@1", "--format", "hf-model", "-o", "model/config.json")
    cli.text("rename", "farm", "cat", "house cat")
    cli.text("publish", "farm")
    cli.text("merge", "farm", "dog", "house cat", "--new", "pet")
    cli.text("publish", "farm")
    cli.text("split", "farm", "hawk", "--into", "kite", "--into", "harrier")
    cli.text("publish", "farm")
    return cli


def test_every_line_answers_what_the_page_shows(farm: Cli) -> None:
    for line in lines_of(PAGE.read_text("utf-8")):
        told = farm.run(*shlex.split(line.command)[1:])
        assert line.answered_by(told.output), (line.command, told.output)


@pytest.mark.parametrize(
    ("version", "dataset", "model"),
    [("1.0", (0, "same"), (0, "same")), ("1", (0, "fits"), (0, "fits")),
     ("2", (4, "follows"), (4, "follows")), ("3", (9, "open"), (9, "open"))],
)  # fmt: skip
def test_verdicts_and_statuses(
    farm: Cli, version: str, dataset: tuple[int, str], model: tuple[int, str]
) -> None:
    farm.text("lock", "photos.csv", "farm@1.0")
    farm.text("lock", "model", "farm@1.0", "--model")
    for path, expected in (("photos.csv", dataset), ("model", model)):
        told = farm.run("compat", path, "--to", version, "--json")
        assert (told.exit_code, json.loads(told.stdout)["verdict"]) == expected


def test_a_class_more_fits_data_and_not_a_model(farm: Cli) -> None:
    farm.write("later.csv", "label\nkite\nnewt\n")
    farm.text("lock", "later.csv", "farm@3")
    farm.text("add", "farm", "ferret")
    farm.text("publish", "farm")
    told = farm.run("compat", "later.csv", "--json")
    assert (told.exit_code, json.loads(told.stdout)["verdict"]) == (0, "fits")
    (farm.folder / "head.bin").write_bytes(b"weights")
    farm.text("lock", "head.bin", "farm@3", "--model")
    told = farm.run("compat", "head.bin", "--json")
    found = json.loads(told.stdout)
    assert (told.exit_code, found["verdict"]) == (4, "follows")
    assert found["added"] == [len(found["positions"])]


def test_labels_that_nobody_knows_are_refused(farm: Cli, tmp_path: Path) -> None:
    farm.write("strange.csv", "label\nwolf\ncat\n")
    told = farm.run("lock", "strange.csv", "farm@1.0")
    assert told.exit_code == 5
    assert "wolf" in told.stderr
    assert not (tmp_path / "strange.csv.taxonomy.lock").exists()
    kept = farm.text("lock", "strange.csv", "farm@1.0", "--unknown", "keep")
    assert "1 of them unknown" in kept


def test_a_model_whose_outputs_are_others_is_refused(farm: Cli, tmp_path: Path) -> None:
    told = farm.run("lock", "model", "farm@2", "--model")
    assert (told.exit_code, "4 outputs" in told.stderr) == (5, True)
    config = tmp_path / "model" / "config.json"
    text = config.read_text("utf-8")
    config.write_text(re.sub(r'"0": "hawk"', '"0": "cat"', text), "utf-8")
    told = farm.run("lock", "model", "farm@1.0", "--model")
    assert (told.exit_code, "output 0 is “cat”" in told.stderr) == (5, True)
    config.write_text("{", "utf-8")
    assert farm.run("lock", "model", "farm@1.0", "--model").exit_code == 6


def test_a_lock_is_not_overwritten_unasked(farm: Cli) -> None:
    farm.text("lock", "photos.csv", "farm@1.0")
    told = farm.run("lock", "photos.csv", "farm@1")
    assert (told.exit_code, "--replace" in told.stderr) == (5, True)
    farm.text("lock", "photos.csv", "farm@1", "--replace")


def test_what_has_no_lock_is_told(farm: Cli) -> None:
    told = farm.run("compat", "photos.csv")
    assert (told.exit_code, "cladist lock" in told.stderr) == (5, True)


def test_the_same_number_with_other_content_is_refused(farm: Cli, tmp_path: Path) -> None:
    farm.text("lock", "photos.csv", "farm@1.0")
    lock = tmp_path / "photos.csv.taxonomy.lock"
    text = lock.read_text("utf-8")
    lock.write_text(re.sub(r'"digest": "\w+"', '"digest": "00"', text), "utf-8")
    assert farm.run("compat", "photos.csv", "--to", "2").exit_code == 4


def test_a_service_may_be_asked(farm: Cli) -> None:
    with served(Settings(store=farm.store)) as client:
        url = str(client.base_url)
        farm.text("lock", "photos.csv", "farm@1.0", "--server", url)
        told = farm.run("compat", "photos.csv", "--to", "2", "--server", url)
    assert told.exit_code == 4

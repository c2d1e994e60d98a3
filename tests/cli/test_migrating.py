"""The verb that makes datasets follow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cladist.settings import Settings
from tests.api.serving import served
from tests.cli.program import Cli

DATA = "id,label,size\na,cat,3\nb,puppy,4\nc,hare,9\n"


@pytest.fixture
def merged(pets: Cli) -> Cli:
    """Version 2: cat and puppy merged into pet, hare split into brown hare and snow hare."""
    pets.text("merge", "pets", "cat", "puppy", "--new", "pet", "--under", "animal")
    pets.text("split", "pets", "hare", "--into", "brown hare", "--into", "snow hare")
    pets.text("publish", "pets")
    pets.write("data.csv", DATA)
    return pets


def place(cli: Cli, name: str) -> str:
    return str(cli.folder / name)


def test_a_dataset_follows_and_what_is_open_is_decided(merged: Cli) -> None:
    words = ("migrate", place(merged, "data.csv"), "--taxonomy", "pets", "--from", "1")
    done = merged.run(*words, "-o", place(merged, "new.csv"))
    assert done.exit_code == 9
    assert "the sums add up" in done.stdout
    assert "1 labels need a person" in done.stdout
    review = merged.folder / "new.csv.review.tsv"
    review.write_text(review.read_text().replace("row 3\thare\t", "row 3\thare\tsnow hare"))
    decided = ("--decisions", str(review), "-o", place(merged, "decided.csv"))
    assert "split by decision" in merged.text(*words, *decided)
    assert Path(place(merged, "decided.csv")).read_text() == (
        "id,label,size\na,pet,3\nb,pet,4\nc,snow hare,9\n"
    )
    back = ("--undo", "-o", place(merged, "back.csv"))
    assert "byte for byte" in merged.text("migrate", place(merged, "decided.csv"), *back)
    assert Path(place(merged, "back.csv")).read_text() == DATA
    again = merged.run("migrate", place(merged, "decided.csv"), "-o", place(merged, "x.csv"))
    assert again.exit_code == 4 and "already" in again.stderr


def test_rules_and_words_decide(merged: Cli) -> None:
    rule = {"when": {"field": "record.size", "above": 5}, "to": "brown hare"}
    rules = merged.write("rules.json", json.dumps({"splits": [{"class": "hare", "rules": [rule]}]}))
    words = ("migrate", place(merged, "data.csv"), "--taxonomy", "pets", "--from", "1.0.0")
    told = merged.json(*words, "--rules", rules, "--dry-run")
    assert told["fates"]["split by rule"] == 1 and told["output"] is None
    assert not Path(place(merged, "new.csv")).exists()
    assert merged.run(*words, "--policy", "generalise", "--dry-run").exit_code == 9


def test_an_exported_correspondence_is_enough(merged: Cli, tmp_path: Path) -> None:
    plan = place(merged, "plan.json")
    merged.text("correspondence", "pets", "1", "--format", "migration", "-o", plan)
    elsewhere = Cli(tmp_path / "elsewhere")
    words = ("migrate", place(merged, "data.csv"), "--taxonomy", "pets", "--from", "1")
    told = elsewhere.run(*words, "--correspondence", plan, "--dry-run", "--json")
    assert json.loads(told.stdout)["fates"]["merged"] == 2
    assert not elsewhere.folder.exists()
    wrong = elsewhere.run(*words, "--to", "3", "--correspondence", plan, "--dry-run")
    assert wrong.exit_code == 4


def test_a_service_tells_what_data_need(merged: Cli, tmp_path: Path) -> None:
    with served(Settings(store=merged.store)) as client:
        elsewhere = Cli(tmp_path / "elsewhere")
        words = ("migrate", place(merged, "data.csv"), "--from", "1", "--dry-run")
        server = ("--server", str(client.base_url))
        told = elsewhere.run(*words, "--taxonomy", "pets", *server, "--json")
        assert json.loads(told.stdout)["fates"]["merged"] == 2
        assert elsewhere.run(*words, "--taxonomy", "birds", *server).exit_code == 3
    nobody = ("--server", str(client.base_url))
    assert elsewhere.run(*words, "--taxonomy", "pets", *nobody).exit_code == 8


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("data.csv --from 1 --dry-run", 5, "taxonomy"),
        ("data.csv --taxonomy pets --dry-run", 5, "from"),
        ("data.csv --taxonomy pets --from 1", 2, "-o OUTPUT"),
        ("data.csv --taxonomy pets --from 2 --to 2 --dry-run", 4, "already"),
        ("data.csv --taxonomy pets --from 9 --dry-run", 3, "no version"),
        ("none.csv --taxonomy pets --from 1 --dry-run", 6, "No such file"),
        ("data.csv --taxonomy pets --from 1 --dry-run --label what", 5, "id"),
        ("data.csv --taxonomy pets --from 1 --label id -o x.csv", 5, "does not know"),
        ("data.csv --taxonomy pets --from 1 --dry-run --format what", 5, "coco"),
        ("data.csv --taxonomy pets --from 1 --dry-run --format coco", 6, "coco"),
        ("data.csv --taxonomy pets --from 1 -o data.csv", 4, "exists already"),
        ("data.csv --undo -o x.csv", 6, "delta"),
    ],
)
def test_what_is_refused(merged: Cli, words: str, status: int, said: str) -> None:
    given = [place(merged, each) if each.endswith(".csv") else each for each in words.split()]
    done = merged.run("migrate", *given)
    assert done.exit_code == status, done.output
    assert said in done.stderr
    assert (merged.folder / "data.csv").read_text() == DATA
    assert not [each for each in merged.folder.iterdir() if each.name.endswith(".part")]


def test_a_dry_run_tells_that_it_would_be_refused(merged: Cli) -> None:
    words = ("migrate", place(merged, "data.csv"), "--taxonomy", "pets", "--from", "1")
    looked = merged.run(*words, "--label", "id", "--dry-run")
    assert looked.exit_code == 5 and "“a” (1)" in looked.stdout
    kept = merged.run(*words, "--label", "id", "--dry-run", "--unknown", "keep")
    assert kept.exit_code == 0


def test_whoever_ends_the_program_finds_no_half_output(merged: Cli) -> None:
    data = merged.folder / "large.jsonl"
    data.write_bytes(b'{"label": "cat", "n": "\\u0041"}\n' * 400_000)
    code = "from cladist.cli import main; main()"
    words = ("migrate", str(data), "--taxonomy", "pets", "--from", "1", "-o", place(merged, "out"))
    known = {**os.environ, "CLADIST_STORE": merged.store, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", code, *words], env=known) as running:
        while not list(merged.folder.glob(".out.*.part/data")):
            assert running.poll() is None, "it ended before"
            time.sleep(0.01)
        running.terminate()
    assert running.returncode == 143
    assert not list(merged.folder.glob(".out*")) and not list(merged.folder.glob("out*"))

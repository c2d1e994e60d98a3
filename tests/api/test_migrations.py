"""Migrations that the service does: taken in, watched, cancelled, downloaded, gone on with."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cladist.datasets.plan import decoded
from cladist.settings import Settings
from tests.api.serving import API, Draft, kind, make, served

Json = dict[str, Any]
LINES = b'{"label": "cat"}\n{"label": "dog"}\n{"label": "fish"}\n'


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("jobs")
    (folder / "allowed").mkdir()
    return Settings(
        store=f"sqlite:///{folder}/c.sqlite",
        body_limit=100_000,
        dataset_limit=20_000_000,
        dataset_roots=str(folder / "allowed"),
    )


@pytest.fixture(scope="module")
def service(settings: Settings) -> Iterator[httpx.Client]:
    with served(settings) as client:
        pets(client)
        yield client


def pets(client: httpx.Client) -> None:
    """Two versions: cat, dog and fish, then cat and dog merged into pet."""
    draft: Draft = make(client, "pets")
    cat, dog, _ = draft.add("cat"), draft.add("dog"), draft.add("fish")
    assert draft.publish().status_code == 201
    text = {"value": "pet", "language": "en"}
    new = {"preferred": [text], "definitions": [{**text, "value": "What pet means."}]}
    merge = {"op": "merge_classes", "sources": [cat, dog], "new": new}
    assert draft.change(merge).status_code == 200
    assert draft.publish().status_code == 201


def problem(answer: httpx.Response) -> str:
    return kind(answer)[1]


def start(client: httpx.Client, **asked: Any) -> httpx.Response:
    return client.post(f"{API}/taxonomies/pets/migrations", json={"from": "1.0.0", **asked})


def upload(client: httpx.Client, job: Json, data: bytes) -> httpx.Response:
    return client.put(
        job["links"]["dataset"], content=data, headers={"Content-Type": "application/octet-stream"}
    )


def ended(client: httpx.Client, job: Json) -> Json:
    for _ in range(600):
        found: Json = client.get(job["links"]["self"]).json()
        if found["status"] in ("done", "failed", "cancelled"):
            return found
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def test_a_dataset_is_uploaded_migrated_and_downloaded(service: httpx.Client) -> None:
    answer = start(service, name="data.jsonl")
    assert answer.status_code == 201
    job = answer.json()
    assert job["status"] == "waiting"
    assert answer.headers["Location"] == job["links"]["self"]
    assert upload(service, job, LINES).status_code == 202
    done = ended(service, job)
    assert done["status"] == "done", done
    assert done["format"] == "JSONL (label)"
    output = service.get(done["links"]["output"])
    assert output.content == b'{"label": "pet"}\n{"label": "pet"}\n{"label": "fish"}\n'
    assert service.get(done["links"]["report"]).json()["fates"]["merged"] == 2
    assert service.get(done["links"]["delta"]).content
    assert done["links"]["review"] is None
    assert job["id"] in [
        each["id"] for each in service.get(f"{API}/migrations").json()["migrations"]
    ]
    assert upload(service, job, LINES).status_code == 409
    assert service.delete(job["links"]["self"]).status_code == 204
    assert service.get(job["links"]["self"]).status_code == 404


def test_a_large_dataset_may_be_larger_than_a_body(service: httpx.Client) -> None:
    job = start(service, name="data.jsonl").json()
    assert upload(service, job, LINES * 20_000).status_code == 202
    assert ended(service, job)["status"] == "done"
    other = start(service, name="data.jsonl").json()
    refused = upload(service, other, bytes(21_000_000))
    assert problem(refused) == "too-large"
    assert service.get(other["links"]["self"]).json()["status"] == "waiting"


def test_a_dataset_that_lies_on_the_server(service: httpx.Client, settings: Settings) -> None:
    folder = Path(settings.dataset_roots)
    (folder / "data.jsonl").write_bytes(LINES)
    job = start(service, path=str(folder / "data.jsonl")).json()
    assert ended(service, job)["status"] == "done"
    outside = folder.parent / "c.sqlite"
    (folder / "link").symlink_to(outside)
    for path in (outside, folder / ".." / "c.sqlite", folder / "link", folder / "no.csv"):
        assert problem(start(service, path=str(path))) == "invalid-value"


def test_a_refusal_is_kept_with_the_job(service: httpx.Client) -> None:
    job = start(service, name="data.jsonl").json()
    upload(service, job, b'{"label": "boat"}\n')
    failed = ended(service, job)
    assert failed["status"] == "failed"
    assert failed["failure"]["kind"] == "UnknownLabels"
    assert failed["failure"]["details"]["labels"] == [["boat", 1]]
    assert failed["links"]["output"] is None
    assert service.get(f"{failed['links']['self']}/output").status_code == 404


def test_rules_and_decisions_are_checked_at_once(service: httpx.Client) -> None:
    wrong = {"splits": [{"class": "boat"}]}
    assert problem(start(service, name="a.jsonl", rules=wrong)) == "invalid-value"
    decided = [{"record": "1", "from": "boat", "to": "cat"}]
    assert problem(start(service, name="a.jsonl", decisions=decided)) == "refused-rows"
    assert problem(start(service)) == "invalid-value"
    assert problem(start(service, name="a", path="/b")) == "invalid-value"
    assert problem(start(service, name="a.jsonl", to="1.0.0")) == "already-migrated"
    assert problem(start(service, name="a/b")) == "invalid-request"


def test_a_job_is_cancelled(service: httpx.Client) -> None:
    waiting = start(service, name="data.jsonl").json()
    cancelled = service.post(f"{waiting['links']['self']}/cancel").json()
    assert cancelled["status"] == "cancelled"
    assert service.post(f"{waiting['links']['self']}/cancel").status_code == 409
    running = start(service, name="data.jsonl").json()
    upload(service, running, LINES * 200_000)
    service.post(f"{running['links']['self']}/cancel")
    found = ended(service, running)
    assert found["status"] == "cancelled"
    assert found["links"]["output"] is None


def test_a_job_survives_a_restart(settings: Settings, tmp_path: Path) -> None:
    own = Settings(store=f"sqlite:///{tmp_path}/c.sqlite", dataset_limit=50_000_000)
    with served(own) as client:
        pets(client)
        job = start(client, name="data.jsonl").json()
        upload(client, job, LINES * 150_000)
        while client.get(job["links"]["self"]).json()["status"] == "queued":
            time.sleep(0.02)
        waiting = start(client, name="later.jsonl").json()
    with served(own) as client:
        assert ended(client, job)["status"] == "done"
        assert upload(client, waiting, LINES).status_code == 202
        assert ended(client, waiting)["status"] == "done"
    assert not list(tmp_path.rglob("*.part"))


def test_the_plan_is_for_those_who_migrate_themselves(service: httpx.Client) -> None:
    path = f"{API}/taxonomies/pets/migration"
    answer = service.get(path, params={"from": "1.0.0", "to": "2.0.0"})
    plan = decoded(answer.content)
    assert (plan.source.version, plan.target.version) == ("1.0.0", "2.0.0")
    tag = {"If-None-Match": answer.headers["ETag"]}
    again = service.get(path, params={"from": "1.0.0", "to": "2.0.0"}, headers=tag)
    assert again.status_code == 304

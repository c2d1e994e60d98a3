"""Annotations checked over HTTP."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from cladist.api.annotations import MOST
from tests.api.serving import API, Draft, kind, make

LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture(scope="module")
def path(client: httpx.Client) -> str:
    """Where annotations are checked against a version with cat and dog."""
    draft: Draft = make(client, "checked", structure={"kind": "multi-label"})
    draft.add("cat")
    draft.add("dog")
    assert draft.publish().status_code == 201
    return f"{API}/taxonomies/checked/versions/1.0.0/annotations:validate"


def test_one_annotation_or_many(client: httpx.Client, path: str) -> None:
    answer = client.post(path, json=[{"item": "1.jpg", "labels": ["cat", "wolf"]}])
    found = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert (found["annotations"], found["valid"], found["invalid"]) == (1, 0, 1)
    assert found["faults"] == {"unknown-class": 1}
    assert found["found"][0]["item"] == "1.jpg"
    assert found["found"][0]["place"] == "/labels/1"
    again = client.post(path, json={"annotations": [{"labels": ["dog"]}]}, params={"by": "label"})
    assert again.json()["valid"] == 1


def test_lines_of_which_some_cannot_be_read(client: httpx.Client, path: str) -> None:
    rows = [json.dumps({"labels": ["cat" if n % 10 else "cta"]}) for n in range(5_000)]
    text = "\n".join(rows) + "\n{\n"
    answer = client.post(path, content=text, headers=LINES, params={"limit": 2})
    found = answer.json()
    assert (found["valid"], found["invalid"], len(found["found"])) == (4_500, 501, 2)
    assert found["found"][1]["line"] == 11
    assert found["faults"] == {"malformed": 1, "unknown-class": 500}


@pytest.mark.parametrize(
    ("body", "headers", "expected"),
    [
        (b"{", {"Content-Type": "application/json"}, (422, "unreadable-input")),
        (b'{"rows": []}', {"Content-Type": "application/json"}, (422, "unreadable-input")),
        (b"[" * 100_000, {"Content-Type": "application/json"}, (422, "unreadable-input")),
        (b"a,b", {"Content-Type": "text/csv"}, (415, "unsupported-media-type")),
    ],
)
def test_bodies_that_hold_no_annotations(
    client: httpx.Client, path: str, body: bytes, headers: Any, expected: tuple[int, str]
) -> None:
    assert kind(client.post(path, content=body, headers=headers)) == expected


def test_more_than_may_be_sent_at_once(client: httpx.Client, path: str) -> None:
    answer = client.post(path, content=b"{}\n" * (MOST + 1), headers=LINES)
    assert kind(answer)[1] == "too-large"


def test_versions_that_are_not_there(client: httpx.Client, path: str) -> None:
    answer = client.post(path.replace("1.0.0", "9"), json=[])
    assert kind(answer) == (404, "unknown-version")
    assert client.post(path.replace("1.0.0", "draft"), json=[]).json()["version"] == "draft"

"""Usages over HTTP, on both engines."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.serving import API, Draft, kind, make


@pytest.fixture
def farm(any_client: httpx.Client, slug: str) -> Draft:
    """A taxonomy with a version of cat and dog, and a draft in which the cat is retired."""
    draft = make(any_client, slug, structure={"kind": "multi-label"})
    cat = draft.add("cat")
    draft.add("dog")
    assert draft.publish().status_code == 201
    assert draft.change({"op": "retire_class", "id": cat, "reason": "gone"}).status_code == 200
    return draft


def put(farm: Draft, **said: Any) -> httpx.Response:
    return farm.client.put(f"{farm.path}/usages/photos", json=said)


def test_a_draft_that_hits_somebody_waits_until_they_agree(farm: Draft) -> None:
    assert put(farm, counts={"cat": 3, "dog": 1}, acknowledge=True).status_code == 201
    assert put(farm, counts={"cat": 3, "#2": 1}, acknowledge=True).status_code == 200
    (found,) = farm.client.get(f"{farm.path}/impact").json()["usages"]
    assert (found["labels"], found["hit"], found["open"], found["share"]) == (4, 3, 3, 0.75)
    assert found["missing"] is True
    refused = farm.publish()
    assert kind(refused) == (409, "unacknowledged")
    assert refused.json()["usages"] == ["photos"]
    agreed = farm.client.post(f"{farm.path}/usages/photos:acknowledge")
    assert agreed.json()["missing"] is False
    assert farm.publish().status_code == 201
    (event,) = [
        each
        for each in farm.client.get(f"{farm.path}/events").json()["events"]
        if each["type"] == "usage.acknowledged"
    ]
    assert event["data"]["usage"]["name"] == "photos"


def test_a_usage_is_shown_and_removed(farm: Draft) -> None:
    put(farm, kind="model", contact="ada", version="1")
    path = f"{farm.path}/usages/photos"
    shown = farm.client.get(path).json()
    assert (shown["kind"], shown["version"], shown["counts"]) == ("model", "1.0.0", None)
    assert len(farm.client.get(f"{farm.path}/usages").json()["usages"]) == 1
    assert farm.client.delete(path).status_code == 204
    assert kind(farm.client.get(path)) == (404, "not-found")


def test_weights_come_from_a_usage(farm: Draft) -> None:
    put(farm, counts={"cat": 3, "dog": 1})
    path = f"{farm.path}/versions/1.0.0/training"
    card = farm.client.get(path, params={"usage": "photos", "items": 4}).json()
    assert card["class_weights"]["counts"] == [3, 1]
    put(farm)
    assert kind(farm.client.get(path, params={"usage": "photos"}))[1] == "invalid-value"


def test_names_of_before_are_known(farm: Draft) -> None:
    dog = farm.client.get(f"{farm.path}/versions/1/classes").json()["classes"][1]["id"]
    label = {"value": "hound", "language": "en"}
    assert farm.change({"op": "rename_class", "id": dog, "label": label}).status_code == 200
    assert farm.publish().status_code == 201
    made = put(farm, counts={"dog": 2, "#2": 1, "HOUND": 4})
    assert made.json()["counts"] == {dog: 7}


def test_strange_usages(farm: Draft) -> None:
    assert kind(put(farm, counts={"wolf": 1})) == (404, "unknown-class")
    assert kind(put(farm, counts={"cat": -1})) == (422, "invalid-value")
    assert kind(put(farm, kind="song")) == (422, "invalid-value")
    assert kind(put(farm, version="9")) == (404, "unknown-version")
    assert kind(put(farm, version="draft")) == (422, "invalid-value")
    assert kind(put(farm, size=3))[1] == "invalid-request"
    assert kind(farm.client.get(f"{API}/taxonomies/none/usages")) == (404, "unknown-taxonomy")
    assert kind(farm.client.get(f"{farm.path}/impact", params={"to": "7"}))[1] == "unknown-version"

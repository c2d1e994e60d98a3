"""The training card over HTTP."""

from __future__ import annotations

import io

import httpx
import numpy as np
import pytest

from tests.api.serving import API, kind, make


@pytest.fixture(scope="module")
def pets(client: httpx.Client) -> str:
    """The path of the versions of a taxonomy of which the second one has a class more."""
    draft = make(client, "heads")
    draft.add("cat")
    draft.add("dog")
    assert draft.publish().status_code == 201
    draft.add("hare")
    assert draft.publish().status_code == 201
    return f"{API}/taxonomies/{draft.slug}/versions"


def test_a_card_says_where_outputs_of_an_earlier_version_are(
    client: httpx.Client, pets: str
) -> None:
    answer = client.get(f"{pets}/2.0.0/training", params={"from": "1.0.0"})
    card = answer.json()
    assert card["outputs"] == 3
    assert card["permutations"] == {"1.0.0": {"size": 2, "positions": [0, 1], "added": [2]}}
    assert "immutable" in answer.headers["cache-control"]
    again = client.get(answer.request.url, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_what_may_move_is_not_kept_for_ever(client: httpx.Client, pets: str) -> None:
    answer = client.get(f"{pets}/2.0.0/training", params={"from": "latest"})
    assert "immutable" not in answer.headers["cache-control"]
    assert answer.json()["permutations"]["2.0.0"]["positions"] == [0, 1, 2]


def test_arrays_are_a_file_of_numpy(client: httpx.Client, pets: str) -> None:
    answer = client.get(f"{pets}/2.0.0/training/arrays.npz", params={"from": "1.0.0"})
    with np.load(io.BytesIO(answer.content), allow_pickle=False) as arrays:
        assert list(arrays["permutation_1.0.0"]) == [0, 1]
        assert arrays["exclusive"].shape == (3, 3)


def test_a_version_does_not_come_from_the_draft(client: httpx.Client, pets: str) -> None:
    answer = client.get(f"{pets}/2.0.0/training", params={"from": "draft"})
    assert kind(answer)[1] == "invalid-request"
    assert kind(client.get(f"{pets}/9/training"))[1] == "unknown-version"

"""Everything that must be refused is refused with the right problem, and nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.api.conftest import BODY_LIMIT
from tests.api.serving import API, Draft, kind

JSON = {"Content-Type": "application/json"}
CAT = {"preferred": [{"value": "cat", "language": "en"}]}
ADD = {"op": "add_class", "new": CAT}


@pytest.fixture
def unmoved(pets: Draft, acts: Callable[[], int]) -> Iterator[Draft]:
    """A taxonomy on a service that must have done nothing when the test is over."""
    cat = pets.add("cat")
    pets.add("dog", cat)
    before, done = pets.tag, acts()
    yield pets
    assert (pets.tag, acts()) == (before, done)


def post(draft: Draft, body: bytes | str, **headers: str) -> httpx.Response:
    sent = {**JSON, "If-Match": draft.tag, **headers}
    return draft.client.post(f"{draft.path}/draft/changes", content=body, headers=sent)


BODIES: dict[str, tuple[bytes, int, str]] = {
    "lone surrogate": (
        b'{"op":"add_class","new":{"preferred":[{"value":"\\ud800"}]}}',
        422,
        "invalid-request",
    ),
    "control character": (
        b'{"op":"add_class","new":{"preferred":[{"value":"a\\u0000b","language":"en"}]}}',
        422,
        "invalid-value",
    ),
    "noncharacter": (
        b'{"op":"add_class","new":{"preferred":[{"value":"a\\ufffeb","language":"en"}]}}',
        422,
        "invalid-value",
    ),
    "NaN": (b'{"changes":[],"evidence":NaN}', 400, "malformed-body"),
    "infinity": (b'{"changes":[],"evidence":-Infinity}', 400, "malformed-body"),
    "huge float": (b'{"changes":[],"evidence":1e400}', 422, "invalid-request"),
    "huge integer": (b'{"n":' + b"9" * 5000 + b"}", 400, "malformed-body"),
    "deep nesting": (b"[" * 100_000, 400, "malformed-body"),
    "deep and closed": (b"[" * 500 + b"]" * 500, 400, "malformed-body"),
    "duplicate names": (b'{"op":"add_class","op":"add_class"}', 400, "malformed-body"),
    "bad UTF-8": (b'{"op":"\xff"}', 400, "malformed-body"),
    "UTF-16": ('{"op":"add_class"}'.encode("utf-16"), 415, "unsupported-media-type"),
    "empty": (b"", 400, "malformed-body"),
    "no JSON": (b'{"op":', 400, "malformed-body"),
    "unknown field": (b'{"op":"restore_class","id":"x","is_admin":true}', 422, "invalid-request"),
    "unknown field inside": (
        b'{"op":"add_class","new":{"colours":"red"}}',
        422,
        "invalid-request",
    ),
    "unknown operation": (b'{"op":"drop_class","id":"x"}', 422, "invalid-request"),
    "text for a number": (b'{"op":"add_class","new":{"code":"5"}}', 422, "invalid-request"),
    "no changes": (b'{"changes":[]}', 422, "invalid-request"),
    "a bare text": (b'"add"', 422, "invalid-request"),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies(unmoved: Draft, name: str) -> None:
    body, status, problem = BODIES[name]
    assert kind(post(unmoved, body)) == (status, problem)


def test_the_answer_never_repeats_what_was_sent(unmoved: Draft) -> None:
    answer = post(unmoved, json.dumps({**ADD, "secret-value": 1, "new": {"code": "hunter2"}}))
    assert kind(answer) == (422, "invalid-request")
    assert "hunter2" not in answer.text


CHANGES: dict[str, tuple[Callable[[str, str], Any], str]] = {
    "a cycle": (lambda cat, dog: {"op": "move_class", "id": cat, "parents": [dog]}, "cycle-found"),
    "its own parent": (
        lambda cat, dog: {"op": "add_parent", "id": cat, "parent": cat},
        "cycle-found",
    ),
    "a parent that is nowhere": (
        lambda cat, dog: {"op": "add_parent", "id": cat, "parent": "https://example.org/none"},
        "unknown-reference",
    ),
    "a bad IRI": (
        lambda cat, dog: {"op": "add_class", "new": {**CAT, "id": "https://example.org/a b<>"}},
        "invalid-value",
    ),
    "a newline in an IRI": (
        lambda cat, dog: {"op": "add_class", "new": {**CAT, "id": "https://example.org/a\nb"}},
        "invalid-value",
    ),
    "another scheme": (
        lambda cat, dog: {"op": "add_class", "new": {**CAT, "id": "javascript:alert(1)"}},
        "invalid-value",
    ),
    "a taken code": (
        lambda cat, dog: {"op": "add_class", "new": {**CAT, "code": 1}},
        "code-taken",
    ),
}


def ids(draft: Draft) -> tuple[str, str]:
    listed = draft.client.get(f"{draft.path}/versions/draft/classes").json()["classes"]
    return listed[0]["id"], listed[1]["id"]


@pytest.mark.parametrize("name", CHANGES)
def test_changes(unmoved: Draft, name: str) -> None:
    make_change, problem = CHANGES[name]
    good = {"op": "add_class", "new": {"preferred": [{"value": "eel", "language": "en"}]}}
    answer = unmoved.change(good, make_change(*ids(unmoved)))
    assert kind(answer) == (422, problem)
    assert answer.json()["position"] == 1


def test_a_cycle_is_named(unmoved: Draft) -> None:
    cat, dog = ids(unmoved)
    answer = unmoved.change({"op": "move_class", "id": cat, "parents": [dog]})
    cycle = answer.json()["cycle"]
    assert {(each["id"], each["label"]) for each in cycle} == {(cat, "cat"), (dog, "dog")}


def test_conditions(unmoved: Draft) -> None:
    client, path = unmoved.client, f"{unmoved.path}/draft/changes"
    assert kind(client.post(path, json=ADD)) == (428, "precondition-required")
    for bad in ("W/" + unmoved.tag, "pets", "*", '"unclosed', ""):
        answer = client.post(path, json=ADD, headers={"If-Match": bad})
        assert kind(answer) == (400, "malformed-condition"), bad
    stale = unmoved.tag.replace("-draft-2-", "-draft-1-")
    answer = client.post(path, json=ADD, headers={"If-Match": stale})
    assert kind(answer) == (412, "stale-draft")
    assert answer.headers["etag"] == unmoved.tag
    assert (answer.json()["expected"], answer.json()["actual"]) == (1, 2)
    for method, target in (
        ("DELETE", f"{unmoved.path}/draft"),
        ("DELETE", f"{path}/x"),
        ("POST", f"{unmoved.path}/versions"),
    ):
        assert kind(client.request(method, target)) == (428, "precondition-required")


def test_nothing_to_publish(pets: Draft) -> None:
    assert kind(pets.publish()) == (409, "nothing-to-publish")
    pets.add("cat")
    assert pets.publish().status_code == 201
    assert kind(pets.publish()) == (409, "nothing-to-publish")


def test_a_class_under_two_exclusive_ones_is_not_published(pets: Draft) -> None:
    cat, dog = pets.add("cat"), pets.add("dog")
    pets.add("catdog", cat, dog)
    group = {"members": sorted((cat, dog)), "labels": [{"value": "one", "language": "en"}]}
    answer = pets.change({"op": "set_exclusive_group", "group": group})
    assert answer.status_code == 200, answer.text
    tag = pets.tag
    refused = pets.publish()
    assert kind(refused) == (422, "invalid-taxonomy")
    report = refused.json()["report"]
    assert report["conforms"] is False
    assert any("catdog" in each["message"] for each in report["results"])
    assert pets.tag == tag
    assert pets.client.get(f"{pets.path}/versions").json()["versions"] == []


def test_a_lower_number_is_refused(pets: Draft) -> None:
    pets.add("cat")
    tag = pets.tag
    answer = pets.client.post(
        f"{pets.path}/versions", json={"version": "0.1.0"}, headers={"If-Match": tag}
    )
    assert kind(answer) == (422, "lowered-version")


def test_bodies_over_the_limit(unmoved: Draft) -> None:
    long = b" " * (BODY_LIMIT + 1)
    assert kind(post(unmoved, long)) == (413, "too-large")

    def chunks() -> Iterator[bytes]:
        for _ in range(11):
            yield b" " * (BODY_LIMIT // 10)

    headers = {**JSON, "If-Match": unmoved.tag}
    answer = unmoved.client.post(f"{unmoved.path}/draft/changes", content=chunks(), headers=headers)
    assert kind(answer) == (413, "too-large")


def test_content_types(unmoved: Draft) -> None:
    client, path = unmoved.client, f"{unmoved.path}/draft/changes"
    body = json.dumps(ADD)
    for sent in (
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json; charset=utf-16"},
        {**JSON, "Content-Encoding": "gzip"},
    ):
        headers = {"If-Match": unmoved.tag, **sent}
        answer = client.post(path, content=body.encode(), headers=headers)
        assert kind(answer) == (415, "unsupported-media-type"), sent


def test_writes_from_pages_of_other_sites(unmoved: Draft) -> None:
    answer = post(unmoved, json.dumps(ADD), Origin="https://evil.example")
    assert kind(answer) == (403, "foreign-origin")


READS = {
    "classes?limit=1": 422,
    "classes?selectable=true&selectable=all": 422,
    "classes?selectable=maybe": 422,
    "classes/children?limit=0": 422,
    "classes/children?limit=-1": 422,
    "classes/children?limit=" + "9" * 30: 422,
    "classes/children?offset=-1": 422,
    "classes/children?parent=https://example.org/none": 404,
    "class?id=https://example.org/none": 404,
    "class": 422,
    "search?q=": 422,
    "search?q=" + "x" * 300: 422,
    "subtree?id=x&depth=65": 422,
    "nothing": 404,
}


@pytest.mark.parametrize("tail", READS)
def test_reads(unmoved: Draft, tail: str) -> None:
    answer = unmoved.client.get(f"{unmoved.path}/versions/draft/{tail}")
    assert kind(answer)[0] == READS[tail]


def test_paths(unmoved: Draft) -> None:
    client = unmoved.client
    for path in ("%00", "%ff", "..%2f..", "%0a", "PETS", "a" * 65, "%ed%a0%80"):
        assert kind(client.get(f"{API}/taxonomies/{path}")) == (404, "not-found"), path
    assert kind(client.get(f"{API}/taxonomies/no-such")) == (404, "unknown-taxonomy")
    assert kind(client.get(f"{unmoved.path}/versions/latest")) == (404, "unknown-version")
    assert kind(client.get(f"{unmoved.path}/versions/9.9.ttl")) == (404, "unknown-version")
    wrong = client.put(f"{API}/taxonomies")
    assert kind(wrong) == (405, "method-not-allowed")
    assert wrong.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.post(f"{unmoved.path}/draft").headers["allow"] == "DELETE, GET, HEAD, OPTIONS"
    image = client.get(f"{unmoved.path}/versions/draft/classes", headers={"Accept": "image/png"})
    assert kind(image) == (406, "not-acceptable")


def test_taxonomies_that_cannot_be(unmoved: Draft) -> None:
    client = unmoved.client
    taken = client.post(f"{API}/taxonomies", json={"slug": unmoved.slug})
    assert kind(taken) == (409, "taxonomy-exists")
    for bad in ({"slug": "Bad Slug"}, {"slug": "ok", "iri": "no iri"}):
        assert kind(client.post(f"{API}/taxonomies", json=bad)) == (422, "invalid-value")
    strange = client.post(f"{API}/taxonomies", json={"slug": "ok", "colour": "red"})
    assert kind(strange) == (422, "invalid-request")

"""Resolving over HTTP: one reference with its way, and batches; weird texts are only unknown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from cladist.api.resolving import MOST
from cladist.api.schemas.resolving import ReferenceAccount, ReferenceAnswer
from tests.api.serving import API, Draft, kind

FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def slug() -> str:
    return "pets-resolved"


@pytest.fixture(scope="module")
def pets(client: httpx.Client, slug: str) -> Draft:
    """Three versions: cat and dog, then merged into pet, then split into furry and scaly."""
    draft = Draft(client, slug)
    body = {"slug": slug, "structure": {"kind": "multi-label"}}
    assert client.post(f"{API}/taxonomies", json=body).status_code == 201
    cat, dog, _ = draft.add("cat"), draft.add("dog"), draft.add("hare")
    assert draft.publish().status_code == 201
    made(draft, {"op": "merge_classes", "sources": [cat, dog], "new": new("pet")})
    made(draft, {"op": "split_class", "id": "pet", "new": [new("furry"), new("scaly")]})
    return draft


def new(label: str) -> dict[str, Any]:
    text = {"value": label, "language": "en"}
    return {"preferred": [text], "definitions": [{**text, "value": f"What {label} means."}]}


def made(draft: Draft, change: dict[str, Any]) -> None:
    answer = draft.change(change)
    assert answer.status_code == 200, answer.text
    answer = draft.publish()
    assert answer.status_code == 201, answer.text


def one(draft: Draft, headers: dict[str, str] | None = None, **query: str) -> httpx.Response:
    given = {each.rstrip("_"): value for each, value in query.items()}
    return draft.client.get(f"{draft.path}/resolve", params=given, headers=headers)


def batch(draft: Draft, body: Any, headers: dict[str, str] | None = None) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body)
    sent = {"Content-Type": "application/json", **(headers or {})}
    path = f"{draft.path}/resolve?from=1.0.0&to=2.0.0"
    return draft.client.post(path, content=content, headers=sent)


def test_one_reference_with_its_way(pets: Draft) -> None:
    answer = one(pets, from_="1.0.0", to="3.0.0", q="CAT")
    assert answer.status_code == 200
    TypeAdapter(ReferenceAccount).validate_json(answer.content, strict=True)
    told = answer.json()
    assert (told["from"], told["to"], told["query"]) == ("1.0.0", "3.0.0", "CAT")
    assert (told["status"], told["how"]) == ("regrouped", "preferred-folded")
    assert (told["automatic"], told["needs_decision"]) == (False, True)
    assert told["class"]["label"] == "cat"
    assert {each["label"] for each in told["targets"]} == {"furry", "scaly"}
    assert [(each["version"], each["kind"]) for each in told["path"]] == [
        *(("2.0.0", "merged"), ("3.0.0", "split"))
    ]


def test_a_stale_client_goes_to_the_latest_and_back(pets: Draft) -> None:
    assert one(pets, from_="1.0.0", q="#3").json()["to"] == "3.0.0"
    told = one(pets, from_="2", to="1", q="pet").json()
    assert {each["label"] for each in told["targets"]} == {"cat", "dog"}
    assert told["path"][0]["reverted"] is True


def test_what_is_said_of_two_versions_may_be_kept_for_ever(pets: Draft) -> None:
    exact = one(pets, from_="1.0.0", to="2.0.0", q="cat")
    assert exact.headers["cache-control"] == FOREVER
    tag = exact.headers["etag"]
    again = one(pets, {"If-None-Match": tag}, from_="1.0.0", to="2.0.0", q="cat")
    assert (again.status_code, again.content) == (304, b"")
    assert one(pets, from_="1.0.0", to="2.0.0", q="dog").headers["etag"] != tag
    moving = one(pets, from_="1", to="2.0.0", q="cat")
    assert moving.headers["cache-control"] == "public, max-age=10"
    place = moving.headers["content-location"]
    assert pets.client.get(place).json() == exact.json()
    draft = one(pets, from_="1.0.0", to="draft", q="cat")
    assert draft.headers["cache-control"] == "no-cache"


def test_an_unknown_reference_is_an_answer_that_may_change(pets: Draft) -> None:
    answer = one(pets, from_="1.0.0", to="2.0.0", q="scaly")
    TypeAdapter(ReferenceAccount).validate_json(answer.content, strict=True)
    assert (answer.json()["status"], answer.json()["known_in"]) == ("unknown", ["3.0.0"])
    assert answer.headers["cache-control"] == "public, max-age=10"
    assert [each["label"] for each in one(pets, from_="1", q="har").json()["suggestions"]] == [
        "hare"
    ]


def test_callers_may_say_what_a_reference_is(pets: Draft) -> None:
    assert one(pets, from_="1.0.0", q="1", by="code").json()["class"]["label"] == "cat"
    assert one(pets, from_="1.0.0", q="1", by="label").json()["status"] == "unknown"
    assert kind(one(pets, from_="1", q="1", by="guess")) == (422, "invalid-request")


WEIRD = ["", " ", "\x00", "\x1b[2J", "\ufffe", "\u202ecat", "x" * 9_999, "'; --", "%00", "#", "{}"]


@pytest.mark.parametrize("text", WEIRD)
def test_weird_texts_are_unknown(pets: Draft, text: str) -> None:
    answer = one(pets, from_="1.0.0", to="2.0.0", q=text)
    assert (answer.status_code, answer.json()["status"]) == (200, "unknown")
    assert answer.json()["query"] == text
    (told,) = batch(pets, [text]).json()
    assert (told["status"], told["query"]) == ("unknown", text)


def test_batches_are_answered_in_order(pets: Draft) -> None:
    wanted = ["cat", "nobody", "DOG", "cat", "#3", "1"]
    answer = batch(pets, wanted)
    assert answer.status_code == 200
    TypeAdapter(list[ReferenceAnswer]).validate_json(answer.content, strict=True)
    told = answer.json()
    assert [each["query"] for each in told] == wanted
    assert [each["status"] for each in told] == [
        *("merged", "unknown", "merged", "merged", "unchanged", "merged")
    ]
    assert (answer.headers["cladist-from"], answer.headers["cladist-to"]) == ("1.0.0", "2.0.0")
    assert answer.headers["cache-control"] == "no-store"
    assert batch(pets, {"references": wanted}).json() == told
    details = ("taxonomy", "from", "to", "path", "suggestions")
    single = one(pets, from_="1.0.0", to="2.0.0", q="cat").json()
    assert {name: value for name, value in single.items() if name not in details} == told[0]


def test_batches_as_csv(pets: Draft) -> None:
    answer = batch(pets, ["cat", "=1+1", 'a"b,c\nd'], {"Accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [each["query"] for each in rows] == ["cat", "'=1+1", 'a"b,c\nd']
    assert (rows[0]["status"], rows[0]["automatic"]) == ("merged", "yes")
    assert kind(batch(pets, ["cat"], {"Accept": "text/turtle"})) == (406, "not-acceptable")


def test_a_full_batch(pets: Draft) -> None:
    wanted = [f"{number}" for number in range(MOST)]
    told = batch(pets, wanted)
    assert len(told.json()) == MOST
    assert batch(pets, []).json() == []
    too_many = batch(pets, [*wanted, "one more"])
    assert kind(too_many) == (413, "too-large")
    assert too_many.json()["allowed"] == MOST


BODIES: dict[str, tuple[bytes, int, str]] = {
    "a number": (b"[1]", 422, "invalid-request"),
    "a null": (b'["cat", null]', 422, "invalid-request"),
    "a text": (b'"cat"', 422, "invalid-request"),
    "an unknown field": (b'{"references":[],"to":"1"}', 422, "invalid-request"),
    "half a surrogate pair": (b'["\\ud800"]', 422, "invalid-request"),
    "no JSON": (b"[cat]", 400, "malformed-body"),
    "nothing": (b"", 400, "malformed-body"),
    "bad UTF-8": (b'["\xff"]', 400, "malformed-body"),
}


@pytest.mark.parametrize("name", BODIES)
def test_bad_bodies(pets: Draft, name: str) -> None:
    body, status, problem = BODIES[name]
    assert kind(batch(pets, body)) == (status, problem)


ASKED: dict[str, tuple[Callable[[Draft], httpx.Response], int, str]] = {
    "an unknown source": (lambda draft: one(draft, from_="9", q="cat"), 404, "unknown-version"),
    "an unknown target": (
        lambda draft: one(draft, from_="1", to="9", q="cat"),
        404,
        "unknown-version",
    ),
    "no source": (lambda draft: one(draft, q="cat"), 422, "invalid-request"),
    "no reference": (lambda draft: one(draft, from_="1"), 422, "invalid-request"),
    "an endless reference": (
        lambda draft: one(draft, from_="1", q="x" * 10_001),
        422,
        "invalid-request",
    ),
    "an unknown parameter": (
        lambda draft: one(draft, from_="1", q="x", fuzzy="yes"),
        422,
        "invalid-request",
    ),
    "an unknown taxonomy": (
        lambda draft: one(Draft(draft.client, "cars"), from_="1", q="cat"),
        404,
        "unknown-taxonomy",
    ),
    "a batch from nowhere": (
        lambda draft: draft.client.post(f"{draft.path}/resolve?from=9", json=["cat"]),
        404,
        "unknown-version",
    ),
    "a batch as a form": (
        lambda draft: draft.client.post(f"{draft.path}/resolve?from=1", data={"a": "b"}),
        415,
        "unsupported-media-type",
    ),
    "another site": (
        lambda draft: batch(draft, ["cat"], {"Origin": "https://elsewhere.example"}),
        403,
        "foreign-origin",
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_refused(pets: Draft, name: str) -> None:
    ask, status, problem = ASKED[name]
    assert kind(ask(pets)) == (status, problem)


CIRCLE = """
@base <https://example.org/pets> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<#all> a skos:ConceptScheme .
<#a> a skos:Concept ; skos:inScheme <#all> ; skos:prefLabel "fly"@en ;
    owl:deprecated true ; dcterms:isReplacedBy <#b> .
<#b> a skos:Concept ; skos:inScheme <#all> ; skos:prefLabel "gnat"@en ;
    owl:deprecated true ; dcterms:isReplacedBy <#a> .
"""


def test_a_circle_of_successors_is_named(client: httpx.Client) -> None:
    answer = client.post(
        f"{API}/taxonomies/import?slug=circles",
        content=CIRCLE,
        headers={"Content-Type": "text/turtle"},
    )
    assert answer.status_code == 201, answer.text
    path = f"{API}/taxonomies/circles/resolve?from=draft&to=draft"
    for refused in (client.get(f"{path}&q=fly"), client.post(path, json=["x", "fly"])):
        assert kind(refused) == (422, "successor-cycle")
        assert [each["label"] for each in refused.json()["cycle"]] == ["fly", "gnat"]

"""Two files compared over HTTP: nothing is stored, and bad ones are refused."""

from __future__ import annotations

from typing import Any

import httpx
from pydantic import TypeAdapter

from cladist.api.schemas.comparing import Diff
from tests.api.serving import kind

OLD = '<https://x.example/a> <https://x.example/p> "one"@en .\n'
NEW = '<https://x.example/a> <https://x.example/p> "two"@en .\n'


def asked(client: httpx.Client, old: Any, new: Any, query: str = "") -> httpx.Response:
    return client.post(f"/api/v1/diff?{query}", json={"old": old, "new": new})


def outline(text: str) -> dict[str, str]:
    return {"format": "outline", "text": text}


def triples(text: str) -> dict[str, str]:
    return {"format": "n-triples", "text": text}


def test_lists_are_compared_as_taxonomies(client: httpx.Client) -> None:
    before = client.get("/api/v1/taxonomies").text
    answer = asked(client, outline("animal\n  cat\n"), outline("animal\n  cat\n  dog\n"))
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    TypeAdapter(Diff).validate_json(answer.content)
    told = answer.json()
    assert [(each["kind"], each["text"]) for each in told["operations"]] == [
        ("added", "“dog” is a new answer among exclusive ones")
    ]
    assert told["residual"] == {"removed": [], "added": []}
    assert client.get("/api/v1/taxonomies").text == before


def test_a_patch_is_of_the_statements_as_they_stand(client: httpx.Client) -> None:
    answer = asked(client, triples(OLD), triples(NEW), "format=rdf-patch")
    assert answer.status_code == 200, answer.text
    rows = answer.text.splitlines(keepends=True)
    assert f"D {OLD}" in rows
    assert f"A {NEW}" in rows


def test_what_cannot_be_compared_is_refused(client: httpx.Client) -> None:
    broken = asked(client, triples(OLD), triples("nonsense\n"), "format=rdf-patch")
    assert kind(broken) == (422, "unreadable-input")
    table = {"format": "csv", "text": "label\ncat\n"}
    assert asked(client, table, table, "format=rdf-patch").status_code == 422
    assert asked(client, table, table, "under=cat").status_code == 422
    unknown = asked(client, {"format": "nonesuch", "text": "x"}, table)
    assert unknown.status_code == 422

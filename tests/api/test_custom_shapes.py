"""Shapes over HTTP: set in the draft, shown, removed, refused."""

from __future__ import annotations

import httpx

from tests.api.serving import Draft, kind
from tests.catalog.test_custom_shapes import SHAPES

TURTLE = {"Content-Type": "text/turtle"}


def _put(pets: Draft, data: bytes, **headers: str) -> httpx.Response:
    sent = {"If-Match": pets.tag, **TURTLE, **headers}
    return pets.client.put(f"{pets.path}/draft/shapes", content=data, headers=sent)


def test_shapes_are_set_checked_and_removed(pets: Draft) -> None:
    cat = pets.add("cat")
    answer = _put(pets, SHAPES)
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == pets.tag
    shown = pets.client.get(f"{pets.path}/shapes").json()
    assert [each["rule"] for each in shown["shapes"]] == ["custom-german"]
    assert 'sh:languageIn ( "de" )' in shown["turtle"]
    report = pets.client.get(f"{pets.path}/validation").json()
    found = next(each for each in report["results"] if each["rule"] == "custom-german")
    assert (found["subject"], report["conforms"]) == (cat, False)
    assert kind(pets.publish()) == (422, "invalid-taxonomy")
    gone = pets.client.delete(f"{pets.path}/draft/shapes", headers={"If-Match": pets.tag})
    assert gone.status_code == 200, gone.text
    assert kind(pets.client.get(f"{pets.path}/shapes")) == (404, "not-found")


def test_refusals(pets: Draft) -> None:
    path = f"{pets.path}/draft/shapes"
    assert kind(pets.client.put(path, content=SHAPES, headers=TURTLE)) == (
        428,
        "precondition-required",
    )
    assert kind(_put(pets, SHAPES, **{"Content-Type": "text/csv"}))[0] == 415
    assert kind(_put(pets, b"<#x> nonsense"))[0] == 422
    refused = _put(pets, SHAPES.replace(b"sh:property", b"sh:js"))
    assert kind(refused) == (422, "invalid-value")
    assert "runs JavaScript" in refused.json()["detail"]
    assert kind(pets.client.delete(path, headers={"If-Match": pets.tag})) == (404, "not-found")

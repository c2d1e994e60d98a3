"""Fixes over HTTP: offered, and taken by sending their changes."""

from __future__ import annotations

from tests.api.serving import Draft, kind


def test_a_fix_is_taken_by_sending_its_changes(pets: Draft) -> None:
    animal = pets.add("animal")
    dog = pets.add("dog", animal)
    hound = pets.add("hound", dog, animal)
    path = f"{pets.path}/draft/fixes"
    found = pets.client.get(path, params={"rule": "clad-hier-redundant"}).json()
    (finding,) = found["findings"]
    assert finding["result"]["subject"] == hound
    (fix,) = finding["fixes"]
    assert (fix["title"], fix["bump"], fix["ends"]) == ("Take the parent “animal” away", "minor", 1)
    assert fix["effect"][0]["label"] == "hound"
    assert pets.change(*fix["changes"]).status_code == 200
    assert not pets.client.get(path, params={"rule": "clad-hier-redundant"}).json()["findings"]
    about = pets.client.get(path, params={"subject": dog}).json()
    assert {each["result"]["subject"] for each in about["findings"]} <= {dog}


def test_a_rule_without_fixes(pets: Draft) -> None:
    answer = pets.client.get(f"{pets.path}/draft/fixes", params={"rule": "clad-clar-no-code"})
    assert kind(answer) == (422, "invalid-value")
    assert "its advice says what to do" in answer.json()["detail"]

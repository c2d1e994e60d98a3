"""The whole way on both engines: create, change, undo, publish, fetch, publish again."""

from __future__ import annotations

import threading

import httpx

from tests.api.serving import API, kind, make


def test_from_nothing_to_two_versions(any_client: httpx.Client, slug: str) -> None:
    draft = make(any_client, slug, structure={"kind": "multi-label"})
    animal = draft.add("animal")
    cat, dog = draft.add("cat", animal), draft.add("dog", animal)
    first = draft.publish()
    assert first.status_code == 201, first.text
    assert first.headers["location"] == f"{draft.path}/versions/1.0.0"
    assert first.json()["report"]["conforms"] is True
    listed = any_client.get(f"{draft.path}/versions/latest/classes?selectable=true").json()
    assert [row["id"] for row in listed["classes"]] == [cat, dog]
    assert [row["index"] for row in listed["classes"]] == [0, 1]
    draft.add("hamster", animal)
    second = draft.publish()
    assert second.json()["version"] == "1.1.0"
    assert second.json()["reasons"][0]["bump"] == "minor"
    assert "hamster" in second.json()["notes"]
    listed = any_client.get(f"{draft.path}/versions").json()
    numbers = [each["version"] for each in listed["versions"]]
    assert numbers == ["1.0.0", "1.1.0"]
    for selector, number in {"latest": "1.1.0", "1": "1.1.0", "1.0": "1.0.0"}.items():
        found = any_client.get(f"{draft.path}/versions/{selector}")
        assert found.json()["version"] == number
    moved = any_client.get(f"{draft.path}/versions/1.1.0/index/permutation?from=1.0.0").json()
    assert (moved["positions"], moved["added"]) == ([0, 1], [2])


def test_of_two_publishers_one_wins(any_client: httpx.Client, slug: str) -> None:
    draft = make(any_client, slug, structure={"kind": "multi-label"})
    draft.add("cat")
    tag = draft.tag
    answers: list[httpx.Response] = []
    threads = [
        threading.Thread(target=lambda: answers.append(draft.publish(tag))) for _ in range(2)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each.status_code for each in answers) == [201, 412]
    loser = next(each for each in answers if each.status_code == 412)
    assert kind(loser) == (412, "stale-draft")
    assert loser.headers["etag"] == draft.tag


def test_a_repeated_request_is_answered_once(any_client: httpx.Client, slug: str) -> None:
    draft = make(any_client, slug, structure={"kind": "multi-label"})
    draft.add("cat")
    tag, key = draft.tag, {"Idempotency-Key": f"key of {slug}"}
    first, second = draft.publish(tag, **key), draft.publish(tag, **key)
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert first.headers["location"] == second.headers["location"]
    other = any_client.post(
        f"{draft.path}/versions", json={"notes": "other"}, headers={"If-Match": tag, **key}
    )
    assert kind(other) == (422, "reused-key")


def test_the_draft_can_be_undone_and_discarded(client: httpx.Client, slug: str) -> None:
    draft = make(client, slug)
    draft.add("cat")
    draft.add("dog")
    changes = client.get(f"{draft.path}/draft").json()["changes"]
    path = f"{draft.path}/draft/changes/{changes[0]['id']}"
    after = client.delete(path, headers={"If-Match": draft.tag})
    assert [each["text"] for each in after.json()["changes"]] == [changes[1]["text"]]
    assert after.headers["etag"] == draft.tag
    again = client.delete(path, headers={"If-Match": draft.tag})
    assert kind(again) == (404, "unknown-change")
    emptied = client.delete(f"{draft.path}/draft", headers={"If-Match": draft.tag})
    assert emptied.json()["changes"] == []


def test_a_dry_run_shows_the_effect_and_stores_nothing(client: httpx.Client, slug: str) -> None:
    draft = make(client, slug)
    cat = draft.add("cat")
    tag = draft.tag
    rename = {"op": "rename_class", "id": cat, "label": {"value": "Cat", "language": "en"}}
    shown = draft.change(rename, dry_run=True)
    assert shown.status_code == 200
    (effect,) = shown.json()["changes"][0]["effect"]
    fields = {each["field"]: each for each in effect["fields"]}
    assert fields["preferred"]["before"] == [{"value": "cat", "language": "en"}]
    assert fields["preferred"]["after"] == [{"value": "Cat", "language": "en"}]
    assert draft.tag == tag


def test_an_envelope_says_who_why_and_on_what_evidence(client: httpx.Client, slug: str) -> None:
    draft = make(client, slug)
    new = {"preferred": [{"value": "cat", "language": "en"}]}
    body = {
        "changes": [{"op": "add_class", "new": new}],
        "why": "It was missing.",
        "evidence": {"tickets": [1, 2]},
    }
    headers = {b"If-Match": draft.tag.encode(), b"Cladist-Author": "Zoë".encode()}
    answer = client.post(f"{draft.path}/draft/changes", json=body, headers=headers)
    recorded = answer.json()["changes"][0]
    assert (recorded["who"], recorded["why"]) == ("Zoë", "It was missing.")
    assert recorded["evidence"] == {"tickets": [1, 2]}
    assert client.get(f"{API}/taxonomies/{slug}").json()["draft"]["changes"] == 1
    draft.publish()
    kept = client.get(f"{draft.path}/versions/1.0.0").json()["changes"][0]
    assert kept["evidence"] == {"tickets": [1, 2]}
    assert kept["change"]["op"] == "add_class"

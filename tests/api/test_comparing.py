"""Differences and correspondences over HTTP: every form, narrowed, cached, refused."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from cladist.api.schemas.comparing import CorrespondenceModel, Diff
from cladist.catalog import correspondence_forms, diff_forms
from cladist.exports.correspondence import csv
from cladist.rdf import sssom_reading, xkos
from tests.api.serving import Draft, kind, make

FOREVER = "public, max-age=31536000, immutable"


def text(label: str, language: str = "en") -> dict[str, str]:
    return {"value": label, "language": language}


def new(label: str) -> dict[str, Any]:
    return {"preferred": [text(label)], "definitions": [text(f"What is {label}.")]}


@pytest.fixture(scope="module")
def pets(client: httpx.Client) -> Draft:
    """Five classes in 1.0.0; two merged, one renamed, one retired in 2.0.0; one split in 3.0.0."""
    pets = make(client, "compared", structure={"kind": "multi-label"})
    pets.add("animal")
    cat, dog, hare, eel, _ = (
        pets.add(each, "animal") for each in ("cat", "dog", "hare", "eel", "newt")
    )
    publish(pets)
    publish(
        pets,
        {
            "op": "merge_classes",
            "sources": [cat, dog],
            "new": {**new("pet"), "parents": ["animal"]},
        },
        {"op": "rename_class", "id": hare, "label": text("brown hare")},
        {"op": "edit_class", "id": "newt", "alternative": [text("Molch", "de")]},
        {"op": "retire_class", "id": eel, "reason": "asked for"},
    )
    publish(pets, {"op": "split_class", "id": "pet", "new": [new("furry"), new("scaly")]})
    return pets


def publish(draft: Draft, *changes: Any) -> None:
    if changes:
        answer = draft.change(*changes)
        assert answer.status_code == 200, answer.text
    answer = draft.publish()
    assert answer.status_code == 201, answer.text


def diff(draft: Draft, query: str, **headers: str) -> httpx.Response:
    return draft.client.get(f"{draft.path}/diff?{query}", headers=headers)


def follow(draft: Draft, query: str, **headers: str) -> httpx.Response:
    return draft.client.get(f"{draft.path}/correspondence?{query}", headers=headers)


def shown(answer: httpx.Response) -> Any:
    assert answer.status_code == 200, answer.text
    return answer.json()


def kinds(found: Any) -> list[str]:
    return [each["kind"] for each in found["operations"]]


@pytest.mark.parametrize(
    "query",
    ["from=1", "from=1&to=2", "from=3&to=1.0.0&level=statements", "from=2&to=2&level=operations"],
)
def test_a_difference_fits_its_schema(pets: Draft, query: str) -> None:
    answer = diff(pets, query)
    assert answer.status_code == 200, answer.text
    TypeAdapter(Diff).validate_json(answer.content, strict=True)


@pytest.mark.parametrize("query", ["from=1", "from=1&to=2&all=true", "from=3&to=1", "from=2&to=2"])
def test_a_correspondence_fits_its_schema(pets: Draft, query: str) -> None:
    answer = follow(pets, query)
    assert answer.status_code == 200, answer.text
    TypeAdapter(CorrespondenceModel).validate_json(answer.content, strict=True)


def test_counts_come_first_and_levels_go_further(pets: Draft) -> None:
    found = shown(diff(pets, "from=1&to=2"))
    assert list(found)[:4] == ["source", "target", "level", "summary"]
    assert found["summary"]["kinds"] == {"renamed": 1, "merged": 1, "retired": 1, "edited": 1}
    assert found["summary"]["bump"] == "major"
    assert found["residual"] == {"removed": [], "added": []}
    assert "cards" in found
    assert "statements" not in found
    assert "cards" not in shown(diff(pets, "from=1&to=2&level=operations"))
    lines = shown(diff(pets, "from=1&to=2&level=statements"))["statements"]
    assert len(lines["removed"]) == found["summary"]["removed"]
    assert len(lines["added"]) == found["summary"]["added"]


def test_backward_the_operations_are_taken_back(pets: Draft) -> None:
    there, back = shown(diff(pets, "from=1&to=2")), shown(diff(pets, "from=2&to=1"))
    assert kinds(back) == kinds(there)[::-1]
    assert {each["reverted"] for each in back["operations"]} == {True}
    assert back["summary"]["removed"] == there["summary"]["added"]


def test_a_part_of_a_difference(pets: Draft) -> None:
    some = shown(diff(pets, "from=1&to=2&kind=renamed&kind=retired"))
    assert sorted(kinds(some)) == ["renamed", "retired"]
    (hare,) = shown(diff(pets, "from=1&to=2&under=hare"))["operations"]
    code = shown(pets.client.get(f"{pets.path}/versions/1/search?q=hare"))["hits"][0]["code"]
    for under in (hare["sources"][0]["id"], "brown hare", f"#{code}"):
        answer = pets.client.get(
            f"{pets.path}/diff", params={"from": "1", "to": "2", "under": under}
        )
        assert kinds(shown(answer)) == ["renamed"]
    assert len(kinds(shown(diff(pets, "from=1&to=2&under=animal")))) == 4
    german = shown(diff(pets, "from=1&to=2&language=DE"))
    assert kinds(german) == ["edited"]
    assert [each["language"] for card in german["cards"] for each in card["fields"]] == ["de"]


@pytest.mark.parametrize("name", diff_forms.FORMS.names)
def test_a_difference_comes_in_every_form(pets: Draft, name: str) -> None:
    check_form(diff_forms.FORMS.named(name), pets, "diff?from=1.0.0&to=2.0.0")


@pytest.mark.parametrize("name", correspondence_forms.FORMS.names)
def test_a_correspondence_comes_in_every_form(pets: Draft, name: str) -> None:
    check_form(correspondence_forms.FORMS.named(name), pets, "correspondence?from=1.0.0&to=2.0.0")


def check_form(form: Any, pets: Draft, tail: str) -> None:
    """By its name, and by its media type if it is the first that has it."""
    forms = diff_forms.FORMS if tail.startswith("diff") else correspondence_forms.FORMS
    named = pets.client.get(f"{pets.path}/{tail}&format={form.name}", headers={"Accept": "x/y"})
    assert named.status_code == 200, named.text
    assert named.headers["content-type"].partition(";")[0] == form.media_type
    assert named.headers["vary"] == "Accept-Encoding"
    typed = pets.client.get(f"{pets.path}/{tail}", headers={"Accept": form.media_type})
    assert typed.headers["content-type"] == named.headers["content-type"]
    assert typed.headers["vary"] == "Accept, Accept-Encoding"
    assert (typed.content == named.content) is (forms.typed(form.media_type) is form)
    assert typed.headers["etag"] != named.headers["etag"]


def test_what_two_published_versions_differ_in_may_be_kept_for_ever(pets: Draft) -> None:
    for tail in ("diff", "correspondence"):
        path = f"{pets.path}/{tail}"
        answer = pets.client.get(f"{path}?from=1.0.0&to=2.0.0")
        assert answer.headers["cache-control"] == FOREVER
        assert "content-location" not in answer.headers
        condition = {"If-None-Match": answer.headers["etag"]}
        again = pets.client.get(f"{path}?from=1.0.0&to=2.0.0", headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        for query in ("from=1&to=2.0.0", "from=1.0.0&to=2"):
            short = pets.client.get(f"{path}?{query}")
            assert short.headers["cache-control"] == "public, max-age=10"
            assert short.headers["content-location"] == f"{path}?from=1.0.0&to=2.0.0"
            assert short.headers["etag"] == answer.headers["etag"]
            assert pets.client.get(f"{path}?{query}", headers=condition).status_code == 304
        back = pets.client.get(f"{path}?from=2.0.0&to=1.0.0", headers=condition)
        assert back.status_code == 200


def test_every_parameter_counts_for_the_tag(pets: Draft) -> None:
    base = "from=1.0.0&to=2.0.0"
    parts = ("", "&kind=renamed", "&kind=merged&kind=renamed", "&under=animal", "&language=en")
    tags = [diff(pets, base + each).headers["etag"] for each in (*parts, "&level=statements")]
    tags += [follow(pets, base + each).headers["etag"] for each in ("", "&all=true", "&count=1")]
    assert len(set(tags)) == len(tags)
    named = diff(pets, "from=1&to=2&kind=renamed&kind=merged").headers["content-location"]
    assert named.endswith("?from=1.0.0&to=2.0.0&kind=merged&kind=renamed")
    assert shown(pets.client.get(named)) == shown(diff(pets, base + "&kind=renamed&kind=merged"))


def test_a_draft_is_asked_about_each_time(client: httpx.Client, slug: str) -> None:
    draft = make(client, slug, structure={"kind": "multi-label"})
    draft.add("cat")
    publish(draft)
    before = diff(draft, "from=1.0.0&to=draft")
    assert before.headers["cache-control"] == "no-cache"
    condition = {"If-None-Match": before.headers["etag"]}
    assert diff(draft, "from=1.0.0&to=draft", **condition).status_code == 304
    draft.add("dog")
    after = diff(draft, "from=1.0.0&to=draft", **condition)
    assert kinds(shown(after)) == ["added"]
    assert shown(follow(draft, "from=draft&to=1"))["counts"] == {"retired": 1}


def test_what_became_of_every_class(pets: Draft) -> None:
    found = shown(follow(pets, "from=1&to=3"))
    assert found["counts"] == {"renamed": 1, "regrouped": 1, "retired": 1}
    assert found["loss"] == {
        "classes": 6,
        "without_target": 1,
        "needing_decision": 2,
        "share": 0.5,
    }
    (mixed,) = (each for each in found["components"] if each["kind"] == "regrouped")
    assert {each["label"] for each in mixed["sources"]} == {"cat", "dog"}
    assert {each["label"] for each in mixed["targets"]} == {"furry", "scaly"}
    assert all(each["needs_decision"] for each in mixed["pairs"])
    whole = shown(follow(pets, "from=1&to=3&all=true"))
    assert whole["counts"]["unchanged"] == 2


def test_the_guard_refuses_and_names_the_classes(pets: Draft) -> None:
    assert follow(pets, "from=1.0.0&to=2.0.0&limit=0.17").status_code == 200
    for sent in ({}, {"If-None-Match": "*"}):
        answer = follow(pets, "from=1.0.0&to=3.0.0&limit=0.49", **sent)
        assert kind(answer) == (422, "loss-above-limit")
        found = answer.json()
        numbers = (found["limit"], found["classes"], found["without_target"])
        assert (*numbers, found["needing_decision"]) == (0.49, 6, 1, 2)
        assert {(each["label"], each["why"]) for each in found["concerned"]} == {
            ("eel", "no target"),
            ("cat", "needs a decision"),
            ("dog", "needs a decision"),
        }
    assert follow(pets, "from=1.0.0&to=3.0.0&limit=0.5").status_code == 200


def test_components_come_in_pages_when_asked(pets: Draft) -> None:
    whole = shown(follow(pets, "from=1&to=2&all=true"))
    pages = [
        shown(follow(pets, f"from=1&to=2&all=true&offset={at}&count=2"))
        for at in range(0, whole["total"], 2)
    ]
    assert [each["total"] for each in pages] == [whole["total"]] * len(pages)
    assert [each["counts"] for each in pages] == [whole["counts"]] * len(pages)
    assert [one for each in pages for one in each["components"]] == whole["components"]
    assert kind(follow(pets, "from=1&to=2&count=2&format=csv")) == (422, "invalid-request")
    assert kind(follow(pets, "from=1&to=2&offset=2&format=csv")) == (422, "invalid-request")


def test_what_is_exchanged_reads_as_the_same(pets: Draft) -> None:
    def get(name: str) -> bytes:
        answer = follow(pets, f"from=1&to=3&all=true&format={name}")
        assert answer.status_code == 200, answer.text
        return answer.content

    told = sssom_reading.read(get("sssom").decode()).account
    assert len(told.components) == 5
    assert csv.read(get("csv").decode(), told.source, told.target) == told
    assert xkos.read(get("xkos-n-quads").splitlines(keepends=True)) == told


@pytest.mark.parametrize(
    ("tail", "status", "problem"),
    [
        ("diff?from=1&to=9", 404, "unknown-version"),
        ("diff?from=9.9.9", 404, "unknown-version"),
        ("correspondence?from=1&to=9", 404, "unknown-version"),
        ("diff", 422, "invalid-request"),
        ("correspondence", 422, "invalid-request"),
        ("diff?from=1&from=2", 422, "invalid-request"),
        ("diff?from=%00", 422, "invalid-request"),
        ("diff?from=1&kind=silly", 422, "invalid-request"),
        ("diff?from=1&level=all", 422, "invalid-request"),
        ("diff?from=1&format=pdf", 422, "invalid-request"),
        ("diff?from=1&silly=1", 422, "invalid-request"),
        ("diff?from=1&under=mouse", 404, "unknown-class"),
        ("diff?from=1&under=%23999999999999999999999", 404, "unknown-class"),
        ("diff?from=1&language=a%20b", 422, "invalid-value"),
        ("diff?from=1&kind=renamed&format=rdf-patch", 422, "refused"),
        ("diff?from=1&under=cat&format=rdf-patch", 422, "refused"),
        ("correspondence?from=1&format=html", 422, "invalid-request"),
        ("correspondence?from=1&limit=1.5", 422, "invalid-request"),
        ("correspondence?from=1&limit=nan", 422, "invalid-request"),
        ("correspondence?from=3&to=1&format=replacements", 422, "refused"),
    ],
)
def test_refusals(pets: Draft, tail: str, status: int, problem: str) -> None:
    assert kind(pets.client.get(f"{pets.path}/{tail}")) == (status, problem)


def test_unknown_taxonomies_and_media_types(pets: Draft, client: httpx.Client) -> None:
    for tail in ("diff?from=1", "correspondence?from=1"):
        nowhere = pets.path.replace("compared", "nowhere")
        assert kind(client.get(f"{nowhere}/{tail}")) == (404, "unknown-taxonomy")
        answer = client.get(f"{pets.path}/{tail}", headers={"Accept": "image/png"})
        assert kind(answer) == (406, "not-acceptable")
        assert "application/json" in answer.json()["available"]

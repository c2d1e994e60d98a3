"""Versions made elsewhere over HTTP: proposals with their evidence, and what is taken of them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from cladist.api.schemas.foreign import AdoptedModel, ProposalsModel
from tests.api.serving import API, Draft, kind
from tests.imports.editions import BATS, COLUMNS, COUNTS, FIRST, FORMS, SECOND, skos, table

OLD, NEW = "https://old.example/", "https://new.example/v2#"

Json = dict[str, Any]


def taken_in(client: httpx.Client, slug: str, text: str, form: str) -> Draft:
    """A taxonomy made of a file."""
    query = {"slug": slug, "format": form, "structure": "multi-label"}
    headers = {"Content-Type": "text/plain"}
    place = f"{API}/taxonomies/import"
    made = client.post(place, params=query, content=text.encode(), headers=headers)
    assert made.status_code == 201, made.text
    return Draft(client, slug)


@pytest.fixture
def farming(client: httpx.Client, slug: str) -> Draft:
    """The first edition, published."""
    draft = taken_in(client, slug, FIRST, "classification")
    assert draft.publish().status_code == 201
    return draft


@pytest.fixture
def zoo(client: httpx.Client, slug: str) -> Draft:
    """A vocabulary in its old namespace."""
    text = skos(OLD).replace("old.example", f"{slug}.example")
    return taken_in(client, slug, text, "turtle")


@pytest.fixture
def unmoved(client: httpx.Client, farming: Draft, acts: Callable[[], int]) -> Iterator[Draft]:
    """The first edition, to which nothing must have happened when the test is over."""
    before = acts()
    yield farming
    assert acts() == before


def second(form: str = "csv", *more: tuple[str, str, str, str], **table_fields: Any) -> Json:
    """The body that matches the second edition by the table."""
    data = b64encode(table(form, *more)).decode()
    return {
        "document": {"format": "classification", "text": SECOND},
        "table": {"format": form, "base64": data, "columns": COLUMNS, **table_fields},
    }


def vocabulary(more: str = "", **fields: Any) -> Json:
    """The body that matches the vocabulary in its new namespace."""
    return {"document": {"format": "turtle", "text": skos(NEW, more)}, **fields}


def send(draft: Draft, noun: str, body: Any, tag: str = "", **query: Any) -> httpx.Response:
    """Post to a noun of the draft, as it is now unless a tag is given."""
    headers = {"If-Match": tag or draft.tag}
    return draft.client.post(f"{draft.path}/draft/{noun}", json=body, headers=headers, params=query)


def proposals(draft: Draft, body: Json, **query: Any) -> Json:
    answer = send(draft, "proposals", body, **query)
    assert answer.status_code == 200, answer.text
    TypeAdapter(ProposalsModel).validate_json(answer.content, strict=True)
    found: Json = answer.json()
    return found


def adopted(draft: Draft, body: Json, accept: Json, **query: Any) -> Json:
    answer = send(draft, "adoption", {**body, "accept": accept}, **query)
    assert answer.status_code == 200, answer.text
    TypeAdapter(AdoptedModel).validate_json(answer.content, strict=True)
    found: Json = answer.json()
    return found


@pytest.mark.parametrize("form", FORMS)
def test_a_table_decides(unmoved: Draft, form: str) -> None:
    told = proposals(unmoved, second(form))
    assert (told["counts"], told["ambiguous"], told["total"]) == (COUNTS, {}, 8)
    (merged,) = (each for each in told["proposals"] if each["kind"] == "merged")
    assert [each["notations"][0]["value"] for each in merged["targets"]] == ["0113"]
    assert {each["notations"][0]["value"] for each in merged["sources"]} == {"0112", "0113"}
    assert merged["targets"][0]["code"] is None
    assert {(each["source_part"], each["target_part"]) for each in merged["pairs"]} == {
        ("whole", "part")
    }
    (clue,) = merged["pairs"][0]["clues"]
    assert clue["evidence"] == "table"
    assert [each["kind"] for each in told["findings"]] == ["table"]


def test_proposals_come_in_pages_and_by_kind(unmoved: Draft) -> None:
    body = second()
    whole = proposals(unmoved, body)
    pages = [proposals(unmoved, body, offset=at, count=3) for at in (0, 3, 6)]
    assert [one for page in pages for one in page["proposals"]] == whole["proposals"]
    assert all(page["counts"] == COUNTS and page["total"] == 8 for page in pages)
    some = proposals(unmoved, body, kind=["split", "merged"])
    assert [each["kind"] for each in some["proposals"]] == ["merged", "split"]
    assert (some["total"], some["counts"]) == (2, COUNTS)
    assert proposals(unmoved, body, ambiguous="true")["total"] == 0


def test_all_of_it_is_taken(farming: Draft) -> None:
    body, kinds = second(), {"kinds": sorted(COUNTS)}
    tag = farming.tag
    looked = adopted(farming, body, kinds, dry_run="true")
    assert farming.tag == tag
    answer = send(farming, "adoption", {**body, "accept": kinds})
    assert answer.headers["etag"] == farming.tag != tag
    done = answer.json()
    for each in ("new", "retired", "changes_total", "taken", "open"):
        assert done[each] == looked[each]
    assert done["taken"]["counts"] == COUNTS
    assert done["open"]["proposals"] == []
    (merge,) = (each for each in done["changes"] if each["change"]["op"] == "merge_classes")
    (proposal,) = (each for each in done["taken"]["proposals"] if each["kind"] == "merged")
    assert merge["evidence"]["proposal"] == proposal["id"]
    again = send(farming, "adoption", {**body, "accept": kinds}, tag)
    assert kind(again) == (412, "stale-draft")
    assert farming.publish().status_code == 201
    query = {"from": "1", "to": "2", "all": "true"}
    became = farming.client.get(f"{farming.path}/correspondence", params=query).json()
    assert became["counts"] == {
        **{"unchanged": 3, "renamed": 1, "merged": 1},
        **{"split": 1, "regrouped": 1, "added": 1},
    }


def test_single_proposals_are_taken_and_rejected(farming: Draft) -> None:
    told = proposals(farming, second())
    ids = {each["kind"]: each["id"] for each in told["proposals"]}
    unknown = send(farming, "adoption", {**second(), "accept": {"ids": ["0000000000"]}})
    assert kind(unknown) == (404, "unknown-proposal")
    done = adopted(farming, second(), {"ids": [ids["added"]], "rejected": [ids["merged"]]})
    assert done["taken"]["counts"] == {"added": 2, "retired": 2}
    assert done["open"]["counts"] == {"same": 3, "renamed": 1, "split": 1, "regrouped": 1}


def test_a_namespace_move_is_one_to_one(zoo: Draft) -> None:
    told = proposals(zoo, vocabulary())
    assert (told["counts"], told["ambiguous"]) == ({"same": 4}, {})
    done = adopted(zoo, vocabulary(), {"kinds": ["same"], "at_least": 0.9})
    assert (done["new"], done["retired"], done["changed"]) == (0, 0, 4)


def test_what_could_be_either_is_left_open(zoo: Draft) -> None:
    body = vocabulary(BATS, evidence=["label"])
    (bat, *_) = proposals(zoo, body, ambiguous="true", kind="same")["proposals"]
    assert (bat["ambiguous"], bat["alternatives"][0]["target"]) == (True, f"{NEW}club")
    every = {"kinds": ["same", "added", "retired"]}
    done = adopted(zoo, body, every, dry_run="true")
    assert bat["id"] in {each["id"] for each in done["open"]["proposals"]}
    assert done["taken"]["ambiguous"] == {}
    named = adopted(zoo, body, {"ids": [bat["id"]]}, dry_run="true")
    assert named["taken"]["ambiguous"] == {"same": 1}


def test_a_predicate_may_declare_successors(client: httpx.Client, slug: str) -> None:
    draft = taken_in(client, slug, skos(f"https://{slug}.example/"), "turtle")
    gone = "z:dog <https://example.org/becomes> z:cat ; "
    gone += "<http://www.w3.org/2002/07/owl#deprecated> true ."
    text = skos(f"https://{slug}.example/", gone)
    body = {
        "document": {"format": "turtle", "text": text},
        "evidence": ["id", "declared"],
        "predicates": ["https://example.org/becomes"],
    }
    assert proposals(draft, body)["counts"]["merged"] == 1
    body["predicates"] = ["becomes"]
    assert kind(send(draft, "proposals", body)) == (422, "invalid-value")


def test_codes_of_neither_side_are_listed(unmoved: Draft) -> None:
    more = (("9998", "0", "0129", "1"), ("0111", "1", "9999", "1"))
    answer = send(unmoved, "proposals", second("csv", *more))
    assert kind(answer) == (422, "unknown-codes")
    assert answer.json()["rows"] == [
        {"line": 12, "code": "9998", "side": "source"},
        {"line": 13, "code": "9999", "side": "target"},
    ]
    told = proposals(unmoved, second("csv", *more, unknown_limit=0.2))
    assert any("9998 (line 12)" in each["message"] for each in told["findings"])


REFUSED: dict[str, tuple[Json, str]] = {
    "no document": ({"document": None}, "invalid-request"),
    "two ways at once": (
        {"document": {"format": "csv", "text": "label\na\n", "base64": "YQ=="}},
        "invalid-request",
    ),
    "neither": ({"document": {"format": "csv"}}, "invalid-request"),
    "an empty file": ({"document": {"format": "csv", "text": ""}}, "invalid-request"),
    "no base64": ({"document": {"format": "csv", "base64": "a b"}}, "invalid-request"),
    "a number for base64": ({"document": {"format": "csv", "base64": 1}}, "invalid-request"),
    "an unknown field": ({"documents": []}, "invalid-request"),
    "unknown evidence": ({"evidence": ["magic"]}, "invalid-request"),
    "an unknown format": ({"document": {"format": "png", "text": "x"}}, "invalid-value"),
    "a table of another form": (
        {"table": {"format": "ods", "text": "source,target\nA,A\n"}},
        "invalid-request",
    ),
    "a share over 1": (
        {"table": {"format": "csv", "text": "source,target\nA,A\n", "unknown_limit": 1.5}},
        "invalid-request",
    ),
    "columns that are not there": (
        {"table": {"format": "csv", "text": "a,b,c\nA,A,A\n"}},
        "unreadable-input",
    ),
    "rows that contradict each other": (
        {"table": {"format": "csv", "text": "source,target\nA,A\nA,n/a\n"}},
        "refused-rows",
    ),
    "text that is no workbook": (
        {"table": {"format": "xlsx", "text": "source,target\nA,A\n"}},
        "unreadable-input",
    ),
    "an encoding where there is none": (
        {"document": {"format": "turtle", "text": skos(NEW), "encoding": "cp1252"}},
        "invalid-value",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_bodies_that_do_not_fit(unmoved: Draft, name: str) -> None:
    fields, problem = REFUSED[name]
    answer = send(unmoved, "proposals", {**second(), **fields})
    assert kind(answer) == (422, problem), answer.text


def test_adoption_needs_a_condition_and_an_acceptance(unmoved: Draft) -> None:
    assert kind(send(unmoved, "adoption", second())) == (422, "invalid-request")
    path = f"{unmoved.path}/draft/adoption"
    body = {**second(), "accept": {"kinds": ["same"]}}
    assert kind(unmoved.client.post(path, json=body)) == (428, "precondition-required")
    nothing = send(unmoved, "adoption", {**second(), "accept": {}})
    assert (nothing.json()["taken"]["counts"], nothing.json()["changes_total"]) == ({}, 0)


def test_a_classification_in_another_encoding_and_of_a_system(
    client: httpx.Client, slug: str
) -> None:
    query = {"slug": slug, "format": "classification", "encoding": "cp1252"}
    query["notation_system"] = "https://example.org/system/farming"
    made = client.post(
        f"{API}/taxonomies/import",
        params=query,
        content="Code,Description\nA,Céréales\n".encode("cp1252"),
        headers={"Content-Type": "text/csv"},
    )
    assert made.status_code == 201, made.text
    told = proposals(
        Draft(client, slug),
        {"document": {**second()["document"], "notation_system": query["notation_system"]}},
    )
    (only,) = (each for each in told["proposals"] if each["sources"])
    assert only["sources"][0]["label"] == "Céréales"
    assert only["sources"][0]["notations"] == [{"value": "A", "system": query["notation_system"]}]

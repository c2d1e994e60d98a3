"""Two taxonomies related over HTTP, and their classes followed in every form."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from cladist.api.schemas.comparing import CorrespondenceModel
from cladist.api.schemas.relations import RelatedModel, RelationList
from cladist.rdf import sssom_reading
from tests.api.serving import API, Draft, kind
from tests.imports.workbooks import sheet, workbook

PATH = f"{API}/relations"
ACTIVITIES = "label,notation\nwheat,011\nmaize,012\nfish,03\n"
PRODUCTS = "label,notation\ngrain,111\nstraw,112\n"
TABLE = "activity,product\n011,111\n011,112\n012,112\n"
COLUMNS = {"source": "activity", "target": "product"}


def published(client: httpx.Client, slug: str, table: str) -> Draft:
    """A taxonomy with one version, from a table."""
    answer = client.post(
        f"{API}/taxonomies/import",
        params={"slug": slug, "structure": "multi-label"},
        content=table.encode(),
        headers={"Content-Type": "text/csv"},
    )
    assert answer.status_code == 201, answer.text
    draft = Draft(client, slug)
    assert draft.publish().status_code == 201
    return draft


@pytest.fixture
def activities(client: httpx.Client, slug: str) -> Draft:
    return published(client, f"activities-{slug}", ACTIVITIES)


@pytest.fixture
def products(client: httpx.Client, slug: str) -> Draft:
    return published(client, f"products-{slug}", PRODUCTS)


def body(activities: Draft, products: Draft, **table: Any) -> dict[str, Any]:
    """The body that relates the two."""
    given = table or {"text": TABLE}
    return {
        "source": {"taxonomy": activities.slug, "version": "1"},
        "target": {"taxonomy": products.slug, "version": "latest"},
        "table": {"format": "csv", "columns": COLUMNS, **given},
        "title": "Activities and products",
    }


def relate(activities: Draft, products: Draft, **table: Any) -> httpx.Response:
    sent = body(activities, products, **table)
    return activities.client.post(PATH, json=sent, headers={"Cladist-Author": "Ada"})


def follow(activities: Draft, products: Draft, **query: Any) -> httpx.Response:
    query = {"from": "1.0.0", "to": "1.0.0", "with": products.slug, **query}
    headers = {"Accept": query.pop("accept", "*/*"), "If-None-Match": query.pop("tag", '"x"')}
    return activities.client.get(f"{activities.path}/correspondence", params=query, headers=headers)


def test_a_table_is_stored_listed_and_followed(activities: Draft, products: Draft) -> None:
    answer = relate(activities, products)
    assert answer.status_code == 201, answer.text
    told = TypeAdapter(RelatedModel).validate_json(answer.content, strict=True)
    assert (told.revision, told.pairs, told.sources_left, told.targets_left) == (1, 3, 1, 0)
    assert told.components == {"n:m": 1}
    assert (told.source.version, told.target.version) == ("1.0.0", "1.0.0")
    listed = activities.client.get(PATH)
    lines = TypeAdapter(RelationList).validate_json(listed.content, strict=True).relations
    (line,) = (each for each in lines if each.source.taxonomy == activities.slug)
    assert (line.title, line.stored_by, line.revision) == ("Activities and products", "Ada", 1)
    assert answer.headers["location"] == line.links.correspondence
    found = activities.client.get(answer.headers["location"])
    model = TypeAdapter(CorrespondenceModel).validate_json(found.content, strict=True)
    assert (model.source.slug, model.target.slug) == (activities.slug, products.slug)
    assert model.counts == {"regrouped": 1, "retired": 1}
    assert model.loss.without_target == 1


def test_every_form_but_replacements_tells_of_two_taxonomies(
    activities: Draft, products: Draft
) -> None:
    relate(activities, products)
    account = sssom_reading.read(follow(activities, products, format="sssom").text).account
    assert (account.source.slug, account.target.slug) == (activities.slug, products.slug)
    assert len([*account.pairs()]) == 3
    for form in ("csv", "xkos", "xkos-trig", "xkos-n-quads", "xkos-json-ld"):
        answer = follow(activities, products, format=form)
        assert answer.status_code == 200, answer.text
        assert "https://" in answer.text
    assert "straw" in follow(activities, products, accept="text/csv").text
    refused = follow(activities, products, format="replacements")
    assert kind(refused) == (422, "invalid-value")
    above = follow(activities, products, limit=0.5)
    assert kind(above) == (422, "loss-above-limit")


def test_an_answer_may_be_kept_until_another_table_counts(
    activities: Draft, products: Draft
) -> None:
    relate(activities, products)
    first = follow(activities, products)
    assert "immutable" not in first.headers["cache-control"]
    tag = first.headers["etag"]
    assert follow(activities, products, tag=tag).status_code == 304
    again = relate(activities, products, text="activity,product\n03,112\n")
    assert again.json()["revision"] == 2
    second = follow(activities, products, tag=tag)
    assert (second.status_code, second.json()["counts"]) == (
        200,
        {"renamed": 1, "retired": 2, "added": 1},
    )
    backward = products.client.get(
        f"{products.path}/correspondence", params={"from": "1", "with": activities.slug}
    )
    assert backward.json()["counts"] == {"renamed": 1, "retired": 1, "added": 2}


def test_drafts_and_the_same_taxonomy_are_followed_too(activities: Draft, products: Draft) -> None:
    relate(activities, products)
    products.add("fillet")
    answer = follow(activities, products, to="draft")
    assert answer.json()["counts"] == {"regrouped": 1, "retired": 1, "added": 1}
    assert answer.headers["cache-control"] == "no-cache"
    same = follow(activities, activities)
    assert (same.json()["counts"], "immutable" in same.headers["cache-control"]) == ({}, True)


def test_a_workbook_and_a_dry_run(
    activities: Draft, products: Draft, acts: Callable[[], int]
) -> None:
    before = acts()
    data = workbook(sheet([["activity", "product"], ["011", "111"]]))
    sent = body(activities, products, format="xlsx", base64=b64encode(data).decode())
    answer = activities.client.post(PATH, json=sent, params={"dry_run": "true"})
    assert (answer.status_code, answer.json()["revision"]) == (200, None)
    assert answer.json()["components"] == {"1:1": 1}
    assert acts() == before


def test_a_repeated_request_stores_one_relation(activities: Draft, products: Draft) -> None:
    sent, key = body(activities, products), {"Idempotency-Key": activities.slug}
    first, second = (activities.client.post(PATH, json=sent, headers=key) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    found = activities.client.get(PATH).json()["relations"]
    assert len([each for each in found if each["source"]["taxonomy"] == activities.slug]) == 1


REFUSED: dict[str, tuple[dict[str, Any], tuple[int, str]]] = {
    "unknown codes": ({"text": "activity,product\n011,5\n"}, (422, "unknown-codes")),
    "a missing column": ({"text": "a,b,c\n1,2,3\n"}, (422, "unreadable-input")),
    "contradictory rows": (
        {"text": "activity,product,source part\n011,111,1\n011,111,0\n"},
        (422, "refused-rows"),
    ),
    "no file": ({"format": "csv"}, (422, "invalid-request")),
    "two files": ({"text": "a", "base64": "YQ=="}, (422, "invalid-request")),
    "no such form": ({"text": TABLE, "format": "pdf"}, (422, "invalid-request")),
    "a share over 1": ({"text": TABLE, "unknown_limit": 2}, (422, "invalid-request")),
}


@pytest.mark.parametrize(("table", "refusal"), REFUSED.values(), ids=REFUSED)
def test_tables(
    activities: Draft,
    products: Draft,
    acts: Callable[[], int],
    table: dict[str, Any],
    refusal: tuple[int, str],
) -> None:
    before = acts()
    assert kind(relate(activities, products, **table)) == refusal
    assert acts() == before


def test_ends_that_cannot_be_related(activities: Draft, products: Draft) -> None:
    client, sent = activities.client, body(activities, products)
    ends = {
        (404, "unknown-taxonomy"): {"taxonomy": "nothing", "version": "1"},
        (404, "unknown-version"): {"taxonomy": products.slug, "version": "9"},
        (422, "invalid-value"): {"taxonomy": products.slug, "version": "draft"},
        (422, "invalid-request"): {"taxonomy": "../x", "version": "1"},
    }
    for refusal, end in ends.items():
        assert kind(client.post(PATH, json={**sent, "target": end})) == refusal
    own = {**sent, "target": sent["source"]}
    assert kind(client.post(PATH, json=own)) == (422, "invalid-value")


def test_without_a_table_there_is_nothing_to_follow(activities: Draft, products: Draft) -> None:
    answer = follow(activities, products)
    assert kind(answer) == (409, "no-common-history")
    assert answer.json()["source"] == f"{activities.slug} 1.0.0"
    unknown = follow(activities, products, **{"with": "nothing"})
    assert kind(unknown) == (404, "unknown-taxonomy")
    assert kind(follow(activities, products, **{"with": "../x"})) == (422, "invalid-request")

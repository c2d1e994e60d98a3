"""Files over HTTP: taken, shown before they are taken, and refused where they break the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from cladist.api.schemas.imports import FILES
from tests.api.serving import API, Draft, kind, make

TURTLE = {"Content-Type": "text/turtle"}
HEAD = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "<https://example.org/pets> a skos:ConceptScheme .\n"
)


def send(
    client: httpx.Client, slug: str, body: str, media_type: str, **query: str
) -> httpx.Response:
    """Import a file whose scheme nobody else has."""
    body = body.replace("https://example.org/pets", f"https://example.org/{slug}")
    return client.post(
        f"{API}/taxonomies/import",
        params={"slug": slug, **query},
        content=body.encode(),
        headers={"Content-Type": media_type},
    )


@pytest.mark.parametrize("media_type", FILES)
def test_every_documented_example_is_taken(
    client: httpx.Client, slug: str, media_type: str
) -> None:
    shown = send(client, slug, FILES[media_type], media_type, dry_run="true")
    assert shown.status_code == 200, shown.text
    assert client.get(f"{API}/taxonomies/{slug}").status_code == 404
    taken = send(client, slug, FILES[media_type], media_type)
    assert taken.status_code == 201, taken.text
    assert taken.json()["new"] == shown.json()["new"]
    assert taken.headers["location"] == f"{API}/taxonomies/{slug}"
    assert taken.headers["etag"] == Draft(client, slug).tag


@pytest.fixture
def unmoved(client: httpx.Client, acts: Callable[[], int]) -> Iterator[httpx.Client]:
    """A client whose service must have done nothing when the test is over."""
    before = acts()
    yield client
    assert acts() == before


def test_malformed_rdf_says_where(unmoved: httpx.Client, slug: str) -> None:
    answer = send(unmoved, slug, HEAD + '<a> <b> "open', "text/turtle")
    assert kind(answer) == (422, "unreadable-input")
    assert answer.json()["line"] == 3
    assert answer.json()["column"] > 0


FILES_REFUSED = {
    "nested triple terms": ("text/turtle", "<<(" * 50_000, 422),
    "a document type": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY a "b">]><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        422,
    ),
    "a remote context": ("application/ld+json", '{"@context": "http://127.0.0.1:9/c"}', 422),
    "duplicate ids": (
        "text/csv",
        "id,label\nhttps://example.org/a,cat\nhttps://example.org/a,dog\n",
        422,
    ),
    "colliding COCO ids": (
        "application/json",
        '{"categories": [{"id": 1, "name": "cat"}, {"id": 1, "name": "dog"}]}',
        422,
    ),
    "NaN": ("application/json", '{"categories": [{"id": NaN, "name": "cat"}]}', 422),
    "an unknown media type": ("image/png", "x", 415),
    "an empty file": ("text/csv", "", 400),
    "several schemes": (
        "text/turtle",
        HEAD + "<urn:x:b> a skos:ConceptScheme .",
        422,
    ),
}


@pytest.mark.parametrize("name", FILES_REFUSED)
def test_files(unmoved: httpx.Client, slug: str, name: str) -> None:
    media_type, body, status = FILES_REFUSED[name]
    answer = send(unmoved, slug, body, media_type)
    assert kind(answer)[0] == status, answer.text
    assert unmoved.get("/health").status_code == 200


def test_onto_a_draft(client: httpx.Client, slug: str) -> None:
    draft = make(client, slug)
    draft.add("cat")
    path = f"{draft.path}/draft/import"
    csv = {"Content-Type": "text/csv", "If-Match": draft.tag}
    table = b"label,parent\ncat,\nkitten,cat\n"
    shown = client.post(path, content=table, headers=csv, params={"dry_run": "true"})
    assert shown.status_code == 200, shown.text
    assert (shown.json()["new"], shown.json()["unchanged"]) == (1, 1)
    assert draft.tag == csv["If-Match"]
    taken = client.post(path, content=table, headers=csv)
    assert (taken.json()["new"], taken.json()["revision"]) == (1, 2)
    assert taken.json()["changes"][0]["change"]["op"] == "add_class"
    again = client.post(path, content=table, headers=csv)
    assert kind(again) == (412, "stale-draft")
    assert again.headers["etag"] == draft.tag


def test_a_round_trip_keeps_every_statement(client: httpx.Client, slug: str) -> None:
    body = HEAD + (
        '<https://example.org/pets/cat> a skos:Concept ; skos:prefLabel "cat"@en ;\n'
        '  skos:definition "A cat."@en ; skos:inScheme <https://example.org/pets> ;\n'
        '  <https://example.org/odd> "kept" .\n'
    )
    assert send(client, slug, body, "text/turtle").status_code == 201
    path = f"{API}/taxonomies/{slug}/versions/draft"
    quads = client.get(f"{path}.nq?derived=false").text
    assert '<https://example.org/odd> "kept"' in quads
    for suffix, media_type in {".ttl": "text/turtle", ".rdf": "application/rdf+xml"}.items():
        text = client.get(path + suffix).text
        name = f"{slug}-{suffix[1:]}"
        text = text.replace(f"https://example.org/{slug}", "https://example.org/pets")
        assert send(client, name, text, media_type).status_code == 201
        again = client.get(f"{API}/taxonomies/{name}/versions/draft.nq?derived=false").text
        assert again.replace(name, slug) == quads

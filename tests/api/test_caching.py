"""Published answers are kept for ever, selectors shortly, drafts are asked about each time."""

from __future__ import annotations

import gzip

import brotli
import httpx
import pytest

from tests.api.serving import Draft


@pytest.fixture
def published(pets: Draft) -> Draft:
    """A taxonomy with one version, whose class list is long enough to be compressed."""
    for number in range(12):
        pets.add(f"cat {number}")
    assert pets.publish().status_code == 201
    return pets


def get(draft: Draft, tail: str, **headers: str) -> httpx.Response:
    """A request whose body is left in the coding it came in."""
    sent = {"Accept-Encoding": "identity", **headers}
    request = draft.client.build_request("GET", f"{draft.path}/versions/{tail}", headers=sent)
    answer = draft.client.send(request, stream=True)
    answer._content = b"".join(answer.iter_raw())  # httpx would unpack it
    return answer


def test_a_full_number_may_be_kept_for_ever(published: Draft) -> None:
    first, second = get(published, "1.0.0/classes"), get(published, "1.0.0/classes")
    digest = published.client.get(f"{published.path}/versions/1.0.0").json()["digest"]
    for answer in (first, second):
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["etag"].startswith(f'"{digest}')
        assert "content-location" not in answer.headers
    assert dict(first.headers) == {**second.headers, "date": first.headers["date"]}
    assert first.content == second.content


@pytest.mark.parametrize("selector", ["1.0.0", "latest", "1", "draft"])
@pytest.mark.parametrize("tail", ["/classes", "/tree", "/index", ".ttl", "/classes/children"])
def test_what_is_known_is_not_sent_again(published: Draft, selector: str, tail: str) -> None:
    for coding in ("identity", "gzip", "br", "gzip"):
        whole = get(published, selector + tail, **{"Accept-Encoding": coding})
        condition = {"Accept-Encoding": coding, "If-None-Match": f'"x", {whole.headers["etag"]}'}
        for _ in range(2):
            again = get(published, selector + tail, **condition)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == whole.headers["etag"]
            assert again.headers["cache-control"] == whole.headers["cache-control"]
            assert again.headers["vary"] == whole.headers["vary"]


def test_selectors_are_kept_shortly_and_say_what_they_are(published: Draft) -> None:
    for selector in ("latest", "1", "1.0"):
        answer = get(published, f"{selector}/classes")
        assert answer.headers["cache-control"] == "public, max-age=10"
        location = answer.headers["content-location"]
        assert location.startswith(f"{published.path}/versions/1.0.0/classes")
        assert published.client.get(location).headers["etag"]
    assert get(published, "draft/classes").headers["cache-control"] == "no-cache"


def test_a_draft_that_moved_is_sent_again(published: Draft) -> None:
    tag = get(published, "draft/classes").headers["etag"]
    published.add("dog")
    after = get(published, "draft/classes", **{"If-None-Match": tag})
    assert after.status_code == 200
    assert after.headers["etag"] != tag


def test_codings(published: Draft) -> None:
    plain = get(published, "1.0.0/classes").content
    for _ in range(2):
        for wanted, coding in {
            "gzip": "gzip",
            "br": "br",
            "gzip, br": "br",
            "gzip;q=1, br;q=0.5": "gzip",
            "br;q=0, *": "gzip",
            "gzip;q=0": "",
            "*;q=0": "",
            "identity, gzip;q=0.5": "",
            "": "",
        }.items():
            answer = get(published, "1.0.0/classes", **{"Accept-Encoding": wanted})
            assert answer.headers.get("content-encoding", "") == coding, wanted
            assert int(answer.headers["content-length"]) == len(answer.content)
            unpack = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}[coding]
            assert unpack(answer.content) == plain
            assert "Accept-Encoding" in answer.headers["vary"]
    tags = {
        get(published, "1.0.0/classes", **{"Accept-Encoding": each}).headers["etag"]
        for each in ("identity", "gzip", "br")
    }
    assert len(tags) == 3


def test_head_has_the_headers_of_get(published: Draft) -> None:
    for path in ("versions/1.0.0/classes", "versions/latest.ttl", "draft", "versions"):
        for _ in range(2):
            url = f"{published.path}/{path}"
            whole, head = published.client.get(url), published.client.head(url)
            assert (head.status_code, head.content) == (200, b"")
            for name in ("content-length", "content-type", "etag", "cache-control"):
                assert head.headers.get(name) == whole.headers.get(name)


def test_ready_bytes_respect_accept(published: Draft) -> None:
    for _ in range(2):
        assert get(published, "1.0.0/classes", Accept="application/*;q=0.1").status_code == 200
        assert get(published, "1.0.0/classes", Accept="text/turtle").status_code == 406
        assert get(published, "1.0.0.ttl", Accept="image/png").status_code == 200


TYPES = {
    ".ttl": "text/turtle",
    ".trig": "application/trig",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
}


@pytest.mark.parametrize("suffix", TYPES)
def test_documents_by_suffix_and_by_accept(published: Draft, suffix: str) -> None:
    named = get(published, f"1.0.0{suffix}")
    asked = get(published, "1.0.0/graph", Accept=f"image/png, {TYPES[suffix]};q=0.5")
    assert named.headers["content-type"] == asked.headers["content-type"] == TYPES[suffix]
    assert named.content == asked.content
    fewer = get(published, f"1.0.0{suffix}?derived=false")
    assert len(fewer.content) < len(named.content)


def test_the_content_without_derived_statements_has_the_digest(published: Draft) -> None:
    import hashlib

    content = get(published, "1.0.0.nq?derived=false").content
    digest = published.client.get(f"{published.path}/versions/1.0.0").json()["digest"]
    assert hashlib.sha256(content).hexdigest() == digest


def test_iris_lead_to_their_classes(published: Draft) -> None:
    client = published.client
    cat = client.get(f"{published.path}/versions/latest/index").json()["classes"][0]["id"]
    own = cat.removeprefix("https://w3id.org/cladist")
    for path in (own, f"/resolve?iri={cat}"):
        answer = client.get(path)
        assert answer.status_code == 303
        found = client.get(answer.headers["location"])
        assert found.json()["class"]["id"] == cat
        turtle = client.get(answer.headers["location"], headers={"Accept": "text/turtle"})
        assert turtle.headers["content-type"] == "text/turtle"
        assert "prefLabel" in turtle.text
    rdf = client.get(f"/id/{published.slug}", headers={"Accept": "text/turtle"})
    assert rdf.headers["location"].endswith("/versions/latest/graph")
    assert client.get("/resolve?iri=https://example.org/none").status_code == 404


def test_reading_is_open_to_pages_of_any_site(published: Draft) -> None:
    answer = get(published, "1.0.0/classes", Origin="https://tool.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    asked = published.client.options(
        f"{published.path}/versions/1.0.0/classes",
        headers={"Origin": "https://tool.example", "Access-Control-Request-Method": "GET"},
    )
    assert asked.status_code == 204
    assert "POST" not in asked.headers["access-control-allow-methods"]

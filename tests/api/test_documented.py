"""Every route, parameter, body, answer and problem is documented, with examples that fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from cladist.api import documented
from cladist.api.kinds import KINDS
from cladist.api.schemas.base import Model
from cladist.model import errors
from cladist.model.errors import CladistError
from tests.api.serving import API, Draft, kind

Json = dict[str, Any]


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> Json:
    """The OpenAPI document as it is served."""
    found: Json = client.get(f"{API}/openapi.json").json()
    return found


def operations(document: Json) -> Iterator[tuple[str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_every_route_says_what_it_does(document: Json) -> None:
    silent = [
        name
        for name, operation in operations(document)
        if not (operation.get("summary") and operation.get("description"))
    ]
    assert silent == []


def test_every_parameter_is_described(document: Json) -> None:
    silent = [
        f"{name} {each['name']}"
        for name, operation in operations(document)
        for each in operation.get("parameters", ())
        if not (each.get("description") or each["schema"].get("description"))
        and each["name"] not in {"rest", "name"}
    ]
    assert silent == []


def test_every_body_and_answer_has_an_example(document: Json) -> None:
    bare = [
        f"{name} {status}"
        for name, operation in operations(document)
        for status, answer in [
            *operation["responses"].items(),
            ("body", operation.get("requestBody", {})),
        ]
        for content in answer.get("content", {}).values()
        if content.get("example") is None and not content.get("examples")
    ]
    assert bare == []


def test_every_write_documents_its_refusals(document: Json) -> None:
    for name, operation in operations(document):
        assert {"405", "422", "500", "503"} <= set(operation["responses"]), name
        if "/draft" in name and not name.startswith("GET"):
            assert {"400", "404", "412", "413", "415", "428"} <= set(operation["responses"]), name


def test_every_reference_leads_somewhere(document: Json) -> None:
    known = set(document["components"]["schemas"])

    def walk(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield value["$ref"].removeprefix("#/components/schemas/")
            for each in value.values():
                yield from walk(each)
        elif isinstance(value, list):
            for each in value:
                yield from walk(each)

    assert set(walk(document)) <= known
    assert "Change" in known


def test_every_kind_of_change_is_told_apart(document: Json) -> None:
    mapping = document["components"]["schemas"]["Change"]["discriminator"]["mapping"]
    assert {"add_class", "merge_classes", "split_class", "edit_taxonomy"} <= set(mapping)
    assert len(mapping) == 18


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_problem_has_a_page(client: httpx.Client, name: str) -> None:
    page = client.get(KINDS[name].uri)
    assert page.status_code == 200
    assert KINDS[name].title in page.text
    shown = client.get(KINDS[name].uri, headers={"Accept": "application/json"}).json()
    assert shown["status"] == KINDS[name].status


def test_every_error_is_a_kind_of_its_own() -> None:
    from cladist.api.problems import KIND_OF

    def below(kind: type[CladistError]) -> Iterator[type[CladistError]]:
        for each in kind.__subclasses__():
            if each.__module__.startswith(errors.__name__):
                yield each
                yield from below(each)

    found = set(below(CladistError)) - {errors.BodyTooLarge}  # a LimitExceeded like any other
    assert found <= set(KIND_OF)
    assert set(KIND_OF.values()) <= set(KINDS)


def test_answers_fit_their_schemas(pets: Draft) -> None:
    from cladist.api.schemas import classes, drafts, reports, taxonomies, versions

    cat = pets.add("cat")
    pets.add("kitten", cat)
    assert pets.publish().status_code == 201
    state = f"{pets.path}/versions/latest"
    answers: dict[str, type[Model]] = {
        f"{API}/taxonomies": taxonomies.TaxonomyList,
        pets.path: taxonomies.TaxonomyDetail,
        f"{pets.path}/draft": drafts.DraftModel,
        f"{pets.path}/validation?version=latest": reports.ReportModel,
        f"{pets.path}/validation/history": reports.HistoryModel,
        f"{pets.path}/versions": versions.VersionList,
        state: versions.VersionDetail,
        f"{state}.json": versions.VersionDetail,
        f"{state}/classes": classes.ClassList,
        f"{state}/classes?definitions=true&selectable=true": classes.ClassList,
        f"{state}/tree": classes.ClassTree,
        f"{state}/subtree?id={cat}": classes.ClassTree,
        f"{state}/classes/children": classes.ClassPage,
        f"{state}/classes/children?parent={cat}&limit=1": classes.ClassPage,
        f"{state}/search?q=kit": classes.Found,
        f"{state}/search?q=kittne": classes.Found,
        f"{state}/class?id={cat}": classes.WholeClass,
        f"{state}/index": classes.ClassIndex,
        f"{pets.path}/versions/draft/index/permutation?from=latest": classes.Permutation,
    }
    for path, model in answers.items():
        answer = pets.client.get(path)
        assert answer.status_code == 200, (path, answer.text)
        TypeAdapter(model).validate_json(answer.content, strict=True)


def test_the_pages_need_nobody_else(client: httpx.Client) -> None:
    page = client.get("/docs")
    assert "http" not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "start.js"):
        assert f"/docs/{name}" in page.text
        assert client.get(f"/docs/{name}").status_code == 200
    assert kind(client.get("/docs/../app.py")) == (404, "not-found")
    assert client.get(f"{API}/docs").headers["location"] == "/docs"
    for path in ("/", "/problems", "/health", "/ready"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_problem_is_documented_by_its_example() -> None:
    shown = documented.refusals("stale-draft")[412]["content"]["application/problem+json"]
    assert shown["examples"]["stale-draft"]["value"]["type"] == "/problems/stale-draft"

"""The reference is whole: what the code knows and the pages do not say fails here."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from dataclasses import fields
from typing import Any

import pytest

from cladist.api.kinds import KINDS as PROBLEMS
from cladist.cli.verbs import SECTIONS
from cladist.model import bump
from cladist.model.errors import CladistError
from cladist.settings import Settings
from cladist.validation import rules
from docs_pages import vocabulary
from docs_pages.changes import KINDS, WEIGHTS, op_of, values
from docs_pages.errors import tree
from docs_pages.http import document, operations
from tests.docs.pages import DOCS, section, written


def test_every_route_is_there_with_its_parameters_and_answers() -> None:
    page = written("http")
    for path, method, operation in operations(document()):
        shown = section(page, f"{method} {path}")
        names = [each["name"] for each in operation.get("parameters", ())]
        assert [name for name in names if f"`{name}`" not in shown] == []
        assert operation["summary"] in shown
        assert all(f"| {status} |" in shown for status in operation["responses"] if status < "400")


def test_every_body_is_there() -> None:
    page = written("http")
    for name in re.findall(r"\]\(#([a-z]+)\)", page):
        assert re.search(rf"^### {name}$", page, re.MULTILINE | re.IGNORECASE), name


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_there_and_says_what_it_is(name: str) -> None:
    (row,) = (row for row in written("settings").splitlines() if f"`CLADIST_{name.upper()}`" in row)
    description = Settings.model_fields[name].description
    assert description
    assert description in row


@pytest.mark.parametrize("kind", KINDS)
def test_every_change_is_there_with_its_fields(kind: type[Any]) -> None:
    shown = section(written("changes"), op_of(kind))
    names = [each.name for each in fields(kind) if each.name != "op"]
    assert [name for name in names if f"| `{name}` |" not in shown] == []
    assert kind.__doc__
    assert "must be given" in shown or op_of(kind) == "edit_taxonomy"


@pytest.mark.parametrize("value", values())
def test_every_value_in_a_change_is_there(value: type[Any]) -> None:
    shown = section(written("changes"), value.__name__)
    assert [each.name for each in fields(value) if f"| `{each.name}` |" not in shown] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_change_says_all_weights_that_it_can_have(kind: type[Any]) -> None:
    can = weights(bump._JUDGES[kind])
    assert set(WEIGHTS[op_of(kind)]) == can


def weights(judge: object) -> set[str]:
    """The weights that the source of a judge names."""
    source = ast.parse(textwrap.dedent(inspect.getsource(judge)))  # type: ignore[arg-type]
    return {
        node.attr.lower()
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Bump"
    }


@pytest.mark.parametrize("error", [*tree()])
def test_every_error_is_there(error: type[CladistError]) -> None:
    (row,) = (
        row for row in written("errors").splitlines() if row[2:].startswith(f"`{error.__name__}`")
    )
    assert "](#" in row


def test_the_drawn_tree_of_errors_names_them_all() -> None:
    from cladist.model import errors

    drawn = set(
        re.findall(
            r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b|NotFound|Conflict|Refused", errors.__doc__ or ""
        )
    )
    own = {each.__name__ for each in tree() if each.__module__.startswith(errors.__name__)}
    assert own <= drawn | {"CladistError"}


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_problem_is_there(name: str) -> None:
    shown = section(written("errors"), name)
    kind = PROBLEMS[name]
    assert f"**{kind.status} {kind.title}**" in shown
    assert [each for each in kind.members if f"`{each}`" not in shown] == []


def test_every_rule_is_there_and_says_what_to_do() -> None:
    page = written("rules")
    for rule in rules():
        shown = section(page, rule.id)
        assert rule.title in shown
        assert rule.advice
        assert rule.advice in shown


def test_every_term_is_there_with_its_definition() -> None:
    page = written("vocabulary")
    terms = vocabulary.terms()
    assert terms
    for term in terms:
        assert len(section(page, f"clad:{term.rpartition('#')[2]}").splitlines()) > 4, term


def test_every_verb_is_there() -> None:
    page = (DOCS / "reference" / "cli.md").read_text("utf-8")
    assert [
        verb for verbs in SECTIONS.values() for verb in verbs if f"### {verb}\n" not in page
    ] == []

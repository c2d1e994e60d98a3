"""``cladist shapes``, as its page shows it; refusals say what to do."""

from __future__ import annotations

import json
import re
import shlex

import pytest

from tests.cli.program import Cli
from tests.conftest import ROOT
from tests.console import lines_of

PAGE = (ROOT / "docs" / "reference" / "custom-shapes.md").read_text("utf-8")
_FILES = re.findall(r"```turtle title=\"(\S+)\"\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def own(pets: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The store of pets, with the page's files beside it."""
    monkeypatch.chdir(pets.folder)
    for name, text in _FILES:
        pets.write(name, text)
    return pets


def test_every_line_answers_what_the_page_shows(own: Cli) -> None:
    lines = lines_of(PAGE)
    assert lines
    for line in lines:
        told = own.run(*shlex.split(line.command)[1:])
        assert line.answered_by(told.output), (line.command, told.output)


def test_shapes_go_round(own: Cli) -> None:
    own.text("shapes", "pets", "--set", "german.ttl")
    digest = own.json("shapes", "pets")["digest"]
    own.write("again.ttl", own.text("shapes", "pets", "--turtle"))
    again = own.run("shapes", "pets", "--set", "again.ttl")
    assert again.exit_code, "the same shapes are no change"
    own.text("shapes", "pets", "--remove")
    assert own.run("shapes", "pets").exit_code
    own.text("shapes", "pets", "--set", "again.ttl")
    assert own.json("shapes", "pets")["digest"] == digest


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("pets@1", "--set", "german.ttl"), "set in, or removed from, the draft"),
        (("pets", "--set", "german.ttl", "--remove"), "set in, or removed from, the draft"),
        (("pets", "--set", "list.txt"), "names no RDF format"),
        (("pets", "--set", "rule.ttl"), "derives statements"),
        (("pets", "--set", "query.ttl"), "CLADIST_TRUSTED_SHAPES"),
        (("pets",), "brings no shapes"),
    ],
)
def test_refusals_say_what_to_do(own: Cli, arguments: tuple[str, ...], said: str) -> None:
    own.write("list.txt", "x")
    own.write("rule.ttl", _FILES[0][1].replace("sh:property", "sh:rule"))
    asked = "sh:sparql [ sh:select 'SELECT $this {}' ] ; sh:property"
    own.write("query.ttl", _FILES[0][1].replace("sh:property", asked))
    told = own.run("shapes", *arguments)
    assert told.exit_code
    assert said in told.output + told.stderr


def test_trusted_shapes_may_ask_in_sparql(own: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT $this ?value { $this <http://www.w3.org/2004/02/skos/core#prefLabel> ?value }"
    asked = f"sh:sparql [ sh:select '{query}' ] ; sh:property"
    own.write("query.ttl", _FILES[0][1].replace("sh:property", asked))
    refused = own.run("shapes", "pets", "--set", "query.ttl")
    digest = re.search(r"[0-9a-f]{64}", refused.output + refused.stderr)
    assert digest is not None
    monkeypatch.setenv("CLADIST_TRUSTED_SHAPES", f"{'0' * 64}, {digest[0]}")
    assert own.run("shapes", "pets", "--set", "query.ttl").exit_code == 0
    assert "(trusted)" in own.text("shapes", "pets")
    found = json.loads(own.run("validate", "pets", "--json").stdout)
    assert found["counts"]["custom-german"] == 12

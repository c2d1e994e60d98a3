"""The overview: instant, complete, and the same as the verbs and the reference say."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cladist.cli.printing import Table, shown, tree
from cladist.cli.program import program
from cladist.cli.reference import written
from cladist.cli.verbs import SECTIONS, VERBS
from tests.cli.program import Cli

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    *("alembic", "fastapi", "msgspec", "networkx", "orjson", "pydantic", "pyoxigraph", "pyshacl"),
    *("rapidfuzz", "rdflib", "rich", "sqlalchemy", "starlette", "uvicorn"),
}


def command(name: str) -> click.Command:
    found = program.get_command(click.Context(program), name)
    assert found is not None
    return found


def loaded(*words: str) -> set[str]:
    """The modules that a command line loads."""
    code = (
        "import sys\nfrom cladist.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    print('loaded', *sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "service")},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stdout.rpartition("loaded ")[2].split())


@pytest.mark.parametrize("words", [["--help"], ["merge", "--help"], ["serve", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    modules = loaded(*words)
    assert "cladist.cli.program" in modules
    assert modules & HEAVY == set()


def test_the_overview_loads_no_verb() -> None:
    verbs = {f"cladist.cli.{entry.module}" for entry in VERBS.values()}
    assert loaded("--help") & verbs == set()


def test_the_overview_names_every_verb(empty: Cli) -> None:
    text = empty.text("--help")
    for heading, verbs in SECTIONS.items():
        assert f"{heading}:" in text
        for name, entry in verbs.items():
            assert f"  {name} " in text
            assert entry.summary in text


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_says_what_the_overview_says(name: str) -> None:
    found = command(name)
    assert found.name == name
    assert inspect.cleandoc(found.help or "").splitlines()[0] == VERBS[name].summary


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_answers_in_json_and_every_option_has_help(name: str) -> None:
    options = [each for each in command(name).params if isinstance(each, click.Option)]
    assert {"--json", "--store"} <= {flag for each in options for flag in each.opts}
    assert [each.name for each in options if not each.help] == []


def test_the_reference_is_up_to_date() -> None:
    page = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
    assert page == written(), "write it: python -m cladist.cli.reference docs/reference/cli.md"


@pytest.mark.parametrize("name", VERBS)
def test_the_reference_documents_every_option(name: str) -> None:
    section = written().partition(f"### {name}\n")[2].partition("\n### ")[0]
    for each in command(name).params:
        if isinstance(each, click.Option) and each.name not in ("store", "as_json"):
            assert f"`{each.opts[-1]}`" in section


def test_the_version_is_that_of_the_package(empty: Cli) -> None:
    import cladist

    assert empty.text("--version") == f"cladist {cladist.__version__}\n"


def test_trees_may_be_deep_and_go_round() -> None:
    chain = {str(each): [str(each + 1)] for each in range(3000)}
    lines = list(tree(["0"], lambda node: chain.get(node, []), str))
    assert (len(lines), lines[-1].strip()) == (3001, "└── 3000")
    round_trip = {"a": ["b"], "b": ["a"]}
    assert list(tree(["a"], lambda node: round_trip[node], str)) == ["a", "└── b", "    └── a"]


def test_a_table_lines_up_wide_characters() -> None:
    from cladist.cli.printing import aligned

    lines = list(aligned(Table(("name", "code"), [("猫", "1"), ("e\u0301te\n", "2")])))
    assert lines == ["name  code", "猫    1", "e\u0301te   2"]
    assert shown("a\x1b[0m\u009b\tb") == "a\ufffd[0m\ufffd\tb"

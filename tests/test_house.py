"""The gates of the house: small modules and functions, real parts, named rooms, lean imports."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "service" / "cladist"

MODULE_LINES = 300
FUNCTION_LINES = 40
MOST_FUNCTION_LINES = 20  # of nine functions in ten

SCRIPTS = {PACKAGE / "ledger" / "migrations" / "versions"}  # Alembic runs these by their path
DRAWERS = {"utils", "util", "helpers", "services", "core", "common", "misc"}
MOCKS = {"mock", "unittest.mock", "pytest_mock"}
HEAVY = {
    "alembic", "fastapi", "networkx", "psycopg", "pydantic", "pyoxigraph", "pyshacl", "rapidfuzz",
    "rdflib", "sqlalchemy", "starlette", "uvicorn",
}  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: str) -> list[Path]:
    """All Python files under these folders of the checkout."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: Function) -> int:
    """Lines from ``def`` to the end, the docstring not counted."""
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def imports(path: Path) -> set[str]:
    """Every dotted name that the module imports, at the top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def patches(path: Path) -> list[str]:
    """Calls that replace a part of the code by a double."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{named(path)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"setattr", "setitem", "delattr"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"monkeypatch", "mocker"}
    ]


def test_no_module_is_too_long() -> None:
    sizes = {
        named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules("service", "tests", "benchmarks", ".ci")
    }
    assert {name: size for name, size in sizes.items() if size > MODULE_LINES} == {}


def test_no_function_is_too_long() -> None:
    too_long = [
        f"{named(path)}:{function.lineno} {function.name} {length(function)}"
        for path in modules("service", "tests", "benchmarks", ".ci")
        for function in functions(path)
        if length(function) > FUNCTION_LINES
    ]
    assert too_long == []


def test_nine_functions_in_ten_fit_at_a_glance() -> None:
    lengths = sorted(length(f) for path in modules("service") for f in functions(path))
    assert lengths[int(len(lengths) * 0.9)] <= MOST_FUNCTION_LINES


def test_every_module_says_its_duty() -> None:
    silent = [
        named(path)
        for path in modules("service", "tests", "benchmarks", ".ci")
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_every_room_is_a_package() -> None:
    rooms = {path.parent for path in modules("service")} - SCRIPTS
    assert [named(room) for room in sorted(rooms) if not (room / "__init__.py").exists()] == []


def test_no_module_is_a_drawer() -> None:
    drawers = [
        named(path)
        for path in modules("service", "tests", "benchmarks")
        if DRAWERS & {path.stem, path.parent.name}
    ]
    assert drawers == []


def test_parts_are_real() -> None:
    everywhere = modules("tests", "benchmarks")
    mocks = [named(path) for path in everywhere if MOCKS & imports(path)]
    assert mocks + [place for path in everywhere for place in patches(path)] == []


@pytest.mark.parametrize("module", ["cladist", "cladist.cli", "cladist.model"])
def test_heavy_libraries_wait_until_they_are_needed(module: str) -> None:
    program = f"import sys, {module}; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(ROOT / "service")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY & set(ran.stdout.split()) == set()

"""What ships: the files are found everywhere, the locks agree with what the project declares."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cladist import resources

ROOT = Path(__file__).resolve().parents[1]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ["build", "run", "dev"]
PINNED_BY_OTHERS = {"py4j", "pydantic_core", "starlette"}  # by PySpark, pydantic and FastAPI


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the sdist and not from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path) -> Path:
    folder = wheel.parent / "unpacked"
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def below(folder: Path, *patterns: str) -> set[str]:
    """Files under a folder, as relative names."""
    found = {path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()}
    return {
        path.relative_to(folder).as_posix() for path in found if "__pycache__" not in path.parts
    }


def declared(group: str) -> list[Requirement]:
    """What the project asks for directly: at run time, or in a dependency group."""
    if group == "run":
        return [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    lines = PROJECT["dependency-groups"][group]
    return [Requirement(line) for line in lines if isinstance(line, str)]


def locked(name: str) -> dict[str, set[str]]:
    """Package to its pinned releases; there are several where the Python version decides."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    lines = [line.rstrip(" \\") for line in text.splitlines() if line[:1].isalnum()]
    pins: dict[str, set[str]] = {}
    for requirement in map(Requirement, lines):
        release = str(requirement.specifier).removeprefix("==")
        pins.setdefault(canonicalize_name(requirement.name), set()).add(release)
    return pins


def test_the_checkout_holds_the_files() -> None:
    assert resources.root() == ROOT
    assert resources.vocabulary().is_file()
    assert len(resources.examples()) == 6
    assert resources.shapes()


def test_the_wheel_holds_the_files(unpacked: Path) -> None:
    for folder in ("ontologies", "shapes"):
        assert below(unpacked / "cladist" / folder, "*") == below(ROOT / folder, "*")


def test_the_wheel_holds_the_whole_package(unpacked: Path) -> None:
    patterns = ("*.py", "*.mako", "py.typed")
    inside = below(unpacked / "cladist", *patterns)
    assert inside == below(ROOT / "service" / "cladist", *patterns)
    assert any(name.startswith("ledger/migrations/versions/") for name in inside)


def test_the_wheel_holds_the_licence_and_the_command(unpacked: Path) -> None:
    information = next(unpacked.glob("cladist-*.dist-info"))
    assert (information / "licenses" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert "cladist = cladist.cli:main" in (information / "entry_points.txt").read_text("utf-8")


def test_an_installed_package_reads_its_own_files(unpacked: Path, tmp_path: Path) -> None:
    program = "from cladist import resources as r; print(r.root(), len(r.shapes()), r.vocabulary())"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    inside = unpacked / "cladist"
    expected = f"{inside} {len(resources.shapes())} {inside / 'ontologies' / 'cladist.ttl'}"
    assert ran.stdout.strip() == expected


@pytest.mark.parametrize("group", LOCKS)
def test_the_locks_pin_what_is_declared(group: str) -> None:
    pins = locked(group)
    for requirement in declared(group):
        releases = pins[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(release) for release in releases), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_name_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert all(line.endswith("\\") for line in text.splitlines() if line[:1].isalnum())


def test_developing_and_running_use_the_same_releases() -> None:
    development = locked("dev")
    for name in ("build", "run"):
        for package, releases in locked(name).items():
            assert development[package] == releases


def test_every_import_is_a_declared_dependency() -> None:
    extras = PROJECT["project"]["optional-dependencies"].values()
    optional = [Requirement(line) for each in extras for line in each]
    names = {canonicalize_name(each.name) for each in (*declared("run"), *optional)}
    providers = packages_distributions()
    for path in sorted((ROOT / "service").rglob("*.py")):
        for module in imported(path) - {"cladist", *sys.stdlib_module_names, *PINNED_BY_OTHERS}:
            owners = {canonicalize_name(owner) for owner in providers.get(module, [])}
            assert owners & names, f"{path.relative_to(ROOT)} imports {module}"


def imported(path: Path) -> set[str]:
    """The top-level packages that a module imports, at the top or inside a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found

"""sdist to wheel to a fresh environment: its files are read and its service lists the examples."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from served import free_port, get, served

ROOT = Path(__file__).resolve().parents[1]

READ = """
import re
from cladist import resources
assert resources.root().parts[-2] == "site-packages", resources.root()
assert resources.vocabulary().is_file()
assert resources.shapes()
for path in resources.examples():
    print(*re.findall(r'clad:slug\\s+"([^"]+)"', path.read_text("utf-8")))
"""


def run(*command: str | Path, folder: Path = ROOT) -> str:
    ran = subprocess.run([*map(str, command)], cwd=folder, stdout=subprocess.PIPE, check=True)
    return ran.stdout.decode("utf-8")


def build(folder: Path) -> Path:
    """Make the sdist, and the wheel from it."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


def install(wheel: Path, folder: Path) -> Path:
    """A fresh environment with the pinned dependencies and the wheel; gives its ``bin``."""
    venv.create(folder, with_pip=True)
    pip = (folder / "bin" / "python", "-m", "pip", "-qq", "install", "--no-deps")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt")
    run(*pip, wheel)
    return folder / "bin"


def listed(binaries: Path, elsewhere: Path, slugs: list[str]) -> None:
    """The service, started in another folder, lists every example."""
    port = free_port()
    command = [str(binaries / "cladist"), "serve", "--examples"]
    environment = {"PYTHONPATH": "", "CLADIST_PORT": str(port)}
    with served(command, port, elsewhere, environment) as address:
        answer = get(f"{address}/api/v1/taxonomies")
    missing = [slug for slug in slugs if f'"{slug}"' not in answer]
    if missing:
        raise SystemExit(f"not listed: {', '.join(missing)}")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="cladist-wheel-") as name:
        folder = Path(name)
        wheel = build(folder / "dist")
        print(f"built {wheel.name}")
        binaries = install(wheel, folder / "environment")
        elsewhere = folder / "elsewhere"
        elsewhere.mkdir()
        slugs = run(binaries / "python", "-c", READ, folder=elsewhere).split()
        if len(slugs) != 6:
            raise SystemExit(f"six examples should ship, not {len(slugs)}")
        print("read shapes, vocabulary and examples from the wheel")
        listed(binaries, elsewhere, slugs)
        print(f"the service lists {', '.join(slugs)}")


if __name__ == "__main__":
    main()

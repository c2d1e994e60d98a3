"""What the Dockerfile says, done in a temporary folder: a check for machines without an engine.

A folder stands for the image's file system: the absolute paths that the steps make (``MADE``) are
moved below it. ``COPY`` takes only what ``.dockerignore`` lets in, ``RUN`` runs in a shell, and the
service that the image would start is asked by the image's own health check. What the first stage
leaves behind is taken away before the second begins. The base image and the volume, and the user
where Python lies in a folder closed to others, are left for an engine to show.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from served import free_port, served

ROOT = Path(__file__).resolve().parents[1]
MADE = ("/build", "/opt/cladist", "/data")
USER = 10001


@dataclass
class Image:
    """What the instructions so far have made."""

    root: Path
    context: Path
    folder: str = "/"
    environment: dict[str, str] = field(default_factory=dict)
    start: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def moved(self, text: str) -> str:
        """The text, its absolute paths moved below the folder."""
        paths = "|".join(map(re.escape, MADE))
        return re.sub(rf"(?<![\w.-])(?:{paths})\b", lambda found: f"{self.root}{found[0]}", text)

    def below(self, path: str) -> Path:
        """Where a path of the image lies, absolute or below its working directory."""
        return Path(f"{self.root}{os.path.normpath(os.path.join(self.folder, path))}")

    def variables(self) -> dict[str, str]:
        here = {"PATH": interpreters(), "PYTHONPATH": "", "PIP_QUIET": "2"}
        return {**os.environ, **here, **self.environment}


def interpreters() -> str:
    """The search path on which ``python`` is the one that runs this."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def instructions(text: str) -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest), without comments and with lines joined."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    parts = (line.partition(" ") for line in joined.splitlines())
    return [(word, rest.strip()) for word, _, rest in parts]


def context(folder: Path) -> Path:
    """The build context: what ``.dockerignore`` names after shutting everything out."""
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    if rules[0] != "*":
        raise SystemExit(".dockerignore should shut everything out first")
    out = shutil.ignore_patterns(*(rule[3:] for rule in rules if rule.startswith("**/")))
    folder.mkdir()
    for name in (rule[1:] for rule in rules if rule.startswith("!")):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=out)
        else:
            shutil.copy2(ROOT / name, folder)
    return folder


def from_(image: Image, rest: str) -> None:
    shutil.rmtree(image.root / "build", ignore_errors=True)
    image.folder, image.environment = "/", {}


def workdir(image: Image, rest: str) -> None:
    image.folder = rest
    image.below(".").mkdir(parents=True, exist_ok=True)


def copy(image: Image, rest: str) -> None:
    *sources, target = (word for word in rest.split() if not word.startswith("--"))
    if "--from=" in rest:  # an environment keeps its path, and the folder is one for all stages
        if sources != [target] or not image.below(target).exists():
            raise SystemExit(f"COPY {rest}: cannot be done here")
        return
    for name in sources:
        source = image.context / name
        if source.is_dir():
            shutil.copytree(source, image.below(target), dirs_exist_ok=True)
        else:
            shutil.copy2(source, image.below(target))


def run(image: Image, rest: str) -> None:
    command = ["sh", "-euc", image.moved(rest)]
    subprocess.run(command, cwd=image.below("."), env=image.variables(), check=True)


def env(image: Image, rest: str) -> None:
    for pair in shlex.split(rest):
        name, _, value = pair.partition("=")
        image.environment[name] = image.moved(value).replace("$PATH", interpreters())


def start(image: Image, rest: str) -> None:
    image.start += json.loads(rest)


def healthcheck(image: Image, rest: str) -> None:
    image.health = json.loads(rest.partition("CMD ")[2])


STEPS = {
    "FROM": from_,
    "WORKDIR": workdir,
    "COPY": copy,
    "RUN": run,
    "ENV": env,
    "ENTRYPOINT": start,
    "CMD": start,
    "HEALTHCHECK": healthcheck,
}
ENGINE_ONLY = {"ARG", "USER", "VOLUME", "EXPOSE"}


def as_user() -> list[str]:
    """The prefix that drops root, where root runs this and others may run its Python."""
    folders = Path(sys.executable).resolve().parents
    if os.geteuid() != 0 or not all(folder.stat().st_mode & 0o001 for folder in folders):
        print(f"USER {USER}: left for an engine to show")
        return []
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--"]


def ask(image: Image) -> None:
    """Start what the image would start, on a free port of this machine, and check its health."""
    port = free_port()
    image.environment |= {"CLADIST_HOST": "127.0.0.1", "CLADIST_PORT": str(port)}
    program = shutil.which(image.start[0], path=image.environment["PATH"])
    if program is None or not Path(program).is_relative_to(image.root):
        raise SystemExit(f"{image.start[0]} is not in the image")
    command = [*as_user(), program, *image.start[1:]]
    with served(command, port, image.below("."), image.variables()):
        check = [word.replace(":8000/", f":{port}/") for word in image.health]
        subprocess.run(check, env=image.variables(), check=True)
    if not any((image.root / "data").iterdir()):
        raise SystemExit("nothing was stored in /data")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="cladist-image-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        image = Image(folder / "root", context(folder / "context"))
        for word, rest in instructions((ROOT / "Dockerfile").read_text("utf-8")):
            if word not in ENGINE_ONLY:
                print(f"{word} {rest}", flush=True)
                STEPS[word](image, rest)
        ask(image)
        print("the health check passes")


if __name__ == "__main__":
    main()

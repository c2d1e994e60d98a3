"""The program run in this process on a store of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from cladist.cli.program import program


@dataclass(frozen=True)
class Cli:
    """The program with its store in a folder."""

    folder: Path

    @property
    def store(self) -> str:
        """The store's URL."""
        return f"sqlite:///{self.folder / 'data' / 'store.sqlite'}"

    def run(self, *words: str, given: str | bytes | None = None) -> Result:
        """What becomes of a command line, whatever it is."""
        environment = {"CLADIST_STORE": self.store, "CLADIST_AUTHOR": "ada"}
        result = CliRunner(env=environment).invoke(program, words, input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def text(self, *words: str, given: str | bytes | None = None) -> str:
        """What a command line that works answers on stdout."""
        result = self.run(*words, given=given)
        assert result.exit_code == 0, result.output
        return result.stdout

    def json(self, *words: str, given: str | bytes | None = None) -> Any:
        """What it answers with ``--json``."""
        return json.loads(self.text(*words, "--json", given=given))

    def write(self, name: str, text: str) -> str:
        """A file beside the store; gives its path."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return str(path)

    def labels(self, *words: str) -> set[str]:
        """The labels of the classes that ``classes`` lists."""
        return {each["label"] for each in self.json("classes", *words)["classes"]}

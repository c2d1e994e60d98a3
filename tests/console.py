"""Console blocks of the documentation: commands, and what the page says they answer."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_REST = re.escape("...")
_LINES = re.escape("\n...\n")


class Line(NamedTuple):
    """A command and the answer shown for it; “...” stands for anything, also for no line."""

    command: str
    answer: str

    def answered_by(self, output: str) -> bool:
        """Whether this is what the page shows."""
        pattern = re.escape(f"\n{self.answer}\n").replace(_LINES, r"\n(?:.*\n)*")
        pattern = pattern.replace(_REST, r"[\s\S]*")
        output = output.strip("\n")
        return re.fullmatch(pattern, f"\n{output}\n") is not None


def lines_of(page: str) -> list[Line]:
    """The commands of all console blocks of a page in Markdown, in order."""
    found: list[Line] = []
    for block in _BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = part.partition("\n")
            found.append(Line(command, answer.strip("\n")))
    return found

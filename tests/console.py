"""Console blocks of the documentation: commands, and what the page says they answer."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_REST = "..."


class Line(NamedTuple):
    """A command and the answer shown for it; “...” stands for any lines."""

    command: str
    answer: str

    def answered_by(self, output: str) -> bool:
        """Whether this is what the page shows."""
        pattern = re.escape(self.answer).replace(re.escape(_REST), r"[\s\S]*")
        return re.fullmatch(pattern, output.strip("\n")) is not None


def lines_of(page: str) -> list[Line]:
    """The commands of all console blocks of a page in Markdown, in order."""
    found: list[Line] = []
    for block in _BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = part.partition("\n")
            found.append(Line(command, answer.strip("\n")))
    return found

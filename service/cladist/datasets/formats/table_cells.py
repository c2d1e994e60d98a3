"""Labels in a cell: one, several with something between them, or a JSON list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from cladist.datasets.records import Placed, Ref


@dataclass(frozen=True, slots=True)
class Cells:
    """How cells hold labels; ``numbers`` tells that labels are numbers of a legend."""

    separator: str
    numbers: bool

    def refs(self, text: str) -> list[Ref]:
        """The labels of a cell."""
        if is_list(text):
            return [self._ref(str(each)) for each in json.loads(text)]
        parts = text.split(self.separator) if self.separator else [text]
        return [self._ref(each.strip()) for each in parts if each.strip()]

    def _ref(self, text: str) -> Ref:
        return int(text) if self.numbers and text.lstrip("-").isdecimal() else text

    def written(self, text: str, placed: Sequence[Placed]) -> str:
        """The cell after the migration, in the style that it had."""
        refs = [ref for each in placed for ref in each.refs]
        if is_list(text):
            numbers = [isinstance(each, int) for each in json.loads(text)]
            return json.dumps(
                refs if all(numbers) else [str(each) for each in refs], ensure_ascii=False
            )
        if not self.separator:
            return str(refs[0]) if refs else ""
        joint = self.separator + (" " if f"{self.separator} " in text else "")
        return joint.join(str(each) for each in refs)


def is_list(text: str) -> bool:
    """Whether a cell holds a JSON list of texts or numbers."""
    if not text.startswith("["):
        return False
    try:
        found = json.loads(text)
    except ValueError:
        return False
    plain = (isinstance(each, str | int) and not isinstance(each, bool) for each in found)
    return isinstance(found, list) and all(plain)

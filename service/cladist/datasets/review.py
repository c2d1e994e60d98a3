"""The review file: labels that need a person, in a table that is filled in and passed back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from cladist.datasets.decisions import COLUMNS
from cladist.datasets.plan import Plan
from cladist.datasets.records import Label, Verdict
from cladist.rdf.delimited import guarded

_ABOUT = 300
"""The most characters that tell of a record."""


class Review:
    """Writes a row for every label that needs a person; ``to`` is left for them."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self._plan = plan
        self._file = path.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, dialect="excel-tab", lineterminator="\n")
        self._rows.writerow((*COLUMNS, "candidates", "why", "about"))
        self.count = 0

    def add(self, label: Label, verdict: Verdict) -> None:
        """One more."""
        plan = self._plan
        source = plan.source.entry(verdict.source)
        name = plan.source.label(source.id)
        unique = len(plan.source.meant(name).classes) == 1
        choices = "|".join(plan.target.label(each) for each in verdict.candidates)
        row = (label.key, name if unique else f"#{source.code}", "", "", "", "")
        about = (
            json.dumps(dict(label.fields), ensure_ascii=False, default=str) if label.fields else ""
        )
        cells = (*row, choices, verdict.reason, about[:_ABOUT])
        self._rows.writerow([guarded(each) for each in cells])
        self.count += 1

    def close(self) -> None:
        """Close the file."""
        self._file.close()

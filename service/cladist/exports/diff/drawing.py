"""The number of operations of each kind as a drawing: bars in SVG, words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cladist.exports.diff.telling import HEADINGS, counted
from cladist.model.diff.values import Diff

_ROW, _LEFT, _WIDTH = 24, 180, 400  # pixels: height of a row, where bars begin, the longest bar
_EDGE = 60  # room for the number behind a bar


def bars(diff: Diff) -> str:
    """A bar for each kind of operation, as long as there are many; nothing without operations."""
    counts = diff.counts()
    if not counts:
        return ""
    size = f'viewBox="0 0 {_LEFT + _WIDTH + _EDGE} {_ROW * len(counts)}"'
    told = ", ".join(f"{HEADINGS[kind]} {count}" for kind, count in counts.items())
    total = counted(len(diff.operations), "operation", "operations")
    return "".join(
        (
            f'<svg class="bars" role="img" aria-labelledby="bars-title bars-text" {size}>',
            f'<title id="bars-title">{total} by kind</title>',
            f'<desc id="bars-text">{escape(told)}</desc>',
            *_rows({HEADINGS[kind]: count for kind, count in counts.items()}),
            "</svg>",
        )
    )


def _rows(counts: dict[str, int]) -> Iterator[str]:
    most = max(counts.values())
    for place, (heading, count) in enumerate(counts.items()):
        top, length = place * _ROW, max(1, round(_WIDTH * count / most))
        base = top + 17
        yield f'<text x="{_LEFT - 8}" y="{base}" text-anchor="end">{escape(heading)}</text>'
        yield f'<rect x="{_LEFT}" y="{top + 4}" width="{length}" height="{_ROW - 8}"/>'
        yield f'<text x="{_LEFT + length + 6}" y="{base}">{count}</text>'

"""A difference as one page of HTML that needs nothing else and runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from cladist.exports.diff import telling
from cladist.exports.diff.drawing import bars
from cladist.exports.diff.style import POLICY, STYLE
from cladist.exports.diff.telling import Level
from cladist.model.diff.values import (
    Card,
    Diff,
    FieldChange,
    Mark,
    Operation,
    Statements,
)

_OPERATION = ("What", "Weight", "Version", "Who", "When", "Why")
_FIELD = ("Field", "Language", "Removed", "Added")
_TAGS = {"-": "del", "+": "ins"}


def html(diff: Diff, level: Level = Level.CARDS) -> str:
    """The difference as a self-contained page (HTML Living Standard), UTF-8.

    Everything that the taxonomy says is escaped; nothing is fetched and no script is allowed.
    """
    return "\n".join(_page(diff, level)) + "\n"


def _page(diff: Diff, level: Level) -> Iterator[str]:
    source, target = _plain(telling.named(diff.source)), _plain(telling.named(diff.target))
    yield "<!DOCTYPE html>"
    yield '<html lang="en">'
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{source} → {target}</title>"
    yield f"<style>{STYLE}</style></head>"
    yield f"<body><main><h1><bdi>{source}</bdi> → <bdi>{target}</bdi></h1>"
    yield f"<p>{telling.summary(diff)} {telling.meaning(diff)}</p>"
    yield bars(diff)
    yield from _operations(diff)
    if level.shows(Level.CARDS):
        yield '<section aria-labelledby="cards"><h2 id="cards">Field by field</h2>'
        yield from (line for card in diff.cards for line in _card(diff, card))
        yield "</section>"
    if level.shows(Level.STATEMENTS):
        yield '<section aria-labelledby="statements"><h2 id="statements">Statements</h2>'
        yield from _statements(diff.statements)
        yield "</section>"
    yield '<section aria-labelledby="residual"><h2 id="residual">Unexplained</h2>'
    yield f"<p>{telling.unexplained(diff.residual)}</p>"
    yield from _statements(diff.residual)
    yield "</section></main></body></html>"


def _operations(diff: Diff) -> Iterator[str]:
    yield '<section aria-labelledby="operations"><h2 id="operations">Operations</h2>'
    for kind, found in telling.groups(diff):
        yield f"<h3>{telling.HEADINGS[kind]}</h3>"
        caption = telling.counted(len(found), "operation", "operations")
        yield from _table(caption, _OPERATION, (_operation(diff, each) for each in found))
    if not diff.operations:
        yield "<p>None.</p>"
    yield "</section>"


def _operation(diff: Diff, operation: Operation) -> Sequence[str]:
    what = _text(telling.said(operation))
    if telling.relates(operation):
        sources, targets = telling.ends(diff, operation)
        what += f"<br>{_quoted(sources)} → {_quoted(targets)}"
    facts = (telling.weight(operation), operation.version, operation.who, operation.at)
    return (what, *map(_text, (*facts, operation.why)))


def _card(diff: Diff, card: Card) -> Iterator[str]:
    names = " → ".join(_quoted((each,)) for each in telling.title(card))
    yield f"<article><h3>{names}: {card.subject.value} {telling.state(card)}</h3>"
    yield f'<p class="id"><code>{_plain(card.id)}</code></p>'
    rows = (_field(diff, each) for each in card.fields)
    yield from _table("What changed", _FIELD, rows)
    yield "</article>"


def _field(diff: Diff, change: FieldChange) -> Sequence[str]:
    removed, added = _marked(change, Mark.REMOVED), _marked(change, Mark.ADDED)
    if not change.words:
        removed = _values(telling.values(diff, change, removed=True), "del", change.language)
        added = _values(telling.values(diff, change, removed=False), "ins", change.language)
    return (_plain(change.field), _plain(change.language), removed, added)


def _marked(change: FieldChange, mark: Mark) -> str:
    """One side of a text of which words changed, those words marked."""
    tag = "del" if mark is Mark.REMOVED else "ins"
    parts = (
        _plain(each.text) if each.mark is Mark.SAME else f"<{tag}>{_plain(each.text)}</{tag}>"
        for each in change.words
        if each.mark in (mark, Mark.SAME)
    )
    return _spoken("".join(parts), change.language)


def _values(values: Iterable[str], tag: str, language: str) -> str:
    marked = (f"<{tag}>{_plain(each)}</{tag}>" for each in values)
    return "<br>".join(_spoken(each, language) for each in marked)


def _spoken(inner: str, language: str) -> str:
    """Text that a taxonomy holds, in its language and its own direction."""
    return f'<bdi lang="{escape(language)}" dir="auto">{inner}</bdi>'


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose first column names its rows; the cells are HTML."""
    heads = "".join(f'<th scope="col">{each}</th>' for each in columns)
    yield f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>"
    for first, *others in rows:
        cells = "".join(f"<td>{each}</td>" for each in others)
        yield f'<tr><th scope="row">{first}</th>{cells}</tr>'
    yield "</tbody></table>"


def _statements(statements: Statements) -> Iterator[str]:
    if not len(statements):
        return
    yield '<ul class="lines">'
    for sign, line in telling.lines(statements):
        tag = _TAGS[sign]
        yield f"<li><{tag}>{sign} {_plain(line)}</{tag}></li>"
    yield "</ul>"


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{_text(each)}”" for each in texts)


def _text(text: str) -> str:
    """A text whose direction stays with it."""
    return f'<bdi dir="auto">{_plain(text)}</bdi>'


def _plain(text: str) -> str:
    return escape(telling.visible(text))

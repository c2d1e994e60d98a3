"""A difference as release notes in Markdown (CommonMark 0.31)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cladist.exports.diff import telling
from cladist.exports.diff.telling import Level
from cladist.model.diff.values import Card, Diff, FieldChange, Mark, Operation, Statements, Stretch

# What begins markup anywhere, and web addresses that some readers make links of.
_MARKS = re.compile(r"[\\`*_\[\]<>#~|&$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_START = re.compile(r"^(\d{0,9})([-+=.)])")  # what makes a list or a heading of a line
_BREAKS = re.compile(r"[\r\n]+")
_BRACKETS = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}


def markdown(diff: Diff, level: Level = Level.CARDS) -> str:
    """The difference as Markdown, each level under a heading of its own.

    Texts of the taxonomy are escaped: no label makes markup, a link or HTML. In texts of which
    words changed, ``[-these-]`` went and ``{+those+}`` came.
    """
    return "\n".join(_lines(diff, level)) + "\n"


def _lines(diff: Diff, level: Level) -> Iterator[str]:
    yield f"# {_text(telling.named(diff.source))} → {_text(telling.named(diff.target))}"
    yield ""
    yield telling.summary(diff)
    yield telling.meaning(diff)
    yield ""
    for kind, count in diff.counts().items():
        yield f"- {telling.HEADINGS[kind]}: {count}"
    if diff.operations:
        yield ""
        yield "## Operations"
    for kind, found in telling.groups(diff):
        yield from ("", f"### {telling.HEADINGS[kind]}", "")
        for operation in found:
            yield from _operation(diff, operation)
    if level.shows(Level.CARDS):
        yield from ("", "## Field by field")
        yield from (line for card in diff.cards for line in _card(diff, card))
    if level.shows(Level.STATEMENTS):
        yield from ("", "## Statements", "")
        yield from _block(diff.statements)
    yield from ("", "## Unexplained", "", telling.unexplained(diff.residual), "")
    yield from _block(diff.residual)


def _operation(diff: Diff, operation: Operation) -> Iterator[str]:
    text = _START.sub(r"\1\\\2", _text(telling.said(operation)))
    yield f"- {text} ({_listed(telling.facts(operation))})"
    if telling.relates(operation):
        sources, targets = telling.ends(diff, operation)
        yield f"  - {_quoted(sources)} → {_quoted(targets)}"
    if operation.why:
        yield f"  - Why: {_text(operation.why)}"


def _card(diff: Diff, card: Card) -> Iterator[str]:
    names = " → ".join(_quoted((each,)) for each in telling.title(card))
    yield from ("", f"### {names}: {card.subject.value} {telling.state(card)}", "")
    yield f"`{telling.visible(card.id)}`"
    yield ""
    for change in card.fields:
        yield from _field(diff, change)


def _field(diff: Diff, change: FieldChange) -> Iterator[str]:
    language = f" ({_text(change.language)})" if change.language else ""
    name = f"- {_text(change.field)}{language}:"
    if change.words:
        yield f"{name} {_marked(change.words)}"
        return
    yield name
    for verb, removed in (("removed", True), ("added", False)):
        for value in telling.values(diff, change, removed=removed):
            yield f"  - {verb} {_quoted((value,))}"


def _marked(words: Iterable[Stretch]) -> str:
    """All words on one line, those that went and came in brackets (as wdiff writes them)."""
    return _text("".join(_BRACKETS[each.mark].format(each.text) for each in words))


def _block(statements: Statements) -> Iterator[str]:
    """The lines as code, which holds no markup; none of them can close it, as each has a sign."""
    if not len(statements):
        return
    yield "```diff"
    yield from (f"{sign} {line}" for sign, line in telling.lines(statements))
    yield "```"


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f"“{_text(each)}”" for each in texts)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(map(_text, texts))


def _text(text: str) -> str:
    """The text as itself on one line: a backslash before all that Markdown may read as markup."""
    line = telling.visible(_BREAKS.sub(" ↵ ", text)).strip()
    return _MARKS.sub(r"\\\g<0>", line)

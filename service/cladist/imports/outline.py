"""Indented text: one class a line, placed under the line above it that is indented less.

A line reads ``label | synonym | synonym -- definition``; all but the label may be left out. A
bullet (``-``, ``*`` or ``•`` and a space) before the label is passed over, and so are empty lines
and those that begin with ``#``. A backslash takes the meaning from ``|``, ``-``, ``#``, ``*``,
``•`` or a backslash after it. Indentation is made of tabs, or of spaces, never of both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from cladist.imports.decoding import BLANK, decoded
from cladist.imports.names import DEPTH
from cladist.imports.sketch import Ref, RefusedRow, Sketch, SketchClass, shown
from cladist.model.change.checks import as_set
from cladist.model.errors import InvalidValue, LimitExceeded, UnreadableInput
from cladist.model.identifiers import LABEL_LENGTH, check_text
from cladist.model.taxonomy import Class, Text, Texts

_NEWLINE = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"[-*•](?:[ \t]+|$)")
_DEFINITION = re.compile(r"(?:^|[ \t]+)--[ \t]+")
_SYNONYM = re.compile(r"(?:^|[ \t]+)\|(?:[ \t]+|$)")
_ESCAPED = re.compile(r"\\([-|#*•\\])")


def read_outline(data: bytes, *, language: str = "en") -> Sketch:
    """The sketch of an indented text; labels, synonyms and definitions are in the language.

    A text without any indentation is a list: it says nothing of where its classes stand. Raises
    :class:`UnreadableInput` where the indentation is broken and :class:`LimitExceeded` below the
    deepest level allowed.
    """
    ladder = _Ladder()
    rows, refused = [], []
    indented = False
    for line, raw in enumerate(_NEWLINE.split(decoded(data)), start=1):
        text = raw.strip(BLANK)
        if not text or text.startswith("#"):
            continue
        parent = ladder.parent(raw, line)
        indented = indented or bool(parent)
        try:
            rows.append(_row(text, line, parent, language))
        except InvalidValue as error:
            refused.append(RefusedRow(line, shown(text), str(error)))
    if indented:
        rows = [_placed(row) for row in rows]
    return Sketch(rows=tuple(rows), refused=tuple(refused), language=language)


@dataclass(slots=True)
class _Ladder:
    """The indentations that are open, from the top down, and the line that opened each."""

    widths: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    mark: str = ""

    def parent(self, raw: str, line: int) -> int:
        """The line under which this one stands; 0 for the top."""
        width = self._width(raw, line)
        while self.widths and self.widths[-1] > width:
            self.widths.pop()
            closed = self.lines.pop()
            if not self.widths or self.widths[-1] < width:
                raise UnreadableInput(
                    f"The line is indented less than line {closed} and matches no line above it.",
                    line,
                )
        if self.widths and self.widths[-1] == width:
            self.lines[-1] = line
        else:
            self._open(width, line)
        return self.lines[-2] if len(self.lines) > 1 else 0

    def _open(self, width: int, line: int) -> None:
        if self.mark == "\t" and self.widths and width > self.widths[-1] + 1:
            raise UnreadableInput("The line is indented by more than one tab at once.", line)
        if len(self.widths) >= DEPTH:
            raise LimitExceeded("levels of indentation", DEPTH)
        self.widths.append(width)
        self.lines.append(line)

    def _width(self, raw: str, line: int) -> int:
        indentation = raw[: len(raw) - len(raw.lstrip(BLANK))]
        marks = set(indentation)
        if len(marks) > 1 or not marks <= {" ", "\t"}:
            raise UnreadableInput("The indentation mixes tabs, spaces or other blanks.", line)
        if marks and self.mark not in ("", *marks):
            raise UnreadableInput("The file is indented with tabs here, with spaces there.", line)
        self.mark = indentation[:1] or self.mark
        return len(indentation)


def _row(text: str, line: int, parent: int, language: str) -> SketchClass:
    text = _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
    head, *definition = _DEFINITION.split(text, maxsplit=1)
    label, *synonyms = (_plain(each) for each in _SYNONYM.split(head))
    given = {f"preferred@{language}"}
    alternative: Texts = ()
    definitions: Texts = ()
    if any(synonyms):
        given.add(f"alternative@{language}")
        alternative = as_set(
            Text(check_text(each, "alternative", LABEL_LENGTH), language)
            for each in synonyms
            if each
        )
    if definition:
        given.add(f"definitions@{language}")
        value = check_text(_plain(definition[0]), "definition")
        definitions = (Text(value, language),)
    return SketchClass(
        key=_key(line),
        line=line,
        item=Class(
            preferred=(Text(check_text(label, "label", LABEL_LENGTH), language),),
            alternative=alternative,
            definitions=definitions,
        ),
        parents=(Ref(row=_key(parent)),) if parent else (),
        given=frozenset(given),
    )


def _placed(row: SketchClass) -> SketchClass:
    return replace(row, given=row.given | {"parents"})


def _key(line: int) -> str:
    return f"line {line}"


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text.strip(BLANK))

"""CoNLL: a token a line, its tag in a column, a blank line between sentences.

A record is an entity, named by the numbers of its sentence and of the entity in it, from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cladist.datasets.formats.tagging import (
    SCHEMES,
    BadTag,
    Span,
    parted,
    scheme_of,
    spans,
    tagged,
)
from cladist.datasets.records import Chunk, Edit, Entry, Item, Label, Piece, Reading
from cladist.datasets.run import Run
from cladist.model.errors import InvalidValue, UnreadableInput

_SUFFIXES = (".conll", ".conllu", ".iob", ".iob2", ".bio", ".bioes", ".bilou", ".txt", ".tsv")
_TAG = re.compile(r"(?:[BIESLU]-.+|O)\Z")
_LOOKED_AT = 2_000
"""Lines by which a file is recognised."""


class Token(NamedTuple):
    """A line that carries a tag: its number from 1, the text, the tag, and where the tag lies."""

    line: int
    text: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Lines up to and with the blank one after them."""

    data: bytes
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class ConllFiles:
    """One file, or a folder of them."""

    root: Path
    paths: tuple[str, ...]
    scheme: str
    column: int
    """The column of the tag, from 0, or -1 for the last."""
    encoding: str
    dense: bool = False
    legend: Sequence[Entry] = ()

    @property
    def format(self) -> str:
        """The format and the tagging scheme."""
        return f"CoNLL ({self.scheme})"

    def carry(self, run: Run) -> None:
        """Every file, sentence by sentence."""
        for path in self.paths:
            run.rewrite(path, self._pieces(path, run))

    def _pieces(self, path: str, run: Run) -> Iterator[Piece]:
        number = 0
        for sentence in _sentences(self.root / path if path else self.root, self):
            number += bool(sentence.tokens)
            name = f"{path}:{number}" if path else str(number)
            yield Chunk(sentence.data, self._edits(sentence, name, path, run))

    def _edits(self, sentence: Sentence, name: str, path: str, run: Run) -> list[Edit]:
        tokens = sentence.tokens
        tags = [each.tag for each in tokens]
        try:
            found = spans(tags, self.scheme)
        except BadTag as error:
            raise UnreadableInput(
                f"{path}: {error.reason}" if path else error.reason, tokens[error.place].line
            ) from None
        if not found:
            return []
        beside = [each.type for each in found] if run.looks_beside else ()
        kept = []
        for number, span in enumerate(found, 1):
            text = " ".join(each.text for each in tokens[span.start : span.end])
            fields = {"text": text, "source": path, "length": span.end - span.start}
            label = Label(f"{name}:{number}", span.type, fields)
            (placed,) = run.place(Item((label,), beside))
            kept += [Span(span.start, span.end, str(ref)) for ref in placed.refs]
        if kept == found:
            return []
        return self._changed(tokens, kept)

    def _changed(self, tokens: Sequence[Token], kept: Sequence[Span]) -> list[Edit]:
        """The tags that differ."""
        bare = any(parted(each.tag)[0] == "?" for each in tokens)
        new = tagged(kept, len(tokens), self.scheme, bare=bare)
        return [
            Edit(token.start, token.end, tag.encode(self.encoding))
            for token, tag in zip(tokens, new, strict=True)
            if token.tag != tag
        ]


def opened(root: Path, reading: Reading) -> ConllFiles | None:
    """The dataset in a file or a folder; none when it is not in this format."""
    encoding = reading.encoding or "utf-8"
    if reading.label and not reading.label.startswith("#"):
        return None  # columns have no names here
    column = _column(reading.label)
    files = _files(root)
    if not files or not all(_looks_right(root / each, encoding, column, reading) for each in files):
        return None
    scheme = reading.scheme
    if scheme and scheme not in SCHEMES:
        raise InvalidValue("scheme", f"say one of {', '.join(SCHEMES)}.")
    draft = ConllFiles(root, files, scheme or "BIO", column, encoding)
    if not scheme:
        every = (each for path in files for each in _sentences(root / path, draft))
        scheme = scheme_of([token.tag for token in each.tokens] for each in every)
    return ConllFiles(root, files, scheme, column, encoding)


def _column(label: str) -> int:
    if not label:
        return -1
    if not label[1:].isdecimal() or label == "#0":
        raise InvalidValue("label", "columns of CoNLL are named by place, such as #4.")
    return int(label[1:]) - 1


def _files(root: Path) -> tuple[str, ...]:
    if root.is_file():
        return ("",)
    found = sorted(
        each.relative_to(root).as_posix()
        for each in root.rglob("*")
        if each.is_file() and not each.name.startswith(".") and each.name != "taxonomy.lock"
    )
    return tuple(found) if found and all(each.endswith(_SUFFIXES) for each in found) else ()


def _looks_right(path: Path, encoding: str, column: int, reading: Reading) -> bool:
    """Whether the first lines are tokens with tags."""
    told = bool(reading.scheme or reading.format)
    tags = rows = 0
    with path.open("rb") as file:
        for raw in islice(file, _LOOKED_AT):
            if b"\0" in raw:
                return False
            cells = raw.decode(encoding, "replace").split()
            if not cells or cells[0].startswith("#"):
                continue
            if len(cells) < 2 or len(cells) <= column:
                return told  # and it is refused with its line when it is read
            rows += 1
            tags += _TAG.match(cells[column]) is not None
    return rows > 0 and (told or tags == rows)


def _sentences(path: Path, how: ConllFiles) -> Iterator[Sentence]:
    lines: list[bytes] = []
    tokens: list[Token] = []
    size = 0
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            lines.append(raw)
            token = _token(raw, number, size, how)
            size += len(raw)
            if token is not None:
                tokens.append(token)
            elif not raw.strip():
                yield Sentence(b"".join(lines), tuple(tokens))
                lines, tokens, size = [], [], 0
    if lines:
        yield Sentence(b"".join(lines), tuple(tokens))


def _token(raw: bytes, number: int, before: int, how: ConllFiles) -> Token | None:
    """The token of a line; none of a comment, a document mark or a blank line."""
    content = raw.rstrip(b"\r\n \t")
    if not content.strip() or content.startswith((b"# ", b"#\t", b"-DOCSTART-")):
        return None
    cells = list(_CELL.finditer(content))
    try:
        cell = cells[how.column]
        if len(cells) < 2:
            raise IndexError
        text, tag = (each.group().decode(how.encoding) for each in (cells[0], cell))
    except IndexError:
        raise UnreadableInput("This line has no tag.", number) from None
    except UnicodeDecodeError:
        raise UnreadableInput(f"This line is not in {how.encoding}.", number) from None
    return Token(number, text, tag, before + cell.start(), before + cell.end())


_CELL = re.compile(rb"[^ \t]+")

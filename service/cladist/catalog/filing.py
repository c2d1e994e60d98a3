"""Two documents compared as they are, without a store."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import islice
from operator import lt
from unicodedata import is_normalized

from cladist.catalog import importing
from cladist.catalog.comparing import described
from cladist.catalog.history import draft_step
from cladist.catalog.importing import Intake
from cladist.catalog.opened import OpenDraft, Opened
from cladist.catalog.selecting import Named
from cladist.catalog.values import Document, ImportOptions, NewTaxonomy, Recorded
from cladist.ledger.records import ChangeRecord
from cladist.model.bump import reasons
from cladist.model.change.planning import replay
from cladist.model.correspondence.account import Side
from cladist.model.diff.values import Diff, Statements
from cladist.model.errors import InvalidValue
from cladist.model.proposal import propose
from cladist.model.taxonomy import Taxonomy
from cladist.rdf.content import Delta, Lines, difference, digest, split
from cladist.rdf.formats import FlatFormat, RdfFormat, readable
from cladist.rdf.limits import Limits
from cladist.rdf.namespaces import XSD
from cladist.rdf.parse import parse
from cladist.rdf.writing import content
from cladist.wire import change_text

SLUG = "file"
_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\x9f]*>"
_CANONICAL = re.compile(
    rf"{_IRI} {_IRI} (?:{_IRI}|"
    r'"(?:[^"\\\x00-\x1f\x7f]|\\[btnfr"\\])*"'
    rf"(?:@[a-z]+(?:-[a-z0-9]+)*|\^\^(?!<{XSD}string>){_IRI})?) \."
)
_UNUSUAL = (b"\t", b"\r", b"  ", b" _:", b"\n_:", f"^^<{XSD}string>".encode())
_ESCAPES = (b"\\u", b"\\U")
_SKOLEM = "https://w3id.org/cladist/id/file/"


def statements(old: Document, new: Document, limits: Limits) -> Statements:
    """What differs between two RDF documents, statement by statement.

    Two files in canonical N-Triples need no parsing: their lines are the statements.
    """
    delta = _by_lines(old, new)
    if delta is None:
        before, after = (
            parse(
                each.data,
                _form(each),
                base=each.base or _SKOLEM,
                limits=limits,
                skolem_base=_SKOLEM,
            )
            for each in (old, new)
        )
        delta = difference(before.lines, after.lines)
    return Statements(delta.removed, delta.added)


def _form(document: Document) -> RdfFormat | FlatFormat:
    form = readable(document.format)
    if form is None:
        raise InvalidValue("format", "statements are compared of RDF and OBO files alone.")
    return form


def _by_lines(old: Document, new: Document) -> Delta | None:
    """The difference of the lines, unless a statement could be written otherwise in one of them."""
    if not _form(old) is _form(new) is RdfFormat.N_TRIPLES:
        return None
    before, after = split(old.data), split(new.data)
    if not (_ascending(before) and _ascending(after)):
        before, after = sorted(set(before)), sorted(set(after))
    delta = difference(before, after)
    rest = b"".join((*delta.removed, *delta.added)).decode("utf-8", "replace")
    plain = _usual(old.data) and is_normalized("NFC", rest)
    if plain and all(map(_CANONICAL.fullmatch, rest.split("\n")[:-1])):
        return delta
    return None


def _usual(data: bytes) -> bool:
    """Whether no line has blank nodes, or anything that canonical N-Triples write otherwise."""
    marks = _UNUSUAL + (_ESCAPES if b"\\" in data else ())
    ended = data.count(b" .\n") == data.count(b"\n") and data.endswith(b"\n")
    return ended and not data.startswith(b"_:") and not any(mark in data for mark in marks)


def _ascending(lines: Lines) -> bool:
    return all(map(lt, lines, islice(lines, 1, None)))


def bare_diff(old: Document, new: Document, limits: Limits) -> Diff:
    """The statements that differ between two documents, with nothing said of what they mean."""
    found = statements(old, new, limits)
    return Diff(
        source=_file(old, "old file"),
        target=_file(new, "new file"),
        operations=(),
        cards=(),
        statements=found,
    )


def _file(document: Document, name: str) -> Side:
    return Side(taxonomy=f"urn:sha256:{sha256(document.data).hexdigest()}", slug=SLUG, version=name)


def files_diff(old: Document, new: Document, intake: Intake) -> Diff:
    """The difference of two documents of any format that can be imported, classes by their ids.

    Operations are those that would lead from the one to the other; nobody recorded them.
    """
    header = importing.header_of(NewTaxonomy(slug=SLUG), intake.base_iri)
    before = importing.read_new(old, header, intake).accepted(False)
    read = importing.read_onto(new, before, ImportOptions(retire_absent=True), intake)
    changes = propose(before, read.accepted(False))
    after, effects = replay(before, changes)
    base = _opened(before)
    draft = OpenDraft(
        base=base,
        revision=1,
        base_version=None,
        records=(),
        changes=changes,
        effects=effects,
        reasons=reasons(before, changes),
        taxonomy=after,
    )
    recorded = [
        Recorded(ChangeRecord(f"{place + 1}", change_text(change), "", ""), change, effect, reason)
        for place, (change, effect, reason) in enumerate(
            zip(changes, effects, draft.reasons, strict=True)
        )
    ]
    step = draft_step(draft, recorded)
    return described(
        Named(SLUG, "old file", base),
        Named(SLUG, "new file", draft),
        step.delta,
        step.operations,
        step.residual,
    )


def _opened(taxonomy: Taxonomy) -> Opened:
    lines = content(taxonomy)
    return Opened(taxonomy.header.iri, digest(lines), lines)

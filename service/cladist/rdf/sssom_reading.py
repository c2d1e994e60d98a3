"""SSSOM TSV read as a correspondence: its own files whole, those of others as far as pairs go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cladist.model.correspondence.account import Account, Name, Side
from cladist.model.errors import UnreadableInput
from cladist.rdf.curies import BUILT_IN, SEMAPV, expanded
from cladist.rdf.delimited import records
from cladist.rdf.namespaces import SKOS
from cladist.rdf.rows import Row, components_of, row_of
from cladist.rdf.sssom import NO_TERM, ROW_SLOTS, SET_SLOTS

_NEEDED = ("subject_id", "predicate_id", "object_id")
_TAKEN = (*_NEEDED, "subject_label", "object_label", "mapping_justification", "confidence")
_SOURCES = ("subject_source", "subject_source_version", "object_source", "object_source_version")
# What says nothing more of a correspondence than the rest of the file does.
_REPEATED = (
    *("curie_map", "extension_definitions", "sssom_version", "mapping_set_id", "mapping_set_title"),
    *("subject_type", "object_type", "mapping_tool", "mapping_tool_version"),
    *("mapping_cardinality", "predicate_modifier"),
)
_FIELDS = {
    "ext_kind": "kind",
    "ext_needs_decision": "needs_decision",
    "ext_subject_part": "source_part",
    "ext_object_part": "target_part",
    "ext_changes": "changes",
}

Metadata = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A correspondence from a file, and the slots of that file that were not taken over.

    What a file does not say of a side is empty there.
    """

    account: Account
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Document:
    """The parts of a file: its metadata, its columns, and each row by column, with its line."""

    metadata: Metadata
    prefixes: Mapping[str, str]
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read(text: str) -> Told:
    """The correspondence that a mapping set tells, in the order of its rows.

    The predicate of a pair must be one of SKOS's five mapping properties; components, and what a
    row leaves out, follow from the pairs. Raises UnreadableInput, with the line, for anything that
    is no SSSOM or contradicts itself, and for rows that say what is *not* so.
    """
    document = _document(text)
    slots = _own_slots(document)
    rows = [_row(document, slots, line, cells) for line, cells in document.rows]
    account = Account(
        source=_side(document, slots, "subject"),
        target=_side(document, slots, "object"),
        components=components_of(rows),
    )
    return Told(account, _ignored(document, slots, account))


def _document(text: str) -> _Document:
    lines = text.removeprefix("\ufeff").split("\n")
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    metadata = _metadata("\n".join(line[1:] for line in lines[:count]))
    table = records("\n".join(lines[count:]), "\t", count)
    header_line, columns = next(table, (count + 1, []))
    missing = [each for each in _NEEDED if each not in columns]
    if missing:
        raise UnreadableInput(
            f"The table has no column {', '.join(missing)}; columns are separated by tabs.",
            header_line,
        )
    doubled = next((each for each in columns if columns.count(each) > 1), None)
    if doubled is not None:
        raise UnreadableInput(f"The column “{doubled}” stands there twice.", header_line)
    rows = ((line, dict(zip(columns, cells, strict=True))) for line, cells in table)
    return _Document(metadata, _prefixes(metadata), tuple(columns), tuple(rows))


def _metadata(block: str) -> Metadata:
    """The metadata block, every scalar as its text."""
    import yaml

    try:
        # The parser in Python: the one in C dies of deep nesting. No tag is ever followed.
        found = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it is no YAML"
        raise UnreadableInput(
            f"The metadata at the top cannot be read: {said}.", mark.line + 1 if mark else None
        ) from None
    except RecursionError:
        raise UnreadableInput("The metadata at the top is nested too deeply.") from None
    if found is None or found == "":
        return {}
    if not isinstance(found, dict):
        raise UnreadableInput("The metadata at the top must be names with values.", 1)
    return found


def _prefixes(metadata: Metadata) -> Mapping[str, str]:
    declared = metadata.get("curie_map") or {}
    if not isinstance(declared, dict) or not all(isinstance(v, str) for v in declared.values()):
        raise UnreadableInput("The curie_map must give an IRI for each prefix.")
    return {**declared, **BUILT_IN}


def _own_slots(document: _Document) -> Mapping[str, str]:
    """Our extension slots and the names that they have in this file, found by their properties."""
    defined = document.metadata.get("extension_definitions") or ()
    meanings = {meaning: slot for slot, meaning in (SET_SLOTS | ROW_SLOTS).items()}
    found = {}
    for each in defined if isinstance(defined, list) else ():
        if isinstance(each, dict) and isinstance(each.get("property"), str):
            slot = meanings.get(expanded(each["property"], document.prefixes) or "")
            if slot:
                found[slot] = str(each.get("slot_name", ""))
    return found


def _row(document: _Document, slots: Mapping[str, str], line: int, cells: Mapping[str, str]) -> Row:
    if cells.get("predicate_modifier"):
        raise UnreadableInput("A row that says what is not so cannot be taken over.", line)
    ends = [_class_id(cells[name], document, line) for name in ("subject_id", "object_id")]
    told = {field: cells.get(slots.get(slot, ""), "") for slot, field in _FIELDS.items()}
    if all(ends):
        told["predicate"] = _predicate(cells["predicate_id"], document, line)
        told["justification"] = _justification(cells, document, line)
        told["confidence"] = cells.get("confidence", "")
    return row_of(ends[0], ends[1], told, line)


def _class_id(text: str, document: _Document, line: int) -> str:
    """The IRI of a class; empty where no counterpart was found."""
    if text == NO_TERM:
        return ""
    if not text:
        raise UnreadableInput(f"The row names a class on one side only; or write {NO_TERM}.", line)
    return _expanded(text, document, line)


def _expanded(text: str, document: _Document, line: int) -> str:
    found = expanded(text, document.prefixes)
    if found is None:
        raise UnreadableInput(f"“{text}” has no prefix that curie_map declares.", line)
    return found


def _predicate(text: str, document: _Document, line: int) -> str:
    found = _expanded(text, document, line)
    return found.removeprefix(SKOS) if found.startswith(SKOS) else text


def _justification(cells: Mapping[str, str], document: _Document, line: int) -> str:
    text = cells.get("mapping_justification", "")
    return _expanded(text, document, line).removeprefix(SEMAPV) if text else ""


def _side(document: _Document, slots: Mapping[str, str], name: str) -> Side:
    taxonomy = _shared(document, f"{name}_source")
    extras = {
        field: str(document.metadata.get(slots.get(f"ext_{name}_{field}", ""), ""))
        for field in ("slug", "language")
    }
    return Side(
        taxonomy=expanded(taxonomy, document.prefixes) or "",
        slug=extras["slug"],
        version=_shared(document, f"{name}_source_version"),
        language=extras["language"],
        names=dict(_names(document, name)),
    )


def _shared(document: _Document, slot: str) -> str:
    """What the set, or every row of it, says in a slot."""
    found = ""
    for line, cells in document.rows:
        cell = cells.get(slot, "")
        if found and cell and cell != found:
            raise UnreadableInput(f"{slot} is “{found}” above and “{cell}” here.", line)
        found = found or cell
    return found or str(document.metadata.get(slot, ""))


def _names(document: _Document, name: str) -> Iterator[tuple[str, Name]]:
    for line, cells in document.rows:
        label = cells.get(f"{name}_label", "")
        if label and cells[f"{name}_id"] != NO_TERM:
            yield _class_id(cells[f"{name}_id"], document, line), Name(label)


def _ignored(document: _Document, slots: Mapping[str, str], account: Account) -> tuple[str, ...]:
    """The slots with a value that nothing was done with."""
    taken = {*_TAKEN, *_SOURCES, *_REPEATED, *slots.values()}
    for name, side in (("subject", account.source), ("object", account.target)):
        if not side.taxonomy:  # the file may name it, but not as an IRI
            taken.discard(f"{name}_source")
    filled = [each for each in document.columns if any(row[each] for _, row in document.rows)]
    return tuple(each for each in (*document.metadata, *filled) if each not in taken)

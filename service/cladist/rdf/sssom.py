"""A correspondence written as SSSOM TSV (Simple Standard for Sharing Ontological Mappings).

What SSSOM 1.0 and 1.1 have no slot for stands in extension slots, which the file defines, so that
reading it gives the same correspondence. Rows keep the order of the pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from cladist.model.correspondence.account import Account, Side
from cladist.model.correspondence.components import ClassPair, Component
from cladist.model.correspondence.descent import MANUAL
from cladist.rdf.curies import BUILT_IN, contracted, prefixes_of
from cladist.rdf.delimited import listed
from cladist.rdf.namespaces import CLAD, PROV, XSD
from cladist.rdf.xkos import correspondence_iri

NO_TERM: Final = "sssom:NoTermFound"
"""What stands for the counterpart of a class that has none."""

UNLICENSED: Final = "https://w3id.org/sssom/license/unspecified"
"""Licence of a mapping set whose publisher names none (SSSOM asks for one)."""

SET_SLOTS: Final = {
    "ext_subject_language": f"{CLAD}sourceLanguage",
    "ext_subject_slug": f"{CLAD}sourceSlug",
    "ext_object_language": f"{CLAD}targetLanguage",
    "ext_object_slug": f"{CLAD}targetSlug",
}
"""Extension slots of the whole set, each with the property that says what it means."""

ROW_SLOTS: Final = {
    "ext_kind": f"{CLAD}kind",
    "ext_needs_decision": f"{CLAD}needsDecision",
    "ext_subject_part": f"{CLAD}sourcePart",
    "ext_object_part": f"{CLAD}targetPart",
    "ext_changes": f"{PROV}wasDerivedFrom",
}
"""Extension slots of a row, each with the property that says what it means."""

_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "mapping_cardinality",
    "confidence",
    *ROW_SLOTS,
)
_KNOWN = {**BUILT_IN, "clad": CLAD}
_DECLARED = {"clad": CLAD, "prov": PROV, "xsd": XSD}  # some readers know fewer than SSSOM does


def write(account: Account, license: str = UNLICENSED) -> str:
    """The text of a ``.sssom.tsv`` file; ``license`` is the IRI of the licence of the set.

    A class without a counterpart has a row with ``sssom:NoTermFound`` on the other side.
    """
    own = prefixes_of(_iris(account), _KNOWN)
    namespaces = {namespace: prefix for prefix, namespace in (_KNOWN | own).items()}
    header = [f"#{line}\n" for line in _metadata(account, license, own, namespaces)]
    rows = _rows(account, namespaces)
    lines = ("\t".join(map(_quoted, cells)) + "\n" for cells in (_COLUMNS, *rows))
    return "".join((*header, *lines))


def _iris(account: Account) -> Iterator[str]:
    yield account.source.taxonomy
    yield account.target.taxonomy
    for component in account.components:
        yield from component.sources
        yield from component.targets


def _metadata(
    account: Account, license: str, own: Mapping[str, str], namespaces: Mapping[str, str]
) -> Iterator[str]:
    """The lines of the metadata block, which is YAML."""
    source, target = account.source, account.target
    yield "curie_map:"
    for prefix, namespace in sorted({**_DECLARED, **own}.items()):
        yield f"  {prefix}: {_yaml(namespace)}"
    yield f"mapping_set_id: {_yaml(correspondence_iri(account))}"
    yield f"mapping_set_title: {_yaml(f'{_title(source)} to {_title(target)}')}"
    yield f"license: {_yaml(license)}"
    for name, side in (("subject", source), ("object", target)):
        yield f"{name}_type: skos concept"
        yield f"{name}_source: {_yaml(contracted(side.taxonomy, namespaces))}"
        yield f"{name}_source_version: {_yaml(side.version)}"
    yield "mapping_tool: Cladist"
    yield "extension_definitions:"
    for slot, meaning in (SET_SLOTS | ROW_SLOTS).items():
        yield f"- slot_name: {slot}"
        yield f"  property: {contracted(meaning, namespaces)}"
        yield f"  type_hint: xsd:{'boolean' if slot == 'ext_needs_decision' else 'string'}"
    told = (source.language, source.slug, target.language, target.slug)
    yield from (f"{slot}: {_yaml(value)}" for slot, value in zip(SET_SLOTS, told, strict=True))


def _title(side: Side) -> str:
    return f"{side.slug} {side.version}"


def _yaml(value: str) -> str:
    """A double-quoted scalar (YAML 1.2, section 7.3.1), in ASCII alone."""
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if " " <= c <= "~" else f"\\U{ord(c):08X}" for c in plain) + '"'


def _rows(account: Account, namespaces: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    out = Counter(pair.source for _, pair in account.pairs())
    back = Counter(pair.target for _, pair in account.pairs())
    for component in account.components:
        for pair in component.pairs:
            ids = (contracted(pair.source, namespaces), contracted(pair.target, namespaces))
            degree = f"{_count(back[pair.target])}:{_count(out[pair.source])}"
            yield _pair_row(account, component, pair, ids, degree)
        if not component.pairs:
            yield from _lone_rows(account, component, namespaces)


def _count(degree: int) -> str:
    return "1" if degree == 1 else "n"


def _pair_row(
    account: Account, component: Component, pair: ClassPair, ids: tuple[str, str], degree: str
) -> tuple[str, ...]:
    return (
        ids[0],
        _label(account.source, pair.source),
        f"skos:{pair.predicate}",
        ids[1],
        _label(account.target, pair.target),
        f"semapv:{pair.justification}",
        degree,
        repr(pair.confidence),
        component.kind,
        "true" if pair.needs_decision else "false",
        pair.source_part,
        pair.target_part,
        listed(pair.changes),
    )


def _lone_rows(
    account: Account, component: Component, namespaces: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    """Classes without a counterpart; the predicate says what was looked for and not found."""
    basis, rest = f"semapv:{MANUAL}", ("", component.kind, "", "", "", "")
    for each in component.sources:
        curie, label = contracted(each, namespaces), _label(account.source, each)
        yield curie, label, "skos:exactMatch", NO_TERM, "", basis, "1:0", *rest
    for each in component.targets:
        curie, label = contracted(each, namespaces), _label(account.target, each)
        yield NO_TERM, "", "skos:exactMatch", curie, label, basis, "0:1", *rest


def _label(side: Side, class_id: str) -> str:
    name = side.names.get(class_id)
    return "" if name is None else name.label


def _quoted(cell: str) -> str:
    """The cell, in quotes where SSSOM TSV asks for them."""
    if any(each in cell for each in _SPECIAL):
        return '"' + cell.replace('"', '""') + '"'
    return cell


_SPECIAL = ('"', "\t", "\n", "\r")

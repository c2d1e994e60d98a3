"""A KGCL change as a line of text: in the grammar of KGCL, and in its style where it has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cladist.rdf.kgcl_values import PREFIXES, Kgcl

# What a line cannot hold: what ends a text (no grammar of KGCL reads an escaped quote in all its
# implementations), what ends a line, and the backslash that says so.
_SPECIAL = r"\\\x00-\x1f\x7f-\x9f\u2028\u2029"
_SINGLE, _DOUBLE = re.compile(f"['{_SPECIAL}]"), re.compile(f'["{_SPECIAL}]')


def statement(change: Kgcl) -> str:
    """The change as a line without its end."""
    return WRITERS[change["type"]](change)


def comment(text: str) -> str:
    """A line that says something to people; KGCL's grammar has none, KGCL-Java passes over it."""
    return f"# {' '.join(_SINGLE.sub(_spaced, text).split())}"


def _spaced(found: re.Match[str]) -> str:
    return found.group() if found.group() in "'\\" else " "


def _quoted(text: str) -> str:
    """A text in single quotes."""
    return f"'{_SINGLE.sub(_escaped, text)}'"


def _escaped(found: re.Match[str]) -> str:
    return "\\\\" if found.group() == "\\" else f"\\u{ord(found.group()):04X}"


def _node(iri: str) -> str:
    return f"<{iri}>"


def _nodes(iris: Iterable[str]) -> str:
    return ", ".join(map(_node, iris))


def _predicate(name: str) -> str:
    """A predicate, which is a CURIE where its prefix is one of ours."""
    return name if name.partition(":")[0] in PREFIXES else _node(name)


def _said(text: str, language: str | None) -> str:
    return f"{_quoted(text)}@{language}" if language else _quoted(text)


def _about(change: Kgcl) -> str:
    return _node(change["about_node"])


def _side(change: Kgcl, side: str) -> str:
    return _said(change[f"{side}_value"], change.get(f"{side}_language"))


def _literal(change: Kgcl, side: str) -> str:
    """The value of an annotation, in double quotes as KGCL has it there."""
    if "object" in change:
        return _node(change["object"])
    value = f'"{_DOUBLE.sub(_escaped, change[f"{side}_value"])}"'
    language, datatype = change.get(f"{side}_language"), change.get(f"{side}_datatype")
    return f"{value}@{language}" if language else f"{value}^^<{datatype}>" if datatype else value


def _rename(change: Kgcl) -> str:
    return f"rename {_about(change)} from {_side(change, 'old')} to {_side(change, 'new')}"


def _create(change: Kgcl) -> str:
    if "name" not in change:
        return f"create {_about(change)}"
    return f"create node {_about(change)} {_said(change['name'], change.get('language'))}"


def _move(change: Kgcl) -> str:
    edge = change["about_edge"]
    way = f"from {_node(change['old_value'])} to {_node(change['new_value'])}"
    return f"move {_edge(edge['subject'], edge)} {way}"


def _edge(subject: str, edge: Kgcl) -> str:
    return f"{_node(subject)} {_predicate(edge['predicate'])} {_node(edge['object'])}"


def _redefine(change: Kgcl) -> str:
    sides = f"from {_side(change, 'old')} to {_side(change, 'new')}"
    return f"change definition of {_about(change)} {sides}"


def _annotate(change: Kgcl) -> str:
    what = f"{_about(change)} with {_predicate(change['annotation_property'])}"
    sides = f"from {_literal(change, 'old')} to {_literal(change, 'new')}"
    return f"change annotation of {what} {sides}"


def _text(verb: str, side: str, word: str) -> Callable[[Kgcl], str]:
    """A change of one text of a class, such as a synonym."""

    def written(change: Kgcl) -> str:
        said = _said(change[f"{side}_value"], change.get("language"))
        return f"{verb} {said} {word} {_about(change)}"

    return written


def _annotation(verb: str, side: str, word: str) -> Callable[[Kgcl], str]:
    def written(change: Kgcl) -> str:
        said = f"{_predicate(change['predicate'])} {_literal(change, side)}"
        return f"{verb} annotation {said} {word} {_about(change)}"

    return written


def _split(change: Kgcl) -> str:
    given = change["change"]
    parts = [*(each["id"] for each in given.get("new", ())), *given.get("into", ())]
    keeping = " keeping it as parent" if given.get("keep_as_parent") else ""
    rule = f" by {_quoted(given['rule'])}" if given.get("rule") else ""
    return f"split {_about(change)} into {_nodes(parts)}{keeping}{rule}"


def _regroup(change: Kgcl) -> str:
    pairs = (
        f"{each['source_part']} {_node(each['source'])} "
        f"into {each['target_part']} {_node(each['target'])}"
        for each in change["change"]["pairs"]
    )
    return f"regroup {', '.join(pairs)}"


def _selectable(change: Kgcl) -> str:
    said = {True: "yes", False: "no", None: "by rule"}[change["change"].get("selectable")]
    return f"set selectable of {_about(change)} to {_quoted(said)}"


def _order(change: Kgcl) -> str:
    return f"order {_nodes(change['change'].get('order', ())) or 'nothing'}"


def _group(change: Kgcl) -> str:
    if change["change"]["op"] == "remove_exclusive_group":
        return f"ungroup {_about(change)}"
    group = change["change"]["group"]
    names = [_said(each["value"], each.get("language")) for each in group.get("labels", ())]
    parts = (
        f"group {_nodes(group.get('members', ()))} as {_about(change)}",
        f"named {', '.join(names)}" if names else "",
        "exhaustive" if group.get("exhaustive") else "",
        f"under {_node(group['under'])}" if group.get("under") else "",
    )
    return " ".join(filter(None, parts))


def _structure(change: Kgcl) -> str:
    given = change["change"]["structure"]
    kind = f"set label structure to {_quoted(given.get('kind', 'single-label'))}"
    return ", ".join([kind, *_structure_parts(given)])


def _structure_parts(given: Mapping[str, Any]) -> Iterator[str]:
    for field in ("tagging_scheme", "unit", "minimum", "maximum", "step"):
        if field in given:
            yield f"{field.replace('_', ' ')} {_quoted(given[field])}"
    for slot in given.get("slots", ()):
        ends = f"of {_node(slot['owner'])} filled by {_node(slot['value'])}"
        most = slot.get("maximum")
        often = f"{slot.get('minimum', 0)} to {'any' if most is None else most}"
        yield f"slot {_quoted(slot['role'])} {ends} {often}"
    for each in given.get("relations", ()):
        ends = f"from {_node(each['source'])} to {_node(each['target'])}"
        yield f"relation {_quoted(each['role'])} {ends}"


def _edit(verb: str) -> Callable[[Kgcl], str]:
    """A change of which the text tells the fields alone; the JSON has their values."""

    def written(change: Kgcl) -> str:
        fields = [_quoted(each) for each in change["change"] if each not in ("op", "id")]
        return f"{verb} {_about(change)} in {', '.join(fields) or 'nothing'}"

    return written


WRITERS: Mapping[str, Callable[[Kgcl], str]] = {
    "NodeRename": _rename,
    "NodeCreation": _create,
    "NodeDeletion": lambda change: f"delete {_about(change)}",
    "NodeMove": _move,
    "EdgeCreation": lambda change: f"create edge {_edge(change['subject'], change)}",
    "EdgeDeletion": lambda change: f"delete edge {_edge(change['subject'], change)}",
    "NewMapping": lambda change: f"create mapping {_edge(change['about_node'], change)}",
    "RemoveMapping": lambda change: f"delete mapping {_edge(change['about_node'], change)}",
    "NewSynonym": _text("create synonym", "new", "for"),
    "RemoveSynonym": _text("remove synonym", "old", "for"),
    "NewTextDefinition": _text("add definition", "new", "to"),
    "RemoveTextDefinition": _text("remove definition", "old", "for"),
    "TextDefinitionReplacement": _redefine,
    "NewMetadataAssertion": _annotation("add", "new", "to"),
    "RemoveMetadataAssertion": _annotation("remove", "old", "from"),
    "NodeAnnotationReplacement": _annotate,
    "AddNodeToSubset": lambda c: f"add {_about(c)} to subset {_node(c['in_subset'])}",
    "RemoveNodeFromSubset": lambda c: f"remove {_about(c)} from subset {_node(c['in_subset'])}",
    "NodeObsoletion": lambda change: f"obsolete {_about(change)}",
    "NodeObsoletionWithDirectReplacement": lambda change: (
        f"obsolete {_about(change)} with replacement {_node(change['has_direct_replacement'])}"
    ),
    "NodeObsoletionWithNoDirectReplacement": lambda change: (
        f"obsolete {_about(change)} with alternative {_nodes(change['has_nondirect_replacement'])}"
    ),
    "NodeUnobsoletion": lambda change: f"unobsolete {_about(change)}",
    "NodeDirectMerge": lambda change: (
        f"merge {_about(change)} into {_node(change['has_direct_replacement'])}"
    ),
    "clad:NodeSplit": _split,
    "clad:NodeRegroup": _regroup,
    "clad:NodeEdit": _edit("edit"),
    "clad:MeaningChange": lambda change: (
        f"shift meaning of {_about(change)} to {_quoted(change['change']['shift'])}"
    ),
    "clad:SelectableChange": _selectable,
    "clad:OrderChange": lambda change: (
        f"order {_nodes(change['change'].get('order', ())) or 'nothing'}"
    ),
    "clad:GroupChange": _group,
    "clad:LabelStructureChange": _structure,
    "clad:TaxonomyChange": _edit("edit taxonomy"),
    "clad:Undo": lambda change: f"undo {statement(change['undoes'])}",
}
"""How a change of each type is written."""

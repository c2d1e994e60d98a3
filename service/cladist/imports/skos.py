"""SKOS as people publish it, brought into the form that Cladist stores; dirt is kept and reported.

The statements of a file are put in order before they are read: one scheme is chosen, every class of
it says so, ``skos:narrower`` becomes ``skos:broader`` (SKOS S25), what follows from the rest is
left out, SKOS-XL labels gain their plain form (S55 to S57), and OWL disjointness between classes
becomes exclusive groups. Nothing else is touched.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from cladist.imports.disjointness import with_groups
from cladist.imports.survey import Finding, Survey, look
from cladist.model.change.checks import CODE_LIMIT
from cladist.model.errors import ManySchemes, UnreadableInput
from cladist.model.taxonomy import UNGIVEN, Class, Header, LabelStructure, Taxonomy
from cladist.rdf import words
from cladist.rdf.namespaces import SKOSXL
from cladist.rdf.reading import Subjects, read_subjects
from cladist.rdf.terms import is_iri

_LITERAL_FORM = f"<{SKOSXL}literalForm>"
_HEADER_FIELDS = {
    words.LANGUAGE: "default_language",
    words.SELECTABLE_RULE: "selectable_rule",
    words.POLYHIERARCHY: "polyhierarchy",
    words.NAMESPACE: "namespace",
    words.TITLE: "titles",
    words.DESCRIPTION: "descriptions",
    words.LICENSE: "license",
    words.SOURCE: "source",
    words.HAS_SETTING: "rules",
}
"""What the header of a foreign file may leave open."""


def read_skos(
    found: Subjects, defaults: Header, *, scheme: str = ""
) -> tuple[Taxonomy, tuple[Finding, ...]]:
    """The taxonomy that the statements of a SKOS file hold, and what was found on the way.

    The statements are used up. ``scheme`` names one of several schemes (else
    :class:`ManySchemes`); ``defaults`` says what the file leaves open, the taxonomy's IRI included
    where the file has no scheme. Classes without a code are left :data:`UNGIVEN`.
    """
    survey = look(found)
    chosen = _choose(survey, defaults.iri, scheme)
    stated = {predicate for predicate, _ in found.get(chosen, ())}
    members = _members(survey, chosen)
    if not members and not survey.schemes:
        raise UnreadableInput("The file holds no SKOS concept and no concept scheme.")
    _leave_out(found, survey, members, chosen)
    _place(found, survey, members, chosen)
    _flatten_labels(found, survey)
    taxonomy = read_subjects(found, chosen[1:-1])
    header = _with_defaults(taxonomy.header, defaults, stated)
    taxonomy = _with_language(replace(taxonomy, header=header), stated)
    return with_groups(taxonomy, survey, members), tuple(survey.findings)


def give_codes(taxonomy: Taxonomy) -> Taxonomy:
    """The taxonomy with a code for every class: its own if usable, else the next one.

    Classes without a code get theirs in the natural order of their ids (c2 before c10).
    """
    holders: dict[int, str] = {}
    without: list[Class] = []
    for item in sorted(taxonomy.classes.values(), key=lambda each: each.id):
        if item.code == UNGIVEN or item.code in holders or item.code >= CODE_LIMIT:
            without.append(item)
        else:
            holders[item.code] = item.id
    following = max(holders, default=0) + 1
    classes = dict(taxonomy.classes)
    for code, item in enumerate(sorted(without, key=_natural), following):
        classes[item.id] = replace(item, code=code)
    return replace(taxonomy, classes=classes)


def _natural(item: Class) -> tuple[str, int, str]:
    head = item.id.rstrip("0123456789")
    tail = item.id[len(head) :]
    return head, int(tail or 0) if len(tail) < 18 else 0, tail


def _choose(survey: Survey, iri: str, scheme: str) -> str:
    named = set[str]().union(*(survey.member_of.get(each, ()) for each in survey.concepts))
    survey.schemes |= {each for each in named if is_iri(each)}
    if scheme:
        if f"<{scheme}>" not in survey.schemes:
            raise UnreadableInput(f"The file holds no scheme {scheme}.")
        return f"<{scheme}>"
    if len(survey.schemes) > 1:
        raise ManySchemes(sorted(each[1:-1] for each in survey.schemes))
    return next(iter(survey.schemes), f"<{iri}>")


def _members(survey: Survey, chosen: str) -> set[str]:
    alone = len(survey.schemes) <= 1
    return {
        each
        for each in survey.concepts
        if chosen in survey.member_of.get(each, ()) or (alone and not survey.member_of.get(each))
    }


def _leave_out(found: Subjects, survey: Survey, members: set[str], chosen: str) -> None:
    foreign = {each for each in survey.concepts - members if each in found}
    foreign |= {each for each in survey.schemes - members if each in found}
    foreign.discard(chosen)
    for each in foreign:
        del found[each]
    survey.note("other-scheme", "belong to another scheme or to none and were left out", foreign)


def _place(found: Subjects, survey: Survey, members: set[str], chosen: str) -> None:
    """Say of each member that it is one, and turn every link to point upwards."""
    _turn_upwards(found, survey, members)
    needed = (words.TYPE, words.CONCEPT), (words.IN_SCHEME, chosen)
    for member in members:
        pairs = found[member]
        pairs += [each for each in needed if each not in pairs]
    _leave_tops_out(found, survey, members, chosen)
    for group in survey.instances.get(words.GROUP, ()):
        pairs = found.get(group, [])
        if (words.IN_SCHEME, chosen) not in pairs:
            pairs.append((words.IN_SCHEME, chosen))


def _turn_upwards(found: Subjects, survey: Survey, members: set[str]) -> None:
    one_way = set()
    inner = [(above, below) for above, below in survey.narrower if {above, below} <= members]
    for parent in {parent for parent, _ in inner}:
        found[parent] = [
            pair for pair in found[parent] if pair[0] != words.NARROWER or pair[1] not in members
        ]
    for parent, child in inner:
        if (words.BROADER, parent) not in found[child]:
            found[child].append((words.BROADER, parent))
            one_way.add(child)
    survey.note("narrower-only", "were only linked from above; now linked upwards", one_way)


def _leave_tops_out(found: Subjects, survey: Survey, members: set[str], chosen: str) -> None:
    """Being a top concept follows from having no parent; where it does not, it is kept."""
    header = found.get(chosen, [])
    named = {token for predicate, token in header if predicate == words.HAS_TOP}
    saying = survey.tops.get(chosen, set())
    kept = set()
    for member in members & (named | saying):
        if not _derivable(found[member]):
            kept.add(member)
        elif member in saying:
            found[member].remove((words.TOP_OF, chosen))
    if chosen in found:
        left_out = named & members - kept
        found[chosen] = [
            pair for pair in header if pair[0] != words.HAS_TOP or pair[1] not in left_out
        ]
    survey.note("top-with-parent", "are top concepts and have a parent", kept)


def _derivable(pairs: list[tuple[str, str]]) -> bool:
    """Whether being a top concept follows: in use, and no parent."""
    return (words.DEPRECATED, words.TRUE) not in pairs and not any(
        predicate == words.BROADER for predicate, _ in pairs
    )


def _flatten_labels(found: Subjects, survey: Survey) -> None:
    flattened = set()
    for subject, predicate, label in survey.xl:
        for each, token in found.get(label, ()):
            if each == _LITERAL_FORM and subject in found:
                if (predicate, token) not in found[subject]:
                    found[subject].append((predicate, token))
                flattened.add(subject)
    survey.note("xl-labels", "have SKOS-XL labels, read as plain labels too", flattened)


def _with_defaults(header: Header, defaults: Header, stated: set[str]) -> Header:
    left_open = {
        field: getattr(defaults, field)
        for predicate, field in _HEADER_FIELDS.items()
        if predicate not in stated
    }
    structure = header.structure
    if words.STRUCTURE not in stated:  # a unit or a slot may be stated without the kind
        bare = structure == LabelStructure()
        kind = defaults.structure.kind
        structure = defaults.structure if bare else replace(structure, kind=kind)
    return replace(header, **left_open, structure=structure, slug=defaults.slug)


def _with_language(taxonomy: Taxonomy, stated: set[str]) -> Taxonomy:
    """The default language: what the header says, else the one most labels are in."""
    if words.LANGUAGE in stated:
        return taxonomy
    languages = Counter(
        text.language for item in taxonomy.classes.values() for text in item.preferred
    )
    if not languages or languages[taxonomy.header.default_language]:
        return taxonomy
    best = min(languages, key=lambda each: (-languages[each], each))
    return replace(taxonomy, header=replace(taxonomy.header, default_language=best))

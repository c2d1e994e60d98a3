"""What became of the classes that an OWL or OBO file has put out of use (OBO Foundry practice).

``IAO_0100001`` names the substitute that may be taken unseen, ``oboInOwl:consider`` candidates for
a person to choose from, and an alternative id is that of a class that was merged away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cladist.rdf import words
from cladist.rdf.namespaces import OBO, OIO, OWL, XSD
from cladist.rdf.reading import Pairs, Subjects
from cladist.rdf.terms import is_iri, is_web_iri, literal, text

OWL_CLASS, DEPRECATED_CLASS = f"<{OWL}Class>", f"<{OWL}DeprecatedClass>"
OBO_ID = f"<{OIO}id>"
_ALTERNATIVE_ID = f"<{OIO}hasAlternativeId>"
_CONSIDER = f"<{OIO}consider>"
_REPLACED = frozenset(
    (
        words.REPLACED_BY,
        f"<{OBO}IAO_0100001>",
        "<http://schema.org/supersededBy>",
        "<https://schema.org/supersededBy>",
    )
)
NAMING = frozenset((_ALTERNATIVE_ID, _CONSIDER, *_REPLACED))
"""The predicates that name what a class gave way to, or what gave way to it."""
_TRUE = {words.TRUE, f'"1"^^<{XSD}boolean>', '"true"'}
_IAO_REASON = f"<{OBO}IAO_0000231>"
_REASONS = {
    f"<{OBO}IAO_0000227>": text("terms merged"),
    f"<{OBO}IAO_0000229>": text("term split"),
}
_MERGED = (
    (words.TYPE, OWL_CLASS),
    (words.DEPRECATED, words.TRUE),
    (words.REASON, text("terms merged")),
)
"""What is said of a class of which another has taken the id."""

Noted = Mapping[str, set[str]]
"""The classes with something to tell, by the kind of finding."""


def settle(found: Subjects, classes: set[str], noted: Noted) -> set[str]:
    """Say in one way which classes are retired and what took their place.

    Changes what is said of ``classes`` and gives the ids that others took over, which become
    retired classes as well unless the file describes them.
    """
    spaces = _spaces(found, classes)
    known = classes | _name_by_iri(found, classes, spaces)
    for each in sorted(classes):
        if _is_deprecated(found[each]):
            found[each] = _retired(each, found[each], known, noted)
        elif any(predicate in NAMING - {_ALTERNATIVE_ID} for predicate, _ in found[each]):
            noted["successor-in-use"].add(each)
    return _merge(found, classes, noted)


def _name_by_iri(found: Subjects, classes: set[str], spaces: Mapping[str, str]) -> set[str]:
    """Put IRIs in the place of ids wherever a class names another; gives the ids taken over."""
    taken = set()
    for each in sorted(classes):
        for place, (predicate, token) in enumerate(found[each]):
            if predicate not in NAMING:
                continue
            target = _expanded(token, spaces)
            found[each][place] = predicate, target
            if predicate == _ALTERNATIVE_ID:
                taken.add(target)
                if target != token and target not in classes:
                    found.setdefault(target, []).append((OBO_ID, token))
    return taken


def _spaces(found: Subjects, classes: set[str]) -> dict[str, str]:
    """What the prefixes of ids stand for, learned from the classes that have both id and IRI."""
    spaces: dict[str, str] = {}
    for each in sorted(classes):
        for predicate, token in found[each]:
            if predicate == OBO_ID and not is_iri(token):
                prefix, colon, local = literal(token).value.partition(":")
                if colon and local and each.endswith(f"{local}>"):
                    spaces.setdefault(prefix, each[1 : -len(local) - 1])
    return spaces


def _expanded(token: str, spaces: Mapping[str, str]) -> str:
    """The IRI, as a token, that its text or an OBO id stands for; all else as it came."""
    if is_iri(token):
        return token
    value = literal(token).value
    if not is_web_iri(value):
        prefix, colon, local = value.partition(":")
        value = spaces.get(prefix, f"{OBO}{prefix}_") + local if colon else ""
    return f"<{value}>" if is_web_iri(value) else token


def _is_deprecated(pairs: Pairs) -> bool:
    return any(
        (predicate == words.DEPRECATED and token in _TRUE)
        or (predicate == words.TYPE and token == DEPRECATED_CLASS)
        for predicate, token in pairs
    )


def _retired(subject: str, pairs: Pairs, known: Collection[str], noted: Noted) -> Pairs:
    """What is said of a deprecated class, its successors in the one word for them.

    A substitute outweighs candidates. One candidate alone becomes the successor, and its statement
    stays, since a person was meant to look. Where the file knows none of them, all stay statements.
    """
    replaced = {token for predicate, token in pairs if predicate in _REPLACED and is_iri(token)}
    considered = {token for predicate, token in pairs if predicate == _CONSIDER and is_iri(token)}
    successors = (replaced or considered) - {subject}
    if successors and successors.isdisjoint(known):
        noted["unknown-successor"].add(subject)
        successors = set()
    said = _REPLACED if replaced else frozenset([_CONSIDER] if len(considered) > 1 else ())
    if successors and not said:
        noted["consider"].add(subject)
    rest = [
        _plain(predicate, token)
        for predicate, token in pairs
        if not (predicate in said and token in successors)
        and not (predicate == words.DEPRECATED and token in _TRUE)
    ]
    follow = [(words.REPLACED_BY, each) for each in sorted(successors)]
    return [*rest, (words.DEPRECATED, words.TRUE), *follow]


def _plain(predicate: str, token: str) -> tuple[str, str]:
    reason = _REASONS.get(token) if predicate == _IAO_REASON else None
    return (predicate, token) if reason is None else (words.REASON, reason)


def _merge(found: Subjects, classes: set[str], noted: Noted) -> set[str]:
    """Retire the ids that classes took over, and say so of each; gives those that are new."""
    takers: dict[str, set[str]] = {}
    for each in sorted(classes):
        for predicate, token in found[each]:
            if predicate == _ALTERNATIVE_ID and is_iri(token) and token != each:
                takers.setdefault(token, set()).add(each)
    merged = {each for each in takers if not _is_typed(found.get(each, []))}
    given = {each for each in takers if each in merged or _gives_way(found[each], takers[each])}
    for old in given:
        fresh = [] if old not in merged else list(_MERGED)
        follow = [(words.REPLACED_BY, each) for each in sorted(takers[old])]
        found[old] = list(dict.fromkeys([*found.get(old, []), *fresh, *follow]))
    for each in classes:
        kept = [pair for pair in found[each] if pair[0] != _ALTERNATIVE_ID or pair[1] not in given]
        if any(predicate == _ALTERNATIVE_ID for predicate, _ in kept):
            noted["alternative-id"].add(each)
        found[each] = kept
    noted["merged"].update(merged)
    return merged


def _is_typed(pairs: Pairs) -> bool:
    return any(predicate == words.TYPE for predicate, _ in pairs)


def _gives_way(pairs: Pairs, takers: set[str]) -> bool:
    """Whether a class that the file describes is out of use, with no other successors."""
    successors = {token for predicate, token in pairs if predicate == words.REPLACED_BY}
    return (words.DEPRECATED, words.TRUE) in pairs and successors in (set(), takers)

"""OWL class hierarchies, and OBO read as such, become taxonomies.

The statements are put in other words, then read as SKOS is. A named class becomes a class, a named
superclass its parent, ``rdfs:label`` its preferred label, an exact synonym an alternative label, an
OBO id a notation; deprecated classes are retired.

Broader, narrower and related synonyms name something other than the class, so whoever found it by
them would be misled: they stay statements. So does all else that is said of a class. Restrictions,
properties and individuals are kept beside the classes. Links such as part-of are no parents.
"""

from __future__ import annotations

from collections import defaultdict

from cladist.imports.skos import read_skos
from cladist.imports.succession import DEPRECATED_CLASS, OWL_CLASS, Noted, settle
from cladist.imports.survey import Finding, Survey, look
from cladist.imports.wording import (
    COMMENT,
    SUBCLASS,
    Wording,
    comment_word,
    is_anonymous,
    tagged,
)
from cladist.model.errors import ManySchemes, UnreadableInput
from cladist.model.taxonomy import Header, Taxonomy
from cladist.rdf import words
from cladist.rdf.namespaces import DC, OWL
from cladist.rdf.reading import Subjects

_ONTOLOGY = f"<{OWL}Ontology>"
_BUILT_IN = {f"<{OWL}Thing>", f"<{OWL}Nothing>"}
_HEADER = (
    (words.TITLE, (words.TITLE, f"<{DC}title>", words.LABEL)),
    (words.DESCRIPTION, (words.DESCRIPTION, f"<{DC}description>", COMMENT)),
)
"""What the header's words are called in ontologies, the best first."""
_OTHERS = tuple(
    f"<{OWL}{kind}>"
    for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual")
)
_MESSAGES = {
    "labels": "have several labels in one language; the first is preferred, the others alternative",
    "same-label": "have a synonym that is their label; it was left out",
    "synonyms": "have broader, narrower or related synonyms, kept as statements and not as names",
    "unknown-parent": "have a parent that the file does not describe; kept as a statement",
    "links": "have links other than to parents, such as part of; kept as statements",
    "consider": "are out of use with one class to consider, now their successor; look at them",
    "unknown-successor": "have successors that the file does not describe; kept as statements",
    "successor-in-use": "are in use and name a successor; kept as statements",
    "merged": "are ids that other classes took over; they became retired classes",
    "alternative-id": "claim the id of a class that the file describes; kept as statements",
    "not-classes": "are relations, other properties or individuals; kept as statements",
}
"""What is told of the classes that were noted."""


def speaks_owl(found: Subjects) -> bool:
    """Whether statements are about OWL classes, with no concept or concept scheme among them."""
    kinds = [(words.TYPE, kind) for kind in (OWL_CLASS, DEPRECATED_CLASS, _ONTOLOGY)]
    if not any(kind in pairs for pairs in found.values() for kind in kinds):
        return False
    survey = look(found)
    return not survey.concepts and not survey.schemes


def read_owl(
    found: Subjects, defaults: Header, *, scheme: str = ""
) -> tuple[Taxonomy, tuple[Finding, ...]]:
    """The taxonomy that the statements of an OWL file hold, and what was found on the way.

    The statements are used up. ``scheme`` names one of several ontologies (else
    :class:`ManySchemes`); ``defaults`` says what the file leaves open, such as the language of
    texts that name none. Raises UnreadableInput when there is no class.
    """
    survey = look(found)
    classes = _classes(survey)
    if not classes:
        raise UnreadableInput("The file holds no class.")
    chosen = _choose(survey, defaults.iri, scheme)
    noted: Noted = defaultdict(set)
    for kind in _OTHERS:
        noted["not-classes"].update(survey.instances.get(kind, set()) - classes)
    _restate_header(found, chosen, defaults.default_language)
    _place_unions(found, survey, classes)
    comment = comment_word([pair for each in classes for pair in found[each]])
    classes |= settle(found, classes, noted)
    wording = Wording(classes, comment, defaults.default_language, chosen, noted)
    for each in classes:
        found[each] = wording.restated(each, found[each])
    taxonomy, findings = read_skos(found, defaults, scheme=chosen[1:-1])
    return taxonomy, (*_told(noted), *findings)


def _classes(survey: Survey) -> set[str]:
    stated = {
        each for kind in (OWL_CLASS, DEPRECATED_CLASS) for each in survey.instances.get(kind, ())
    }
    return {each for each in stated - _BUILT_IN if not is_anonymous(each)}


def _choose(survey: Survey, iri: str, scheme: str) -> str:
    ontologies = {each for each in survey.instances.get(_ONTOLOGY, ()) if not is_anonymous(each)}
    if scheme:
        if f"<{scheme}>" not in ontologies:
            raise UnreadableInput(f"The file holds no ontology {scheme}.")
        return f"<{scheme}>"
    if len(ontologies) > 1:
        raise ManySchemes(sorted(each[1:-1] for each in ontologies))
    return next(iter(ontologies), f"<{iri}>")


def _restate_header(found: Subjects, chosen: str, language: str) -> None:
    pairs = found.get(chosen, [])
    stated = {predicate for predicate, _ in pairs}
    meant = {_best(sources, stated): word for word, sources in _HEADER}
    found[chosen] = [
        (meant[predicate], text)
        if predicate in meant and (text := tagged(token, language))
        else (predicate, token)
        for predicate, token in pairs
        if (predicate, token) != (words.TYPE, _ONTOLOGY)
    ] + [(words.TYPE, words.SCHEME)]


def _best(sources: tuple[str, ...], stated: set[str]) -> str:
    return next((each for each in sources if each in stated), sources[0])


def _place_unions(found: Subjects, survey: Survey, classes: set[str]) -> None:
    """A class is a superclass of the classes that make it up (OWL 2, section 9.1.4)."""
    for above, members in survey.unions:
        for each in members & classes if above in classes else ():
            if (SUBCLASS, above) not in found[each]:
                found[each].append((SUBCLASS, above))


def _told(noted: Noted) -> tuple[Finding, ...]:
    survey = Survey()
    for kind, message in _MESSAGES.items():
        survey.note(kind, message, noted[kind])
    return tuple(survey.findings)

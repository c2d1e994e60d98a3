"""What is said of an OWL class, in the words that a taxonomy has for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from cladist.imports.succession import DEPRECATED_CLASS, NAMING, OBO_ID, OWL_CLASS, Noted
from cladist.rdf import words
from cladist.rdf.namespaces import OBO, OIO, OWL, RDFS, SKOS
from cladist.rdf.reading import Pairs
from cladist.rdf.skolem import PATH
from cladist.rdf.terms import is_iri

SUBCLASS = f"<{RDFS}subClassOf>"
COMMENT = f"<{RDFS}comment>"
_DEFINITION, _SCOPE_NOTE = f"<{SKOS}definition>", f"<{SKOS}scopeNote>"
_ALTERNATIVE = f"<{SKOS}altLabel>"
_OBO_DEFINITION = f"<{OBO}IAO_0000115>"
_TEXTS = {
    **{predicate: predicate for predicate in words.TEXT_FIELDS},
    words.LABEL: words.LABEL,
    f"<{OIO}hasExactSynonym>": _ALTERNATIVE,
    f"<{OBO}IAO_0000118>": _ALTERNATIVE,
    _OBO_DEFINITION: _DEFINITION,
}
"""Predicates of texts that mean what a predicate of ours means."""
_OTHER_SYNONYMS = {f"<{OIO}has{scope}Synonym>" for scope in ("Broad", "Narrow", "Related")}
_LOGIC = {f"<{OIO}intersection_of>", f"<{OIO}union_of>"}
_TOP = f"<{OWL}Thing>"
# Links that come out as something else: a group, a successor, what the class is.
_UNSAID = {words.TYPE, f"<{OWL}disjointWith>", f"<{OWL}disjointUnionOf>", *NAMING}


def is_anonymous(token: str) -> bool:
    """Whether an IRI is one that a blank node got, such as that of a restriction."""
    return PATH in token


def comment_word(said: Collection[tuple[str, str]]) -> str:
    """What ``rdfs:comment`` is in a file: a note beside definitions, else the definition."""
    defined = any(predicate in (_OBO_DEFINITION, _DEFINITION) for predicate, _ in said)
    return _SCOPE_NOTE if defined else _DEFINITION


def tagged(token: str, language: str) -> str:
    """The token of a text, in the language given if it names none; empty for all other tokens."""
    if token[0] != '"' or token[-1] == ">":
        return ""
    return f"{token}@{language}" if token[-1] == '"' else token


@dataclass(frozen=True, slots=True)
class Wording:
    """How a file's classes are put: which they are, the sense of comments, language and scheme."""

    classes: Collection[str]
    comment: str
    language: str
    scheme: str
    noted: Noted

    def restated(self, subject: str, pairs: Pairs) -> Pairs:
        """What is said of a class, in the words of a taxonomy."""
        said = [self._pair(subject, *pair) for pair in pairs]
        said.append((words.TYPE, words.CONCEPT))
        said.append((words.IN_SCHEME, self.scheme))
        return self._named(subject, list(dict.fromkeys(said)))

    def _pair(self, subject: str, predicate: str, token: str) -> tuple[str, str]:
        if not is_iri(token):
            return self._literal(subject, predicate, token)
        if predicate == SUBCLASS and token in self.classes:
            return words.BROADER, token
        if predicate == words.TYPE and token in (OWL_CLASS, DEPRECATED_CLASS):
            return words.TYPE, words.CONCEPT
        if predicate == SUBCLASS and not is_anonymous(token) and token != _TOP:
            self.noted["unknown-parent"].add(subject)
        elif predicate not in _UNSAID and (token in self.classes or is_anonymous(token)):
            self.noted["links"].add(subject)
        return predicate, token

    def _literal(self, subject: str, predicate: str, token: str) -> tuple[str, str]:
        word = self.comment if predicate == COMMENT else _TEXTS.get(predicate, "")
        if word and (text := tagged(token, self.language)):
            return word, text
        if predicate == OBO_ID:
            return words.NOTATION, token
        if predicate in _OTHER_SYNONYMS:
            self.noted["synonyms"].add(subject)
        elif predicate in _LOGIC:
            self.noted["links"].add(subject)
        return predicate, token

    def _named(self, subject: str, said: Pairs) -> Pairs:
        """One preferred label a language (SKOS S14), and nothing under two labels (S13)."""
        taken = {_language(token): token for word, token in said if word == words.PREFERRED}
        named = [pair for pair in said if pair[0] != words.LABEL]
        for token in sorted(token for word, token in said if word == words.LABEL):
            first = taken.setdefault(_language(token), token)
            named.append((words.PREFERRED if first == token else _ALTERNATIVE, token))
            if first != token:
                self.noted["labels"].add(subject)
        doubled = {(_ALTERNATIVE, token) for token in taken.values()} & set(named)
        if doubled:
            self.noted["same-label"].add(subject)
        return list(dict.fromkeys(pair for pair in named if pair not in doubled))


def _language(token: str) -> str:
    return token[token.rindex('"') + 1 :]

"""The split policy as people write it: a YAML or JSON document, checked against both versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from cladist.datasets.choosing import Choices
from cladist.datasets.conditions import condition_of
from cladist.datasets.plan import Plan
from cladist.datasets.policy import Otherwise, Policy, Rule, Split, Unknown
from cladist.model.errors import InvalidValue, UnreadableInput

_MEMBERS = frozenset({"residues", "otherwise", "retired", "unknown", "splits"})
_SPLIT = frozenset({"class", "rules", "default", "otherwise"})
_RULE = frozenset({"name", "when", "to"})
_WORDS = frozenset({"otherwise", "retired", "unknown"})
Word = TypeVar("Word", Otherwise, Unknown)


def read(text: str, plan: Plan) -> Policy:
    """The policy of a YAML or JSON text; raises UnreadableInput and InvalidValue."""
    import yaml

    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (None, None) if mark is None else (mark.line + 1, mark.column + 1)
        raise UnreadableInput("The rules are no YAML or JSON document.", line, column) from None
    return policy_of({} if document is None else document, plan)


def policy_of(document: Any, plan: Plan) -> Policy:
    """The policy that a document describes; raises InvalidValue."""
    _only(document, _MEMBERS, "rules")
    residues = _residues(document.get("residues", {}))
    choices = Choices(plan, residues)
    splits: dict[str, Split] = {}
    for place, each in _listed(document.get("splits", []), "splits"):
        class_id, split = _split(each, place, choices)
        if class_id in splits:
            raise InvalidValue(f"{place}.class", "the class has a place in the rules already.")
        splits[class_id] = split
    policy = Policy(splits=splits, residues=residues)
    return with_words(policy, plan, {each: document[each] for each in document if each in _WORDS})


def with_words(policy: Policy, plan: Plan, words: Mapping[str, str]) -> Policy:
    """The policy with what is said for all classes: ``otherwise``, ``retired``, ``unknown``."""
    found = policy
    if "otherwise" in words:
        found = replace(found, otherwise=_otherwise(words["otherwise"], "otherwise"))
    if "unknown" in words:
        found = replace(found, unknown=_word(Unknown, words["unknown"], "unknown"))
    if "retired" in words:
        name = str(words["retired"])
        said = {"review": None, "remove": Choices.none()}
        choices = Choices(plan, policy.residues)
        choice = said[name] if name in said else choices.residue(name, "retired")
        found = replace(found, retired=choice)
    return found


def _split(document: Any, place: str, choices: Choices) -> tuple[str, Split]:
    _only(document, _SPLIT, place)
    if "class" not in document:
        raise InvalidValue(place, "name the class.")
    class_id = choices.source(str(document["class"]), f"{place}.class")
    choices.undecided(class_id, f"{place}.class")
    rules = tuple(
        _rule(each, where, class_id, choices)
        for where, each in _listed(document.get("rules", []), f"{place}.rules")
    )
    default = document.get("default")
    otherwise = document.get("otherwise")
    return class_id, Split(
        rules=rules,
        default=None
        if default is None
        else choices.target(class_id, str(default), f"{place}.default"),
        otherwise=None if otherwise is None else _otherwise(otherwise, f"{place}.otherwise"),
    )


def _rule(document: Any, place: str, class_id: str, choices: Choices) -> Rule:
    _only(document, _RULE, place)
    if "when" not in document or "to" not in document:
        raise InvalidValue(place, "a rule has “when” and “to”.")
    return Rule(
        name=str(document.get("name", place)),
        when=condition_of(document["when"], f"{place}.when", choices.subtree),
        to=choices.target(class_id, str(document["to"]), f"{place}.to"),
    )


def _residues(document: Any) -> Mapping[str, int | None]:
    """Names, each with a number or none: an object, or a list of names."""
    if isinstance(document, list):
        document = dict.fromkeys(document)
    if not isinstance(document, Mapping):
        raise InvalidValue("residues", "give a list of names, or names with numbers.")
    for name, number in document.items():
        if not isinstance(name, str) or not name.strip():
            raise InvalidValue("residues", f"{name} is no name.")
        if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
            raise InvalidValue(f"residues.{name}", f"{number} is no whole number.")
    return dict(document)


def _only(document: Any, known: frozenset[str], place: str) -> None:
    if not isinstance(document, Mapping):
        raise InvalidValue(place, f"this is an object with {', '.join(sorted(known))}.")
    for name in document:
        if name not in known:
            raise InvalidValue(
                f"{place}.{name}", f"nobody knows this; use {', '.join(sorted(known))}."
            )


def _listed(document: Any, place: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(document, list):
        raise InvalidValue(place, "give a list.")
    for number, each in enumerate(document, 1):
        yield f"{place}[{number}]", each


def _otherwise(word: Any, place: str) -> Otherwise:
    return _word(Otherwise, word, place)


def _word(kind: type[Word], word: Any, place: str) -> Word:
    try:
        return kind(str(word))
    except ValueError:
        known = " or ".join(each.value for each in kind)
        raise InvalidValue(place, f"say {known}, not “{word}”.") from None

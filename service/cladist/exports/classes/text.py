"""Class lists of text tools: spaCy, Prodigy, Argilla, and the tags of sequence labeling."""

from __future__ import annotations

from typing import Any

from cladist.exports.classes.class_list import ClassList
from cladist.exports.classes.tool import Choices
from cladist.exports.classes.writing import as_json, without_blanks
from cladist.model import tagging
from cladist.model.errors import InvalidValue
from cladist.model.taxonomy import Structure


def spacy(classes: ClassList, choices: Choices) -> bytes:
    """A JSON list of labels, as ``spacy init labels`` writes for a text categorizer."""
    return as_json(classes.names)


def spacy_patterns(classes: ClassList, choices: Choices) -> bytes:
    """Patterns of spaCy's span ruler in JSON Lines: each label and synonym; ``id`` is the class
    id."""
    import json

    lines = [
        json.dumps({"label": each.name, "pattern": text, "id": each.id}, ensure_ascii=False)
        for each in classes.items
        for text in dict.fromkeys((each.label, *each.synonyms))
    ]
    return ("\n".join(lines) + "\n").encode()


def prodigy(classes: ClassList, choices: Choices) -> bytes:
    """A file for ``--label``: a name a line."""
    broken = [each.name for each in classes.items if "\n" in each.name or "," in each.name]
    if broken:
        text = f"Prodigy's lists cannot hold “{broken[0]}”: take codes, or letters “word”."
        raise InvalidValue("names", text)
    return ("\n".join(classes.names) + "\n").encode()


def argilla(classes: ClassList, choices: Choices) -> bytes:
    """Settings of an Argilla dataset with one question; the value of an option is the class id."""
    options = [
        without_blanks({"value": each.id, "text": each.name, "description": each.definition})
        for each in classes.items
    ]
    kind, more = _QUESTIONS.get(classes.structure, _ONE)
    field = choices.data or "text"
    settings: dict[str, Any] = {"type": kind, "options": options, **more}
    settings["visible_options"] = len(options)
    if kind == "span":
        settings["field"] = field
    question = {
        "name": "label",
        "title": classes.title,
        "description": None,
        "required": True,
        "settings": settings,
    }
    text = {"type": "text", "use_markdown": False}
    return as_json(
        {
            "guidelines": None,
            "allow_extra_metadata": False,
            "fields": [{"name": field, "title": field, "required": True, "settings": text}],
            "questions": [question],
            "vectors": [],
            "metadata": [],
        }
    )


_ONE: tuple[str, dict[str, Any]] = ("label_selection", {})
_QUESTIONS: dict[Structure, tuple[str, dict[str, Any]]] = {
    Structure.MULTI_LABEL: ("multi_label_selection", {"options_order": "natural"}),
    Structure.SEQUENCE: ("span", {"allow_overlapping": False}),
    Structure.STRUCTURED: ("span", {"allow_overlapping": True}),
}


def scheme_of(classes: ClassList, choices: Choices) -> str:
    """The tagging scheme: the one chosen, else the taxonomy's, else BIO."""
    scheme = choices.scheme or classes.header.structure.tagging_scheme or tagging.USUAL
    if scheme not in tagging.PREFIXES:
        raise InvalidValue("scheme", f"is one of {', '.join(tagging.PREFIXES)}.")
    return scheme


def tag_list(classes: ClassList, choices: Choices) -> tuple[str, ...]:
    """The tags of the classes as entity types."""
    return tagging.tags(scheme_of(classes, choices), classes.names)


def tags(classes: ClassList, choices: Choices) -> bytes:
    """The tags with their numbers, and which may begin, follow and end (JSON).

    ``follows`` has a list for each tag: the numbers of the tags that may stand after it.
    """
    scheme, every = scheme_of(classes, choices), tag_list(classes, choices)
    outside = tagging.OUTSIDE
    return as_json(
        {
            "taxonomy": classes.slug,
            "version": classes.version,
            "scheme": scheme,
            "tags": every,
            "classes": [{"name": each.name, "id": each.id} for each in classes.items],
            "begins": _places(scheme, every, before=outside),
            "ends": [
                place for place, tag in enumerate(every) if tagging.may_follow(scheme, tag, outside)
            ],
            "follows": [_places(scheme, every, before=tag) for tag in every],
        }
    )


def _places(scheme: str, every: tuple[str, ...], *, before: str) -> list[int]:
    return [place for place, tag in enumerate(every) if tagging.may_follow(scheme, before, tag)]

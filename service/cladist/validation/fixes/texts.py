"""Fixes of what classes are called and described by, their colours and hotkeys."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from cladist.model.change.kinds import EditClass, MergeClasses
from cladist.model.taxonomy import Text, Texts
from cladist.validation.fixes.fix import Fix, Fixer, Problem

_LABELS = ("preferred", "alternative", "hidden")
_KEYS = "1234567890qwertyuiopasdfghjklzxcvbnm"


def _rewriting(title: str, mend: Callable[[Text, str], Text | None]) -> Fixer:
    """Each label mended, or left out; ``mend`` gets the label and the default language."""

    def fixer(problem: Problem) -> Iterator[Fix]:
        item = problem.item
        if item is None:
            return
        language, fields = problem.state.header.default_language, dict[str, Any]()
        for field in _LABELS:
            before: Texts = getattr(item, field)
            mended = (mend(each, language) for each in before)
            after = tuple(dict.fromkeys(each for each in mended if each is not None))
            if after != before:
                fields[field] = after
        if fields:
            yield Fix(title, (EditClass(id=item.id, **fields),))

    return fixer


def _visible(text: Text, _: str) -> Text:
    kept = (each for each in text.value if unicodedata.category(each) not in ("Cc", "Cf", "Co"))
    return replace(text, value=" ".join("".join(kept).split()))


whitespace = _rewriting(
    "Take the blanks away", lambda text, _: replace(text, value=" ".join(text.value.split()))
)
unprintable = _rewriting("Write it without what cannot be seen", _visible)
empty = _rewriting(
    "Take the empty label away", lambda text, _: text if text.value.strip() else None
)
untagged = _rewriting(
    "Say that it is in the taxonomy's default language",
    lambda text, language: text if text.language else replace(text, language=language),
)


def only_alternative(problem: Problem) -> Iterator[Fix]:
    """One of the alternative labels is preferred."""
    item = problem.item
    spoken = {each.language for each in item.preferred} if item else set()
    for label in () if item is None else item.alternative:
        if item is not None and label.language not in spoken:
            rest = tuple(each for each in item.alternative if each != label)
            edit = EditClass(id=item.id, preferred=(*item.preferred, label), alternative=rest)
            yield Fix(f"Prefer “{label.value}”", (edit,))


def label_twice(problem: Problem) -> Iterator[Fix]:
    """A label is preferred or another, not both."""
    item = problem.item
    if item is None:
        return
    fields: dict[str, Any] = {
        field: tuple(each for each in getattr(item, field) if each not in item.preferred)
        for field in ("alternative", "hidden")
        if set(getattr(item, field)) & set(item.preferred)
    }
    if fields:
        yield Fix("Keep it as the preferred label", (EditClass(id=item.id, **fields),))


def label_hidden_twice(problem: Problem) -> Iterator[Fix]:
    """A label is shown or hidden, not both."""
    item = problem.item
    both = set(item.alternative) & set(item.hidden) if item else set()
    if item is None or not both:
        return
    shown = EditClass(id=item.id, hidden=tuple(e for e in item.hidden if e not in both))
    hidden = EditClass(id=item.id, alternative=tuple(e for e in item.alternative if e not in both))
    yield Fix("Let annotators see it", (shown,))
    yield Fix("Keep it as a hidden label", (hidden,))


def several_preferred(problem: Problem) -> Iterator[Fix]:
    """One preferred label a language; the others are alternatives."""
    item = problem.item
    for label in () if item is None else item.preferred:
        others = tuple(
            each
            for each in (item.preferred if item else ())
            if each.language == label.language and each != label
        )
        if item is not None and others:
            edit = EditClass(
                id=item.id,
                preferred=tuple(each for each in item.preferred if each not in others),
                alternative=tuple(dict.fromkeys((*item.alternative, *others))),
            )
            yield Fix(f"Prefer “{label.value}”", (edit,))


def alike(problem: Problem) -> Iterator[Fix]:
    """Two classes that are one."""
    for other in problem.others:
        if problem.is_active(problem.subject) and problem.is_active(other):
            for source, target in ((other, problem.subject), (problem.subject, other)):
                title = f"Merge {problem.called(source)} into {problem.called(target)}"
                yield Fix(title, (MergeClasses(sources=(source,), into=target),))


def colour(problem: Problem) -> Iterator[Fix]:
    """No colour: the tool then chooses one."""
    if problem.item is not None and problem.item.colour:
        yield Fix("Take the colour away", (EditClass(id=problem.subject, colour=""),))


def hotkey(problem: Problem) -> Iterator[Fix]:
    """A key that is free, or none."""
    taken = {each.hotkey.lower() for each in problem.state.classes.values() if each.hotkey}
    free = next((key for key in _KEYS if key not in taken), "")
    if free:
        yield Fix(f"Give it the hotkey {free}", (EditClass(id=problem.subject, hotkey=free),))
    yield Fix("Take the hotkey away", (EditClass(id=problem.subject, hotkey=""),))


def example_both(problem: Problem) -> Iterator[Fix]:
    """An example shows what belongs to the class, or what does not."""
    item = problem.item
    both = set(item.examples) & set(item.counter_examples) if item else set()
    if item is not None and both:
        kept = tuple(each for each in item.counter_examples if each not in both)
        yield Fix("It is an example", (EditClass(id=item.id, counter_examples=kept),))
        kept = tuple(each for each in item.examples if each not in both)
        yield Fix("It is a counter-example", (EditClass(id=item.id, examples=kept),))


def shared_example(problem: Problem) -> Iterator[Fix]:
    """The example stays with one of the two."""
    for here, there in ((problem.subject, other) for other in problem.others):
        for loser, keeper in ((there, here), (here, there)):
            first, second = problem.state.classes.get(loser), problem.state.classes.get(keeper)
            if first is not None and second is not None:
                shared = {each.value for each in first.examples} & {
                    each.value for each in second.examples
                }
                kept = tuple(each for each in first.examples if each.value not in shared)
                if shared:
                    title = f"Keep it with {problem.called(keeper)}"
                    yield Fix(title, (EditClass(id=loser, examples=kept),))


def unknown_boundary(problem: Problem) -> Iterator[Fix]:
    """Boundaries with classes in use alone."""
    item = problem.item
    wrong = [each for each in item.boundary_with if not problem.is_active(each)] if item else []
    if item is not None and wrong:
        kept = tuple(each for each in item.boundary_with if each not in wrong)
        yield Fix("Take the boundary away", (EditClass(id=item.id, boundary_with=kept),))
        for each in wrong:
            for successor in problem.successors(each):
                named = tuple(dict.fromkeys((*kept, successor)))
                title = f"Make it one with {problem.called(successor)}"
                yield Fix(title, (EditClass(id=item.id, boundary_with=named),))


def several_matches(problem: Problem) -> Iterator[Fix]:
    """One kind of mapping to one class."""
    item = problem.item
    if item is None:
        return
    for match in item.matches:
        rivals = [each for each in item.matches if each.target == match.target and each != match]
        if rivals:
            kept = tuple(each for each in item.matches if each not in rivals)
            yield Fix(f"Keep the {_words(match.predicate)}", (EditClass(id=item.id, matches=kept),))


def _words(predicate: str) -> str:
    return f"{predicate.removesuffix('Match')} match"

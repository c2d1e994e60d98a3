"""From what people write in rules and decisions to classes of the two versions, checked."""

from __future__ import annotations

from collections.abc import Mapping

from cladist.datasets.plan import Plan
from cladist.datasets.policy import NO_LABEL, Choice
from cladist.datasets.vocabulary import Vocabulary
from cladist.model.errors import InvalidValue


class Choices:
    """What may be chosen for whom: the candidates of a class and all below them, and residues."""

    def __init__(self, plan: Plan, residues: Mapping[str, int | None]) -> None:
        self._plan, self._residues = plan, residues
        self._targets: dict[tuple[str, str], Choice | str] = {}
        self._sources: dict[str, str] = {}

    @staticmethod
    def none() -> Choice:
        """The label goes."""
        return Choice(None)

    def source(self, name: str, place: str) -> str:
        """The id of a class of the source version; raises InvalidValue."""
        found = self._sources.get(name)
        if found is None:
            found = self._sources[name] = _one(self._plan.source, name, place)
        return found

    def subtree(self, place: str, name: str) -> frozenset[str]:
        """The ids of a class of the source version and all below it; raises InvalidValue."""
        top = self.source(name, place)
        source = self._plan.source
        below = (each.id for each in source.rows if top in source.ancestors(each.id))
        return frozenset((top, *below))

    def undecided(self, class_id: str, place: str) -> None:
        """Refuse a class whose labels follow by themselves, so that no rule is in vain."""
        answer = self._plan.answer(class_id)
        if answer.automatic:
            source, target = self._plan.source, self._plan.target
            raise InvalidValue(
                place,
                f"labels of “{source.label(class_id)}” become “{target.label(answer.targets[0])}” "
                "without a rule.",
            )

    def residue(self, name: str, place: str) -> Choice:
        """A label outside of the taxonomy; raises InvalidValue where it is not declared."""
        if name not in self._residues:
            known = ", ".join(self._residues) or "none is declared"
            raise InvalidValue(place, f"“{name}” is no residue ({known}).")
        return Choice(name)

    def target(self, class_id: str, name: str, place: str) -> Choice:
        """What labels of a source class may become, by its name; raises InvalidValue."""
        key = class_id, name
        found = self._targets.get(key)
        if found is None:
            found = self._targets[key] = self._target(class_id, name)
        if isinstance(found, str):
            raise InvalidValue(place, found)
        return found

    def _target(self, class_id: str, name: str) -> Choice | str:
        """The choice, or why there is none."""
        if name == NO_LABEL:
            return Choice(None)
        if name in self._residues:
            return Choice(name)
        target = self._plan.target
        found = [each for each in target.meant(name).classes if target.active(each)]
        answer = self._plan.answer(class_id)
        answers = () if answer.automatic else answer.targets  # else of one label among several
        fitting = [each for each in found if not answers or _fits(target, each, answers)]
        if len(fitting) == 1:
            return Choice(fitting[0])
        if len(fitting) > 1:
            codes = ", ".join(f"#{target.entry(each).code}" for each in fitting)
            return f"“{name}” names several classes; say which: {codes}."
        if not found:
            return f"“{name}” is no class in use in {target.slug} {target.version}."
        known = ", ".join(f"“{target.label(each)}”" for each in answers)
        label = self._plan.source.label(class_id)
        return f"“{label}” cannot become “{name}”: choose among {known}, or a class below one."


def _fits(target: Vocabulary, class_id: str, answers: tuple[str, ...]) -> bool:
    return class_id in answers or not set(answers).isdisjoint(target.ancestors(class_id))


def _one(source: Vocabulary, name: str, place: str) -> str:
    found = source.meant(name).classes
    if len(found) == 1:
        return found[0]
    where = f"{source.slug} {source.version}"
    if not found:
        raise InvalidValue(place, f"“{name}” is no class of {where}.")
    codes = ", ".join(f"#{source.entry(each).code}" for each in found)
    raise InvalidValue(place, f"“{name}” names several classes of {where}; say which: {codes}.")

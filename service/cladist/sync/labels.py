"""Which labels a project's controls get when the project follows to another version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cladist.datasets.naming import PATH
from cladist.datasets.plan import Plan
from cladist.model.errors import InvalidValue, Refused
from cladist.sync.labeling_config import (
    Control,
    controls,
    joined,
    key,
    note_of,
    with_labels,
)

Exported = Callable[[str], str]
"""The target's classes as a labeling configuration, by the kind of control."""

_KINDS = {"Choices": "choices", "Taxonomy": "taxonomy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Configs:
    """The configuration as it is, with old and new labels, and with the new ones alone."""

    before: str
    both: str
    after: str
    names: tuple[str, ...]
    """The controls whose labels are classes of the taxonomy."""
    added: tuple[str, ...]
    gone: tuple[str, ...]
    """What results may hold then, and what they may hold no more."""


def configs(config: str, names: Sequence[str], plan: Plan, exported: Exported) -> Configs:
    """The configurations on the way; raises InvalidValue, Refused and UnreadableInput."""
    found = _chosen(controls(config), names, plan)
    new = {each.name: _labels(each, plan, exported) for each in found}
    both = {each.name: joined(deepcopy(new[each.name]), _apart(each)) for each in found}
    old = {one for each in found for one in each.keys}
    now = {key(one) for tops in new.values() for top in tops for one in top.iter()}
    note = note_of(exported("rectangle"))
    return Configs(
        before=config,
        both=with_labels(config, both, note_of(config)),
        after=with_labels(config, new, note),
        names=tuple(each.name for each in found),
        added=tuple(sorted(now - old)),
        gone=tuple(sorted(old - now)),
    )


def _apart(control: Control) -> list[Element]:
    """The labels of a control, each without those below it; a tree stays whole."""
    if control.tag == "Taxonomy":
        return [deepcopy(each) for each in control.element if each.tag == "Choice"]
    return [deepcopy(each) for each in control.labels]


def _chosen(found: Sequence[Control], names: Sequence[str], plan: Plan) -> list[Control]:
    known = [each.name for each in found]
    strange = [each for each in names if each not in known]
    if strange:
        raise InvalidValue("control", f"there is no “{strange[0]}”, only {', '.join(known)}.")
    if names:
        return [each for each in found if each.name in names]
    ours = [each for each in found if all(plan.source.meant(one).classes for one in each.keys)]
    if not ours:
        name = f"{plan.source.slug} {plan.source.version}"
        raise Refused(f"No control has labels of {name} alone: say with --control which it is.")
    return ours


def _labels(control: Control, plan: Plan, exported: Exported) -> list[Element]:
    """The labels that a control gets: all if it had all, else what its classes became."""
    (made,) = controls(exported(_KINDS.get(control.tag, "rectangle")))
    before = {one: each for each in control.labels for one in _meant(plan, key(each))}
    if control.tag == "Taxonomy":
        chosen = [each for each in made.element if each.tag == "Choice"]
    else:
        wanted = _wanted(before, plan)
        chosen = [each for each in made.labels if wanted is None or each.get("alias") in wanted]
    for top in chosen:
        for each in top.iter():
            _keep(each, before.get(each.get("alias") or ""))
            if not control.aliased:
                each.set("value", plan.target.label(each.attrib.pop("alias")))
    _check(chosen)
    return chosen


def _wanted(before: Mapping[str, Element], plan: Plan) -> set[str] | None:
    """Ids of the classes that a control shows which had some alone; None for all of them."""
    if before.keys() >= set(plan.source.selection):
        return None
    return {target for each in before for target in plan.answer(each).targets}


def _meant(plan: Plan, name: str) -> tuple[str, ...]:
    return plan.source.meant(name).classes


def _keep(label: Element, before: Element | None) -> None:
    """What a project says of a label and we do not stays."""
    for name, value in () if before is None else before.attrib.items():
        if name not in ("value", "alias") and name not in label.attrib:
            label.set(name, value)


def _check(chosen: Iterable[Element]) -> None:
    """Results must be able to tell labels apart; equal names in a tree have other paths."""
    pending = [("", [*chosen])]
    while pending:
        path, level = pending.pop()
        seen: set[str] = set()
        for each in level:
            if key(each) in seen:
                raise Refused(
                    f"Two labels would be “{key(each)}”: give the control's labels aliases, as"
                    " “cladist export --format label-studio” writes them."
                )
            seen.add(key(each))
            pending.append((f"{path}{PATH}{key(each)}", [*each]))

"""Tags of a sequence: each a tag of the scheme, of a class for labeling, where it may stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cladist.datasets.annotations.finding import Fault, Finding
from cladist.datasets.annotations.ground import Ground
from cladist.datasets.annotations.labels import flawed
from cladist.model.tagging import OUTSIDE, PREFIXES, USUAL, may_follow, parted


class Tags:
    """The checks of tags under one scheme; tags and transitions seen before are remembered."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._scheme = ground.structure.tagging_scheme or USUAL
        self._faults: dict[str, tuple[Finding, ...]] = {}
        self._follows: dict[tuple[str, str], bool] = {}

    def findings(self, given: Any) -> Iterator[Finding]:
        """What is wrong with the tags of the tokens of one item, in their order."""
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            yield Finding(Fault.MALFORMED, "/tags", "It should be a list of tags, one a token.")
            return
        before = OUTSIDE
        for place, tag in enumerate(given):
            faults = self._of(tag)
            for each in faults:
                yield Finding(
                    each.fault, f"/tags/{place}", each.message, each.classes, each.instead
                )
            if any(each.fault is Fault.UNKNOWN_TAG for each in faults):
                tag = OUTSIDE  # nothing can be said of what stands beside it
            elif not self._may(before, tag):
                told = f"{tag} may not stand after {before} in {self._scheme}."
                yield Finding(Fault.ILLEGAL_TRANSITION, f"/tags/{place}", told)
            before = tag
        if given and not self._may(before, OUTSIDE):
            told = f"{before} may not be the last tag in {self._scheme}."
            yield Finding(Fault.ILLEGAL_TRANSITION, f"/tags/{len(given) - 1}", told)

    def _may(self, before: str, after: str) -> bool:
        pair = (before, after)
        found = self._follows.get(pair)
        if found is None:
            found = self._follows[pair] = may_follow(self._scheme, before, after)
        return found

    def _of(self, tag: str) -> tuple[Finding, ...]:
        found = self._faults.get(tag)
        if found is None:
            found = self._faults[tag] = tuple(self._look_at(tag))
        return found

    def _look_at(self, tag: str) -> Iterator[Finding]:
        if tag == OUTSIDE:
            return
        prefix, kind = parted(tag)
        known = PREFIXES[self._scheme]
        if not kind or prefix not in known:
            told = f"“{tag[:80]}” is no tag of {self._scheme}: O, or {known[0]}-CLASS and the like."
            yield Finding(Fault.UNKNOWN_TAG, "", told)
        else:
            yield from flawed(self._ground.named(kind), "")

"""What a migration knows of two versions: their classes, and what became of each.

A plan is a value of its own, so that data can be migrated where no store and no server is at hand:
it is written as one JSON document and read back.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import msgspec

from cladist.datasets.vocabulary import Vocabulary
from cladist.model.errors import UnreadableInput

FORMAT = "cladist-migration-1"
"""Name and version of the document."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a class: the classes in use that it may be now, and whether that is certain.

    ``targets`` has the surest first; ``automatic`` says that there is one and nothing else, so data
    may follow without asking. ``changes`` are the ids of the changes that led there.
    """

    targets: tuple[str, ...]
    automatic: bool
    changes: tuple[str, ...] = ()


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the classes of an earlier version, and what they were called then.

    Of classes to which nothing happened nothing is said.
    """

    answers: Mapping[str, Answer]
    labels: Mapping[str, str]


class Plan(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Two versions and the answers for the classes to which something happened.

    ``origins`` has, by version number, answers from earlier versions to the same target: labels
    whose original is known start from there.
    """

    source: Vocabulary
    target: Vocabulary
    answers: Mapping[str, Answer]
    origins: Mapping[str, Earlier] = msgspec.field(default_factory=dict)
    format: str = FORMAT

    def answer(self, class_id: str) -> Answer:
        """What became of a class of the source; of one that nothing happened to, itself."""
        return self.answers.get(class_id) or self._itself(class_id)

    def earlier(self, version: str, class_id: str) -> Answer | None:
        """What became of a class of an earlier version; none where the plan does not know it."""
        known = self.origins.get(version)
        if known is None:
            return None
        return known.answers.get(class_id) or self._itself(class_id)

    def earlier_label(self, version: str, class_id: str) -> str:
        """What the class was called in an earlier version; its id where that is not known."""
        known = self.origins.get(version)
        label = None if known is None else known.labels.get(class_id)
        return label or self.source.label(class_id)

    def _itself(self, class_id: str) -> Answer:
        kept = self.target.active(class_id)
        return Answer(targets=(class_id,) if kept else (), automatic=kept)

    def sources(self, target: str) -> frozenset[str]:
        """The source classes in use that lead to a class of the target."""
        found = self._sources.get(target, frozenset())
        return found if target in self.answers or target not in self.source else found | {target}

    @cached_property
    def _sources(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for source, answer in self.answers.items():
            if self.source.active(source):
                for target in answer.targets:
                    found.setdefault(target, set()).add(source)
        return {target: frozenset(sources) for target, sources in found.items()}


def encoded(plan: Plan) -> bytes:
    """The plan as a JSON document."""
    return msgspec.json.encode(plan)


def decoded(data: bytes) -> Plan:
    """The plan of such a document; raises UnreadableInput."""
    try:
        found = msgspec.json.decode(data, type=Plan)
    except msgspec.DecodeError as error:
        raise UnreadableInput(f"This is no exported correspondence: {error}") from None
    if found.format != FORMAT:
        raise UnreadableInput(
            f"The exported correspondence is in the form “{found.format}”, not {FORMAT}: "
            "export it again with this release."
        )
    return found

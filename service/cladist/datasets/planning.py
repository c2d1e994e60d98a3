"""A plan from open states: two indexes, what their taxonomies say, and the correspondence."""

from __future__ import annotations

from collections.abc import Mapping

from cladist.datasets.plan import Answer, Earlier, Plan
from cladist.datasets.vocabulary import Group, Vocabulary
from cladist.index.version_index import VersionIndex
from cladist.model.correspondence.components import outcome, pairs_of
from cladist.model.correspondence.relation import Correspondence
from cladist.model.taxonomy import Taxonomy


def vocabulary_of(
    taxonomy: Taxonomy, index: VersionIndex, *, slug: str, version: str, digest: str
) -> Vocabulary:
    """What a migration needs of one version."""
    header = taxonomy.header
    groups = (
        Group(min((text.value for text in each.labels), default=each.id), each.members)
        for each in taxonomy.groups.values()
    )
    return Vocabulary(
        taxonomy=header.iri,
        slug=slug,
        version=version,
        digest=digest,
        language=header.default_language,
        structure=header.structure.kind,
        rows=index.entries(index.order),
        selection=tuple(index.selection),
        groups=tuple(groups),
        tagging_scheme=header.structure.tagging_scheme,
    )


def plan_of(
    source: Vocabulary,
    target: Vocabulary,
    given: Correspondence,
    origins: Mapping[str, Earlier] | None = None,
) -> Plan:
    """What data follow from one version to another."""
    return Plan(source=source, target=target, answers=_answers(given), origins=origins or {})


def earlier_of(given: Correspondence, index: VersionIndex) -> Earlier:
    """What a plan knows of an earlier version, by its correspondence to the target."""
    answers = _answers(given)
    labels = {each: index.label(index.entry(each)) for each in answers if each in index}
    return Earlier(answers=answers, labels=labels)


def _answers(given: Correspondence) -> dict[str, Answer]:
    touched = sorted(each for each in given.touched() if each in given.source)
    return {each: _answer(given, each) for each in touched}


def _answer(given: Correspondence, class_id: str) -> Answer:
    found = outcome(given, class_id)
    changes = {change for pair in pairs_of(given, class_id) for change in pair.changes}
    return Answer(targets=found.targets, automatic=found.automatic, changes=tuple(sorted(changes)))

"""Drafts, changes and their effects as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Field, JsonValue, TypeAdapter

from cladist.api.schemas.base import Links, Model, Object, Why, taxonomy_path, version_path
from cladist.model.change.effect import Swap
from cladist.model.change.kinds import Change
from cladist.wire import as_json

if TYPE_CHECKING:
    from cladist.catalog.values import Draft, Edited, Recorded

ADD_EXAMPLE: Object = {
    "op": "add_class",
    "new": {
        "preferred": [{"value": "ferret", "language": "en"}],
        "definitions": [{"value": "A domesticated polecat.", "language": "en"}],
    },
}
BATCH_EXAMPLE: Object = {
    "changes": [ADD_EXAMPLE],
    "why": "Asked for by the clinic.",
    "evidence": {"tickets": 17},
}

OneChange = Annotated[Change, Field(discriminator="op")]


class ChangeBatch(Model):
    """Changes with the reason for them; all are made or none."""

    model_config = ConfigDict(json_schema_extra={"examples": [BATCH_EXAMPLE]})

    changes: tuple[OneChange, ...] = Field(min_length=1, max_length=10_000)
    why: str = Field("", max_length=10_000, description="The reason, for people.")
    evidence: JsonValue = Field(None, description="What the reason rests on: any JSON value.")


@cache
def batch_adapter() -> TypeAdapter[ChangeBatch]:
    """The reader of a body that holds changes with their reason."""
    return TypeAdapter(ChangeBatch)


class FieldEffect(Model):
    """One field before and after; null where it did not exist."""

    field: str = Field(examples=["preferred"])
    before: Any = Field(examples=[[{"value": "polecat", "language": "en"}]])
    after: Any = Field(examples=[[{"value": "ferret", "language": "en"}]])


class ThingEffect(Model):
    """What happens to a class, a group, the taxonomy itself or another subject."""

    what: str = Field(description="`class`, `group`, `taxonomy` or `other`.", examples=["class"])
    id: str = Field(examples=["https://w3id.org/cladist/id/pets/7k2m9x4q1c"])
    label: str = Field(examples=["ferret"])
    how: str = Field(description="`added`, `changed` or `removed`.", examples=["changed"])
    fields: list[FieldEffect]


class RecordedChange(Model):
    """A change of the draft: who made it, when and why, and its weight."""

    id: str = Field(description="What undoing it takes.", examples=["7k2m9x4q1c"])
    who: str = Field(examples=["Ada Lovelace"])
    at: str = Field(examples=["2026-01-31T12:00:00.000000Z"])
    why: str | None = Field(examples=["Asked for by the clinic."])
    evidence: Any = Field(examples=[{"tickets": 17}])
    bump: str = Field(examples=["minor"])
    text: str = Field(examples=["“ferret” was added."])
    change: Object = Field(
        description="The change itself, ids and codes filled in.", examples=[ADD_EXAMPLE]
    )


class ShownChange(RecordedChange):
    """A change with its effect."""

    effect: list[ThingEffect]


class DraftModel(Model):
    """The working state: changes since the last version, in order."""

    taxonomy: str = Field(examples=["pets"])
    iri: str = Field(examples=["https://w3id.org/cladist/id/pets"])
    revision: int = Field(description="Moves with every write.", examples=[7])
    base_version: str | None = Field(description="The last version.", examples=["2.1.0"])
    proposed_version: str = Field(description="What the changes call for.", examples=["2.2.0"])
    reasons: list[Why] = Field(description="Why that number.")
    notes: str = Field(
        description="Release notes drafted from the changes.",
        examples=["## Additions\n\n- “ferret” was added.\n"],
    )
    changes: list[RecordedChange]
    links: Links


class EditedModel(Model):
    """What an edit, or its dry run, did: the new changes with their effect, and the draft."""

    dry_run: bool = Field(examples=[False])
    revision: int = Field(examples=[8])
    proposed_version: str = Field(examples=["2.2.0"])
    changes: list[ShownChange]
    links: Links


def draft_of(draft: Draft) -> DraftModel:
    """A draft as JSON."""
    reasons = tuple(each.reason for each in draft.changes)
    return DraftModel(
        taxonomy=draft.slug,
        iri=draft.iri,
        revision=draft.revision,
        base_version=draft.base_version,
        proposed_version=str(draft.proposed),
        reasons=[Why(bump=each.bump.name.lower(), text=each.text) for each in reasons],
        notes=draft.notes,
        changes=[recorded_of(each) for each in draft.changes],
        links=draft_links(draft.slug),
    )


def edited_of(edited: Edited) -> EditedModel:
    """An edit as JSON."""
    return EditedModel(
        dry_run=edited.dry_run,
        revision=edited.draft.revision,
        proposed_version=str(edited.draft.proposed),
        changes=[shown(each) for each in edited.changes],
        links=draft_links(edited.draft.slug),
    )


def draft_links(slug: str) -> Links:
    """The links of a draft."""
    path = taxonomy_path(slug)
    state = version_path(slug, "draft")
    return Links(
        self=f"{path}/draft",
        versions=f"{path}/versions",
        classes=f"{state}/classes",
        turtle=f"{state}.ttl",
    )


def recorded_of(recorded: Recorded) -> RecordedChange:
    """A change without its effect."""
    return RecordedChange(**_recorded(recorded))


def shown(recorded: Recorded) -> ShownChange:
    """A change with its effect."""
    effect = recorded.effect
    things = [_thing("class", each) for each in effect.classes]
    things += [_thing("group", each) for each in effect.groups]
    things += [] if effect.header is None else [_thing("taxonomy", effect.header)]
    things += [_other(each) for each in effect.others]
    return ShownChange(**_recorded(recorded), effect=things)


def _recorded(recorded: Recorded) -> dict[str, Any]:
    import json

    record = recorded.record
    return {
        "id": record.id,
        "who": record.who,
        "at": record.at,
        "why": record.why,
        "evidence": json.loads(record.evidence) if record.evidence else None,
        "bump": recorded.reason.bump.name.lower(),
        "text": recorded.reason.text,
        "change": as_json(recorded.change),
    }


def _thing(what: str, swap: Swap[Any]) -> ThingEffect:
    some: Any = swap.after if swap.after is not None else swap.before
    return ThingEffect(
        what=what,
        id=swap.key,
        label=_label(some, swap.key),
        how=_how(swap),
        fields=[
            FieldEffect(field=name, before=_plain(before), after=_plain(after))
            for name, before, after in _differing(swap, [each.name for each in fields(some)])
        ],
    )


def _label(thing: Any, key: str) -> str:
    for name in ("preferred", "labels", "titles"):
        found = getattr(thing, name, ())
        if found:
            label: str = found[0].value
            return label
    return key


def _how(swap: Swap[Any]) -> str:
    if swap.before is None:
        return "added"
    return "removed" if swap.after is None else "changed"


def _differing(swap: Swap[Any], names: Sequence[str]) -> list[tuple[str, Any, Any]]:
    """Fields that differ; of a thing that comes or goes those that hold something."""
    whole = swap.before is None or swap.after is None
    found = []
    for name in names:
        before, after = getattr(swap.before, name, None), getattr(swap.after, name, None)
        if before != after and not (whole and (before or after) in (None, (), "")):
            found.append((name, before, after))
    return found


def _other(swap: Swap[Any]) -> ThingEffect:
    statements = FieldEffect(
        field="statements", before=_plain(swap.before), after=_plain(swap.after)
    )
    return ThingEffect(
        what="other", id=swap.key, label=swap.key, how=_how(swap), fields=[statements]
    )


def _plain(value: Any) -> Any:
    from pydantic_core import to_jsonable_python

    return to_jsonable_python(value)

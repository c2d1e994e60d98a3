"""Events and webhooks as JSON."""

from __future__ import annotations

from pydantic import Field

from cladist.api.schemas.base import Model, Object

_AT = "2026-01-31T12:00:00.000000Z"
_PUBLISHED: Object = {
    "number": "2.0.0",
    "previous": "1.0.0",
    "digest": "9f2c…",
    "notes": "## Changes that data and models must follow\n\n- …",
    "changes": [],
}


class FeedEvent(Model):
    """Something that happened to a taxonomy."""

    seq: int = Field(description="Its number; they have no gaps over all taxonomies.", examples=[7])
    type: str = Field(
        description="`taxonomy.created`, `draft.changed`, `version.published` and the like.",
        examples=["version.published"],
    )
    taxonomy: str = Field(examples=["pets"])
    who: str = Field(examples=["Ada Lovelace"])
    at: str = Field(examples=[_AT])
    data: Object = Field(
        description="Its content; of a published version its number, the one before, its digest,"
        " notes, what became of the class index, and all its changes.",
        examples=[_PUBLISHED],
    )


class EventPage(Model):
    """Events after a point, the oldest first."""

    events: list[FeedEvent]
    next: int = Field(
        description="What to ask for as `after` next time, whether there were events or not.",
        examples=[7],
    )
    last: int = Field(description="The number of the last event of all taxonomies.", examples=[7])


class WebhookRequest(Model):
    """A webhook that somebody wants."""

    url: str = Field(
        description="Where messages go: https, and a public address unless the operator allows"
        " others.",
        examples=["https://labels.example.org/hooks/cladist"],
    )
    description: str = Field("", description="What it is for.", examples=["Labeling tool"])


class WebhookPatch(Model):
    """What shall be otherwise; what is left out stays."""

    url: str | None = Field(None, examples=["https://labels.example.org/hooks/new"])
    description: str | None = Field(None, examples=["Labeling tool"])
    active: bool | None = Field(
        None,
        description="False pauses it; what is published meanwhile is sent when it goes on.",
        examples=[False],
    )


class WebhookModel(Model):
    """A URL that is told of every version of a taxonomy."""

    id: str = Field(examples=["7k2m9x4q1c"])
    taxonomy: str = Field(examples=["pets"])
    url: str = Field(examples=["https://labels.example.org/hooks/cladist"])
    description: str = Field(examples=["Labeling tool"])
    active: bool = Field(description="Is it told?", examples=[True])
    after: int = Field(description="The last event that was looked at for it.", examples=[7])
    who: str = Field(examples=["Ada Lovelace"])
    at: str = Field(examples=[_AT])


class NewWebhook(WebhookModel):
    """A webhook that was made, with its secret, which is not shown again."""

    secret: str = Field(
        description="Signs messages (Standard Webhooks 1.0).", examples=["whsec_C2FVsBQIhrsc…"]
    )


class WebhookList(Model):
    """The webhooks of a taxonomy, the oldest first."""

    webhooks: list[WebhookModel]


class Attempt(Model):
    """One attempt to deliver."""

    at: str = Field(examples=[_AT])
    code: int | None = Field(description="Status of the answer, if there was one.", examples=[503])
    reason: str = Field(description="Why there was none.", examples=[""])
    milliseconds: int = Field(description="How long it took.", examples=[41])


class DeliveryModel(Model):
    """A message to a webhook."""

    id: str = Field(
        description="The message's `webhook-id`, the same at each attempt.",
        examples=["msg_7k2m9x4q1c_7"],
    )
    seq: int = Field(description="The event's number; 0 for a ping.", examples=[7])
    type: str = Field(examples=["version.published"])
    status: str = Field(
        description="`pending`, `delivered`, or `failed`, after which it is tried no more.",
        examples=["pending"],
    )
    due: str = Field(description="When it is tried next, while pending.", examples=[_AT])
    at: str = Field(description="When it was queued.", examples=[_AT])
    ended: str = Field(description="When it was delivered or given up; else empty.", examples=[""])
    attempts: list[Attempt]


class DeliveryList(Model):
    """Messages to a webhook, the newest first."""

    deliveries: list[DeliveryModel]

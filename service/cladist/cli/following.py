"""Verbs on events and webhooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING, Any

import click

from cladist.cli.desk import Desk
from cladist.cli.options import AUTHOR, SLUG, verb
from cladist.cli.printing import Answer, Block, Table

if TYPE_CHECKING:
    from cladist.deliveries.webhooks import Deliveries
    from cladist.ledger import Delivery

_POLL = 0.5
_BATCH = 1_000

HOOK = click.argument("webhook", metavar="WEBHOOK")
"""The webhook that is meant, by its id."""


@contextmanager
def _followed(desk: Desk) -> Iterator[Deliveries]:
    from cladist.wiring import followed

    with followed(desk.settings) as found:
        yield found


@verb
@click.argument("slug", metavar="[SLUG]", required=False)
@click.option(
    "--after", type=click.IntRange(0), default=0, show_default=True, help="Begin after this one."
)
@click.option(
    "--limit", type=click.IntRange(1), default=100, show_default=True, help="How many at most."
)
@click.option("--follow", is_flag=True, help="Go on with those that come, one JSON object a line.")
def events(desk: Desk, *, slug: str | None, after: int, limit: int, follow: bool) -> Answer:
    """List what happened, to one taxonomy or to all.

    Events are numbered over all taxonomies; give the last number that you know to --after, and
    nothing is missed.
    """
    with _followed(desk) as found:
        if follow:
            _print_on(found, slug, after)
        listed = found.feed.events(after, slug, limit)
    rows = [(str(each["seq"]), each["at"], each["taxonomy"], *_told(each)) for each in listed]
    table = Table(("no.", "when", "taxonomy", "what", "who"), rows)
    return Answer(lambda: {"events": listed}, lambda: [table] if rows else ["Nothing."])


def _told(event: dict[str, Any]) -> tuple[str, str]:
    number = event["data"].get("number", "")
    return f"{event['type']} {number}".strip(), event["who"]


def _print_on(found: Deliveries, slug: str | None, after: int) -> None:
    """Print events until the program is ended."""
    while True:
        listed = found.feed.events(after, slug, _BATCH)
        for each in listed:
            click.echo(json.dumps(each, ensure_ascii=False))
        after = listed[-1]["seq"] if listed else after
        if len(listed) < _BATCH:
            sleep(_POLL)


@verb
@SLUG
@click.argument("url")
@click.option("--description", metavar="TEXT", default="", help="What it is for.")
@AUTHOR
def hook(desk: Desk, *, slug: str, url: str, description: str, author: str | None) -> Answer:
    """Tell a URL of every version that is published.

    The service sends the messages. Their secret is shown now and never again.
    """
    from cladist.deliveries.forms import webhook_json

    with _followed(desk) as found:
        made = found.webhooks.add(slug, url, description, desk.author(author).who)
    return Answer(
        lambda: {**webhook_json(made), "secret": made.secret},
        lambda: [f"{made.id} tells {made.url} of {slug}.", f"Its secret is {made.secret}"],
    )


@verb
@SLUG
def hooks(desk: Desk, *, slug: str) -> Answer:
    """List the webhooks of a taxonomy."""
    from cladist.deliveries.forms import webhook_json

    with _followed(desk) as found:
        listed = found.webhooks.every(slug)
    rows = [
        (each.id, each.url, "active" if each.active else "paused", each.description)
        for each in listed
    ]
    table = Table(("webhook", "URL", "", "what for"), rows)
    return Answer(
        lambda: {"webhooks": [webhook_json(each) for each in listed]},
        lambda: [table] if rows else [f"{slug} has no webhooks."],
    )


@verb
@SLUG
@HOOK
def unhook(desk: Desk, *, slug: str, webhook: str) -> Answer:
    """Forget a webhook, and what was delivered to it."""
    with _followed(desk) as found:
        found.webhooks.remove(slug, webhook)
    return Answer(lambda: {"removed": webhook}, lambda: [f"{webhook} is gone."])


@verb
@SLUG
@HOOK
@click.option("--ping", is_flag=True, help="Send a message that says nothing, to try it.")
@click.option("--again", metavar="DELIVERY", help="Send this one once more.")
@click.option("--pause", "active", flag_value=False, default=None, help="Send nothing for now.")
@click.option("--resume", "active", flag_value=True, help="Go on, with what came meanwhile first.")
def deliveries(
    desk: Desk, *, slug: str, webhook: str, ping: bool, again: str | None, active: bool | None
) -> Answer:
    """List what was and is to be sent to a webhook.

    The service sends it: a message that is asked for here goes when one runs.
    """
    from cladist.deliveries.forms import delivery_json

    with _followed(desk) as found:
        if active is not None:
            found.webhooks.change(slug, webhook, active=active)
        if ping:
            found.webhooks.ping(slug, webhook)
        if again:
            found.webhooks.redeliver(slug, webhook, again)
        listed = found.webhooks.deliveries(slug, webhook)
    return Answer(
        lambda: {"deliveries": [delivery_json(each) for each in listed]}, lambda: _listed(listed)
    )


def _listed(found: tuple[Delivery, ...]) -> Iterator[Block]:
    rows = [
        (each.id, each.at, each.type, each.status, str(each.tries), _last(each)) for each in found
    ]
    yield Table(("delivery", "when", "what", "", "tries", "last answer"), rows) if rows else "None."


def _last(delivery: Delivery) -> str:
    attempts = json.loads(delivery.attempts)
    return "" if not attempts else str(attempts[-1]["code"] or attempts[-1]["reason"])

"""Events as others read them: what is in the log, and of a version its whole change set."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cladist.ledger.ledger import Ledger
from cladist.ledger.outbox import TOLD
from cladist.ledger.records import EventRecord
from cladist.model.errors import InvalidValue

_OWN = ("seal", "sha")
"""What an event says for the log's own sake."""


@dataclass(frozen=True, slots=True)
class Page:
    """Events after a point: the oldest first, the point to go on from, the last event there is."""

    events: list[dict[str, Any]]
    next: int
    last: int


class Feed:
    """The events of a ledger by their numbers, which have no gaps."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def sequence(self) -> int:
        """The number of the last event, 0 before the first."""
        return self._ledger.sequence()

    def events(self, after: int, slug: str | None, limit: int) -> list[dict[str, Any]]:
        """The events after a number, of one taxonomy or all.

        Raises UnknownTaxonomy, and InvalidValue for a number that no event has yet.
        """
        return self.page(after, slug, limit).events

    def page(self, after: int, slug: str | None, limit: int) -> Page:
        """The same, with the point from which nothing is missed and nothing comes twice."""
        if slug is not None:
            self._ledger.head(slug)
        last = self.sequence()
        if after > last:
            reason = f"the last event is {last}; was the store set back? Begin anew from 0."
            raise InvalidValue("after", reason)
        # What was written since is left to the next page: this one must end where it says.
        found = [each for each in self._ledger.events(after, slug, limit) if each.seq <= last]
        point = found[-1].seq if len(found) == limit else last
        return Page([self.told(each) for each in found], point, last)

    def event(self, seq: int) -> dict[str, Any]:
        """The event with this number, which must be there."""
        (found,) = self._ledger.events(seq - 1, None, 1)
        return self.told(found)

    def told(self, event: EventRecord) -> dict[str, Any]:
        """An event with its content; of a published version the changes as they were stored."""
        said = json.loads(event.body)
        if event.type == TOLD:
            version = self._ledger.version(event.slug, said["number"])
            data = {
                "number": version.number,
                "previous": version.previous,
                "digest": version.sha,
                "notes": version.notes,
                "class_index": json.loads(version.extra).get("class_index"),
                "changes": json.loads(version.changes),
            }
        else:
            data = {name: each for name, each in said.items() if name not in _OWN}
            if "changes" in data:
                data["changes"] = [_change(each) for each in data["changes"]]
        return {
            "seq": event.seq,
            "type": event.type,
            "taxonomy": event.slug,
            "who": event.who,
            "at": event.at,
            "data": data,
        }


def _change(said: dict[str, Any]) -> dict[str, Any]:
    """A change of a draft, named as versions name theirs."""
    return {("change" if name == "body" else name): each for name, each in said.items()}

"""The states that are open in memory: versions by digest, drafts by revision, the oldest let go."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from cladist.catalog.opened import OpenDraft, Opened
from cladist.index.folder import IndexFolder
from cladist.ledger import DraftHead
from cladist.ledger.ledger import Ledger
from cladist.model.bump import reasons
from cladist.model.change.planning import replay
from cladist.wire import change_from

T = TypeVar("T")


class Recent(Generic[T]):
    """The most recently used values within a bound on their summed weight; safe for threads."""

    def __init__(self, bound: int, weigh: Callable[[T], int]) -> None:
        self._bound, self._weigh = bound, weigh
        self._values: OrderedDict[str, T] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def get(self, key: str) -> T | None:
        """The value under the key, which counts as used now."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: str, value: T) -> None:
        """Keep a value; the least recently used ones go when the bound is passed."""
        with self._lock:
            old = self._values.pop(key, None)
            self._weight += self._weigh(value) - (0 if old is None else self._weigh(old))
            self._values[key] = value
            while self._weight > self._bound and len(self._values) > 1:
                self._weight -= self._weigh(self._values.popitem(last=False)[1])

    def values(self) -> tuple[T, ...]:
        """All values that are kept."""
        with self._lock:
            return tuple(self._values.values())

    def get_or_make(self, key: str, make: Callable[[], T]) -> T:
        """The value under the key, made once when several threads ask for it at a time."""
        found = self.get(key)
        if found is not None:
            return found
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            found = self.get(key)
            if found is None:
                found = make()
                self.put(key, found)
        with self._lock:
            self._making.pop(key, None)
        return found


class Shelf:
    """Opens states from the ledger and keeps those in use."""

    def __init__(
        self, ledger: Ledger, *, most_lines: int, folder: IndexFolder | None = None
    ) -> None:
        self._ledger, self._folder = ledger, folder
        self._opened: Recent[Opened] = Recent(most_lines, lambda each: len(each.lines))
        self._drafts: Recent[OpenDraft] = Recent(most_lines, lambda each: len(each.base.lines))

    def content(self, iri: str, sha: str) -> Opened:
        """The state with this digest."""
        return self._opened.get_or_make(
            sha, lambda: Opened(iri, sha, self._ledger.content(sha), folder=self._folder)
        )

    def lines(self, sha: str) -> Sequence[bytes]:
        """The lines of a version, or of a draft in memory, with this digest."""
        kept = self._opened.get(sha)
        if kept is not None:
            return kept.lines
        for draft in self._drafts.values():
            if draft.sha == sha:
                return draft.lines
        return self._ledger.content(sha)

    def keep(self, state: Opened) -> None:
        """Put a state that was just made on the shelf."""
        self._opened.put(state.sha, state)

    def draft(self, slug: str) -> OpenDraft:
        """The draft as the ledger has it now."""
        head = self._ledger.head(slug)
        kept = self._drafts.get(slug)
        if kept is not None and kept.revision == head.revision and kept.base.sha == head.base_sha:
            return kept
        fresh = self._replayed(head)
        self._drafts.put(slug, fresh)
        return fresh

    def replayed(self, slug: str) -> OpenDraft:
        """The draft built anew from what is stored, whatever is in memory."""
        return self._replayed(self._ledger.head(slug))

    def keep_draft(self, slug: str, draft: OpenDraft) -> None:
        """Put a draft that was just changed on the shelf."""
        self._drafts.put(slug, draft)

    def _replayed(self, head: DraftHead) -> OpenDraft:
        record = self._ledger.draft(head.slug)
        base = self.content(record.iri, record.base_sha)
        changes = tuple(change_from(each.body) for each in record.changes)
        taxonomy, effects = replay(base.taxonomy, changes) if changes else (base.taxonomy, ())
        weights = reasons(base.taxonomy, changes) if changes else ()
        return OpenDraft(
            base=base,
            revision=record.revision,
            base_version=record.base_version,
            records=record.changes,
            changes=changes,
            effects=effects,
            reasons=weights,
            taxonomy=taxonomy,
        )

"""Publishers killed at every point: never half a version, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import IO
from uuid import uuid4

import psycopg
import pytest

from cladist.ledger.ledger import Ledger
from cladist.model.errors import NotFound, StaleDraft, StoreUnavailable, UnknownVersion
from cladist.rdf.content import digest, patch
from tests.ledger.databases import new_database, start_postgresql
from tests.ledger.samples import IRI, SLUG, act, addition, change, many

KILLS = {"sqlite": 200, "postgresql": 50}
LARGE = many(1500)
STATEMENTS = 20  # more than a publication has, its end included


@dataclass
class Death:
    """What a publisher said before it died: the last version begun, the last done."""

    begun: int = -1
    done: int = -1

    @property
    def in_between(self) -> bool:
        """Whether it died while it was publishing."""
        return self.begun > self.done

    def hear(self, words: str) -> None:
        """Take in what was said."""
        verb, *rest = words.split()
        if verb == "begin":
            self.begun = int(rest[0])
        elif verb == "done":
            self.done = int(rest[0])


def slay(process: int) -> None:
    """Kill a process, which has no chance to tidy up."""
    os.kill(process, signal.SIGKILL)


@dataclass
class Victims:
    """A process that forks publishers, and its ends of the pipes."""

    orders: IO[str]
    words: IO[str]

    def kill(self, order: int, delay: float, strike: Callable[[int], None] = slay) -> Death:
        """Let one publish, strike when it has stopped or after a delay, and hear it out."""
        death = Death()
        print(order, file=self.orders, flush=True)
        process = self._begun(death)
        if order >= 0:
            assert self.words.readline() == "stop\n"
        else:  # the first publications are slower than any later one
            self._begun(death)
            self._begun(death)
        time.sleep(delay)
        strike(process)
        for words in iter(self.words.readline, "dead\n"):
            death.hear(words)
        return death

    def _begun(self, death: Death) -> int:
        """Hear the publisher out until it begins another version; its process id."""
        for words in iter(self.words.readline, ""):
            death.hear(words)
            if words.startswith("begin"):
                return int(words.split()[2])
        raise EOFError("The publishers are gone.")


@contextmanager
def victims(url: str) -> Iterator[Victims]:
    """A process that publishes to this ledger, and dies with the test."""
    script = Path(__file__).with_name("victims.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, str(script), url],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        yield Victims(process.stdin, process.stdout)
        process.stdin.close()


def check(ledger: Ledger, death: Death) -> None:
    """The last version begun is there with all that belongs to it, or nothing of it is."""
    with pytest.raises(StaleDraft):  # after waiting for what the dead writer's server still does
        ledger.append(SLUG, -1, [], act())
    head = ledger.head(SLUG)
    number = f"1.{death.begun}.0"
    if head.base_version == number:
        check_published(ledger, death.begun)
        following = ledger.draft(SLUG).changes
        later = () if death.in_between else (change(str(death.begun + 1)),)
        assert following in ((), later)
        return
    assert death.in_between, f"{number} was acknowledged and is lost"
    check_unpublished(ledger, death.begun)


def check_published(ledger: Ledger, count: int) -> None:
    """Version, content, event and answer are there, and the draft builds on them."""
    found = ledger.version(SLUG, f"1.{count}.0")
    lines = ledger.content(found.sha)
    assert len(lines) == len(LARGE) + count + 1
    assert ledger.head(SLUG).base_sha == found.sha == digest(lines)
    assert ledger.head(SLUG).base_version == found.number
    last_two = ledger.events(after=ledger.sequence() - 2)
    assert f'"number":"{found.number}"' in "".join(act.body for act in last_two)
    assert ledger.remembered(str(count), "a") == f'"{count}"'


def check_unpublished(ledger: Ledger, count: int) -> None:
    """The draft waits as it was, on the version before."""
    head = ledger.head(SLUG)
    assert head.base_version == (f"1.{count - 1}.0" if count else None)
    assert ledger.draft(SLUG).changes == (change(str(count)),)
    with pytest.raises(UnknownVersion):
        ledger.version(SLUG, f"1.{count}.0")
    with pytest.raises(NotFound):
        ledger.content(digest(patch(ledger.content(head.base_sha), addition(count))))
    assert ledger.events(after=ledger.sequence() - 1)[0].type == "draft.changed"
    assert ledger.remembered(str(count), "a") is None


def test_killed_publishers_leave_whole_versions(
    url: str, engine: str, opened: Callable[[str], Ledger]
) -> None:
    ledger = opened(url)
    ledger.create_taxonomy(SLUG, IRI, LARGE, act())
    chance = random.Random(KILLS[engine])
    deaths = []
    with victims(url) as publishers:
        for turn in range(KILLS[engine]):
            if turn % 2:  # at a random moment of endless publishing
                death = publishers.kill(-1, chance.uniform(0, 0.006))
            else:  # before each statement in turn
                death = publishers.kill(turn // 2 % STATEMENTS, 0)
            check(ledger, death)
            deaths.append(death)
    assert sum(death.in_between for death in deaths) > len(deaths) / 2
    assert ledger.verify() == ()
    numbers = [found.number for found in ledger.versions(SLUG)]
    assert numbers == [f"1.{count}.0" for count in range(len(numbers))]


@pytest.fixture
def own_url() -> Iterator[str]:
    """The URL of a database on a server of the test's own, which may be made to crash."""
    server = start_postgresql(Path(gettempdir()) / f"cladist-postgresql-{uuid4().hex}")
    yield new_database(server)
    server.cleanup()


def test_crashes_of_the_database_server_leave_whole_versions(
    own_url: str, opened: Callable[[str], Ledger]
) -> None:
    ledger = opened(own_url)
    ledger.create_taxonomy(SLUG, IRI, LARGE, act())
    chance = random.Random(3)
    with victims(own_url) as publishers:
        for _ in range(3):
            death = publishers.kill(-1, chance.uniform(0, 0.05), lambda _: crash(own_url))
            wait_for_recovery(ledger)
            check(ledger, death)
    assert ledger.verify() == ()


def crash(url: str) -> None:
    """Kill one of PostgreSQL's processes: it drops all others and recovers from its log."""
    with suppress(psycopg.OperationalError), psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() ORDER BY query_start DESC LIMIT 1"
        ).fetchone()
        assert found is not None
        slay(found[0])


def wait_for_recovery(ledger: Ledger) -> None:
    """Wait until the database answers again."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(StoreUnavailable):
            ledger.head(SLUG)
            return
        time.sleep(0.05)
    raise TimeoutError("PostgreSQL did not recover.")

"""A client outlives restarts, cut connections and a service that asks for patience."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest

from cladist.client import AsyncClient, Client, problem_of
from cladist.model import errors
from cladist.settings import Settings
from tests.api.serving import served
from tests.cli.program import Cli
from tests.client.scripted import CUT, Scripted, scripted

BUSY = Scripted(
    503,
    {"Content-Type": "application/problem+json", "Retry-After": "0"},
    b'{"type":"/problems/store-unavailable","title":"The store is not available","status":503,'
    b'"detail":"The store is not available: database is locked","reason":"database is locked"}',
)


def test_a_restart_in_the_middle_is_not_noticed(settings: Settings) -> None:
    with served(settings) as service:
        url, port = str(service.base_url), service.base_url.port
        client = Client(url, cache=None, attempts=6)
        edited = client.edit(client.draft("pets"), [rename(client)])
    done = threading.Event()

    def start_again() -> None:
        time.sleep(0.3)
        with served(settings, port or 0):
            done.wait(60)

    again = threading.Thread(target=start_again)
    again.start()
    with client:
        assert client.publish(edited).version == "2.1.0"
        assert client.classes("pets").version == "2.1.0"
    done.set()
    again.join()


def rename(client: Client) -> dict[str, object]:
    (pet,) = (each.id for each in client.classes("pets").classes if each.label == "pet")
    return {"op": "rename_class", "id": pet, "label": {"value": "companion", "language": "en"}}


def test_a_write_whose_answer_is_lost_is_done_once(own: str, pets: Cli) -> None:
    with Client(own, cache=None) as direct:
        change, draft = rename(direct), direct.draft("pets")
    with scripted([CUT, BUSY], behind=own) as (url, asked), Client(url, cache=None) as client:
        edited = client.edit(draft, [change])
        assert edited.revision == draft.revision + 1
        assert len(client.draft("pets").changes) == 1
        keys = [each.headers["idempotency-key"] for each in asked if each.method == "POST"]
        assert len(keys) == 3 and len(set(keys)) == 1


def test_the_asynchronous_client_is_as_patient(own: str) -> None:
    async def work(url: str) -> str:
        async with AsyncClient(url, cache=None) as client:
            return (await client.classes("pets")).version

    with scripted([CUT, BUSY, BUSY], behind=own) as (url, asked):
        assert asyncio.run(work(url)) == "2.0.0"
        assert len(asked) == 4


def test_patience_ends() -> None:
    with scripted([BUSY] * 5) as (url, asked), Client(url, cache=None, attempts=3) as client:
        with pytest.raises(errors.StoreUnavailable, match="locked") as away:
            client.taxonomies()
        assert len(asked) == 3 and away.value.reason == "database is locked"
        problem = problem_of(away.value)
        assert problem is not None and problem.kind == "store-unavailable"


def test_who_waited_in_vain_does_not_wait_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Client(url, cache=None, timeout=0.2) as client, pytest.raises(errors.StoreUnavailable):
            client.taxonomies()
        silent.settimeout(0.1)
        silent.accept()[0].close()
        with pytest.raises(TimeoutError):
            silent.accept()


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (Scripted(404, {}, b"<html>nothing</html>"), errors.NotFound, "answers 404"),
        (Scripted(403, {}), errors.Refused, "answers 403"),
        (Scripted(413, {}), errors.Refused, "answers 413"),
        (Scripted(301, {"Location": "https://x.example/"}), errors.Refused, "https://x.example/"),
        (Scripted(500, {}, b"oh"), errors.StoreUnavailable, "answers 500"),
        (Scripted(200, {}, b"<html>hello</html>"), errors.UnreadableInput, "URL"),
        (Scripted(200, {"Content-Encoding": "gzip"}, b"no"), errors.StoreUnavailable, "answer"),
        (
            Scripted(418, {}, b'{"type":"/problems/new","title":"New","detail":"Unheard of."}'),
            errors.Refused,
            "Unheard of",
        ),
    ],
)
def test_whoever_else_answers_is_an_error_of_ours(
    answer: Scripted, kind: type[Exception], said: str
) -> None:
    with (
        scripted([answer]) as (url, _),
        Client(url, cache=None, attempts=1) as client,
        pytest.raises(kind, match=said),
    ):
        client.taxonomies()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://a..b"])
def test_nobody_there(url: str) -> None:
    with Client(url, cache=None, attempts=1) as client, pytest.raises(errors.StoreUnavailable):
        client.taxonomies()

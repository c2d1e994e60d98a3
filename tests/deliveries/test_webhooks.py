"""Webhooks of a real service: signed, tried again, told once, never sent where they may not go."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from cladist.settings import Settings
from tests.api.serving import API, Draft, kind, make, served
from tests.deliveries.receiving import receiver, until

LOOPBACK = "127.0.0.0/8"
DOCS = Path(__file__).parents[2] / "docs" / "how-to"


def settings(folder: Path, **more: Any) -> Settings:
    """A store in a folder; loopback is allowed, and what fails is tried again at once."""
    store = f"sqlite:///{folder}/cladist.sqlite"
    given = {"webhook_networks": LOOPBACK, "webhook_retries": "0.1,0.1,0.1", **more}
    return Settings(store=store, **given)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with served(settings(tmp_path_factory.mktemp("hooks"))) as found:
        yield found


@pytest.fixture
def pets(client: httpx.Client, request: pytest.FixtureRequest) -> Draft:
    """A new taxonomy."""
    name = request.node.name.replace("_", "-").partition("[")[0][-40:].strip("-")
    return make(client, name)


def hooked(pets: Draft, url: str) -> Any:
    """A new webhook."""
    answer = pets.client.post(f"{pets.path}/webhooks", json={"url": url})
    assert answer.status_code == 201, answer.text
    return answer.json()


def deliveries(pets: Draft, hook: Any) -> list[Any]:
    """What was and is to be sent."""
    answer = pets.client.get(f"{pets.path}/webhooks/{hook['id']}/deliveries")
    found: list[Any] = answer.json()["deliveries"]
    return found


def published(pets: Draft, label: str) -> None:
    """A version with a class more."""
    pets.add(label)
    assert pets.publish().status_code == 201


def test_a_receiver_that_fails_twice_gets_the_third_try(pets: Draft) -> None:
    with receiver([500, 503]) as found:
        hook = hooked(pets, found.url)
        published(pets, "cat")
        until(lambda: len(found.got) == 3)
        until(lambda: deliveries(pets, hook)[0]["status"] == "delivered")
    (delivery,) = deliveries(pets, hook)
    assert [each["code"] for each in delivery["attempts"]] == [500, 503, 204]
    assert len(set(found.ids())) == 1
    headers, body = found.got[-1]
    told = Webhook(hook["secret"]).verify(body, headers)
    assert told == json.loads(body)
    assert told["type"] == "version.published"
    event = told["data"]
    assert (event["taxonomy"], event["data"]["number"]) == (pets.slug, "1.0.0")
    changes = event["data"]["changes"]
    assert [each["change"]["op"] for each in changes] == ["add_class"]


def test_it_is_given_up_after_the_last_try_and_may_be_sent_again(pets: Draft) -> None:
    with receiver([500] * 4) as found:
        hook = hooked(pets, found.url)
        published(pets, "cat")
        until(lambda: deliveries(pets, hook) and deliveries(pets, hook)[0]["status"] == "failed")
        (delivery,) = deliveries(pets, hook)
        assert len(delivery["attempts"]) == 4
        path = f"{pets.path}/webhooks/{hook['id']}/deliveries/{delivery['id']}:redeliver"
        assert pets.client.post(path).status_code == 202
        until(lambda: deliveries(pets, hook)[0]["status"] == "delivered")
    assert len(found.got) == 5
    assert len(set(found.ids())) == 1
    assert kind(pets.client.post(path.replace(delivery["id"], "msg_x"))) == (404, "not-found")


def test_a_ping_and_a_pause(pets: Draft) -> None:
    with receiver() as found:
        hook = hooked(pets, found.url)
        path = f"{pets.path}/webhooks/{hook['id']}"
        assert pets.client.post(f"{path}:ping").status_code == 202
        until(lambda: len(found.got) == 1)
        assert json.loads(found.got[0][1])["type"] == "ping"
        assert pets.client.patch(path, json={"active": False}).json()["active"] is False
        published(pets, "cat")
        published(pets, "dog")
        assert len(found.got) == 1
        pets.client.patch(path, json={"active": True})
        until(lambda: len(found.got) == 3)
        assert pets.client.delete(path).status_code == 204
        assert kind(pets.client.get(path)) == (404, "not-found")


def test_a_receiver_that_is_gone_is_told_no_more(pets: Draft) -> None:
    with receiver([410]) as found:
        hook = hooked(pets, found.url)
        published(pets, "cat")
        until(lambda: deliveries(pets, hook) and deliveries(pets, hook)[0]["status"] == "failed")
        shown = pets.client.get(f"{pets.path}/webhooks/{hook['id']}").json()
        assert shown["active"] is False
        assert "secret" not in shown


def test_redirects_are_not_followed(pets: Draft) -> None:
    with receiver([302, 307, 308]) as found:
        hook = hooked(pets, found.url)
        published(pets, "cat")
        until(lambda: deliveries(pets, hook) and deliveries(pets, hook)[0]["status"] == "delivered")
    codes = [each["code"] for each in deliveries(pets, hook)[0]["attempts"]]
    assert codes == [302, 307, 308, 204]


def test_a_service_that_stops_in_between_tells_once(tmp_path: Path) -> None:
    with receiver() as found:
        with served(settings(tmp_path)) as client:
            pets = make(client, "pets")
            hook = hooked(pets, found.url)
            pets.client.patch(f"{pets.path}/webhooks/{hook['id']}", json={"active": False})
            for label in ("cat", "dog", "hare"):
                published(pets, label)
            pets.client.patch(f"{pets.path}/webhooks/{hook['id']}", json={"active": True})
        with served(settings(tmp_path)) as first, served(settings(tmp_path)) as second:
            until(lambda: len(found.got) >= 3)
            pets = Draft(first, "pets")
            until(lambda: all(each["status"] == "delivered" for each in deliveries(pets, hook)))
            published(Draft(second, "pets"), "newt")
            until(lambda: len(deliveries(pets, hook)) == 4)
            until(lambda: all(each["status"] == "delivered" for each in deliveries(pets, hook)))
    assert len(found.got) == len(set(found.ids())) == 4


def test_the_receiver_of_the_page_takes_each_message_once(pets: Draft, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    hook = hooked(pets, f"http://127.0.0.1:{port}/")
    process = subprocess.Popen(
        [sys.executable, DOCS / "receiver.py", str(port)],
        env={**os.environ, "CLADIST_WEBHOOK_SECRET": hook["secret"]},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        published(pets, "cat")
        until(lambda: deliveries(pets, hook) and deliveries(pets, hook)[0]["status"] != "pending")
        assert process.stdout is not None
        assert process.stdout.readline() == f"{pets.slug} 1.0.0 1\n"
        url, secret = f"http://127.0.0.1:{port}/", hook["secret"]
        moment = datetime.now(UTC)
        assert _posted(url, secret, "msg_1", moment) == 204
        assert _posted(url, secret, "msg_1", moment) == 409  # replayed
        assert _posted(url, secret, "msg_2", moment - timedelta(minutes=10)) == 401  # kept back
        assert _posted(url, secret, "msg_3", moment, more=b" ") == 401  # forged
        assert _posted(url, f"whsec_{'A' * 43}=", "msg_4", moment) == 401  # by somebody else
        real = deliveries(pets, hook)[0]["id"]
        assert _posted(url, secret, real, moment - timedelta(minutes=1)) == 409
        again = f"{pets.path}/webhooks/{hook['id']}/deliveries/{real}:redeliver"
        assert pets.client.post(again).status_code == 202
        until(lambda: deliveries(pets, hook)[0]["status"] == "delivered")
    finally:
        process.terminate()
        rest, _ = process.communicate(timeout=20)
    assert pets.slug not in rest  # it was handled once


def _posted(url: str, secret: str, name: str, moment: datetime, *, more: bytes = b"") -> int:
    """The status that the receiver gives a message that was signed at a moment."""
    body = json.dumps({"type": "ping", "data": {}})
    headers = {
        "webhook-id": name,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, moment, body),
    }
    return httpx.post(url, content=body.encode() + more, headers=headers).status_code


@pytest.mark.parametrize(
    "url",
    [
        *("http://10.1.2.3/", "https://192.168.0.1/", "https://169.254.169.254/latest/meta-data"),
        *(
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
        ),
        *("https://224.0.0.1/", "https://[64:ff9b::a00:1]/", "https://[2002:a00:1::]/"),
        *("https://[::7f00:1]/", "https://[fec0::1]/", "https://[5f00::1]/", "https://[ff0e::1]/"),
        *("ftp://example.org/", "https://user:word@example.org/", "https:///x", "http://[", "x"),
        *("https://no-such-host.invalid/", "https://1.1.1.1/a b", "http://1.1.1.1/"),
        *("https://1.1.1.1:99999/", "https://1.1.1.1/#there"),
    ],
)
def test_where_messages_may_not_go(client: httpx.Client, url: str) -> None:
    if client.get(f"{API}/taxonomies/closed").status_code == 404:
        make(client, "closed")
    answer = client.post(f"{API}/taxonomies/closed/webhooks", json={"url": url})
    assert kind(answer) == (422, "invalid-value")


def test_a_name_that_leads_inside_is_refused_unless_that_is_allowed(tmp_path: Path) -> None:
    with served(settings(tmp_path, webhook_networks="")) as client:
        pets = make(client, "pets")
        answer = client.post(f"{pets.path}/webhooks", json={"url": "https://localhost/"})
        assert kind(answer) == (422, "invalid-value")
        answer = client.post(f"{pets.path}/webhooks", json={"url": "http://127.0.0.1/"})
        assert kind(answer) == (422, "invalid-value")


def test_what_is_allowed_no_more_is_sent_no_more(tmp_path: Path) -> None:
    with receiver() as found:
        with served(settings(tmp_path)) as client:
            hook = hooked(make(client, "pets"), found.url)
        with served(settings(tmp_path, webhook_networks="", webhook_retries="")) as client:
            pets = Draft(client, "pets")
            published(pets, "cat")
            until(lambda: deliveries(pets, hook)[:1] and deliveries(pets, hook)[0]["ended"])
            (delivery,) = deliveries(pets, hook)
            assert delivery["status"] == "failed"
            assert "no public address" in delivery["attempts"][0]["reason"]
    assert found.got == []


def test_strange_requests(client: httpx.Client, pets: Draft) -> None:
    path = f"{pets.path}/webhooks"
    assert kind(client.post(path, json={"link": "x"}))[1] == "invalid-request"
    assert (
        kind(client.post(f"{API}/taxonomies/none-such/webhooks", json={"url": "https://1.1.1.1"}))[
            1
        ]
        == "unknown-taxonomy"
    )
    assert kind(client.get(f"{path}/abc"))[1] == "not-found"
    assert client.get(path).json() == {"webhooks": []}

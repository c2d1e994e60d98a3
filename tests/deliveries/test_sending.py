"""Single attempts: to the address that was checked, by name, within bounds, each on its own."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from threading import Thread

import pytest

from cladist.deliveries.addresses import checked
from cladist.deliveries.posting import post
from cladist.ledger import Delivery, open_ledger
from cladist.settings import Settings
from tests.api.serving import make, served
from tests.deliveries.receiving import receiver, until

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@contextmanager
def answering(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port at which one caller, who comes by the name localhost, is answered in this way."""
    address = checked("http://localhost/", LOOPBACK).address
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with socket.create_server((str(address), 0), family=family) as listener:

        def once() -> None:
            caller, _ = listener.accept()
            with caller:
                answer(caller)

        thread = Thread(target=once)
        thread.start()
        yield listener.getsockname()[1]
        thread.join()


@pytest.mark.parametrize("url", ["https://1.1.1.1/", "https://[2606:4700::1111]:8443/a?b"])
def test_public_addresses_may_be_told(url: str) -> None:
    assert checked(url, ()).url == url


def test_the_receiver_is_named_by_its_host() -> None:
    got: list[bytes] = []

    def answer(caller: socket.socket) -> None:
        got.append(caller.recv(65_536))
        caller.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with answering(answer) as port:
        outcome = post(f"http://localhost:{port}/a?b=c", b"{}", {}, LOOPBACK)
    assert outcome.accepted
    assert got[0].startswith(b"POST /a?b=c HTTP/1.1\r\n")
    assert f"\r\nhost: localhost:{port}\r\n".encode() in got[0].lower()


def test_tls_asks_for_the_host_and_not_for_the_address() -> None:
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = lambda _, name, __: asked.append(name)

    def answer(caller: socket.socket) -> None:
        with pytest.raises(OSError), context.wrap_socket(caller, server_side=True):
            """There is no certificate to go on with."""

    with answering(answer) as port:
        outcome = post(f"https://localhost:{port}/", b"{}", {}, LOOPBACK)
    assert (outcome.code, bool(outcome.reason)) == (None, True)
    assert asked == ["localhost"]


def test_who_answers_letter_by_letter_is_not_waited_for() -> None:
    def answer(caller: socket.socket) -> None:
        caller.recv(65_536)
        with pytest.raises(OSError):  # when nobody listens any more
            for letter in b"HTTP/1.1 200 OK\r\nx: " + b"y" * 1_000:
                caller.sendall(bytes([letter]))
                time.sleep(0.02)

    with answering(answer) as port:
        outcome = post(f"http://localhost:{port}/", b"{}", {}, LOOPBACK, 0.5)
    assert (outcome.code, outcome.reason) == (None, "There was no answer within 0.5 seconds.")
    assert outcome.milliseconds < 5_000


def test_a_message_that_cannot_be_made_holds_up_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = f"sqlite:///{tmp_path}/cladist.sqlite"
    settings = Settings(store=store, webhook_networks="127.0.0.0/8")
    with receiver() as found, served(settings) as client, open_ledger(store) as ledger:
        path = f"{make(client, 'pets').path}/webhooks"
        hook = client.post(path, json={"url": found.url}).json()["id"]
        lost = Delivery(
            id="msg_lost",
            webhook=hook,
            seq=999,
            type="version.published",
            status="pending",
            tries=0,
            attempts="[]",
            due="",
            at="",
            ended="",
        )
        ledger.outbox.enqueue(lost)
        until(lambda: "could not be told" in caplog.text)
        client.post(f"{path}/{hook}:ping")
        until(lambda: len(found.got) == 1)


def test_a_webhook_that_has_moved_on_is_not_paused(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/cladist.sqlite"
    settings = Settings(store=store, webhook_networks="127.0.0.0/8")
    with served(settings) as client, open_ledger(store) as ledger:
        pets = make(client, "pets")
        made = client.post(f"{pets.path}/webhooks", json={"url": "http://127.0.0.1:9/"}).json()
        hook = ledger.outbox.webhook("pets", made["id"])
        ledger.outbox.pause(replace(hook, url="http://127.0.0.1:9/before"))
        assert ledger.outbox.webhook("pets", hook.id).active
        ledger.outbox.pause(hook)
        assert not ledger.outbox.webhook("pets", hook.id).active

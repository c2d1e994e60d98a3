"""Events page by page, and as they happen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import monotonic

import httpx
import pytest

from cladist.settings import Settings
from tests.api.serving import API, Draft, kind, make, served
from tests.cli.program import Cli
from tests.deliveries.receiving import until


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = f"sqlite:///{tmp_path_factory.mktemp('feed')}/cladist.sqlite"
    with served(Settings(store=store)) as found:
        yield found


def test_pages_miss_nothing_and_repeat_nothing(client: httpx.Client) -> None:
    pets, birds = make(client, "pets"), make(client, "birds")
    for draft in (pets, birds, pets):
        draft.add(f"class {draft.tag}")
        assert draft.publish().status_code == 201
    seen, after = [], 0
    while True:
        page = client.get(f"{API}/events", params={"after": after, "limit": 2}).json()
        seen += page["events"]
        if not page["events"]:
            break
        after = page["next"]
    assert [each["seq"] for each in seen] == list(range(1, len(seen) + 1))
    assert page["last"] == page["next"] == len(seen)
    one = client.get(f"{API}/taxonomies/birds/events").json()
    assert {each["taxonomy"] for each in one["events"]} == {"birds"}
    assert one["next"] == len(seen)
    (event,) = [each for each in one["events"] if each["type"] == "version.published"]
    assert event["data"]["number"] == "1.0.0"
    assert event["data"]["changes"][0]["change"]["op"] == "add_class"
    (drafted,) = [each for each in one["events"] if each["type"] == "draft.changed"]
    assert drafted["data"]["changes"][0]["change"]["op"] == "add_class"
    assert "hash" not in json.dumps(event)
    assert kind(client.get(f"{API}/taxonomies/none/events")) == (404, "unknown-taxonomy")


def lines(client: httpx.Client, count: int, draft: Draft, **asked: str) -> list[dict[str, str]]:
    """So many events of the stream; a version is published once it stands."""
    found: list[dict[str, str]] = []
    fields: dict[str, str] = {}
    headers = {"Last-Event-ID": asked.pop("last")} if "last" in asked else {}
    with client.stream("GET", f"{API}/events/stream", params=asked, headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if line:
                fields[name] = value
            elif "retry" in fields:
                fields = {}
                if not headers:
                    draft.add(f"class {draft.tag}")
                    assert draft.publish().status_code == 201
            else:
                found.append(fields)
                fields = {}
                if len(found) == count:
                    return found
    raise AssertionError("the stream ended")


def test_a_stream_tells_what_happens_and_goes_on_where_it_was_lost(client: httpx.Client) -> None:
    cats = make(client, "cats")
    found = lines(client, 2, cats, taxonomy="cats")
    assert [each["event"] for each in found] == ["draft.changed", "version.published"]
    event = json.loads(found[1]["data"])
    assert str(event["seq"]) == found[1]["id"]
    assert event["data"]["number"] == "1.0.0"
    (again,) = lines(client, 1, cats, taxonomy="cats", last=found[0]["id"])
    assert again == found[1]
    strange = client.get(f"{API}/events/stream", params={"taxonomy": "none"})
    assert kind(strange) == (404, "unknown-taxonomy")


def test_a_service_that_ends_ends_its_streams(tmp_path: Path) -> None:
    found: list[str] = []
    with served(Settings(store=f"sqlite:///{tmp_path}/cladist.sqlite")) as client:
        address = client.base_url

        def listen() -> None:
            with httpx.stream("GET", f"{address}{API}/events/stream", timeout=30) as answer:
                found.extend(answer.iter_lines())
            found.append("ended")

        listener = Thread(target=listen)
        listener.start()
        until(lambda: found)
        make(client, "cats")
        until(lambda: "event: taxonomy.created" in found)
        start = monotonic()
    listener.join()
    assert monotonic() - start < 5
    assert found[-1] == "ended"


WRONG_POINTS: dict[str, tuple[str, dict[str, str], str]] = {
    "a page ahead of the log": ("events?after=9999", {}, "invalid-value"),
    "a stream ahead of the log": ("events/stream?after=9999", {}, "invalid-value"),
    "a stream taken up ahead": ("events/stream", {"Last-Event-ID": "9999"}, "invalid-value"),
    "no number": ("events/stream", {"Last-Event-ID": "x"}, "invalid-request"),
}


@pytest.mark.parametrize(("path", "headers", "named"), WRONG_POINTS.values(), ids=WRONG_POINTS)
def test_points_that_were_never_reached(
    client: httpx.Client, path: str, headers: dict[str, str], named: str
) -> None:
    assert kind(client.get(f"{API}/{path}", headers=headers)) == (422, named)


def test_the_command_lists_them_and_the_webhooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLADIST_WEBHOOK_NETWORKS", "127.0.0.0/8")
    cli = Cli(tmp_path)
    cli.text("import", "-", "--format", "outline", "--as", "farm", given="cat\ndog\n")
    cli.text("publish", "farm")
    found = cli.json("events", "farm")["events"]
    assert [each["seq"] for each in found] == [*range(1, len(found) + 1)]
    assert "version.published 1.0.0" in cli.text("events", "--after", "1")
    made = cli.json("hook", "farm", "http://127.0.0.1:9/", "--description", "tool")
    assert made["secret"].startswith("whsec_")
    assert "http://127.0.0.1:9/" in cli.text("hooks", "farm")
    (queued,) = cli.json("deliveries", "farm", made["id"], "--ping")["deliveries"]
    assert (queued["type"], queued["status"]) == ("ping", "pending")
    assert "ping" in cli.text("deliveries", "farm", made["id"], "--pause")
    assert "paused" in cli.text("hooks", "farm")
    assert "gone" in cli.text("unhook", "farm", made["id"])
    assert "no webhooks" in cli.text("hooks", "farm")
    assert cli.run("unhook", "farm", made["id"]).exit_code == 3
    monkeypatch.setenv("CLADIST_WEBHOOK_NETWORKS", "somewhere")
    assert cli.run("hooks", "farm").exit_code == 2

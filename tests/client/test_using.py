"""Annotations, events and usages through both clients."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cladist.client import AsyncClient, Client
from cladist.model.errors import InvalidValue, UnknownClass, UnknownTaxonomy


def test_annotations_are_checked(url: str) -> None:
    rows: list[dict[str, Any]] = [{"labels": ["pet"]}, {"item": 2, "labels": ["hare"]}]
    with Client(url, cache=None) as client:
        found = client.check("pets", "2", rows, limit=5)
    assert (found.valid, found.invalid, found.faults) == (1, 1, {"retired-class": 1})
    assert found.found[0].item == 2
    assert len(found.found[0].instead) == 2


def test_usages_and_events(own: str) -> None:
    with Client(own, cache=None) as client:
        made = client.use("pets", "photos", "1", counts={"hare": 3, "cat": 1}, kind="model")
        assert (made.version, made.kind) == ("1.0.0", "model")
        (hit,) = client.impact("pets", "2")
        assert (hit.labels, hit.hit, hit.open) == (4, 4, 3)
        assert client.usages("pets") == (made,)
        page = client.events(slug="pets")
        assert page.events[-1].type == "usage.registered"
        assert client.events(page.next).events == ()
        with pytest.raises(UnknownClass):
            client.use("pets", "photos", "1", counts={"wolf": 1})
        with pytest.raises(InvalidValue):
            client.use("pets", "photos", kind="song")


def test_the_same_while_others_run(url: str) -> None:
    async def ask() -> None:
        async with AsyncClient(url, cache=None) as client:
            found = await client.check("pets", "2", [{"labels": "pet"}], by="label")
            assert found.valid == 1
            with pytest.raises(UnknownTaxonomy):
                await client.events(slug="none")
            assert await client.usages("pets") == ()

    asyncio.run(ask())

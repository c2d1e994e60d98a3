"""Datasets migrated here by the plan of a service elsewhere."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from cladist.client import AsyncClient, Client
from cladist.model import errors

DATA = "id,label\na,cat\nb,puppy\nc,hare\n"
RULES = {"splits": [{"class": "hare", "default": "snow hare"}]}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.csv"
    path.write_text(DATA)
    return path


def test_a_dataset_follows(url: str, data: Path, tmp_path: Path) -> None:
    with Client(url, cache=None) as client:
        looked = client.migrate(data, None, "pets", "1")
        assert looked.review == 1 and list(tmp_path.iterdir()) == [data]
        done = client.migrate(data, tmp_path / "new.csv", "pets", "1", rules=RULES)
        assert done.adds_up and not done.review
        assert (tmp_path / "new.csv").read_text() == "id,label\na,pet\nb,pet\nc,snow hare\n"
        with pytest.raises(errors.AlreadyMigrated):
            client.migrate(tmp_path / "new.csv", tmp_path / "x.csv")
        back = client.migrate(tmp_path / "new.csv", None, target="1", rules={})
        assert (back.source, back.target) == ("2.0.0", "1.0.0")


def test_people_decide_and_the_asynchronous_client_follows(
    url: str, data: Path, tmp_path: Path
) -> None:
    decisions = tmp_path / "decisions.csv"
    decisions.write_text("record,from,to\nrow 3,hare,brown hare\n")

    async def work() -> None:
        async with AsyncClient(url, cache=None) as client:
            words = (data, tmp_path / "new.csv", "pets", "1")
            await client.migrate(*words, decisions=[decisions])
            with pytest.raises(errors.OutputExists):
                await client.migrate(*words)
            with pytest.raises(errors.UnknownTaxonomy):
                await client.migrate(data, None, "birds", "1")

    asyncio.run(work())
    assert (tmp_path / "new.csv").read_text().endswith("c,brown hare\n")

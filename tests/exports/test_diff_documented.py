"""The reference of differences names every column, key and type that is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from cladist.exports.diff.csv import CARDS, OPERATIONS
from cladist.exports.diff.json import plain
from cladist.exports.diff.telling import Level
from cladist.rdf.kgcl_text import WRITERS
from tests.exports import samples

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/diff.md").read_text("utf-8")


@pytest.mark.parametrize("name", [*OPERATIONS, *CARDS, *Level, *WRITERS])
def test_every_column_level_and_type_is_there(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_every_key_is_there() -> None:
    found = plain(samples.small())
    [card, *_] = found["cards"]
    keys = {*found, *found["summary"], *found["operations"][0], *card, *card["fields"][0]}
    assert {each for each in keys if f"`{each}`" not in PAGE} == set()

"""Differences as plain values."""

from __future__ import annotations

import orjson
import pytest

from cladist.exports.diff.json import plain
from cladist.exports.diff.telling import Level
from cladist.model.diff.values import Diff
from cladist.wire import change_from
from tests.exports import samples

EVERY = pytest.mark.parametrize(
    "diff", [samples.small(), samples.hostile(), samples.nothing(), samples.unexplained()]
)


@EVERY
def test_it_goes_through_json_unchanged(diff: Diff) -> None:
    found = plain(diff)
    assert orjson.loads(orjson.dumps(found)) == found


@EVERY
def test_changes_and_statements_are_whole(diff: Diff) -> None:
    found = plain(diff)
    changes = [change_from(orjson.dumps(each["change"]).decode()) for each in found["operations"]]
    assert changes == [each.change for each in diff.operations]
    for name, statements in (("statements", diff.statements), ("residual", diff.residual)):
        for side in ("removed", "added"):
            lines = tuple(f"{each}\n".encode() for each in found[name][side])
            assert lines == getattr(statements, side)


def test_the_summary_counts() -> None:
    assert plain(samples.small(), Level.OPERATIONS)["summary"] == {
        "operations": 5,
        "kinds": {"added": 1, "renamed": 1, "moved": 1, "merged": 1, "redefined": 1},
        "bump": "major",
        "cards": 5,
        "removed": 3,
        "added": 20,
        "residual": 0,
    }
    assert plain(samples.nothing())["summary"]["bump"] is None


def test_classes_have_labels_and_words_are_marked() -> None:
    found = plain(samples.small())
    assert found["source"] == {
        "taxonomy": "https://example.org/t/zoo", "slug": "zoo", "version": "1.0.0",
    }  # fmt: skip
    [merged] = [each for each in found["operations"] if each["kind"] == "merged"]
    assert [each["label"] for each in merged["sources"]] == ["cat", "dog"]
    assert merged["targets"] == [{"id": samples.BASE + "pet", "label": "pet"}]
    [card] = [each for each in found["cards"] if each["id"] == samples.BASE + "cat"]
    fields = {each["field"]: each for each in card["fields"]}
    assert fields["successors"]["added"] == [{"id": samples.BASE + "pet", "label": "pet"}]
    words = [(each["mark"], each["text"]) for each in fields["definitions"]["words"]]
    assert words[1:3] == [("removed", "small"), ("added", "tiny")]


def test_each_level_tells_more() -> None:
    told = [plain(samples.small(), level) for level in Level]
    assert [[each for each in ("cards", "statements") if each in found] for found in told] == [
        [], ["cards"], ["cards", "statements"],
    ]  # fmt: skip
    assert all("residual" in found for found in told)


def test_a_difference_against_time_is_taken_back() -> None:
    found = plain(samples.small(back=True))
    assert {each["reverted"] for each in found["operations"]} == {True}
    [merged] = [each for each in found["operations"] if each["kind"] == "merged"]
    assert [each["label"] for each in merged["targets"]] == ["pet"]

"""A whole migration: all of it or nothing, known again, taken back."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from cladist.datasets import lock as locks
from cladist.datasets.binding import Exported, Wanted, bind
from cladist.datasets.plan import encoded
from cladist.datasets.policy_document import policy_of
from cladist.datasets.records import Reading
from cladist.datasets.restoring import restore
from cladist.datasets.trace import KnownOrigins, told
from cladist.datasets.transfer import Beside, Order, survey, transfer
from cladist.model.change import kinds
from cladist.model.errors import (
    AlreadyMigrated,
    BoundElsewhere,
    ChangedSince,
    InvalidValue,
    OutputExists,
    UnknownLabels,
    UnreadableInput,
)
from tests.datasets import zoo
from tests.datasets.zoo import a, id_of

MERGED = zoo.street().then(zoo.merge(["car", "truck"], a("motor", 91)))
PLAN = MERGED.plan()
LINES = b'{"label": "car"}\n{"label": "bus"}\n{"label": "truck"}\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    path.write_bytes(LINES)
    return path


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_what_lies_beside_the_output(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / "new.jsonl"
    transfer(Order(source=data, plan=PLAN), output)
    assert output.read_bytes() == b'{"label": "motor"}\n{"label": "bus"}\n{"label": "motor"}\n'
    assert names(output.parent) == [
        "new.jsonl",
        "new.jsonl.delta",
        "new.jsonl.report.json",
        "new.jsonl.taxonomy.lock",
    ]
    report = json.loads(Beside(output).report.read_bytes())
    assert report["adds_up"] is True
    assert report["fates"]["merged"] == 2
    assert [key for key, _, _ in told(Beside(output).delta)] == ["line 1", "line 3"]
    lock = locks.found(output)
    assert lock is not None and (lock.version, lock.migrated_from) == ("2.0.0", "1.0.0")
    assert {each.code for each in lock.classes} >= {91, 9}


def test_a_first_look_writes_nothing(data: Path, tmp_path: Path) -> None:
    report = survey(Order(source=data, plan=PLAN))
    assert report.fates["merged"] == 2
    assert names(tmp_path) == ["data.jsonl"]


def test_unknown_labels_are_listed_and_nothing_is_written(data: Path, tmp_path: Path) -> None:
    data.write_bytes(LINES + b'{"label": "boat"}\n{"label": "boat"}\n{"label": "ship"}\n')
    with pytest.raises(UnknownLabels, match=r"boat.*2.*ship") as caught:
        transfer(Order(source=data, plan=PLAN), tmp_path / "out.jsonl")
    assert caught.value.labels == (("boat", 2), ("ship", 1))
    assert names(tmp_path) == ["data.jsonl"]
    policy = policy_of({"unknown": "keep"}, PLAN)
    report = transfer(Order(source=data, plan=PLAN, policy=policy), tmp_path / "out.jsonl")
    assert report.unknown == (("boat", 2), ("ship", 1))
    assert b"boat" in (tmp_path / "out.jsonl").read_bytes()


def test_nothing_is_overwritten(data: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("mine")
    with pytest.raises(OutputExists):
        transfer(Order(source=data, plan=PLAN), tmp_path / "there")
    with pytest.raises(OutputExists):
        transfer(Order(source=data, plan=PLAN), data)
    with pytest.raises(InvalidValue, match="outside of the input"):
        transfer(Order(source=tmp_path, plan=PLAN), tmp_path / "inside")
    assert (tmp_path / "there").read_text() == "mine"
    assert data.read_bytes() == LINES


def test_a_cancelled_migration_leaves_nothing(data: Path, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        transfer(Order(source=data, plan=PLAN), tmp_path / "out.jsonl", stop)
    assert names(tmp_path) == ["data.jsonl"]


def test_a_cut_off_input_leaves_nothing(data: Path, tmp_path: Path) -> None:
    data.write_bytes(LINES + b'{"label": "ca')
    with pytest.raises(UnreadableInput, match=r"line 4"):
        transfer(Order(source=data, plan=PLAN), tmp_path / "out.jsonl")
    assert names(tmp_path) == ["data.jsonl"]


FULL = """
    import resource, sys
    from pathlib import Path
    from cladist.datasets.plan import decoded
    from cladist.datasets.transfer import Order, transfer
    folder = Path(sys.argv[1])
    plan = decoded((folder / "plan.json").read_bytes())
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
    try:
        transfer(Order(source=folder / "data.jsonl", plan=plan), folder / "out.jsonl")
    except OSError as error:
        print(type(error).__name__, error.errno)
"""


def test_where_no_room_is_left_nothing_stays(data: Path, tmp_path: Path) -> None:
    data.write_bytes(LINES * 30_000)
    (tmp_path / "plan.json").write_bytes(encoded(PLAN))
    code = [sys.executable, "-c", textwrap.dedent(FULL), str(tmp_path)]
    done = subprocess.run(code, capture_output=True, text=True, check=True)
    assert done.stdout == "OSError 27\n"
    assert names(tmp_path) == ["data.jsonl", "plan.json"]


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from cladist.datasets.plan import decoded
    from cladist.datasets.transfer import Order, transfer
    folder = Path(sys.argv[1])
    plan = decoded((folder / "plan.json").read_bytes())
    kill = lambda done, total: os.kill(os.getpid(), signal.SIGKILL)
    transfer(Order(source=folder / "data.jsonl", plan=plan), folder / "out.jsonl", kill)
"""


def test_a_killed_migration_leaves_no_output(data: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(encoded(PLAN))
    code = [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)]
    assert subprocess.run(code, check=False).returncode == -9
    assert not (tmp_path / "out.jsonl").exists()
    assert data.read_bytes() == LINES
    transfer(Order(source=data, plan=PLAN), tmp_path / "out.jsonl")


def test_a_changed_output_is_not_taken_back(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    transfer(Order(source=data, plan=PLAN), output)
    for change in (b"x", b""):
        output.write_bytes(output.read_bytes() + change if change else b"")
        with pytest.raises(ChangedSince):
            restore(output, Beside(output).delta, tmp_path / "again.jsonl")
    assert not (tmp_path / "again.jsonl").exists()


def test_a_damaged_delta_is_refused(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    transfer(Order(source=data, plan=PLAN), output)
    delta = Beside(output).delta
    whole = delta.read_bytes()
    for broken in (whole[:-20], b"nothing", whole[:40] + bytes(8) + whole[48:]):
        delta.write_bytes(broken)
        with pytest.raises(UnreadableInput):
            restore(output, delta, tmp_path / "again.jsonl")


def test_the_lock_file_tells_the_version(data: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    transfer(Order(source=data, plan=PLAN), output)
    further = MERGED.then(zoo.rename("bus", "coach"))
    bound = bind(output, Wanted(target="3"), Exported(further.plan(2, 3)))
    assert (bound.plan.source.version, bound.plan.target.version) == ("2.0.0", "3.0.0")
    with pytest.raises(AlreadyMigrated):
        bind(output, Wanted("street", "1", "2"), Exported(PLAN))
    with pytest.raises(BoundElsewhere):
        bind(output, Wanted("street", "1", "3"), Exported(further.plan(1, 3)))
    with pytest.raises(BoundElsewhere):
        bind(output, Wanted("animals"), Exported(PLAN))
    with pytest.raises(InvalidValue, match="from"):
        bind(data, Wanted("street"), Exported(PLAN))


def test_a_merge_that_comes_apart_later_loses_nothing(data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    transfer(Order(source=data, plan=PLAN), first)
    history = MERGED.then(
        kinds.RestoreClass(id=id_of("car")),
        kinds.RestoreClass(id=id_of("truck")),
        zoo.retire("motor"),
    )
    bound = bind(first, Wanted(target="3"), Exported(history.with_origins(2, 3, [1])))
    report = transfer(Order(source=first, plan=bound.plan, origins=bound.origins), second)
    assert second.read_bytes() == LINES
    assert report.fates["by original label"] == 2
    known = KnownOrigins(Beside(second).delta)
    assert {each.version for each in known("line 1", id_of("car"))} == {"1.0.0"}


def test_a_legend_is_remembered(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("id,label\na,0\nb,1\nc,2\n")
    reading = Reading(legend={0: "car", 1: "bus", 2: "truck"})
    output = tmp_path / "out.csv"
    transfer(Order(source=data, plan=PLAN, reading=reading), output)
    assert output.read_text() == "id,label\na,0\nb,1\nc,0\n"
    lock = locks.found(output)
    assert lock is not None and lock.meanings == {0: id_of("motor"), 1: id_of("bus")}

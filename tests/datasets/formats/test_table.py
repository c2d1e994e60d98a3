"""Tables: quotes, line breaks and marks stay; labels alone, together, in lists."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from cladist.datasets.records import Reading
from cladist.datasets.transfer import Order, transfer
from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.model.taxonomy import Structure
from tests.datasets import zoo
from tests.datasets.formats.runs import migrated, text

STREET = zoo.street(Structure.MULTI_LABEL)
MERGED = STREET.then(
    zoo.merge(["car", "truck"], zoo.a("motor", 91)), zoo.rename("motor", "motor, or so")
).plan()
PLAIN = STREET.then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()


def file(folder: Path, content: str, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "now"),
    [
        ("a,label\r\n1,car\r\n", 'a,label\r\n1,"motor, or so"\r\n'),
        ('\ufeffa,label\n"1\n2","bus"\n3,truck', '\ufeffa,label\n"1\n2","bus"\n3,"motor, or so"'),
        ('label;a\n"car";1\n\nbus;""\n', 'label;a\n"motor, or so";1\n\nbus;""\n'),
        ("a\tlabel\n1\tcar\n", "a\tlabel\n1\tmotor, or so\n"),
    ],
)
def test_all_else_stays(content: str, now: str, tmp_path: Path) -> None:
    assert text(file(tmp_path, content), MERGED) == now


def test_several_labels_in_a_cell(tmp_path: Path) -> None:
    content = 'label\n"car, bus, truck"\n"bus, car"\n\n""\n'
    found = text(file(tmp_path, content), PLAIN, reading=Reading(label="label", separator=","))
    assert found == 'label\n"motor, bus"\n"bus, motor"\n\n""\n'


def test_a_list_in_a_cell(tmp_path: Path) -> None:
    content = 'id,labels\n1,"[""car"", ""truck"", ""bus""]"\n'
    assert text(file(tmp_path, content), PLAIN) == 'id,labels\n1,"[""motor"", ""bus""]"\n'


def test_the_fast_path_gives_the_same(tmp_path: Path) -> None:
    names = ["car", "bus", "truck", "person", ""]
    rows = [f"{n},{names[n % 5]},x{n % 7}" for n in range(12_000)]
    plain = "id,label,note\n" + "\n".join(rows) + "\n"
    rows[11] = f'"11",{names[1]},x4'
    slow = "id,label,note\n" + "\n".join(rows) + "\n"
    one, told = migrated(file(tmp_path, plain), MERGED)
    other, again = migrated(file(tmp_path, slow, "slow.csv"), MERGED)
    left, right = (list(csv.reader(io.StringIO(each.read_text()))) for each in (one, other))
    assert left == right
    assert (told.fates, told.labels, told.items) == (again.fates, again.labels, again.items)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a,label\n1,car\n2,bus,x\n", 3),
        ("a,label\n1,car\n2\n", 3),
        ('a,label\n1,car\n2,"bus\n', 3),
        ('a,label\n"1"x,car\n', 2),
    ],
)
def test_a_broken_row(content: str, line: int, tmp_path: Path) -> None:
    path = file(tmp_path, content)
    with pytest.raises(UnreadableInput, match=f"line {line}"):
        transfer(Order(source=path, plan=PLAIN), tmp_path / "out.csv")
    assert [each.name for each in tmp_path.iterdir()] == ["data.csv"]


def test_other_bytes_than_said(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("note,label\nbär,car\ngr\xfcn,b\xfcs\n".encode("latin-1"))
    with pytest.raises(UnreadableInput, match=r"utf-8.*line 3|utf-8"):
        transfer(Order(source=path, plan=PLAIN), tmp_path / "out.csv")
    rules = {"unknown": "keep"}
    output, _ = migrated(path, PLAIN, reading=Reading(encoding="latin-1"), rules=rules)
    assert output.read_bytes().decode("latin-1") == "note,label\nbär,motor\ngrün,büs\n"


def test_a_column_that_nobody_can_tell(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="“a”, “b”"):
        transfer(Order(source=file(tmp_path, "a,b\n1,2\n"), plan=PLAIN), tmp_path / "out.csv")

"""JSON Lines: every place where tools keep labels, and nothing else touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cladist.datasets.formats import jsonl_fast
from cladist.datasets.records import Reading
from cladist.datasets.transfer import Order, transfer
from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.model.taxonomy import Structure
from tests.datasets import zoo
from tests.datasets.formats.runs import migrated, text

STREET = zoo.street(Structure.MULTI_LABEL)
MERGED = STREET.then(zoo.merge(["car", "truck"], zoo.a("motor", 91))).plan()
RETIRED = STREET.then(zoo.retire("sign")).plan()
REMOVE = {"retired": "remove"}


def file(folder: Path, *lines: str) -> Path:
    path = folder / "data.jsonl"
    path.write_bytes("".join(f"{each}\n" for each in lines).encode())
    return path


@pytest.mark.parametrize(
    ("line", "now", "told"),
    [
        ('{"label":"car"}', '{"label":"motor"}', "label"),
        ('{"labels": ["car","bus" , "truck"]}', '{"labels": ["motor","bus"]}', "labels[]"),
        ('{"spans":[{"label":"car","start":0}]}', '{"spans":[{"label":"motor","start":0}]}', ""),
        (
            '{"options":[{"id":"x","text":"y"}],"accept":["truck"],"_task_hash":5}',
            '{"options":[{"id":"x","text":"y"}],"accept":["motor"],"_task_hash":5}',
            "accept[]",
        ),
        (
            '{"cats": {"car": 0.2, "bus": 0, "truck": 0.7}}',
            '{"cats": {"motor": 0.7, "bus": 0}}',
            "",
        ),
        ('{"label":"c\\u0061r", "é":1e2}', '{"label":"motor", "é":1e2}', "label"),
    ],
)
def test_where_tools_keep_labels(line: str, now: str, told: str, tmp_path: Path) -> None:
    output, report = migrated(file(tmp_path, line, "", line), MERGED)
    assert output.read_bytes().decode() == f"{now}\n\n{now}\n"
    assert told in report.dataset


def test_a_path_that_is_said(tmp_path: Path) -> None:
    line = '{"label": "no class", "meta": {"kinds": [{"of": "car"}, {"of": "bus"}]}}'
    reading = Reading(label="meta.kinds[].of")
    assert text(file(tmp_path, line), MERGED, reading=reading) == (
        '{"label": "no class", "meta": {"kinds": [{"of": "motor"}, {"of": "bus"}]}}\n'
    )


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ('{"label": "sign", "a": 1}', '{"label": null, "a": 1}'),
        ('{"labels": ["sign", "car"]}', '{"labels": ["car"]}'),
        ('{"spans": [{"label": "sign"}, {"label": "car"}]}', '{"spans": [{"label": "car"}]}'),
    ],
)
def test_what_goes(line: str, now: str, tmp_path: Path) -> None:
    other = '{"label": "car", "labels": ["car"], "spans": [{"label": "car"}]}'
    reading = Reading(label=next(each for each in PATHS if f'"{PATHS[each]}"' in line))
    found = text(file(tmp_path, line, other), RETIRED, reading=reading, rules=REMOVE)
    assert found == f"{now}\n{other}\n"


PATHS = {"labels[]": "labels", "spans[].label": "spans", "label": "label"}


def test_the_fast_path_gives_the_same(tmp_path: Path) -> None:
    names = ["car", "bus", "truck", "person"]
    lines = [
        f'{{"n": {n}, "note": "a label: \\"car\\"",  "label" :"{names[n % 4]}"}}'
        for n in range(4_000)
    ]
    path = file(tmp_path, *lines)
    assert path.stat().st_size > jsonl_fast._SMALL
    fast, told = migrated(path, MERGED)
    lines[7] = '{"n": 7, "note": "\\u0061", "label" :"person"}'
    slow, again = migrated(file(tmp_path_of(tmp_path), *lines), MERGED)
    one, other = (each.read_bytes().splitlines() for each in (fast, slow))
    assert one[:7] + one[8:] == other[:7] + other[8:]
    assert told.fates == again.fates and told.items == again.items


def tmp_path_of(folder: Path) -> Path:
    other = folder / "other"
    other.mkdir()
    return other


@pytest.mark.parametrize("nested", ['{"a": {"label": "car"}, "label": "bus"}', '{"label": null}'])
def test_the_fast_path_steps_aside(nested: str, tmp_path: Path) -> None:
    lines = ['{"label": "car", "pad": "................................."}'] * 4_000
    lines[2_000] = nested
    rules = {"unknown": "keep"}
    found = text(file(tmp_path, *lines), MERGED, reading=Reading(label="label"), rules=rules)
    assert found.splitlines()[2_000] == nested
    assert json.loads(found.splitlines()[1])["label"] == "motor"


@pytest.mark.parametrize("last", ['{"label": "car"', '{"label": ["car"]}', '{"label": "car"} x'])
def test_a_line_that_is_wrong(last: str, tmp_path: Path) -> None:
    path = file(tmp_path, '{"label": "car"}', last)
    with pytest.raises(UnreadableInput, match=r"line 2|no label"):
        transfer(Order(source=path, plan=MERGED), tmp_path / "out.jsonl")
    assert [each.name for each in tmp_path.iterdir()] == ["data.jsonl"]


def test_records_without_a_usual_place(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="say where the label is"):
        transfer(Order(source=file(tmp_path, '{"x": 1}'), plan=MERGED), tmp_path / "out.jsonl")

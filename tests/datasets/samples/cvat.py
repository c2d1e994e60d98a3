"""CVAT XML 1.1: a thing is a box, a polygon or a tracked box."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cladist.datasets.records import Reading
from tests.datasets.scene import Thing

NAME = "CVAT XML 1.1"
READING = Reading()
BYTE_EQUAL = True


def write(folder: Path, things: Sequence[Thing], labels: Sequence[str]) -> Path:
    path = folder / "annotations.xml"
    listed = "".join(
        f"        <label>\n          <name>{label}</name>\n          <color>#102030</color>\n"
        "          <attributes>\n          </attributes>\n        </label>\n"
        for label in labels
    )
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n'
        f"  <meta>\n    <job>\n      <labels>\n{listed}      </labels>\n    </job>\n  </meta>\n"
        + "".join(map(_image, things))
        + "</annotations>\n"
    )
    return path


def _image(thing: Thing) -> str:
    end = 2 + thing.size
    if thing.number % 2:
        shape = f'<box label="{thing.label}" occluded="0" xtl="2" ytl="2" xbr="{end}" ybr="{end}">'
        close = "</box>"
    else:
        points = f"2,2;{end},2;{end},{end};2,{end}"
        shape = f"<polygon points='{points}' label='{thing.label}' z_order='0'>"
        close = "</polygon>"
    return (
        f'  <image id="{thing.number}" name="{thing.number}.jpg" width="64" height="64">\n'
        f'    {shape}\n      <attribute name="label">a</attribute>\n    {close}\n  </image>\n'
    )


def key(number: int, labels: Sequence[str]) -> str:
    return f"image {number}#1"


def counts(dataset: Path) -> Counter[str]:
    root = ET.parse(dataset).getroot()
    listed = {name.text for name in root.iterfind("meta/job/labels/label/name")}
    found = Counter(each.get("label", "") for each in root.iterfind("image/*"))
    assert set(found) <= listed
    return found

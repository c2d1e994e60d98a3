"""Small COCO documents, and their migration and return."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cladist.datasets.plan import Plan
from cladist.datasets.policy import Policy
from cladist.datasets.report import Report
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, transfer

NUMBERS = {
    "person": 1,
    "car": 3,
    "truck": 8,
    "bus": 9,
    "animal": 20,
    "vehicle": 21,
    "sign": 90,
}


def document(*labels: str | int, **members: Any) -> dict[str, Any]:
    """Annotations of one picture, each with a box of its own; ids count from 100."""
    annotations = [
        {
            "id": 100 + place,
            "image_id": 5,
            "category_id": NUMBERS.get(label, label) if isinstance(label, str) else label,
            "bbox": [place, 2, 10, 10],
        }
        for place, label in enumerate(labels)
    ]
    return {
        "images": [{"id": 5, "file_name": "a.jpg", "width": 640, "height": 480}],
        "annotations": annotations,
        "categories": categories(),
        **members,
    }


def categories(*names: str) -> list[dict[str, Any]]:
    """Some categories of the streets, or all."""
    return [
        {"id": NUMBERS[name], "name": name, "supercategory": "thing"} for name in names or NUMBERS
    ]


def carried(
    written: bytes | dict[str, Any], tmp_path: Path, plan: Plan, policy: Policy | None = None
) -> tuple[bytes, Report]:
    """A file after a migration, which can be taken back, and the report of it."""
    data = written if isinstance(written, bytes) else json.dumps(written).encode()
    source, output = tmp_path / "in.json", tmp_path / "out" / "out.json"
    tmp_path.mkdir(exist_ok=True)
    source.write_bytes(data)
    report = transfer(Order(source=source, plan=plan, policy=policy or Policy()), output)
    again = tmp_path / "again.json"
    restore(output, Beside(output).delta, again)
    assert again.read_bytes() == data
    return output.read_bytes(), report


def migrated(
    written: bytes | dict[str, Any], tmp_path: Path, plan: Plan, policy: Policy | None = None
) -> Any:
    """The document after a migration."""
    return json.loads(carried(written, tmp_path, plan, policy)[0])


def labels(found: Any) -> list[str]:
    """The names of the classes of the annotations, in order."""
    names = {each["id"]: each["name"] for each in found["categories"]}
    return [names[each["category_id"]] for each in found["annotations"]]

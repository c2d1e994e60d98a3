"""Tables with a column for each label, and tables of what images show and do not show."""

from __future__ import annotations

from pathlib import Path

import pytest

from cladist.datasets.records import Reading
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, transfer
from cladist.model.errors import UnreadableInput
from cladist.model.taxonomy import Structure
from tests.datasets import zoo

PLAN = (
    zoo.street(Structure.MULTI_LABEL)
    .then(zoo.merge(["car", "truck"], zoo.a("motor", 91)), zoo.rename("bus", "coach"))
    .plan()
)


def migrated(text: str, tmp_path: Path, reading: Reading) -> str:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(text.encode())
    transfer(Order(source=source, plan=PLAN, reading=reading), output)
    restore(output, Beside(output).delta, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == text.encode()
    return output.read_bytes().decode()


def test_merged_columns_keep_the_greatest_value(tmp_path: Path) -> None:
    text = "id,car,sign,truck,bus,note\na,1,0,1,0,x\nb,0,1,0.5,1,y\nc,0,0,0,0,z\n"
    assert migrated(text, tmp_path, Reading(label="car,sign,truck,bus", key="id")) == (
        "id,motor,sign,coach,note\na,1,0,0,x\nb,0.5,1,1,y\nc,0,0,0,z\n"
    )


def test_truth_values_stay_in_their_style(tmp_path: Path) -> None:
    text = '"car","truck"\r\nTrue,False\r\nFalse,False\r\n'
    assert migrated(text, tmp_path, Reading(label="*")) == '"motor"\r\nTrue\r\nFalse\r\n'


def test_a_cell_that_is_no_value_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("car,truck\n1,0\n1,maybe\n")
    with pytest.raises(UnreadableInput, match=r"maybe.*line 3"):
        order = Order(source=tmp_path / "in.csv", plan=PLAN, reading=Reading(label="*"))
        transfer(order, tmp_path / "out.csv")


def test_what_images_do_not_show(tmp_path: Path) -> None:
    text = (
        "ImageID,Source,LabelName,Confidence\n"
        "a,v,car,0\n"  # of trucks nothing is known: that there is no motor cannot be said
        "b,v,car,0\nb,v,truck,0\nb,v,bus,1\n"
        "c,v,car,1\nc,v,truck,0\nc,v,truck,1\n"
    )
    assert migrated(text, tmp_path, Reading()) == (
        "ImageID,Source,LabelName,Confidence\nb,v,motor,0\nb,v,coach,1\nc,v,motor,1\n"
    )

"""What people write to decide: lists of records, and rules; wrong ones are told with the place."""

from __future__ import annotations

import pytest

from cladist.datasets.choosing import Choices
from cladist.datasets.decisions import read as read_decisions
from cladist.datasets.policy_document import policy_of
from cladist.model.errors import InvalidValue, RefusedRows
from tests.datasets import zoo
from tests.datasets.zoo import a, id_of

SPLIT = zoo.street().then(zoo.split("vehicle", a("van", 92), a("tram", 93)))


def test_lists_as_mseg_keeps_them() -> None:
    plan = SPLIT.plan()
    text = "# from: vehicle\n# to: van\nimg1.png\nimg2.png\n# to: tram\nimg3.png\n"
    found = read_decisions(text, "vehicle.txt", Choices(plan, {}))
    assert {key[0]: each.to.target for key, each in found.found.items()} == {
        "img1.png": id_of("van"),
        "img2.png": id_of("van"),
        "img3.png": id_of("tram"),
    }


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("7\tvehicle\tboat", "no class in use"),
        ("7\tvehicle\tcar", "cannot become"),
        ("7\tboat\tvan", "no class of street 1.0.0"),
        ("7\tvehicle\tvan\n7\tvehicle\ttram", "decided otherwise before"),
    ],
)
def test_wrong_decisions_are_refused_all_at_once(row: str, why: str) -> None:
    with pytest.raises(RefusedRows, match=why):
        read_decisions(f"record\tfrom\tto\n{row}\n", "d.tsv", Choices(SPLIT.plan(), {}))


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"split": []}, "rules.split"),
        ({"splits": [{"class": "bus"}]}, r"splits\[1\].class.*without a rule"),
        ({"splits": [{"class": "boat"}]}, r"splits\[1\].class"),
        ({"splits": [{"class": "vehicle", "default": "car"}]}, "cannot become"),
        ({"splits": [{"class": "vehicle", "rules": [{"to": "van"}]}]}, "when"),
        ({"otherwise": "guess"}, "say review or generalise"),
        ({"retired": "unlabeled"}, "no residue"),
        ({"residues": {"x": "y"}}, "no whole number"),
    ],
)
def test_a_wrong_policy_is_refused_with_the_place(document: object, place: str) -> None:
    with pytest.raises(InvalidValue, match=place):
        policy_of(document, SPLIT.plan())

"""Reads exported class lists as their own tools do, and prints the names that these find.

It runs in an environment of ``requirements/interop``, which Cladist is no part of.
"""

# mypy: ignore-errors

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path


def label_studio(folder: Path) -> list[str]:
    """The aliases of the labels, by which Label Studio's results name them."""
    from label_studio_sdk.label_interface import LabelInterface

    found = LabelInterface((folder / "label-studio.xml").read_text("utf-8"))
    found.validate()
    (control,) = found.controls
    nested = LabelInterface((folder / "nested.xml").read_text("utf-8"))
    nested.validate()
    renamed, retired = (
        found.config_essential_data_has_changed((folder / name).read_text("utf-8"))
        for name in ("renamed.xml", "retired.xml")
    )
    assert (renamed, retired) == (False, True)
    return list(control.labels_attrs)


def cvat(folder: Path) -> list[str]:
    """The labels of a request for a new project."""
    from cvat_sdk.models import PatchedLabelRequest, ProjectWriteRequest

    labels = [PatchedLabelRequest(**each) for each in _json(folder, "cvat.json")]
    return [each.name for each in ProjectWriteRequest(name="farm", labels=labels).labels]


def labelbox(folder: Path) -> list[str]:
    """The values of the innermost options."""
    from labelbox import OntologyBuilder

    found = OntologyBuilder.from_dict(_json(folder, "labelbox.json")).asdict()

    def innermost(question: dict) -> list[str]:
        return [
            value
            for option in question["options"]
            for value in (
                [each for below in option["options"] for each in innermost(below)]
                or [option["value"]]
            )
        ]

    return innermost(found["classifications"][0])


def encord(folder: Path) -> list[str]:
    """The names of the objects of an ontology, which must be written as it was read."""
    from encord.objects import OntologyStructure

    given = _json(folder, "encord.json")
    found = OntologyStructure.from_dict(given).to_dict()
    assert found == given
    return [each["name"] for each in found["objects"]]


def spacy(folder: Path) -> list[str]:
    """The labels of a text categorizer; the span ruler must take the patterns."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    labels = _json(folder, "spacy.json")
    categorizer = nlp.add_pipe("textcat")
    none = dict.fromkeys(labels, 0.0)
    sample = Example.from_dict(nlp.make_doc("a"), {"cats": none})
    categorizer.initialize(lambda: [sample], nlp=nlp, labels=labels)
    ruler = spacy.blank("en").add_pipe("span_ruler")
    lines = (folder / "spacy-patterns.jsonl").read_text("utf-8").splitlines()
    ruler.add_patterns([json.loads(each) for each in lines])
    assert set(ruler.labels) == set(labels)
    return list(categorizer.labels)


def supervision(folder: Path) -> list[str]:
    """The classes of a YOLO dataset without images."""
    import supervision

    empty = folder / "empty"
    empty.mkdir()
    found = supervision.DetectionDataset.from_yolo(
        str(empty), str(empty), str(folder / "yolo.yaml")
    )
    return list(found.classes)


def datumaro(folder: Path) -> list[str]:
    """The labels of a dataset without items; all of them must be in one exclusive group."""
    from datumaro.components.annotation import AnnotationType, GroupType
    from datumaro.components.dataset import Dataset

    place = folder / "datumaro" / "annotations"
    place.mkdir(parents=True)
    (place / "train.json").write_bytes((folder / "datumaro.json").read_bytes())
    found = Dataset.import_from(str(place.parent), "datumaro").categories()[AnnotationType.label]
    names = [each.name for each in found.items]
    (group,) = found.label_groups
    assert group.labels == names
    assert group.group_type == GroupType.EXCLUSIVE
    return names


def validators(folder: Path) -> list[str]:
    """The names of categories in COCO, and of features from all three forms."""
    import pyarrow
    import pyarrow.parquet
    import yaml
    from datasets import DatasetInfo, Features
    from pycocotools.coco import COCO

    with contextlib.redirect_stdout(sys.stderr):
        coco = COCO(str(folder / "coco.json"))
    names = [each["name"] for each in coco.loadCats(coco.getCatIds())]
    features = Features.from_dict(_json(folder, "hf-features.json"))
    card = yaml.safe_load((folder / "hf-card.yaml").read_text("utf-8"))["dataset_info"]
    stored = (folder / "hf-parquet.json").read_bytes()
    schema = pyarrow.schema(
        [pyarrow.field("label", pyarrow.int64())], metadata={"huggingface": stored}
    )
    for found in (
        features,
        DatasetInfo._from_yaml_dict(card).features,
        Features.from_arrow_schema(schema),
    ):
        assert found["label"].names == names
    return names


def _json(folder: Path, name: str) -> object:
    return json.loads((folder / name).read_text("utf-8"))


if __name__ == "__main__":
    reader = globals()[sys.argv[1].removesuffix("-sdk").replace("-", "_")]
    json.dump(reader(Path(sys.argv[2])), sys.stdout)

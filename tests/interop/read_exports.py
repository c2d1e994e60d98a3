"""Reads exported class lists as their own tools do, and prints the names that these find.

It runs in an environment of ``requirements/interop``, which Cladist is no part of.
"""

# mypy: ignore-errors

from __future__ import annotations

import contextlib
import json
import os
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


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


def argilla(folder: Path) -> list[str]:
    """The values of the options of the one question, as the client's own models read them."""
    from argilla._models import FieldModel, QuestionModel

    given = _json(folder, "argilla.json")
    assert [FieldModel(**each).name for each in given["fields"]] == ["text"]
    (question,) = (QuestionModel(**each) for each in given["questions"])
    return [each["value"] for each in question.settings.options]


def supervisely(folder: Path) -> list[str]:
    """The classes of a project, which must be written as they were read."""
    from supervisely import ProjectMeta

    given = _json(folder, "supervisely.json")
    found = ProjectMeta.from_json(given)
    assert [each["title"] for each in found.to_json()["classes"]] == [
        each["title"] for each in given["classes"]
    ]
    return [each.name for each in found.obj_classes]


def fiftyone(folder: Path) -> list[str]:
    """The values that may be selected; FiftyOne's own check must find nothing."""
    os.environ["FIFTYONE_DO_NOT_TRACK"] = "true"
    from fiftyone.core.ontology import Taxonomy

    found = Taxonomy.from_dict(_json(folder, "fiftyone.json"))
    found._validate()
    pending, names = [found.to_dict()["root"]], []
    while pending:
        node = pending.pop()
        pending.extend(node.get("values") or [])
        if node.get("can_select", True):
            names.append(node["name"])
    return names


def ultralytics(folder: Path) -> list[str]:
    """The names of a dataset for training, read from a file and from a URL."""
    os.environ |= {"YOLO_OFFLINE": "true", "YOLO_CONFIG_DIR": str(folder), "YOLO_VERBOSE": "false"}
    from ultralytics.data.utils import check_det_dataset

    serving = partial(SimpleHTTPRequestHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), serving)
    Thread(target=server.serve_forever, daemon=True).start()
    found = []
    for data in (folder / "yolo.yaml", f"http://127.0.0.1:{server.server_port}/yolo.yaml"):
        work = folder / f"work{len(found)}"
        for name in ("images/train", "images/val"):
            (work / name).mkdir(parents=True)
            (folder / name).mkdir(parents=True, exist_ok=True)
        os.chdir(work)
        found.append(list(check_det_dataset(str(data), autodownload=False)["names"].values()))
    server.shutdown()
    assert found[0] == found[1]
    return found[0]


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

"""A client that holds codes of the first version finds its classes in the third."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cladist import resources
from cladist.settings import Settings
from tests.api.serving import API, served
from tests.cli.program import Cli

(COCO,) = [each for each in resources.examples() if each.name == "coco.ttl"]


def categories(answer: Any) -> dict[int, dict[str, Any]]:
    """The categories of an export by id."""
    return {each["id"]: each for each in answer.json()["categories"]}


def test_codes_of_coco_stay_and_old_ones_resolve(tmp_path: Path) -> None:
    cli = Cli(tmp_path)
    cli.text("import", str(COCO), "--as", "things")
    cli.text("publish", "things")
    cli.text("merge", "things", "fork", "knife", "--new", "cutlery")
    cli.text("retire", "things", "hair drier")
    cli.text("publish", "things")
    cli.text("rename", "things", "car", "passenger car")
    cli.text("split", "things", "truck", "--into", "lorry", "--into", "pickup")
    cli.text("publish", "things")
    with served(Settings(store=cli.store)) as client:
        path = f"{API}/taxonomies/things"
        first, third = (
            categories(client.get(f"{path}/versions/{version}/exports/coco.json"))
            for version in ("1", "3")
        )
        assert [first[code]["name"] for code in (3, 90)] == ["car", "toothbrush"]
        assert [third[code]["name"] for code in (3, 90)] == ["passenger car", "toothbrush"]
        assert all(third[code]["iri"] == first[code]["iri"] for code in (3, 90))
        gone = set(first) - set(third)
        assert {first[code]["name"] for code in gone} == {"fork", "knife", "hair drier", "truck"}
        assert min(set(third) - set(first)) > max(first)  # no code is given twice

        asked = {"from": "1", "to": "3", "by": "code"}
        codes = {each["name"]: code for code, each in first.items()}

        def now(name: str) -> list[str]:
            answer = client.get(f"{path}/resolve", params={**asked, "q": str(codes[name])})
            return [each["label"] for each in answer.json()["targets"]]

        assert now("car") == ["passenger car"]
        assert now("toothbrush") == ["toothbrush"]
        assert now("knife") == ["cutlery"]
        assert now("hair drier") == []
        assert sorted(now("truck")) == ["lorry", "pickup"]

"""What the page on the Python client shows does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from cladist.client import AsyncClient, Client
from tests.docs.pages import DOCS


def test_the_page_works(own: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("photos.csv").write_text("id,label\na,cat\nb,hare\n")
    page = (DOCS / "how-to" / "use-the-python-client.md").read_text("utf-8")
    known: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        code = block.replace("https://labels.example.org", own)
        exec(compile(code, "use-the-python-client.md", "exec"), known)
    assert known["names"] == ["cat", "puppy", "hound", "hare"]
    assert "Hund" in {each.label for each in known["german"].classes}
    assert known["new_name"] == {"cat": "pet", "#4": "pet"}
    assert known["moved"].size_from == known["card"]["permutations"]["1.0.0"]["size"] == 4
    assert Path("photos-2.csv").read_text() == "id,label\na,pet\nb,snow hare\n"
    assert b"snow hare" in known["yaml"] and known["lost"]
    assert known["shown"].dry_run and known["published"].version == "2.0.1"
    assert known["kind"] == "unknown-taxonomy"
    assert known["outputs"] == [4, 4]
    assert list(Path("kept").iterdir()) and list(Path("cache/cladist").iterdir())


@pytest.mark.parametrize("kind", [Client, AsyncClient])
def test_methods_say_what_they_are(kind: type[Any]) -> None:
    silent = [name for name, each in vars(kind).items() if name[0] != "_" and not each.__doc__]
    assert silent == []

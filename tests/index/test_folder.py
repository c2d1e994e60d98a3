"""Indexes on disk: kept once, bounded, never believed when they are damaged."""

from __future__ import annotations

from pathlib import Path

from cladist.index.building import build
from cladist.index.folder import IndexFolder
from cladist.index.version_index import VersionIndex
from cladist.model.taxonomy import Class, Header, Taxonomy, Text

IRI = "https://example.org/pets"


def index_of(label: str) -> VersionIndex:
    item = Class(id=f"{IRI}/1", code=1, preferred=(Text(label, "en"),))
    return build(Taxonomy(Header(iri=IRI, slug="pets"), {item.id: item}))


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "new" / "folder")
    assert folder.load("a" * 64) is None
    folder.keep("a" * 64, index_of("cat"))
    found = folder.load("a" * 64)
    assert found is not None and found.entry(f"{IRI}/1").preferred[0].value == "cat"


def test_the_oldest_goes(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path, most=2)
    for sha in ("a", "b", "c"):
        folder.keep(sha, index_of(sha))
    assert folder.load("a") is None and folder.load("c") is not None
    assert len(list(tmp_path.iterdir())) == 2


def test_damage_and_what_cannot_be_written_count_as_absent(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    folder.keep("a", index_of("cat"))
    (tmp_path / "a.index").write_bytes(b"damaged")
    assert folder.load("a") is None
    (tmp_path / "file").write_text("")
    blocked = IndexFolder(tmp_path / "file")
    blocked.keep("a", index_of("cat"))
    assert blocked.load("a") is None

"""Datasets in archives, and archives that mean harm."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from cladist.datasets.archives import Bounds, unpacked
from cladist.datasets.restoring import restore
from cladist.datasets.transfer import Beside, Order, survey, transfer
from cladist.model.errors import CladistError, LimitExceeded, UnreadableInput
from tests.datasets import zoo
from tests.datasets.samples import jsonl, voc
from tests.datasets.scene import scene

LABELS = [each.id.removeprefix(zoo.BASE) for each in zoo.STREET]
THINGS = scene(LABELS)
PLAN = zoo.street().then(zoo.merge(["car", "truck", "bus"], zoo.a("motor", 91))).plan()
MERGED = Counter(
    "motor" if each.label in ("car", "truck", "bus") else each.label for each in THINGS
)


def pack(source: Path, to: Path) -> Path:
    files = sorted(each for each in source.rglob("*") if each.is_file())
    names = [(each, each.relative_to(source.parent).as_posix()) for each in files]
    if to.suffix == ".zip":
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, name in names:
                archive.write(path, name)
    else:
        with tarfile.open(to, "w:gz" if to.suffix == ".tgz" else "w") as archive:
            for path, name in names:
                archive.add(path, name)
    return to


@pytest.mark.parametrize("name", ["street.zip", "street.tar", "street.tgz"])
def test_a_dataset_in_an_archive(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    source = pack(voc.write(folder, THINGS, LABELS), tmp_path / name)
    output = tmp_path / "out" / name
    order = Order(source=source, plan=PLAN)
    assert survey(order).labels == len(THINGS)
    report = transfer(order, output)
    assert report.adds_up
    root, _ = unpacked(output, tmp_path / "looked", Bounds())
    assert voc.counts(root) == MERGED
    assert (output.parent / f"{name}.taxonomy.lock").is_file()
    again = tmp_path / "again" / name
    restore(output, Beside(output).delta, again)
    assert again.read_bytes() == source.read_bytes()
    assert sorted(each.name for each in output.parent.iterdir()) == [
        name,
        f"{name}.delta",
        f"{name}.report.json",
        f"{name}.taxonomy.lock",
    ]


def test_a_compressed_file(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    plain = jsonl.write(folder, THINGS, LABELS)
    source = tmp_path / "scene.jsonl.gz"
    source.write_bytes(gzip.compress(plain.read_bytes()))
    output = tmp_path / "out" / "scene.jsonl.gz"
    transfer(Order(source=source, plan=PLAN), output)
    looked = tmp_path / "scene.jsonl"
    looked.write_bytes(gzip.decompress(output.read_bytes()))
    assert jsonl.counts(looked) == MERGED
    restore(output, Beside(output).delta, tmp_path / "again.gz")
    assert (tmp_path / "again.gz").read_bytes() == source.read_bytes()


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def refused(path: Path, tmp_path: Path, why: str, bounds: Bounds | None = None) -> None:
    folder = tmp_path / "unpacked"
    folder.mkdir()
    with pytest.raises(CladistError, match=why):
        unpacked(path, folder, bounds or Bounds())
    assert {each.name for each in tmp_path.iterdir()} == {"unpacked", path.name}


@pytest.mark.parametrize("name", ["../x.csv", "/x.csv", "a/../../x.csv", "..\\x.csv", "C:/x.csv"])
def test_names_that_lead_elsewhere(name: str, tmp_path: Path) -> None:
    refused(zipped(tmp_path / "a.zip", **{name: b"x"}), tmp_path, "leads elsewhere")


def test_names_that_differ_by_case(tmp_path: Path) -> None:
    refused(zipped(tmp_path / "a.zip", a=b"x", A=b"y"), tmp_path, "twice")


def test_a_bomb(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "a.zip", a=bytes(80 * 2**20))
    refused(bomb, tmp_path, "Over the limit", Bounds(ratio=10))


def test_too_many_files(tmp_path: Path) -> None:
    refused(zipped(tmp_path / "a.zip", a=b"", b=b""), tmp_path, "limit of 1", Bounds(files=1))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE])
def test_links_and_devices(kind: bytes, tmp_path: Path) -> None:
    info = tarfile.TarInfo("a")
    info.type, info.linkname = kind, "/etc/passwd"
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(info)
    refused(tmp_path / "a.tar", tmp_path, "link or a device")


def test_a_link_in_a_zip(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("a")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    refused(tmp_path / "a.zip", tmp_path, "link or a device")


def test_a_damaged_archive(tmp_path: Path) -> None:
    whole = zipped(tmp_path / "a.zip", a=b"x" * 1000).read_bytes()
    flipped = whole[:35] + bytes([whole[35] ^ 255]) + whole[36:]
    for data in (whole[: len(whole) // 2], flipped):
        (tmp_path / "a.zip").write_bytes(data)
        with pytest.raises((UnreadableInput, LimitExceeded)):
            unpacked(tmp_path / "a.zip", tmp_path / str(len(data)), Bounds())


def test_a_cut_off_gzip(tmp_path: Path) -> None:
    stream = io.BytesIO(gzip.compress(b'{"label": "car"}\n' * 100))
    (tmp_path / "a.jsonl.gz").write_bytes(stream.getvalue()[:-12])
    with pytest.raises(UnreadableInput, match="damaged"):
        transfer(Order(source=tmp_path / "a.jsonl.gz", plan=PLAN), tmp_path / "b.jsonl.gz")
    assert [each.name for each in tmp_path.iterdir()] == ["a.jsonl.gz"]

"""CoNLL: entities stay as many as they were, in every scheme."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cladist.datasets.formats.tagging import SCHEMES, Span, scheme_of, spans, tagged
from cladist.datasets.records import Reading
from cladist.datasets.transfer import Order, survey, transfer
from cladist.model.errors import UnreadableInput
from cladist.model.taxonomy import Structure
from tests.datasets import zoo
from tests.datasets.formats.runs import migrated, text

PLACES = zoo.History(
    zoo.taxonomy_of(zoo.a("CITY", 1), zoo.a("REG", 2), zoo.a("PER", 3), kind=Structure.SEQUENCE)
)
MERGED = PLACES.then(zoo.merge(["CITY", "REG"], zoo.a("LOC", 4))).plan()
SPLIT = PLACES.then(zoo.split("CITY", zoo.a("TOWN", 5), zoo.a("CAPITAL", 6))).plan()
RETIRED = PLACES.then(zoo.retire("PER")).plan()


def file(folder: Path, content: str) -> Path:
    path = folder / "data.conll"
    path.write_bytes(content.encode())
    return path


@pytest.mark.parametrize(
    ("before", "after", "scheme"),
    [
        ("I-CITY I-REG O", "I-LOC B-LOC O", "IOB1"),
        ("B-CITY B-REG I-REG", "B-LOC B-LOC I-LOC", "BIO"),
        ("S-CITY B-REG E-REG", "S-LOC B-LOC E-LOC", "BIOES"),
        ("U-CITY B-REG L-REG", "U-LOC B-LOC L-LOC", "BILOU"),
    ],
)
def test_entities_that_touch_stay_two(before: str, after: str, scheme: str, tmp_path: Path) -> None:
    lines = "".join(f"w\tX  {tag}\r\n" for tag in before.split())
    output, report = migrated(file(tmp_path, lines), MERGED)
    assert output.read_bytes().decode() == "".join(f"w\tX  {tag}\r\n" for tag in after.split())
    assert report.dataset == f"CoNLL ({scheme})"
    assert report.labels == report.written == 2


def test_an_entity_is_decided_as_a_whole(tmp_path: Path) -> None:
    content = "-DOCSTART- O\n\nBad B-CITY\nHomburg I-CITY\nis O\n\nOslo B-CITY\n"
    decided = "1:1\tCITY\tTOWN\n2:1\tCITY\tCAPITAL\n"
    assert text(file(tmp_path, content), SPLIT, decided=decided) == content.replace(
        "B-CITY\nHomburg I-CITY", "B-TOWN\nHomburg I-TOWN"
    ).replace("Oslo B-CITY", "Oslo B-CAPITAL")


def test_what_goes_leaves_no_entity(tmp_path: Path) -> None:
    content = "# a comment\nAnn B-PER\nLee I-PER\nsaw O\nOslo B-CITY\n"
    found = text(file(tmp_path, content), RETIRED, rules={"retired": "remove"})
    assert found == "# a comment\nAnn O\nLee O\nsaw O\nOslo B-CITY\n"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a B-CITY\nb O\nc I-CITY\n", 3),
        ("a B-CITY\nb I-REG\n", 2),
        ("a S-CITY\nb B-REG\nc O\n", 2),
        ("a B-CITY\nb\n", 2),
    ],
)
def test_tags_that_break_the_scheme(content: str, line: int, tmp_path: Path) -> None:
    scheme = "BIOES" if "S-" in content else "BIO"
    order = Order(
        source=file(tmp_path, content),
        plan=MERGED,
        reading=Reading(scheme=scheme, format="conll"),
    )
    with pytest.raises(UnreadableInput, match=f"line {line}"):
        transfer(order, tmp_path / "out.conll")
    assert [each.name for each in tmp_path.iterdir()] == ["data.conll"]


def test_a_folder_of_files(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("train.txt", "test.txt"):
        (folder / name).write_text("Oslo B-CITY\n")
    decided = "train.txt:1:1\tCITY\tTOWN\n"
    output, report = migrated(folder, SPLIT, decided=decided)
    assert (output / "train.txt").read_text() == "Oslo B-TOWN\n"
    assert (output / "test.txt").read_text() == "Oslo B-CITY\n"
    assert report.review == 1
    assert survey(Order(source=folder, plan=SPLIT)).labels == 2


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.sampled_from("AB")), max_size=6),
    st.sampled_from([each for each in SCHEMES if each != "IO"]),
)
def test_tags_and_entities_say_the_same(drawn: list[tuple[int, int, str]], scheme: str) -> None:
    found, end = [], 0
    for gap, size, kind in drawn:
        found.append(Span(end + gap, end + gap + size, kind))
        end += gap + size
    tags = tagged(found, end, scheme)
    assert spans(tags, scheme) == found
    if scheme in ("BIOES", "BILOU") and any(tag[0] in "ESLU" for tag in tags):
        assert scheme_of([tags]) == scheme

"""The one door: formats by name, and no failure but the tree's own whatever comes in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cladist.imports.building import prepare
from cladist.imports.columns import KNOWN
from cladist.imports.reading import ImportFormat, format_of, read
from cladist.imports.sketch import Preview
from cladist.model.change.planning import replay
from cladist.model.errors import CladistError
from cladist.model.proposal import propose
from cladist.model.taxonomy import Taxonomy
from tests.imports.sketches import HEADER, animals, labels, minting

ANIMALS = animals()
forms = st.sampled_from(ImportFormat)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("csv", ImportFormat.CSV),
        ("text/csv; charset=utf-8", ImportFormat.CSV),
        ("Animals.TSV", ImportFormat.TSV),
        ("list.txt", ImportFormat.OUTLINE),
        ("text/plain", ImportFormat.OUTLINE),
        ("instances.json", ImportFormat.COCO),
        ("coco", ImportFormat.COCO),
        ("animals.ttl", None),
        ("", None),
    ],
)
def test_formats_by_name(name: str, form: ImportFormat | None) -> None:
    assert format_of(name) is form


@pytest.mark.parametrize("language", ["", "e", "en_GB", "\ud800"])
def test_a_language_must_be_one(language: str) -> None:
    with pytest.raises(CladistError):
        read(b"a", ImportFormat.OUTLINE, language=language)


def attempt(data: bytes, form: ImportFormat) -> None:
    """Read and prepare; everything that goes wrong must be an error of ours, fit to be shown."""
    try:
        sketch = read(data, form)
    except CladistError as error:
        str(error).encode()
        return
    for base in (Taxonomy(HEADER), ANIMALS):
        prepared = prepare(sketch, base, minting("x"), retire_absent=base is ANIMALS)
        show(prepared.preview)
        if not prepared.preview.refused:
            reached, _ = replay(base, propose(base, prepared.taxonomy))
            assert dict(reached.classes) == dict(prepared.taxonomy.classes)


def show(preview: Preview) -> None:
    """Everything that a preview says can be encoded."""
    rows = (*preview.new, *preview.changed, *preview.unchanged, *preview.refused)
    json.dumps([*rows, *preview.findings], ensure_ascii=False).encode()


@given(st.binary(max_size=200), forms)
@example(b"label,parent\na,b > c\n", ImportFormat.CSV)
def test_any_bytes(data: bytes, form: ImportFormat) -> None:
    attempt(data, form)


@given(st.text(st.sampled_from("ab \t\n|>-*#\\\"',=@1é\x07\ufffe"), max_size=80), forms)
def test_any_text(text: str, form: ImportFormat) -> None:
    attempt(text.encode(), form)


cells = st.one_of(
    st.sampled_from(
        ("", "dog", "cat", "animal", "3", "1", "animal > dog", "dog|cat", "a > b > c", "yes", "no")
    ),
    labels,
)


@given(
    st.lists(st.sampled_from(KNOWN), min_size=1, max_size=5, unique=True).flatmap(
        lambda names: st.lists(
            st.tuples(*(cells for _ in names)).map(list), min_size=1, max_size=5
        ).map(lambda rows: [names, *rows])
    )
)
def test_any_table(rows: list[list[str]]) -> None:
    attempt("\n".join("\t".join(row) for row in rows).encode(), ImportFormat.TSV)


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
categories = st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(0, 4) | scalars,
        "name": st.sampled_from(("dog", "cat", "animal")) | scalars,
        "supercategory": st.sampled_from(("dog", "animal", "x", "none")) | scalars,
        "color": st.lists(st.integers(-1, 256), max_size=4) | scalars,
        "isthing": scalars,
    },
)


@given(st.lists(categories | scalars, max_size=6))
def test_any_categories(value: list[Any]) -> None:

    attempt(json.dumps(value).encode(), ImportFormat.COCO)

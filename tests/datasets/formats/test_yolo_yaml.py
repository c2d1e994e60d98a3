"""Laws of data.yaml: whatever the style and the names, YAML reads what was written."""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from hypothesis import given
from hypothesis import strategies as st

from cladist.datasets.formats import yolo_yaml
from cladist.datasets.records import Chunk, Entry, Row

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1)
QUOTED = st.sampled_from(("'", '"'))


def written(name: str, quote: str) -> str:
    """A name in quotes."""
    if quote == '"' or not name.isprintable():
        return yaml.safe_dump(name, default_style='"', width=2**30).rstrip()
    return "'" + name.replace("'", "''") + "'"


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A document, and the names in it."""
    names = draw(st.lists(NAMES, min_size=1, max_size=5))
    texts = [written(each, draw(QUOTED)) for each in names]
    keyed = [f"{place}: {text}" for place, text in enumerate(texts)]
    tail = draw(st.sampled_from(("", "\n", " # it\n", "\nnc: 1\n")))
    tail = tail.replace("1", str(len(names)))
    match draw(st.sampled_from(("list", "table", "lines", "dashes"))):
        case "list":
            return f"a: é\nnames: [{', '.join(texts)}]{tail}", names
        case "table":
            return f"a: é\nnames: {{{', '.join(keyed)}}}{tail}", names
        case "lines":
            return "a: é\nnames: # of all\n" + "\n".join(
                f"  {each}" for each in keyed
            ) + tail, names
        case _:
            return "a: é\nnames:\n" + "\n".join(f"- {each}" for each in texts) + tail, names


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, list[str], list[Row]]:
    """A document, the names in it, and the rows to write: of any entries, in any order."""
    text, names = draw(documents())
    origins = draw(st.lists(st.sampled_from(range(len(names))), max_size=7))
    rows = [
        Row(
            ref=place,
            name=draw(st.sampled_from(names) | NAMES),
            class_id="x",
            origins=(Entry(ref=origin, names=(names[origin],)),),
        )
        for place, origin in enumerate(origins)
    ]
    return text, names, rows


def rewritten(text: str, rows: Sequence[Row]) -> str:
    """The document after the edits."""
    said = yolo_yaml.told(text, "data.yaml")
    assert said is not None
    chunk = Chunk(text.encode(), yolo_yaml.edits(text, said, rows))
    parts: list[bytes] = []
    end = 0
    for edit in chunk.edits:
        assert edit.start >= end
        parts += chunk.data[end : edit.start], edit.new
        end = edit.end
    return b"".join((*parts, chunk.data[end:])).decode()


@given(documents())
def test_names_are_read_as_yaml_reads_them(document: tuple[str, list[str]]) -> None:
    text, names = document
    said = yolo_yaml.told(text, "data.yaml")
    assert said is not None
    found = yolo_yaml.entries(said, "data.yaml")
    assert [each.names for each in found] == [(each,) for each in names]


@given(changes())
def test_yaml_reads_the_new_names(change: tuple[str, list[str], list[Row]]) -> None:
    text, _, rows = change
    document = yaml.safe_load(rewritten(text, rows))
    names = document["names"]
    assert (list(names.values()) if isinstance(names, dict) else names) == [
        each.name for each in rows
    ]
    assert not isinstance(names, dict) or list(names) == list(range(len(rows)))
    assert document["a"] == "é"
    assert document.get("nc", len(rows)) == len(rows)


@given(documents())
def test_the_same_names_are_the_same_bytes(document: tuple[str, list[str]]) -> None:
    text, names = document
    rows = [
        Row(ref=place, name=name, class_id="x", origins=(Entry(ref=place, names=(name,)),))
        for place, name in enumerate(names)
    ]
    assert rewritten(text, rows) == text

"""What Hugging Face says of the columns of a Parquet file: which have classes, and their names.

In the metadata under ``huggingface``, and once more in the schema that Arrow keeps there.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cladist.model.errors import UnreadableInput

_KEY = b"huggingface"
_ARROW = b"ARROW:schema"
_LISTS = ("List", "LargeList", "Sequence")


def named(said: Mapping[bytes, bytes], name: str) -> dict[str, tuple[str, ...]]:
    """The names of the classes of every column that has some, by its path without list levels.

    ``name`` is that of the file. Raises UnreadableInput where the metadata is damaged.
    """
    if _KEY not in said:
        return {}
    found = {}
    for path, feature in _classes(_features(said[_KEY], name), ()):
        names = feature.get("names")
        if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
            raise UnreadableInput(f"{name} does not name the classes of {path}.")
        found[path] = tuple(names)
    return found


def _features(text: bytes, name: str) -> Any:
    try:
        return json.loads(text)["info"]["features"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableInput(f"The metadata “huggingface” of {name} is damaged.") from None


def _classes(feature: Any, path: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Features with classes at and under a feature, each with its path."""
    if isinstance(feature, list):
        for each in feature:
            yield from _classes(each, path)
    elif isinstance(feature, dict):
        kind = feature.get("_type")
        if kind == "ClassLabel":
            yield ".".join(path), feature
        elif kind in _LISTS:
            yield from _classes(feature.get("feature"), path)
        elif not isinstance(kind, str):
            for name, each in feature.items():
                yield from _classes(each, (*path, name))


def renamed(said: Mapping[bytes, bytes], path: str, names: Sequence[str]) -> dict[bytes, bytes]:
    """The metadata with other names for the classes of a column; all else as it is."""
    if _KEY not in said:
        return dict(said)
    document = json.loads(said[_KEY])
    for place, feature in _classes(document["info"]["features"], ()):
        if place == path:
            feature["names"] = list(names)
            if "num_classes" in feature:
                feature["num_classes"] = len(names)
    compact = b'": ' not in said[_KEY]
    text = json.dumps(document, separators=(",", ":") if compact else None).encode()
    found = {**said, _KEY: text}
    if _ARROW in said:
        found[_ARROW] = _in_arrow(said[_ARROW], text)
    return found


def _in_arrow(schema: bytes, text: bytes) -> bytes:
    """Arrow's own schema with the same metadata."""
    import pyarrow

    found = pyarrow.ipc.read_schema(pyarrow.py_buffer(base64.b64decode(schema)))
    known = found.metadata or {}
    if _KEY not in known:
        return schema
    new = found.with_metadata({**known, _KEY: text})
    return base64.b64encode(new.serialize().to_pybytes())

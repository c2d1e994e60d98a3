"""Models on disk: the labels that their configuration names, by output."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from cladist.datasets.vocabulary import Vocabulary
from cladist.model.errors import InvalidValue, UnreadableInput

_CONFIG = "config.json"


class _Labels(msgspec.Struct):
    id2label: dict[str, str] | None = None


def outputs(model: Path) -> Mapping[int, str] | None:
    """The name of each output as Transformers keeps it; none where no configuration says it.

    ``model`` is a folder with a ``config.json``, or such a file. Raises UnreadableInput.
    """
    config = model / _CONFIG if model.is_dir() else model
    if config.suffix != ".json" or not config.is_file():
        return None
    try:
        found = msgspec.json.decode(config.read_bytes(), type=_Labels).id2label
        return None if found is None else {int(place): name for place, name in found.items()}
    except (msgspec.MsgspecError, ValueError) as error:
        raise UnreadableInput(f"{config.name} names its labels in no known way: {error}") from None


def check(named: Mapping[int, str], version: Vocabulary) -> None:
    """Raise InvalidValue unless every output means the class at its place of the class index."""
    size = len(version.selection)
    if sorted(named) != list(range(size)):
        reason = f"the model has {len(named)} outputs, {version.slug} {version.version} has {size}."
        raise InvalidValue("id2label", reason)
    for place, class_id in enumerate(version.selection):
        if class_id not in version.meant(named[place]).classes:
            label = version.label(class_id)
            reason = f"output {place} is “{named[place]}”, the class at this place is “{label}”."
            raise InvalidValue("id2label", reason)

"""Class lists as labeling tools and training code keep them: what each entry is called.

One reader for each form that :mod:`cladist.exports.classes` writes. Each gives what stands in the
file and does not ask which classes these are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from cladist.imports.decoding import decoded
from cladist.imports.jsontext import parsed
from cladist.model.errors import UnreadableInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An entry: its name and, where the form has them, class id, code, colour and hotkey.

    ``above`` is the place of the entry above it among all entries; ``None`` where it has none.
    """

    name: str
    id: str = ""
    code: int | None = None
    colour: str = ""
    hotkey: str = ""
    above: int | None = None


Reader = Callable[[bytes], Iterable[Listed]]


def read(form: str, data: bytes) -> tuple[Listed, ...]:
    """The entries of a file; raises UnreadableInput where it is not of the form."""
    try:
        found = tuple(READERS[form](data))
    except (AttributeError, KeyError, TypeError, ValueError, IndexError):
        raise UnreadableInput(f"The file is no class list of the form {form}.") from None
    if not found or not all(isinstance(each.name, str) and each.name for each in found):
        raise UnreadableInput(f"The file holds no names of classes in the form {form}.")
    return found


def _text(value: Any) -> str:
    """A text that may be left out."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError
    return value


def _label_studio(data: bytes) -> list[Listed]:
    """The labels of every control; ``alias`` is the class id, ``category`` the code."""
    found: list[Listed] = []
    inside: list[int | None] = []  # of each open element the place of its entry, if it is one

    def start(tag: str, attributes: dict[str, str]) -> None:
        above = inside[-1] if inside else None
        if tag not in ("Label", "Choice"):
            inside.append(None)
            return
        inside.append(len(found))
        code = attributes.get("category", "")
        found.append(
            Listed(
                name=attributes.get("value", ""),
                id=attributes.get("alias", ""),
                code=int(code) if code else None,
                colour=attributes.get("background", ""),
                hotkey=attributes.get("hotkey", ""),
                above=above,
            )
        )

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    parser.EntityDeclHandler = _refuse_entity
    try:
        parser.Parse(decoded(data).encode(), True)
    except expat.ExpatError as error:
        raise UnreadableInput(f"The file is no XML: {error}.") from None
    return found


def _refuse_entity(*_: object) -> None:
    raise UnreadableInput("The file declares entities, which a class list has no need of.")


def _tree(
    tops: Iterable[Any], below: Callable[[Any], Any], entry: Callable[[Any, int | None], Listed]
) -> Iterator[Listed]:
    """The entries of a tree, those above first."""
    pending: list[tuple[Any, int | None]] = [(each, None) for each in tops]
    place = 0
    while pending:
        node, above = pending.pop(0)
        yield entry(node, above)
        pending.extend((each, place) for each in below(node) or ())
        place += 1


def _label_studio_taxonomy(data: bytes) -> Iterator[Listed]:
    value = parsed(data)
    tops = value["items"] if isinstance(value, dict) else value

    def entry(node: Mapping[str, Any], above: int | None) -> Listed:
        return Listed(
            name=node["value"],
            id=_text(node.get("alias")),
            colour=_text(node.get("color")),
            hotkey=_text(node.get("hotkey")),
            above=above,
        )

    return _tree(tops, lambda node: node.get("children"), entry)


def _cvat(data: bytes) -> Iterator[Listed]:
    for each in parsed(data):
        yield Listed(name=each["name"], colour=_text(each.get("color")))


def _coco(data: bytes) -> Iterator[Listed]:
    value = parsed(data)
    for each in value["categories"] if isinstance(value, dict) else value:
        colour = each.get("color")
        yield Listed(
            name=each["name"],
            id=_text(each.get("iri")),
            code=each["id"],
            colour="#{:02X}{:02X}{:02X}".format(*colour) if colour else "",
        )


def _yolo(data: bytes) -> Iterator[Listed]:
    value = _yaml(data)
    own = value.get("cladist") or {}
    known = {each["index"]: each for each in own.get("classes") or ()}
    for index, name in _numbered(value["names"]):
        told = known.get(index, {})
        yield Listed(name=name, id=_text(told.get("id")), code=told.get("code"))


def _numbered(names: Any) -> list[tuple[int, Any]]:
    """Names by index, from a list or an object."""
    if isinstance(names, Mapping):
        return sorted((int(index), name) for index, name in names.items())
    return list(enumerate(names))


def _yaml(data: bytes) -> Any:
    import yaml

    try:
        return yaml.safe_load(decoded(data))
    except (yaml.YAMLError, RecursionError) as error:
        raise UnreadableInput(f"The file is no YAML: {str(error)[:200]}") from None


def _datumaro(data: bytes) -> Iterator[Listed]:
    categories = parsed(data)["categories"]
    colours = {
        each["label_id"]: "#{:02X}{:02X}{:02X}".format(each["r"], each["g"], each["b"])
        for each in (categories.get("mask") or {}).get("colormap") or ()
    }
    for index, each in enumerate(categories["label"]["labels"]):
        yield Listed(name=each["name"], colour=colours.get(index, ""))


def _features(data: bytes) -> Iterator[Listed]:
    """The names of the first feature that is a class label, or holds one."""
    pending = [parsed(data)]
    for each in pending:
        if isinstance(each, dict):
            names = each.get("names")
            if each.get("_type") == "ClassLabel" and isinstance(names, list):
                return (Listed(name=name) for name in names)
            pending.extend(each.values())
    return iter(())


def _card(data: bytes) -> Iterator[Listed]:
    """The same in the block of a dataset's card."""
    pending = [_yaml(data)]
    for each in pending:
        if isinstance(each, dict):
            names = each.get("names")
            if isinstance(names, dict | list):
                return (Listed(name=name) for _, name in _numbered(names))
            pending.extend(each.values())
        elif isinstance(each, list):
            pending.extend(each)
    return iter(())


def _model(data: bytes) -> Iterator[Listed]:
    value = parsed(data)
    codes = (value.get("cladist") or {}).get("codes")
    for index, name in _numbered(value["id2label"]):
        yield Listed(name=name, code=codes[index] if codes else None)


def _fiftyone(data: bytes) -> Iterator[Listed]:
    root = parsed(data)["root"]
    return _tree(
        root["values"],
        lambda node: node.get("values"),
        lambda node, above: Listed(name=node["name"], above=above),
    )


def _argilla(data: bytes) -> Iterator[Listed]:
    for question in parsed(data)["questions"]:
        for each in question["settings"].get("options") or ():
            yield Listed(name=each["text"], id=_text(each["value"]))


def _names(data: bytes) -> Iterator[Listed]:
    value = parsed(data)
    if not isinstance(value, list):
        raise TypeError
    return (Listed(name=name) for name in value)


def _lines(data: bytes) -> Iterator[Listed]:
    return (Listed(name=line.strip()) for line in decoded(data).splitlines() if line.strip())


def _patterns(data: bytes) -> Iterator[Listed]:
    """The label of each pattern; a class has as many patterns as it has words."""
    for line in decoded(data).splitlines():
        if line.strip():
            each = parsed(line.encode())
            yield Listed(name=each["label"], id=_text(each.get("id")))


def _labelbox(data: bytes) -> Iterator[Listed]:
    value = parsed(data)
    tools = [Listed(name=each["name"], colour=_text(each.get("color"))) for each in value["tools"]]
    yield from tools
    options = [one for each in value["classifications"] for one in each["options"]]
    offset = len(tools)

    def entry(node: Mapping[str, Any], above: int | None) -> Listed:
        place = None if above is None else above + offset
        return Listed(name=node["label"], id=_text(node.get("value")), above=place)

    yield from _tree(options, _nested, entry)


def _nested(option: Mapping[str, Any]) -> list[Any]:
    return [one for each in option.get("options") or () for one in each["options"]]


def _encord(data: bytes) -> Iterator[Listed]:
    for each in parsed(data)["objects"]:
        yield Listed(name=each["name"], colour=_text(each.get("color")))


def _supervisely(data: bytes) -> Iterator[Listed]:
    """``id`` is not read: a server puts numbers of its own there."""
    for each in parsed(data)["classes"]:
        yield Listed(
            name=each["title"],
            colour=_text(each.get("color")),
            hotkey=_text(each.get("hotkey")),
        )


READERS: Mapping[str, Reader] = {
    "label-studio": _label_studio,
    "label-studio-taxonomy": _label_studio_taxonomy,
    "cvat": _cvat,
    "coco": _coco,
    "yolo": _yolo,
    "datumaro": _datumaro,
    "hf-features": _features,
    "hf-card": _card,
    "hf-parquet": _features,
    "hf-model": _model,
    "fiftyone": _fiftyone,
    "argilla": _argilla,
    "spacy": _names,
    "spacy-patterns": _patterns,
    "prodigy": _lines,
    "labelbox": _labelbox,
    "encord": _encord,
    "supervisely": _supervisely,
}
"""The reader of each form."""

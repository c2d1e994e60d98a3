"""COCO categories: the list that stands in an annotation file, or alone (COCO data format).

``id`` is the code, ``name`` the label, ``supercategory`` the parent, ``color`` the colour and
``iri``, which our exports have, the class id. A
supercategory that is another category's name is that category, which stays selectable; any other
becomes a class that may not be picked. A category that is its own supercategory (COCO's ``person``)
makes two classes, one above the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from cladist.imports.decoding import BLANK
from cladist.imports.jsontext import parsed
from cladist.imports.sketch import Ref, RefusedRow, Sketch, SketchClass, shown
from cladist.model.change.checks import CODE_LIMIT
from cladist.model.errors import InvalidValue, UnreadableInput
from cladist.model.identifiers import LABEL_LENGTH, check_iri, check_text
from cladist.model.taxonomy import Class, Text, Texts

_READ = frozenset(("id", "name", "supercategory", "color", "iri"))
_NOT_ONE = frozenset(("", "none"))
"""Supercategories that say there is none; some exporters write the word."""


def read_coco(data: bytes, *, language: str = "en") -> Sketch:
    """The sketch of a list of categories, or of a file that has one under ``categories``.

    Lines of the sketch are positions in the list, from 1. Raises :class:`UnreadableInput` where the
    file is no such JSON.
    """
    value = parsed(data)
    categories = _categories(value)
    rows: list[SketchClass] = []
    refused: list[RefusedRow] = []
    for place, category in enumerate(categories, start=1):
        try:
            rows.append(_row(category, place, language))
        except InvalidValue as error:
            label = category.get("name", "") if isinstance(category, dict) else ""
            name = shown(label) if isinstance(label, str) else ""
            refused.append(RefusedRow(place, name, f"category {place}: {error}"))
    rows, doubled = _by_name(rows)
    return Sketch(
        rows=_placed(rows, categories, language),
        refused=(*refused, *doubled),
        findings=tuple(_left_out(categories)),
        titles=_title(value, language),
        language=language,
    )


def _categories(value: Any) -> list[Any]:
    found = value.get("categories") if isinstance(value, dict) else value
    if not isinstance(found, list):
        raise UnreadableInput("The file holds no list of categories.")
    return found


def _row(category: Any, place: int, language: str) -> SketchClass:
    if not isinstance(category, dict):
        raise InvalidValue("category", "is not an object.")
    label = Text(_string(category, "name"), language)
    code = category.get("id")
    if type(code) is not int or not 0 <= code <= CODE_LIMIT:
        raise InvalidValue("id", f"is not a whole number from 0 to {CODE_LIMIT}.")
    given = {f"preferred@{language}"}
    if "supercategory" in category:
        given.add("parents")
    if "color" in category:
        given.add("colour")
    return SketchClass(
        key=f"category {place}",
        line=place,
        item=Class(
            id=check_iri(_string(category, "iri")) if "iri" in category else "",
            code=code,
            preferred=(label,),
            colour=_colour(category.get("color")),
        ),
        parents=_above(category),
        given=frozenset(given),
    )


def _string(category: Mapping[str, Any], field: str) -> str:
    value = category.get(field)
    if not isinstance(value, str):
        raise InvalidValue(field, "is not a text.")
    return check_text(value.strip(BLANK), field, LABEL_LENGTH)


def _above(category: Mapping[str, Any]) -> tuple[Ref, ...]:
    value = category.get("supercategory")
    if value is None or (isinstance(value, str) and value.strip(BLANK).lower() in _NOT_ONE):
        return ()
    return (Ref(text=_string(category, "supercategory")),)


def _colour(value: Any) -> str:
    if value is None:
        return ""
    parts = value if isinstance(value, list) else ()
    if len(parts) != 3 or any(type(each) is not int or not 0 <= each <= 255 for each in parts):
        raise InvalidValue("color", "is not a list of three whole numbers from 0 to 255.")
    return "#{:02X}{:02X}{:02X}".format(*parts)


def _by_name(rows: list[SketchClass]) -> tuple[list[SketchClass], list[RefusedRow]]:
    """The rows whose name is their own; names are all that COCO tools tell categories apart by."""
    first: dict[str, int] = {}
    kept, refused = [], []
    for row in rows:
        name = row.item.preferred[0].value
        if name in first:
            reason = f"category {row.line}: has the name of category {first[name]}"
            refused.append(RefusedRow(row.line, shown(name), reason))
        else:
            first[name] = row.line
            kept.append(row)
    return kept, refused


def _placed(
    rows: list[SketchClass], categories: list[Any], language: str
) -> tuple[SketchClass, ...]:
    """The rows under their supercategories, those that are no category made after them."""
    keys = {row.item.preferred[0].value: row.key for row in rows if not _own(row)}
    children = {ref.text for row in rows for ref in row.parents}
    made: dict[str, SketchClass] = {}
    placed = []
    for row in rows:
        for ref in row.parents:
            if ref.text not in keys:
                made[ref.text] = _supercategory(ref.text, row.line, language)
                keys[ref.text] = made[ref.text].key
        above = tuple(Ref(row=keys[ref.text]) for ref in row.parents)
        if row.item.preferred[0].value in children and not _own(row):
            item = replace(row.item, selectable=True)
            row = replace(row, item=item, given=row.given | {"selectable"})
        placed.append(replace(row, parents=above))
    return (*placed, *made.values())


def _own(row: SketchClass) -> bool:
    """Whether a category is its own supercategory."""
    return any(ref.text == row.item.preferred[0].value for ref in row.parents)


def _supercategory(name: str, line: int, language: str) -> SketchClass:
    return SketchClass(
        key=f"supercategory {name}",
        line=line,
        item=Class(preferred=(Text(name, language),), selectable=False),
        given=frozenset((f"preferred@{language}", "parents", "selectable")),
        implied=True,
    )


def _left_out(categories: list[Any]) -> Iterable[str]:
    keys = Counter(
        key for each in categories if isinstance(each, dict) for key in each if key not in _READ
    )
    for key, count in sorted(keys.items()):
        yield f"“{shown(key)}” of {count} categories was left out: a class has no such field."


def _title(value: Any, language: str) -> Texts:
    info = value.get("info") if isinstance(value, dict) else None
    title = info.get("description") if isinstance(info, dict) else None
    try:
        return (
            (Text(check_text(title.strip(BLANK), "title", LABEL_LENGTH), language),)
            if title
            else ()
        )
    except (AttributeError, InvalidValue):
        return ()

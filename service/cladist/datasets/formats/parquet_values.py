"""From the values of a column to codes of what is written in it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cladist.datasets.formats.parquet_column import Leaf, values_of, with_values
from cladist.datasets.formats.parquet_rows import EMPTY, NULL
from cladist.datasets.records import Ref
from cladist.model.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cladist.datasets.formats.parquet_rows import Codes

NO_LABEL = -1
"""What a column of numbers has where there is no class."""


def coded(array: Any, leaf: Leaf, legend: Mapping[Ref, Any]) -> tuple[Codes, list[Ref]]:
    """The codes of the values at the bottom of a column, and what each stands for.

    Numbers that a legend explains are numbers; others are texts, as whoever knows the classes
    finds them by their code.
    """
    import numpy
    import pyarrow

    values = values_of(array)
    if not pyarrow.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    codes: list[int] = []
    refs: list[Ref] = []
    for value in values.dictionary.to_pylist():
        if value is None:
            codes.append(NULL)
        elif value == "" or (value == NO_LABEL and value not in legend):
            codes.append(EMPTY)
        else:
            codes.append(len(refs))
            refs.append(value if legend or isinstance(value, str) else str(value))
    table = numpy.asarray([*codes, NULL], dtype="i4")
    places = values.indices.fill_null(len(codes)).to_numpy(zero_copy_only=False)
    found: Codes = table[places]
    return found, refs


def uncoded(array: Any, codes: Codes, refs: Sequence[Ref], leaf: Leaf) -> Any:
    """A column with other values, nested as before."""
    return with_values(array, values(codes, refs, leaf, nested=array.type.num_fields > 0))


def values(codes: Codes, refs: Sequence[Ref], leaf: Leaf, *, nested: bool) -> Any:
    """An array of what codes stand for."""
    import numpy
    import pyarrow

    known = [*map(_number, refs), NO_LABEL] if leaf.numbers else [*map(str, refs), ""]
    missing = codes == NULL
    places = numpy.where(codes == EMPTY, len(refs), codes)
    kind = leaf.type.value_type if pyarrow.types.is_dictionary(leaf.type) else leaf.type
    table = _array(known, kind, leaf)
    if leaf.numbers:
        return pyarrow.array(table.to_numpy()[places], kind, mask=missing)
    indices = pyarrow.array(places, pyarrow.int32(), mask=missing)
    return table.take(indices) if nested else pyarrow.DictionaryArray.from_arrays(indices, table)


def _array(known: list[Any], kind: Any, leaf: Leaf) -> Any:
    import pyarrow

    try:
        unsigned = leaf.numbers and not pyarrow.types.is_signed_integer(kind)
        return pyarrow.array([*known[:-1], 0] if unsigned else known, kind)
    except (pyarrow.ArrowInvalid, OverflowError):
        raise InvalidValue(
            "label", f"a number of the new classes does not fit in {leaf.name} ({kind})."
        ) from None


def _number(ref: Ref) -> int:
    """The number that is written for a class."""
    text = str(ref).removeprefix("#")
    try:
        number = int(text)
    except ValueError:
        number = -1
    if isinstance(ref, str) and str(number) != text:
        raise InvalidValue(
            "label",
            f"the column has numbers, and “{ref}” is none: pass a legend, or give residues numbers.",
        )
    return number

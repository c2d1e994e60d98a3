"""From the values of a column to codes of what is written in it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cladist.datasets.formats.parquet_column import Column, Leaf, values_of, with_values
from cladist.datasets.formats.parquet_rows import EMPTY, FIRST, NULL
from cladist.datasets.records import Ref
from cladist.model.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cladist.datasets.formats.parquet_rows import Codes

NO_LABEL = -1
"""What a column of numbers has where there is no class."""


def coded(array: Any, column: Column) -> tuple[Codes, Sequence[Ref]]:
    """The codes of the values at the bottom of a column, and what each stands for.

    Numbers that a legend explains are numbers; others are texts, as whoever knows the classes
    finds them by their code.
    """
    values = values_of(array)
    return _numbered(values, len(column.legend)) if column.own else _looked_up(values, column)


def _numbered(values: Any, size: int) -> tuple[Codes, Sequence[Ref]]:
    """Codes of places in the table of classes. What is in no place has a code behind them."""
    import numpy
    import pyarrow

    numbers = values.cast(pyarrow.int64()).fill_null(NULL - FIRST)
    codes: Codes = numbers.to_numpy() + FIRST
    codes[codes < NULL] = size + FIRST
    if values.null_count < numpy.count_nonzero(codes == NULL):
        codes[(codes == NULL) & values.is_valid().to_numpy(False)] = size + FIRST
    return codes, range(size)


def _looked_up(values: Any, column: Column) -> tuple[Codes, Sequence[Ref]]:
    import numpy
    import pyarrow

    if not pyarrow.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    codes: list[int] = []
    refs: list[Ref] = []
    for value in values.dictionary.to_pylist():
        if value is None:
            codes.append(NULL)
        elif value == "" or (value == NO_LABEL and value not in column.legend):
            codes.append(EMPTY)
        else:
            codes.append(len(refs) + FIRST)
            refs.append(ref_of(value, column.legend))
    places = values.indices.fill_null(len(codes)).to_numpy(zero_copy_only=False)
    found: Codes = numpy.asarray([*codes, NULL], dtype="i8")[places]
    return found, refs


def ref_of(value: Ref, legend: Mapping[Ref, str]) -> Ref:
    """What a value is called where somebody explains it; a number of nobody's is a text."""
    if isinstance(value, str) and value not in legend and value.isdecimal():
        return int(value) if int(value) in legend else value
    return value if legend else str(value)


def uncoded(array: Any, codes: Codes, refs: Sequence[Ref], leaf: Leaf) -> Any:
    """A column with other values, nested as before."""
    return with_values(array, values(codes, refs, leaf, nested=array.type.num_fields > 0))


def values(codes: Codes, refs: Sequence[Ref], leaf: Leaf, *, nested: bool) -> Any:
    """An array of what codes stand for."""
    import pyarrow

    missing = codes == NULL
    mask = missing if missing.any() else None
    kind = leaf.type.value_type if pyarrow.types.is_dictionary(leaf.type) else leaf.type
    if leaf.numbers:
        table = numbers_of([0, NO_LABEL, *map(number_of, refs)], leaf).to_numpy()
        return pyarrow.array(table[codes], kind, mask=mask)
    texts = [*map(str, refs)]
    places = codes - FIRST
    if (codes == EMPTY).any():
        places[codes == EMPTY] = len(texts)
        texts.append("")
    indices = pyarrow.array(places, pyarrow.int32(), mask=mask)
    dictionary = pyarrow.array(texts, kind)
    return dictionary.take(indices) if nested else _dictionary(indices, dictionary)


def _dictionary(indices: Any, texts: Any) -> Any:
    import pyarrow

    return pyarrow.DictionaryArray.from_arrays(indices, texts)


def numbers_of(numbers: Sequence[int], leaf: Leaf) -> Any:
    """An array of numbers as a column has them; raises InvalidValue where one does not fit."""
    import pyarrow

    unsigned = pyarrow.types.is_unsigned_integer(leaf.type)
    try:
        return pyarrow.array([max(each, 0) for each in numbers] if unsigned else numbers, leaf.type)
    except (pyarrow.ArrowInvalid, OverflowError):
        raise InvalidValue(
            "label", f"a number of the new classes does not fit in {leaf.name} ({leaf.type})."
        ) from None


def number_of(ref: Ref) -> int:
    """The number that is written for a class."""
    text = str(ref).removeprefix("#")
    try:
        number = int(text)
    except ValueError:
        number = -1
    if isinstance(ref, str) and str(number) != text:
        raise InvalidValue(
            "label",
            f"the column has numbers, and “{ref}” is none: give a legend, and residues numbers.",
        )
    return number
